/** Lists of classes, appointments, slots, bookings and trial offer configurations to pick from. */

import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { slotValue, withoutZone } from '../fields/slot';
import { unwrapLocator } from '../transport/serialize';
import { customerName, findCustomers } from './customerLists';
import { asRecords, listIn, matching, nextOffset, emptyWhenNotFound, read, textOf } from './lists';

const RECORDS_PER_PAGE = 100;
/** The most days that the API looks ahead in one request. */
const MAX_DAYS_AHEAD = 6;
/** The number of customers whose bookings make up one page of the list. */
const CUSTOMERS_PER_PAGE = 8;
/** Trial offers share few configurations, so ten chunks are enough to find them. */
const MAX_CHUNKS = 10;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const BOOKING_STATUSES: Readonly<Record<string, string>> = {
	BOOKED_WITH_CONFIRMATION_REQUIRED: 'to be confirmed',
	CANCELED: 'canceled',
	WAITING_LIST: 'on the waiting list',
};

const APPOINTMENTS = '/v1/appointments/bookable';
const TRIAL_CLASSES = '/v1/trial-offers/bookable-trial-offers/classes';
const TRIAL_APPOINTMENTS = '/v1/trial-offers/bookable-trial-offers/appointments/bookable';

/** A page of a list, with the token of the next page. */
interface Page {
	records: IDataObject[];
	paginationToken?: string;
}

async function searchClasses(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const [operation, template] = isTrial(this)
		? ['getBookableTrialOfferClasses', TRIAL_CLASSES]
		: ['getActiveClasses', '/v1/classes'];
	return offerItems(await readPage(this, operation, template, paginationToken), filter);
}

async function searchAppointments(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const [operation, template] = isTrial(this)
		? ['getBookableTrialOfferAppointments', TRIAL_APPOINTMENTS]
		: ['getBookableAppointments', APPOINTMENTS];
	return offerItems(await readPage(this, operation, template, paginationToken), filter);
}

/** Slots of the class that the operation reads, from yesterday on. */
async function searchClassSlots(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const page = await readPage(
		this,
		'getClassSlots',
		'/v1/classes/{classId}/slots',
		paginationToken,
	);
	return slotItems(page, filter);
}

/** Future slots of the chosen class. Without a class, those of all classes in the next days. */
async function searchSlotsToBook(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const hasClass = Boolean(unwrapLocator(this.getCurrentNodeParameter('slotClassId')));
	if (!hasClass && !isTrial(this)) {
		const [operation, template] = ['getClassSlotsForMultipleClasses', '/v1/classes/slots'];
		const { query, text } = dateRangeOf(filter);
		return futureSlotItems(
			await readPage(this, operation, template, paginationToken, { query }),
			text,
		);
	}
	const [operation, template] = isTrial(this)
		? ['getClassSlotsForTrialOffers', `${TRIAL_CLASSES}/{classId}/slots`]
		: ['getClassSlots', '/v1/classes/{classId}/slots'];
	const chosen = { classId: 'slotClassId' };
	return futureSlotItems(
		await readPage(this, operation, template, paginationToken, { chosen }),
		filter,
	);
}

/** Free slots of the chosen appointment, for the chosen customer unless it is an expression. */
async function searchAppointmentSlots(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const [operation, appointments] = isTrial(this)
		? ['getBookableAppointmentSlotsForTrialOffers', TRIAL_APPOINTMENTS]
		: ['getBookableAppointmentSlots', APPOINTMENTS];
	const customerId = textOf(unwrapLocator(this.getCurrentNodeParameter('bookingCustomerId')));
	const { query, text } = dateRangeOf(filter);
	const answer = await read(this, operation, `${appointments}/{bookableAppointmentId}/slots`, {
		query: { ...query, ...(/^\d+$/.test(customerId) && { customerId }) },
		chosen: { bookableAppointmentId: 'bookedAppointmentId' },
	});
	const items = asRecords(answer).map((slot) => ({
		name: [when(slot), instructorNames(slot)].filter(Boolean).join(', '),
		value: slotValue(textOf(slot.startDateTime), textOf(slot.endDateTime)),
	}));
	return { results: matching(items, text) };
}

/** Bookings of the customers that match. For trial offers, only bookings that need confirmation. */
async function searchBookings(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const customers = await findCustomers(this, filter?.trim() ?? '');
	const start = Number(paginationToken ?? 0);
	const end = start + CUSTOMERS_PER_PAGE;
	const lists = await Promise.all(
		customers.slice(start, end).map(async (customer) => await bookingItems(this, customer)),
	);
	return {
		results: lists.flat(),
		paginationToken: end < customers.length ? String(end) : undefined,
	};
}

async function bookingItems(
	context: ILoadOptionsFunctions,
	customer: IDataObject,
): Promise<INodeListSearchItems[]> {
	const resource = context.getCurrentNodeParameter('resource');
	const lists = await Promise.all([
		resource === 'appointment' ? [] : classBookings(context, customer),
		resource === 'class' ? [] : appointmentBookings(context, customer),
	]);
	return lists.flat().map(({ booking, label }) => {
		const status = BOOKING_STATUSES[textOf(booking.bookingStatus)];
		const name = `${customerName(customer)} – ${label || textOf(booking.bookingId)}`;
		return { name: status ? `${name} (${status})` : name, value: textOf(booking.bookingId) };
	});
}

/** A class booking has only the ID of its slot, so this reads the slot too. */
async function classBookings(context: ILoadOptionsFunctions, { id }: IDataObject) {
	const bookings = await bookingsOf(
		context,
		'getClassBookingsByCustomerId',
		'/v1/classes/booking',
		id,
	);
	return await Promise.all(
		bookings.map(async (booking) => {
			const ids = { classId: textOf(booking.classId), classSlotId: textOf(booking.classSlotId) };
			const template = '/v1/classes/{classId}/slots/{classSlotId}';
			const [slot] = await read(context, 'getClassSlotById', template, { ids }).then(
				(found) => [found as IDataObject],
				emptyWhenNotFound,
			);
			return { booking, label: slot ? slotName(slot) : '' };
		}),
	);
}

async function appointmentBookings(context: ILoadOptionsFunctions, { id }: IDataObject) {
	const bookings = await bookingsOf(
		context,
		'getAppointmentBookings',
		'/v1/appointments/booking',
		id,
	);
	return bookings.map((booking) => ({
		booking,
		label: [when(booking), textOf(booking.title)].filter(Boolean).join(', '),
	}));
}

async function bookingsOf(
	context: ILoadOptionsFunctions,
	operation: string,
	template: string,
	customerId: unknown,
): Promise<IDataObject[]> {
	const query = { customerId: textOf(customerId) };
	const bookings = asRecords(await read(context, operation, template, { query }));
	if (!isTrial(context)) return bookings;
	return bookings.filter(
		({ bookingStatus }) => bookingStatus === 'BOOKED_WITH_CONFIRMATION_REQUIRED',
	);
}

async function searchTrialOfferConfigurations(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return { results: matching(await trialOfferConfigurations(this), filter) };
}

/**
 * Collects the configurations from the trial offers that can be booked, because the API has no list of
 * configurations.
 *
 * @returns an item for each configuration, in no particular order
 * @throws n8n's error, with a message for users
 */
export async function trialOfferConfigurations(
	context: ILoadOptionsFunctions,
): Promise<INodeListSearchItems[]> {
	const offers = await Promise.all([
		readAll(context, 'getBookableTrialOfferClasses', TRIAL_CLASSES),
		readAll(context, 'getBookableTrialOfferAppointments', TRIAL_APPOINTMENTS),
	]);
	const ids = new Set(offers.flat().map(({ trialOfferConfigId }) => textOf(trialOfferConfigId)));
	return await Promise.all(
		[...ids].filter(Boolean).map(async (configId) => {
			const template = '/v1/trial-offers/config/{configId}';
			const [config] = await read(context, 'getTrialOfferConfig', template, {
				ids: { configId },
			}).then((found) => [found as IDataObject], emptyWhenNotFound);
			return { name: textOf(config?.name) || configId, value: configId };
		}),
	);
}

function isTrial(context: ILoadOptionsFunctions): boolean {
	return context.getCurrentNodeParameter('resource') === 'trialOffer';
}

async function readPage(
	context: ILoadOptionsFunctions,
	operation: string,
	template: string,
	offset?: string,
	{ query = {}, chosen }: { query?: IDataObject; chosen?: Record<string, string> } = {},
): Promise<Page> {
	const chunk = await read(context, operation, template, {
		query: { ...query, sliceSize: RECORDS_PER_PAGE, ...(offset && { offset }) },
		chosen,
	});
	return { records: listIn(chunk), paginationToken: nextOffset(chunk, offset) };
}

async function readAll(
	context: ILoadOptionsFunctions,
	operation: string,
	template: string,
): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	let offset: string | undefined;
	for (let chunks = 0; chunks < MAX_CHUNKS; chunks++) {
		const page = await readPage(context, operation, template, offset);
		records.push(...page.records);
		offset = page.paginationToken;
		if (offset === undefined) break;
	}
	return records;
}

/** If the search text is a date, the list starts on it and is not filtered. Otherwise it starts today. */
function dateRangeOf(filter = ''): { query: IDataObject; text: string } {
	const date = filter.trim();
	if (!DATE.test(date)) return { query: { daysAhead: MAX_DAYS_AHEAD }, text: filter };
	return { query: { daysAhead: MAX_DAYS_AHEAD, slotWindowStartDate: date }, text: '' };
}

/** Items for classes or appointments. A trial offer contains one of them. */
function offerItems({ records, paginationToken }: Page, filter?: string): INodeListSearchResult {
	const items = records
		.map(
			(record) =>
				(record.trialOfferClass ?? record.trialOfferBookableAppointment ?? record) as IDataObject,
		)
		.map(({ id, title, duration, category }) => {
			const minutes = textOf(duration) && `${textOf(duration)} min`;
			const about = [textOf(title), minutes, textOf(category)].filter(Boolean).join(', ');
			return { name: about || textOf(id), value: textOf(id) };
		});
	return { results: matching(items, filter), paginationToken };
}

function slotItems({ records, paginationToken }: Page, filter?: string): INodeListSearchResult {
	const items = records.map((slot) => {
		const { id, bookedParticipants, maxParticipants } = slot;
		// Before title and room, because n8n cuts off long names.
		const places =
			textOf(maxParticipants) &&
			` (${textOf(bookedParticipants)} of ${textOf(maxParticipants)} booked)`;
		return { name: slotName(slot, places), value: textOf(id) };
	});
	return { results: matching(items, filter), paginationToken };
}

function slotName(slot: IDataObject, places = ''): string {
	const { id, classInformation, location } = slot;
	const title = textOf((classInformation as IDataObject | undefined)?.title);
	const room = textOf((location as IDataObject | undefined)?.name);
	return [when(slot) + places, title, room].filter(Boolean).join(', ') || textOf(id);
}

/** @returns `Mon 2026-10-05 10:00–11:00`, in the studio's time zone, as the API returns it */
function when({ startDateTime, endDateTime }: IDataObject): string {
	const [start, end] = [textOf(startDateTime), textOf(endDateTime)];
	const weekday = WEEKDAYS[new Date(start.slice(0, 10)).getUTCDay()];
	if (weekday === undefined) return '';
	const times = [start, end].map((time) => time.slice(11, 16)).filter(Boolean);
	return `${weekday} ${start.slice(0, 10)} ${times.join('–')}`;
}

function instructorNames({ instructors }: IDataObject): string {
	return asRecords(instructors)
		.map((instructor) => textOf(instructor.publicName) || customerName(instructor))
		.join(' & ');
}

/** Items for future slots, and for slots with a start that cannot be read. */
function futureSlotItems(
	{ records, paginationToken }: Page,
	filter?: string,
): INodeListSearchResult {
	const ahead = records.filter(({ startDateTime }) => {
		const start = Date.parse(withoutZone(textOf(startDateTime)));
		return Number.isNaN(start) || start > Date.now();
	});
	return slotItems({ records: ahead, paginationToken }, filter);
}

/** List searches, by the names that the parameters use in `searchListMethod`. */
export const bookingLists = {
	searchAppointments,
	searchAppointmentSlots,
	searchBookings,
	searchClasses,
	searchClassSlots,
	searchSlotsToBook,
	searchTrialOfferConfigurations,
};
