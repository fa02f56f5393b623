import type { Call, Handlers } from '../call.cts';
import { chunkById } from '../chunks.cts';
import { addDays, zoned } from '../dates.cts';
import { ApiError, conflict, invalid, notFound } from '../errors.cts';
import type { Contract, Customer, FieldAssignment, Language, PersonParts } from '../records.cts';
import { makeContract } from '../seed.cts';
import type { Studio } from '../state.cts';
import { offerOfTerm } from './memberships.cts';
import { sampleHandler } from './other.cts';
import { cancelationReasons } from './selfService.cts';

const SEARCH_LIMIT = 100;

/** The custom fields of the studio. */
const fields = [
	{ id: 1_540_000_001, name: 'Locker rented', type: 'BOOLEAN', abbreviation: 'LR' },
	{ id: 1_540_000_002, name: 'Medical check', type: 'DATE' },
	{
		id: 1_540_000_003,
		name: 'Goal, main',
		type: 'LIST',
		listItems: [
			{ id: 1_541_000_001, name: 'Strength' },
			{ id: 1_541_000_002, name: 'Ausdauer "plus"' },
		],
	},
	{ id: 1_540_000_004, name: 'Target weight', type: 'NUMERIC' },
	{ id: 1_540_000_005, name: 'Shirt size (Größe)', type: 'TEXT' },
];

/** Converts a decimal card number to `HEX_MSB` (most significant byte first) or `HEX_LSB`. */
function inFormat(card: string, format: string | undefined): string {
	if (format === undefined || format === 'DECIMAL') return card;
	const hex = BigInt(card).toString(16).toUpperCase();
	const bytes = hex.padStart(hex.length + (hex.length % 2), '0').match(/../g) ?? [];
	return (format === 'HEX_LSB' ? bytes.reverse() : bytes).join('');
}

function shown(customer: Customer, format: string | undefined): Customer {
	if (format === undefined || format === 'DECIMAL') return customer;
	return { ...customer, cardNumbers: customer.cardNumbers?.map((card) => inFormat(card, format)) };
}

function hasMedium(customer: Customer, type: string, value: string): boolean {
	return (
		customer.accessMediums?.some((medium) => medium.type === type && medium.value === value) ===
		true
	);
}

/**
 * The first customer of the studios who matches all identifiers in the query, as in
 * `GET /v1/customers/by`.
 * @throws ApiError 400 without an identifier, 404 when no customer matches
 */
export function customerBy(call: Call, studios: readonly Studio[] = [call.studio]): Customer {
	const format = call.text('cardNumberFormat');
	const tests: Record<string, (customer: Customer, wanted: string) => boolean> = {
		cardNumber: ({ cardNumbers = [] }, wanted) =>
			cardNumbers.some((card) => inFormat(card, format) === wanted.toUpperCase()),
		debtorId: ({ id }, wanted) => wanted === `D-${id}`,
		barcode: (customer, wanted) => hasMedium(customer, 'BARCODE', wanted),
		pin: (customer, wanted) => hasMedium(customer, 'PIN', wanted),
		customerNumber: ({ customerNumber }, wanted) => customerNumber === wanted,
		qrCodeUuid: ({ uuid }, wanted) => uuid === wanted,
	};
	const given = Object.entries(tests).filter(([name]) => call.text(name) !== undefined);
	if (given.length === 0) throw invalid('No identification given', Object.keys(tests)[0]);
	for (const studio of studios) {
		const found = studio.customers.find((customer) =>
			given.every(([name, test]) => test(customer, String(call.text(name)))),
		);
		if (found !== undefined) return found;
	}
	throw new ApiError(404, 'Customer not found.');
}

interface SearchInput {
	firstName?: string;
	lastName?: string;
	email?: string;
	dateOfBirth?: string;
	phoneNumber?: string;
	cardNumberFormat?: string;
}

function digits(text: string | undefined): string {
	return (text ?? '').replace(/\D/g, '');
}

function search(call: Call, studios: readonly Studio[]): Customer[] {
	const { cardNumberFormat, ...wanted } = call.input<SearchInput>();
	if (Object.values(wanted).every((value) => value === '')) {
		throw invalid('At least one search criterion is needed', 'lastName');
	}
	const begins = (value: string | undefined, start: string | undefined) =>
		start === undefined || (value ?? '').toLowerCase().startsWith(start.toLowerCase());
	const phone = digits(wanted.phoneNumber);
	const fits = (customer: Customer) =>
		begins(customer.firstName, wanted.firstName) &&
		begins(customer.lastName, wanted.lastName) &&
		(wanted.email === undefined || customer.email?.toLowerCase() === wanted.email.toLowerCase()) &&
		(wanted.dateOfBirth === undefined || customer.dateOfBirth === wanted.dateOfBirth) &&
		(wanted.phoneNumber === undefined ||
			[
				customer.phonePrivate,
				customer.phonePrivateMobile,
				customer.phoneBusiness,
				customer.phoneBusinessMobile,
			].some((number) => phone !== '' && digits(number).includes(phone)));
	return studios
		.flatMap((studio) => studio.customers.filter(fits))
		.slice(0, SEARCH_LIMIT)
		.map((customer) => shown(customer, cardNumberFormat));
}

function contractsFor(call: Call, customer: Customer): Contract[] {
	const status = call.text('status');
	return call.studio
		.contractsOf(customer.id)
		.filter(({ contractStatus }) => status === undefined || contractStatus === status);
}

interface CustomerInput extends PersonParts {
	thirdPartyId?: string;
	firstName: string;
	lastName: string;
	dateOfBirth: string;
	email: string;
	gender?: string;
	phoneNumberPrivate?: string;
	phoneNumberMobile?: string;
	street: string;
	houseNumber?: string;
	city: string;
	zipCode: string;
	countryCode: string;
	language: Language;
	additionalInformationFieldAssignments?: FieldAssignment[];
}

const partNames = [
	...(['secondFirstName', 'secondLastName', 'secondStreet', 'cityPart', 'district'] as const),
	...(['streetType', 'streetBlock', 'portal', 'stairway', 'door', 'province'] as const),
	...(['additionalAddressInformation', 'floor', 'buildingName'] as const),
];

function partsOf(input: PersonParts): PersonParts {
	const parts: PersonParts = {};
	for (const name of partNames) {
		if (input[name] !== undefined) parts[name] = input[name];
	}
	return parts;
}

/** @throws ApiError 409 when a customer already has this `thirdPartyId` */
export function rejectDuplicate(
	studio: Studio,
	thirdPartyId: string | undefined,
	field: string,
): void {
	if (thirdPartyId === undefined) return;
	if (studio.customers.some((customer) => customer.thirdPartyId === thirdPartyId)) {
		throw conflict(`A customer with the thirdPartyId ${thirdPartyId} exists`, field);
	}
}

function create(studio: Studio, input: CustomerInput, status: Customer['status']): Customer {
	const { language, countryCode, phoneNumberPrivate, phoneNumberMobile } = input;
	return studio.addCustomer({
		...partsOf(input),
		firstName: input.firstName,
		lastName: input.lastName,
		dateOfBirth: input.dateOfBirth,
		email: input.email,
		...(input.gender === undefined ? {} : { gender: input.gender }),
		street: input.street,
		...(input.houseNumber === undefined ? {} : { houseNumber: input.houseNumber }),
		zipCode: input.zipCode,
		city: input.city,
		country: countryCode,
		status,
		cardNumbers: [],
		...(phoneNumberPrivate === undefined ? {} : { phonePrivate: phoneNumberPrivate }),
		...(phoneNumberMobile === undefined ? {} : { phonePrivateMobile: phoneNumberMobile }),
		accessRefusal: false,
		preferredLanguage: language,
		...(input.thirdPartyId === undefined ? {} : { thirdPartyId: input.thirdPartyId }),
		additionalInformationFieldAssignments: input.additionalInformationFieldAssignments ?? [],
		accessMediums: [],
		createdDateTime: zoned(studio.now()),
	});
}

interface ContractInput {
	/** Not sent when a membership is switched. */
	contractOfferTermId?: number;
	startDate: string;
	thirdPartyId?: string;
}

function addContract(studio: Studio, customer: Customer, input: ContractInput): void {
	const contracts = studio.contractsOf(customer.id);
	const { contractOfferTermId, startDate, thirdPartyId } = input;
	const offer = offerOfTerm(contractOfferTermId);
	const changes = {
		...(offer && { rateName: offer.name }),
		...(thirdPartyId !== undefined && { thirdPartyId }),
	};
	contracts.push(
		makeContract(studio.place.files, customer.id, contracts.length, startDate, changes),
	);
	customer.status = 'MEMBER';
}

function switchStudio(call: Call): void {
	const { world, studio } = call;
	const customer = studio.customer(call.id('customerId'));
	const { targetStudioId, switchDate } = call.input<{
		targetStudioId: number;
		switchDate: string;
	}>();
	const target = world.studios.find(({ place }) => place.studioId === targetStudioId);
	if (target === undefined) throw notFound('Studio', targetStudioId);
	if (target === studio) throw conflict('The customer is in this studio', 'targetStudioId');
	// The simulator accepts a switch in the future but never performs it.
	if (switchDate > studio.today()) return;
	const contracts = studio.contractsOf(customer.id);
	studio.removeCustomer(customer);
	target.insertCustomer({ ...customer, studioId: targetStudioId }, contracts);
}

function anonymize(studio: Studio, id: number): void {
	const customer = studio.customer(id);
	if (customer.status !== 'FORMER_MEMBER') {
		throw conflict('Only archived customers can be anonymised');
	}
	const { customerNumber, status, studioId, createdDateTime } = customer;
	studio.removeCustomer(customer);
	studio.insertCustomer({
		id,
		customerNumber,
		firstName: 'Anonymised',
		lastName: 'Anonymised',
		status,
		cardNumbers: [],
		accessRefusal: customer.accessRefusal,
		studioId,
		accessMediums: [],
		createdDateTime,
	});
}

function assignFields(call: Call): FieldAssignment[] {
	const customer = call.studio.customer(call.id('customerId'));
	const assignments = call.input<FieldAssignment[]>();
	for (const { additionalInformationFieldId: id } of assignments) {
		if (!fields.some((field) => field.id === id)) {
			throw notFound('Additional information field', id);
		}
	}
	// The vendor replaces all assignments, including those that are not in the request.
	customer.additionalInformationFieldAssignments = assignments;
	return assignments;
}

function contractOf({ studio }: Call, customerId: number, id: number): Contract | undefined {
	return studio.contractsOf(customerId).find((contract) => contract.id === id);
}

/** The age in full years of a customer with this date of birth. */
function age(born: string, today: string): number {
	const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4));
	return today.slice(5) < born.slice(5) ? years - 1 : years;
}

function measurement(call: Call): unknown {
	const { id, firstName, lastName, dateOfBirth, gender } = customerBy(call);
	return {
		id,
		firstName,
		lastName,
		...(dateOfBirth === undefined
			? {}
			: { dateOfBirth, age: age(dateOfBirth, call.studio.today()) }),
		gender,
		height: 150 + (id % 50),
	};
}

/** Handlers for customers: lists, search, creation, contracts, custom fields, studio switch. */
export const customerHandlers: Handlers = {
	getCustomers(call) {
		const status = call.text('customerStatus');
		const format = call.text('cardNumberFormat');
		const chunk = chunkById(
			call.studio.customers,
			call.text('offset') ?? call.text('lastOffsetId'),
			call.id('sliceSize'),
			({ id }) => id,
			(customer) => customer.status === status,
		);
		return { ...chunk, result: chunk.result.map((customer) => shown(customer, format)) };
	},
	getCustomerById: (call) =>
		shown(call.studio.customer(call.id('customerId')), call.text('cardNumberFormat')),
	getCrossStudioCustomerById(call) {
		const id = call.id('customerId');
		return shown(call.world.studioOfCustomer(id).customer(id), call.text('cardNumberFormat'));
	},
	getCustomerBy: (call) => shown(customerBy(call), call.text('cardNumberFormat')),
	getCrossStudioCustomerBy: (call) =>
		shown(customerBy(call, call.world.studios), call.text('cardNumberFormat')),
	searchCustomers: (call) => search(call, [call.studio]),
	searchCrossStudioCustomers: (call) => search(call, call.world.studios),
	getCustomersContracts: (call) => contractsFor(call, call.studio.customer(call.id('customerId'))),
	getCustomerContractsBy: (call) => contractsFor(call, customerBy(call)),
	getCustomerMeasurement: measurement,
	createCustomerWeighing(call) {
		call.studio.customer(call.id('customerId'));
		return { databaseId: call.studio.newId(), ...call.input<object>() };
	},
	createCustomer(call) {
		const input = call.input<CustomerInput>();
		rejectDuplicate(call.studio, input.thirdPartyId, 'thirdPartyId');
		return { customerId: create(call.studio, input, 'PROSPECT').id };
	},
	signupMembership(call) {
		const { customer, contract } = call.input<{
			customer: CustomerInput;
			contract: ContractInput;
		}>();
		rejectDuplicate(call.studio, customer.thirdPartyId, 'customer.thirdPartyId');
		const created = create(call.studio, customer, 'PROSPECT');
		addContract(call.studio, created, contract);
		return { customerId: created.id };
	},
	addMembership(call) {
		const customer = call.studio.customer(call.id('customerId'));
		addContract(call.studio, customer, call.input<ContractInput>());
	},
	switchMembership(call) {
		const customer = call.studio.customer(call.id('customerId'));
		const input = call.input<ContractInput & { sourceContractId: number }>();
		const source = call.studio.contract(input.sourceContractId);
		source.endDate = addDays(input.startDate, -1);
		source.cancelled = true;
		addContract(call.studio, customer, input);
	},
	createContractCancelationAmendment(call) {
		const { contractId, cancelationDate, cancelationReasonId } = call.input<{
			contractId: number;
			cancelationDate: string;
			cancelationReasonId: number;
		}>();
		const contract = contractOf(call, call.id('customerId'), contractId);
		const reason = cancelationReasons.find(
			(each) => each.cancelationReasonId === cancelationReasonId,
		);
		if (contract) {
			contract.cancelled = true;
			contract.endDate = cancelationDate;
			contract.cancellationDate = cancelationDate;
			contract.cancellationReason = reason?.cancelationReasonName;
		}
		return sampleHandler(call);
	},
	withdrawContractCancelation(call) {
		const contract = contractOf(call, call.id('customerId'), call.id('contractId'));
		if (contract) {
			contract.cancelled = false;
			delete contract.cancellationDate;
			delete contract.cancellationReason;
		}
		return sampleHandler(call);
	},
	getAdditionalInformationFields: () => fields,
	setAdditionalInformationFieldAssignments: assignFields,
	switchStudio,
	anonymiseCustomer: (call) => anonymize(call.studio, call.id('customerId')),
	leaveFamilyContract(call) {
		const { id } = call.studio.contract(call.id('contractId'));
		if (call.studio.leftFamilyContracts.has(id)) {
			throw conflict('The contract has left its family contract');
		}
		call.studio.leftFamilyContracts.add(id);
	},
	getCustomerAccessCode(call) {
		const { id, uuid } = call.studio.customer(call.id('customerId'));
		const minute = 60_000;
		return {
			format: 'QR_CODE',
			expiresAt: zoned(call.studio.now() + minute),
			content: `sample-access-code-${uuid ?? id}`,
		};
	},
};
