import { addDays, addMonths, dateOf, DAY, startOf, zoned } from './dates.cts';
import { city, email, firstName, lastName, street } from './names.cts';
import { between, pick, randomFrom, uuid, type Random } from './random.cts';
import type {
	BookableAppointment,
	Checkin,
	ClassSlot,
	Contract,
	Customer,
	CustomerDocument,
	CustomerStatus,
	GymClass,
	Instructor,
	ModuleContract,
} from './records.cts';

/** The studio that generated records belong to. */
export interface Place {
	/** Index of the studio in the list of studios. */
	index: number;
	studioId: number;
	studioName: string;
	/** The beginning of file URLs, e.g. `http://127.0.0.1:4010/files`. */
	files: string;
	/** The time that defines "today", in ms. */
	now: number;
}

const CUSTOMER_BASE = 1_210_000_000;
const CONTRACT_BASE = 1_310_000_000;
const MODULE_CONTRACT_OFFSET = 500_000_000;
const CHECKIN_BASE = 1_400_000_000;
const CLASS_BASE = 1_510_000_000;
const APPOINTMENT_BASE = 1_520_000_000;
const SLOT_BASE = 1_600_000_000;
const DOCUMENT_BASE = 1_700_000_000;
const PER_STUDIO = 1_000_000;
const CONTRACTS_EACH = 10;
const SLOTS_PER_DAY = 2;
const SLOT_DAYS = 14;
const CHECKIN_DAYS = 800;
const AWAY_DAYS = 20;
const HOUR = DAY / 24;

const genders = ['MALE', 'FEMALE', 'UNISEX'];
const rates = ['Basic', 'Plus', 'Größe L, "all in"'];
const classTitles = [
	...['Sunrise Yoga', 'Indoor Cycling', 'Rücken-Fit', 'Boxing, 45 min', 'Pilates'],
	...['Core & "More"', 'Aqua Fit', 'Dance Fit', 'Functional Training', 'Stretch and Relax'],
];
const appointmentTitles = [
	...['Introduction', 'Personal Training', 'Body Analysis', 'Nutrition Advice', 'Training Plan'],
	...['Massage', 'Physiotherapy', 'Running Check', 'Rücken-Check', 'Sauna Tour', 'Progress Check'],
];
const levels = ['', ' for Beginners', ' Express', ' Plus', ' 50+', ' Advanced'];

/** The n-th of the titles (from 0). After the last title it goes on with the next level. */
function titleOf(titles: readonly string[], n: number): string {
	return titles[n % titles.length] + levels[Math.floor(n / titles.length) % levels.length];
}

/** The instructors of every studio. */
export const instructors: readonly Instructor[] = [
	{ id: 1_530_000_001, firstName: 'Xenia', lastName: 'Trainwell', publicName: 'Xenia' },
	{ id: 1_530_000_002, firstName: 'Yannick', lastName: 'Liftgood' },
];

/** The id of the n-th customer (from 1) of a studio. */
export function customerId(place: Place, n: number): number {
	return CUSTOMER_BASE + place.index * PER_STUDIO + n;
}

/** The id of a customer's k-th contract (from 0); the customer's id can be computed from it. */
export function contractId(customer: number, k: number): number {
	return CONTRACT_BASE + (customer - CUSTOMER_BASE) * CONTRACTS_EACH + k;
}

/** The id of the customer who owns the contract with this id. */
export function customerOfContract(contract: number): number {
	return Math.floor((contract - CONTRACT_BASE) / CONTRACTS_EACH) + CUSTOMER_BASE;
}

function statusFor(n: number): CustomerStatus {
	if (n % 10 === 7) return 'PROSPECT';
	return n % 25 === 11 ? 'FORMER_MEMBER' : 'MEMBER';
}

/** Members who joined in the last day, for the examples about new members. */
function isNew(n: number): boolean {
	return n % 30 === 23;
}

/** Members who have not come for weeks, for the example about them. */
function staysAway(n: number): boolean {
	return n % 9 === 4;
}

/** Members whose contract is canceled and ends soon, for the example about such contracts. */
function isLeaving(n: number): boolean {
	return n % 13 === 8;
}

/** The number of a customer (from 1) in their studio. */
function numberOf(customer: number): number {
	return (customer - CUSTOMER_BASE) % PER_STUDIO;
}

function phone(random: Random): string {
	return `+49 000 ${between(random, 1_000_000, 9_999_999)}`;
}

/** Adds fields that only some customers have, and values that are hard to put in flat tables. */
function addOptionalFields(customer: Customer, n: number, random: Random, today: string): void {
	const { id } = customer;
	if (n % 3 !== 0) customer.phonePrivateMobile = phone(random);
	if (n % 5 === 0) {
		customer.phonePrivate = phone(random);
		customer.secondFirstName = 'Zoë';
	}
	if (n % 8 === 0) customer.thirdPartyId = `third-party-${id}`;
	if (n % 9 === 0) {
		customer.additionalAddressInformation = 'c/o "Kiosk", back yard\n2nd floor, left';
	}
	if (n % 12 === 0) {
		customer.accessRefusal = true;
		customer.accessRestrictions = [{ reason: 'Unpaid, "second" reminder', startDate: today }];
	}
	if (n % 6 === 0) {
		customer.additionalInformationFieldAssignments = [
			{ additionalInformationFieldId: 1_540_000_001, value: 'true' },
			{ additionalInformationFieldId: 1_540_000_005, value: 'Größe, "M"; blau' },
		];
	}
	if (n % 15 === 0 && customer.status === 'MEMBER') {
		customer.idlePeriods = [
			{
				id: id + 500_000_000,
				startDate: addDays(today, -10),
				endDate: addDays(today, 20),
				reason: 'Holiday',
				contract: { id: contractId(id, 0), rateName: rates[0] },
				unlimited: false,
			},
		];
	}
}

/** Adds a card to all customers except prospects, and a barcode to some. */
function addMediums(customer: Customer, n: number): void {
	const { id, status } = customer;
	const value = String(3_000_000_000 + id - CUSTOMER_BASE);
	customer.cardNumbers = [];
	customer.accessMediums = [];
	if (status !== 'PROSPECT') {
		customer.cardNumbers.push(value);
		customer.accessMediums.push({ id: id + 600_000_000, type: 'CARD_NUMBER', value });
	}
	if (n % 7 === 0) {
		customer.accessMediums.push({ id: id + 700_000_000, type: 'BARCODE', value: `B${id}` });
	}
}

/** The name and email address of the n-th customer (from 1) of a studio. */
function nameOf(place: Place, n: number): { firstName: string; lastName: string; email: string } {
	const random = randomFrom(`name ${customerId(place, n)}`);
	const first = firstName(random);
	const last = lastName(random);
	return { firstName: first, lastName: last, email: email(first, last, n) };
}

/** A date of birth; the first customer's birthday is always today, for the birthday example. */
function dateOfBirth(n: number, random: Random, today: string): string {
	const born = addDays(`${between(random, 1950, 2007)}-01-01`, between(random, 0, 364));
	// 1992 has a February 29.
	return n === 1 ? `1992${today.slice(4)}` : born;
}

/** The n-th customer (from 1) of a studio; only dates relative to today change between runs. */
export function makeCustomer(place: Place, n: number, today: string): Customer {
	const id = customerId(place, n);
	const random = randomFrom(id);
	const hasUmlauts = n % 4 === 0;
	const names = nameOf(place, n);
	const places = randomFrom(`place ${id}`);
	const customer: Customer = {
		id,
		customerNumber: `${place.index + 1}-${n}`,
		firstName: names.firstName,
		lastName: names.lastName,
		dateOfBirth: dateOfBirth(n, random, today),
		gender: genders[n % 3],
		street: hasUmlauts ? `${lastName(places)}-Straße, "Hof"` : street(places),
		houseNumber: String(between(random, 1, 199)),
		zipCode: String(between(random, 10_000, 99_999)),
		city: hasUmlauts ? `Neu-${lastName(places)}grün` : city(places),
		country: 'DE',
		status: statusFor(n),
		accessRefusal: false,
		uuid: uuid(random),
		studioId: place.studioId,
		preferredLanguage: { languageCode: 'de', countryCode: 'DE' },
		createdDateTime: zoned(place.now - between(random, 30, 2000) * DAY),
	};
	if (isNew(n)) customer.createdDateTime = zoned(place.now - (n % 24) * HOUR);
	// Some customers share an email address: every 40th with the one before.
	if (n % 11 !== 0) customer.email = n % 40 === 0 ? nameOf(place, n - 1).email : names.email;
	if (n % 2 === 0) customer.imageUrl = `${place.files}/images/${id}`;
	addMediums(customer, n);
	addOptionalFields(customer, n, random, today);
	return customer;
}

/** A new contract of a customer; `k` is the number of earlier contracts. */
export function makeContract(
	files: string,
	customer: number,
	k: number,
	startDate: string,
	changes: Partial<Contract> = {},
): Contract {
	const random = randomFrom(customer + k);
	const price = { amount: pick(random, [19.9, 29.95, 49]), currency: 'EUR' };
	const id = contractId(customer, k);
	return {
		id,
		signedDocumentUrl: `${files}/contracts/${id}.pdf`,
		createdDate: addDays(startDate, -7),
		startDate,
		endDate: addDays(addMonths(startDate, 24), -1),
		rateName: rates[k % rates.length],
		contractStatus: 'ACTIVE',
		cancelled: false,
		price: price.amount,
		priceDetails: {
			basePrice: price,
			currentPrice: price,
			paymentFrequency: { type: 'RECURRING', price, term: { value: 1, unit: 'MONTH' } },
		},
		lastPossibleCancellationDate: addMonths(startDate, 23),
		term: { periodValue: 24, periodUnit: 'MONTH' },
		extensionTerm: { periodValue: 1, periodUnit: 'MONTH' },
		...(customer % 4 === 1 ? { moduleContracts: [makeModuleContract(id, startDate)] } : {}),
		...changes,
	};
}

function makeModuleContract(contract: number, startDate: string): ModuleContract {
	const price = { amount: 4.5, currency: 'EUR' };
	return {
		id: contract + MODULE_CONTRACT_OFFSET,
		rateName: 'Drinks, "all you like"',
		startDate,
		contractStatus: 'ACTIVE',
		cancelled: false,
		paymentFrequency: 'RECURRING',
		price: price.amount,
		priceDetails: {
			basePrice: price,
			currentPrice: price,
			paymentFrequency: { type: 'RECURRING', price, term: { value: 1, unit: 'MONTH' } },
		},
	};
}

/** A customer's initial contracts: none for prospects, an ended one for former members. */
export function makeContracts(
	{ files }: Place,
	{ id, status }: Customer,
	today: string,
): Contract[] {
	const random = randomFrom(id);
	const n = numberOf(id);
	const begin = addDays(today, isNew(n) ? 0 : -between(random, 30, 700));
	if (status === 'PROSPECT') return [];
	const first = makeContract(files, id, 0, begin);
	if (status === 'FORMER_MEMBER') {
		const end = addDays(today, -5);
		const reason = 'Moved away, "too far"';
		return [
			{
				...first,
				contractStatus: 'INACTIVE',
				cancelled: true,
				endDate: end,
				cancellationDate: end,
				cancellationReason: reason,
			},
		];
	}
	if (isLeaving(n)) {
		const cancellationDate = addDays(today, -20);
		const endDate = addDays(today, 1 + (n % 28));
		const cancellationReason = 'Moving to "another" city';
		Object.assign(first, { cancelled: true, cancellationDate, cancellationReason, endDate });
	}
	if (id % 3 !== 0 || isNew(n)) return [first];
	const before = makeContract(files, id, 1, addDays(begin, -400), {
		contractStatus: 'INACTIVE',
		endDate: addDays(begin, -1),
	});
	return [first, before];
}

/** A customer's visits of the last two years, oldest first, every two to five days. Some have stopped. */
export function makeCheckins(place: Place, customer: number): Checkin[] {
	const random = randomFrom(customer);
	const today = dateOf(place.now);
	const checkins: Checkin[] = [];
	const n = numberOf(customer);
	if (isNew(n)) return checkins;
	const end = staysAway(n) ? -AWAY_DAYS : 0;
	let day = -CHECKIN_DAYS;
	while ((day += between(random, 2, 5)) < end) {
		const start = startOf(addDays(today, day)) + between(random, 7 * 60, 20 * 60) * 60_000;
		checkins.push({
			checkinId: CHECKIN_BASE + n * 500 + checkins.length,
			checkInDateTime: zoned(start),
			checkOutDateTime: zoned(start + between(random, 30, 120) * 60_000),
			studioId: place.studioId,
			studioName: place.studioName,
		});
	}
	return checkins;
}

/** A customer's initial documents. */
export function makeDocuments(place: Place, customer: number): CustomerDocument[] {
	const count = 3 + (customer % 20);
	return Array.from({ length: count }, (_, i) => {
		const id = DOCUMENT_BASE + (customer - CUSTOMER_BASE) * 30 + i;
		return {
			id,
			url: `${place.files}/documents/${id}`,
			fileName: i % 2 === 0 ? `form ${i + 1}.pdf` : `Übersicht-${i + 1}.pdf`,
			...(i % 3 === 0 ? {} : { description: 'Form, "signed"' }),
		};
	});
}

/** The classes of a studio, ascending by id. */
export function makeClasses(place: Place, count: number): GymClass[] {
	return Array.from({ length: count }, (_, i) => ({
		id: CLASS_BASE + place.index * 1000 + i + 1,
		title: titleOf(classTitles, i),
		type: 'STUDIO',
		duration: 60,
		category: 'Courses',
		...(i % 3 === 0 ? {} : { description: 'For everyone,\nno experience needed' }),
		bookable: true,
	}));
}

/** The slots of a class: two a day for two weeks from today, oldest first. */
export function makeSlots(place: Place, { id, title, duration }: GymClass): ClassSlot[] {
	const today = dateOf(place.now);
	return Array.from({ length: SLOT_DAYS * SLOTS_PER_DAY }, (_, i) => {
		const day = addDays(today, Math.floor(i / SLOTS_PER_DAY));
		const start = startOf(day) + (i % SLOTS_PER_DAY === 0 ? 10 : 18) * 3_600_000;
		const max = i % 4 === 3 ? 2 : 12;
		return {
			id: SLOT_BASE + (id - CLASS_BASE) * 100 + i,
			startDateTime: zoned(start),
			endDateTime: zoned(start + duration * 60_000),
			instructors: [...instructors],
			location: { id: 1_550_000_001, name: 'Room "A"' },
			maxParticipants: max,
			maxWaitingListParticipants: i % 8 === 7 ? 1 : 0,
			bookedParticipants: 0,
			additionalParticipants: 0,
			waitingListParticipants: 0,
			classInformation: { id, title },
		};
	});
}

/** The types of appointment that can be booked, ascending by id. */
export function makeAppointments(place: Place, count: number): BookableAppointment[] {
	return Array.from({ length: count }, (_, i) => ({
		id: APPOINTMENT_BASE + place.index * 1000 + i + 1,
		title: titleOf(appointmentTitles, i),
		duration: 60,
		category: 'Coaching',
		...(i % 3 === 0 ? {} : { description: 'Bring "comfortable" shoes, and a towel' }),
	}));
}
