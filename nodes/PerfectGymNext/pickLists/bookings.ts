/** Lists of classes, appointments, slots, bookings and trial offer configurations. */

import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { slotValue, withoutZone } from '../fields/slot';
import { unwrapLocator } from '../transport/serialize';
import { findCustomers } from './customers';
import type { ToItem } from './pickList';
import { firstWithItems, offered, searchPages } from './pickList';
import type { Page, Read } from './read';
import { asRecord, asRecords, findRecord, readPage, readRecords, textOf } from './read';
import { itemOf, joined, personName } from './texts';

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

async function searchClasses(this: ILoadOptionsFunctions, filter?: string, token?: string) {
	const operation = isTrial(this) ? 'getBookableTrialOfferClasses' : 'getActiveClasses';
	return await searchChunks(this, operation, offerItem, filter, token);
}

async function searchAppointments(this: ILoadOptionsFunctions, filter?: string, token?: string) {
	const operation = isTrial(this) ? 'getBookableTrialOfferAppointments' : 'getBookableAppointments';
	return await searchChunks(this, operation, offerItem, filter, token);
}

/** Slots of the class that the operation reads, from yesterday on. */
async function searchClassSlots(this: ILoadOptionsFunctions, filter?: string, token?: string) {
	return await searchChunks(this, 'getClassSlots', slotItem, filter, token);
}

/** Future slots of the chosen class. Without a class, those of all classes in the next days. */
async function searchSlotsToBook(this: ILoadOptionsFunctions, filter?: string, token?: string) {
	const hasClass = Boolean(unwrapLocator(this.getCurrentNodeParameter('slotClassId')));
	if (!hasClass && !isTrial(this)) {
		const { query, text } = dateRangeOf(filter);
		const operation = 'getClassSlotsForMultipleClasses';
		return await searchChunks(this, operation, slotItem, text, token, { query }, isAhead);
	}
	const operation = isTrial(this) ? 'getClassSlotsForTrialOffers' : 'getClassSlots';
	const chosen = { classId: 'slotClassId' };
	return await searchChunks(this, operation, slotItem, filter, token, { chosen }, isAhead);
}

/** Free slots of the chosen appointment, for the chosen customer unless it is an expression. */
async function searchAppointmentSlots(this: ILoadOptionsFunctions, filter?: string) {
	const operation = isTrial(this)
		? 'getBookableAppointmentSlotsForTrialOffers'
		: 'getBookableAppointmentSlots';
	const customerId = textOf(unwrapLocator(this.getCurrentNodeParameter('bookingCustomerId')));
	const { query, text } = dateRangeOf(filter);
	const slots = await readRecords(this, operation, {
		query: { ...query, ...(/^\d+$/.test(customerId) && { customerId }) },
		chosen: { bookableAppointmentId: 'bookedAppointmentId' },
	});
	const items = slots.filter(hasTimes).map((slot) => ({
		name: joined([when(slot), instructorNames(slot)]),
		value: slotValue(textOf(slot.startDateTime), textOf(slot.endDateTime)),
	}));
	return { results: offered(items, text) };
}

function hasTimes({ startDateTime, endDateTime }: IDataObject): boolean {
	return textOf(startDateTime) !== '' && textOf(endDateTime) !== '';
}

/** Bookings of the customers that match. For trial offers, only bookings that need confirmation. */
async function searchBookings(this: ILoadOptionsFunctions, filter?: string, token = '0') {
	const customers = await findCustomers(this, filter?.trim() ?? '');
	return await firstWithItems(async (start) => {
		const end = Number(start) + CUSTOMERS_PER_PAGE;
		const page = customers.slice(Number(start), end);
		const lists = await Promise.all(
			page.map(async (customer) => await bookingItems(this, customer)),
		);
		return {
			results: offered(lists.flat()),
			paginationToken: end < customers.length ? String(end) : undefined,
		};
	}, token);
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
		const name = `${personName(customer)} – ${label || textOf(booking.bookingId)}`;
		return { name: status ? `${name} (${status})` : name, value: textOf(booking.bookingId) };
	});
}

/** A class booking has only the ID of its slot, so this reads the slot too. */
async function classBookings(context: ILoadOptionsFunctions, { id }: IDataObject) {
	const bookings = await bookingsOf(context, 'getClassBookingsByCustomerId', id);
	return await Promise.all(
		bookings.map(async (booking) => {
			const ids = { classId: textOf(booking.classId), classSlotId: textOf(booking.classSlotId) };
			const slot = await findRecord(context, 'getClassSlotById', { ids });
			return { booking, label: slot ? slotName(slot) : '' };
		}),
	);
}

async function appointmentBookings(context: ILoadOptionsFunctions, { id }: IDataObject) {
	const bookings = await bookingsOf(context, 'getAppointmentBookings', id);
	return bookings.map((booking) => ({ booking, label: joined([when(booking), booking.title]) }));
}

async function bookingsOf(
	context: ILoadOptionsFunctions,
	operation: string,
	customerId: unknown,
): Promise<IDataObject[]> {
	const query = { customerId: textOf(customerId) };
	const bookings = await readRecords(context, operation, { query });
	if (!isTrial(context)) return bookings;
	return bookings.filter(
		({ bookingStatus }) => bookingStatus === 'BOOKED_WITH_CONFIRMATION_REQUIRED',
	);
}

async function searchTrialOfferConfigurations(this: ILoadOptionsFunctions, filter?: string) {
	const configurations = await trialOfferConfigurations(this);
	return {
		results: offered(
			configurations.map(({ id, name }) => itemOf(id, name)),
			filter,
		),
	};
}

/**
 * Collects the configurations from the trial offers that can be booked, because the API has no list of
 * configurations.
 *
 * @returns the ID and, where it can be read, the name of each configuration, in no particular order
 * @throws n8n's error, with a message for users
 */
export async function trialOfferConfigurations(
	context: ILoadOptionsFunctions,
): Promise<IDataObject[]> {
	const offers = await Promise.all([
		readAll(context, 'getBookableTrialOfferClasses'),
		readAll(context, 'getBookableTrialOfferAppointments'),
	]);
	const ids = new Set(offers.flat().map(({ trialOfferConfigId }) => textOf(trialOfferConfigId)));
	return await Promise.all(
		[...ids].filter(Boolean).map(async (configId) => {
			const config = await findRecord(context, 'getTrialOfferConfig', { ids: { configId } });
			return { id: configId, name: config?.name };
		}),
	);
}

function isTrial(context: ILoadOptionsFunctions): boolean {
	return context.getCurrentNodeParameter('resource') === 'trialOffer';
}

async function searchChunks(
	context: ILoadOptionsFunctions,
	operation: string,
	toItem: ToItem,
	filter?: string,
	paginationToken?: string,
	sent?: Read,
	isWanted: (record: IDataObject) => boolean = () => true,
): Promise<INodeListSearchResult> {
	const nextPage = async (token?: string): Promise<Page> => {
		const page = await readPage(context, operation, token, sent);
		return { ...page, records: page.records.filter(isWanted) };
	};
	return await searchPages(nextPage, toItem, filter, paginationToken);
}

async function readAll(context: ILoadOptionsFunctions, operation: string): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	let offset: string | undefined;
	for (let chunks = 0; chunks < MAX_CHUNKS; chunks++) {
		const page = await readPage(context, operation, offset);
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

/** An item for a class or an appointment. A trial offer contains one of them. */
function offerItem(record: IDataObject): INodeListSearchItems {
	const offer = asRecord(record.trialOfferClass ?? record.trialOfferBookableAppointment ?? record);
	const { id, title, duration, category } = offer;
	return itemOf(id, joined([title, textOf(duration) && `${textOf(duration)} min`, category]));
}

function slotItem(slot: IDataObject): INodeListSearchItems {
	const { id, bookedParticipants, maxParticipants } = slot;
	// Before title and room, because n8n cuts off long names.
	const places =
		textOf(maxParticipants) &&
		` (${textOf(bookedParticipants)} of ${textOf(maxParticipants)} booked)`;
	return { name: slotName(slot, places), value: textOf(id) };
}

function slotName(slot: IDataObject, places = ''): string {
	const { id, classInformation, location } = slot;
	const parts = [when(slot) + places, asRecord(classInformation).title, asRecord(location).name];
	return joined(parts) || textOf(id);
}

/** @returns `Mon 2026-10-05 10:00–11:00`, in the studio's time zone, as the API returns it */
function when({ startDateTime, endDateTime }: IDataObject): string {
	const [start, end] = [textOf(startDateTime), textOf(endDateTime)];
	const weekday = WEEKDAYS[new Date(start.slice(0, 10)).getUTCDay()];
	if (weekday === undefined) return '';
	const times = joined(
		[start, end].map((time) => time.slice(11, 16)),
		'–',
	);
	return `${weekday} ${start.slice(0, 10)} ${times}`;
}

function instructorNames({ instructors }: IDataObject): string {
	const names = asRecords(instructors).map(
		(instructor) => textOf(instructor.publicName) || personName(instructor),
	);
	return names.join(' & ');
}

/** Also true for a slot with a start that cannot be read. */
function isAhead({ startDateTime }: IDataObject): boolean {
	const start = Date.parse(withoutZone(textOf(startDateTime)));
	return Number.isNaN(start) || start > Date.now();
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
