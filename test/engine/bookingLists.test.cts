import type { IDataObject, INodeListSearchResult, INodeParameters } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { loadOptionsContext, locator, node, runNode } from './harness.cts';

const CUSTOMER = 1210000001;
const CUSTOMER_NAME = 'Abraham Herms';
/** A Thursday, at noon in Berlin. */
const NOW = Date.parse('2026-10-01T10:00:00Z');
const SLOT_NAME = /^\w{3} 2026-10-\d\d 1[08]:00–1[19]:00 \(\d+ of \d+ booked\), .+$/;

let simulator: Simulator;
beforeAll(async () => {
	jest.spyOn(Date, 'now').mockReturnValue(NOW);
	simulator = await startSimulator({ customers: 130, now: () => NOW });
});
beforeEach(() => {
	simulator.reset();
});
afterAll(async () => {
	jest.restoreAllMocks();
	await simulator.close();
});

const credential = () => ({ baseUrl: simulator.baseUrl, apiKey: simulator.apiKey });

type Method = keyof typeof node.methods.listSearch;

async function list(
	method: Method,
	parameters: INodeParameters,
	filter = '',
	token?: string,
): Promise<INodeListSearchResult> {
	const context = loadOptionsContext(parameters, credential());
	return await node.methods.listSearch[method].call(context, filter, token);
}

/** A booking of a class or an appointment. */
interface Booking {
	bookingId: number;
	startDateTime: string;
	endDateTime: string;
}

/** @returns the first record of the output */
async function run(parameters: INodeParameters): Promise<IDataObject> {
	const [{ json }] = await runNode({ parameters, credential: credential() });
	return json;
}

async function book(parameters: INodeParameters): Promise<Booking> {
	return (await run(parameters)) as unknown as Booking;
}

const picked = (value: unknown) => locator(value as string | number, 'list');
const paths = () => simulator.requests.map(({ url }) => url.split('?')[0]);

/** @returns the first entry of a list */
async function first(method: Method, parameters: INodeParameters, filter?: string) {
	const { results } = await list(method, parameters, filter);
	return results[0];
}

test.each([
	['class', 'searchClasses', '/v1/classes'],
	['trialOffer', 'searchClasses', '/v1/trial-offers/bookable-trial-offers/classes'],
	['appointment', 'searchAppointments', '/v1/appointments/bookable'],
	[
		'trialOffer',
		'searchAppointments',
		'/v1/trial-offers/bookable-trial-offers/appointments/bookable',
	],
] as Array<[string, Method, string]>)(
	'%s: %s lists the entries of %s',
	async (resource, method, path) => {
		const { results } = await list(method, { resource });
		expect(paths()).toEqual([path]);
		expect(results.length).toBeGreaterThan(1);
		for (const { name, value } of results) {
			expect(name).toMatch(/^\S.*, \d+ min, \S/);
			expect(value).toMatch(/^\d+$/);
		}
		const last = results[results.length - 1];
		expect((await list(method, { resource }, last.name.toUpperCase())).results).toEqual([last]);
	},
);

test('the slots of a class come with day, time, places, class and room', async () => {
	const { value } = await first('searchClasses', { resource: 'class' });
	const parameters = { resource: 'class', classId: picked(value) };
	const { results } = await list('searchClassSlots', parameters);
	for (const { name } of results) expect(name).toMatch(SLOT_NAME);
	expect(results[0].name).toMatch(/^Thu 2026-10-01 10:00–11:00 \(0 of 12 booked\), Sunrise Yoga, /);
	const slot = await run({
		...parameters,
		operation: 'getClassSlotById',
		classSlotId: picked(results[0].value),
	});
	expect(slot.id).toBe(Number(results[0].value));
});

test('the slots of a class need the class first', async () => {
	const parameters = { resource: 'class', classId: picked('') };
	await expect(list('searchClassSlots', parameters)).rejects.toThrow('Choose "Class" first');
	expect(simulator.requests).toEqual([]);
});

test('the slots to book are future ones: of all classes, of one class, or from a date on', async () => {
	const all = await list('searchSlotsToBook', { resource: 'class' });
	expect(all.results[0].name).toMatch(/^Thu 2026-10-01 18:00/);
	expect(new Set(all.results.map(({ name }) => name.split(', ')[1])).size).toBeGreaterThan(1);

	const { value, name } = await first('searchClasses', { resource: 'class' });
	const one = await list('searchSlotsToBook', { resource: 'class', slotClassId: picked(value) });
	expect(new Set(one.results.map((slot) => slot.name.split(', ')[1]))).toEqual(
		new Set([name.split(', ')[0]]),
	);
	expect(one.results[0].name).toMatch(/^Thu 2026-10-01 18:00/);

	const slotClassId = picked(value);
	const day = await list('searchSlotsToBook', { resource: 'class', slotClassId }, '2026-10-05');
	expect(day.results.map((slot) => slot.name.slice(0, 20))).toEqual([
		'Mon 2026-10-05 10:00',
		'Mon 2026-10-05 18:00',
	]);

	const later = await list('searchSlotsToBook', { resource: 'class' }, '2026-10-05');
	expect(later.results[0].name).toMatch(/^Mon 2026-10-05 10:00/);
	expect(later.results.map((slot) => slot.name.slice(4, 14))).toContain('2026-10-11');
});

test('the slots of all classes come page by page', async () => {
	const names: string[] = [];
	let token: string | undefined;
	do {
		const page = await list('searchSlotsToBook', { resource: 'class' }, '', token);
		names.push(...page.results.map(({ value }) => String(value)));
		token = page.paginationToken;
	} while (token !== undefined);
	expect(names.length).toBeGreaterThan(100);
	expect(new Set(names).size).toBe(names.length);
});

test('the slots of a trial need its class first', async () => {
	const parameters = { resource: 'trialOffer', slotClassId: picked('') };
	await expect(list('searchSlotsToBook', parameters)).rejects.toThrow('Choose "Class" first');
	const { value } = await first('searchClasses', { resource: 'trialOffer' });
	simulator.clearRequests();
	const chosen = { ...parameters, slotClassId: picked(value) };
	expect((await first('searchSlotsToBook', chosen)).name).toMatch(SLOT_NAME);
	expect(paths()).toEqual([`/v1/trial-offers/bookable-trial-offers/classes/${value}/slots`]);
});

test('a class that is an expression is refused by name', async () => {
	const parameters = { resource: 'class', slotClassId: picked('={{ $json.id }}') };
	await expect(list('searchSlotsToBook', parameters)).rejects.toThrow('"Class" is an expression');
});

test.each([
	['class', 'bookClassSlot', 'getClassBookingById', 'BOOKED'],
	['trialOffer', 'bookClassSlotForTrialOffers', '', 'BOOKED_WITH_CONFIRMATION_REQUIRED'],
])(
	'%s: a slot from the list can be booked, and the booking is listed',
	async (resource, operation, get, status) => {
		const slotClassId = picked((await first('searchClasses', { resource })).value);
		const slot = await first('searchSlotsToBook', { resource, slotClassId });
		const booking = await book({
			resource,
			operation,
			bookingCustomerId: picked(CUSTOMER),
			bookedClassSlotId: picked(slot.value),
		});
		expect(booking).toMatchObject({ bookingStatus: status, classSlotId: Number(slot.value) });

		const { results } = await list('searchBookings', { resource }, CUSTOMER_NAME);
		expect(results.map(({ value }) => value)).toEqual([String(booking.bookingId)]);
		expect(results[0].name).toMatch(/^Abraham Herms – Thu 2026-10-01 18:00–19:00, /);
		if (!get) {
			expect(results[0].name).toContain('(to be confirmed)');
			return;
		}
		const found = await run({ resource, operation: get, bookingId: picked(results[0].value) });
		expect(found.bookingId).toBe(booking.bookingId);
	},
);

test.each([
	['appointment', 'bookAppointmentBooking', 'BOOKED'],
	['trialOffer', 'bookAppointmentForTrialOffer', 'BOOKED_WITH_CONFIRMATION_REQUIRED'],
])('%s: a free slot from the list books its start and end', async (resource, operation, status) => {
	const bookedAppointmentId = picked((await first('searchAppointments', { resource })).value);
	const bookingCustomerId = picked(CUSTOMER);
	const chosen = { resource, bookedAppointmentId, bookingCustomerId };
	simulator.clearRequests();
	const slot = await first('searchAppointmentSlots', chosen);
	expect(simulator.requests[0].query).toMatchObject({
		customerId: String(CUSTOMER),
		daysAhead: '6',
	});
	expect(slot.name).toMatch(/^Thu 2026-10-01 \d\d:\d\d–\d\d:\d\d, \S/);

	const booking = await book({ ...chosen, operation, appointmentSlot: picked(slot.value) });
	expect(booking).toMatchObject({ bookingStatus: status });
	expect(`${booking.startDateTime}/${booking.endDateTime}`).toBe(slot.value);
	expect((await first('searchAppointmentSlots', chosen)).value).not.toBe(slot.value);

	const { results } = await list('searchBookings', { resource }, CUSTOMER_NAME);
	expect(results.map(({ value }) => value)).toEqual([String(booking.bookingId)]);
	expect(results[0].name).toMatch(/^Abraham Herms – Thu 2026-10-01 /);
});

test('the free slots are found from a date on, even if the customer is an expression', async () => {
	const bookedAppointmentId = picked(
		(await first('searchAppointments', { resource: 'appointment' })).value,
	);
	const bookingCustomerId = picked('={{ $json.id }}');
	const parameters = { resource: 'appointment', bookedAppointmentId, bookingCustomerId };
	const { results } = await list('searchAppointmentSlots', parameters, '2026-11-02');
	expect(results[0].name).toMatch(/^Mon 2026-11-02 09:00/);
	const narrowed = await list('searchAppointmentSlots', parameters, '16:00–');
	expect(narrowed.results.every(({ name }) => name.includes('16:00–'))).toBe(true);
	expect(narrowed.results.length).toBeGreaterThan(1);
});

test('the free slots need the appointment first', async () => {
	const parameters = { resource: 'appointment', bookedAppointmentId: picked('') };
	await expect(list('searchAppointmentSlots', parameters)).rejects.toThrow(
		'Choose "Appointment" first',
	);
});

test('a booking is listed with its customer when its slot does not exist any more', async () => {
	const slotClassId = picked((await first('searchClasses', { resource: 'class' })).value);
	const slot = await first('searchSlotsToBook', { resource: 'class', slotClassId });
	const { bookingId } = await book({
		resource: 'class',
		operation: 'bookClassSlot',
		bookingCustomerId: picked(CUSTOMER),
		bookedClassSlotId: picked(slot.value),
	});
	simulator.injectFault({ kind: 'status', status: 404, operationId: 'getClassSlotById' });
	const { name } = await first('searchBookings', { resource: 'class' }, CUSTOMER_NAME);
	expect(name).toMatch(new RegExp(`${CUSTOMER_NAME} – ${bookingId}$`));
});

test('the configurations of trial offers are those of bookable offers, each once', async () => {
	for (const [method, operation] of [
		['searchTrialOfferConfigurations', 'createLeadCustomer'],
		['searchConfigurations', 'getTrialOfferConfig'],
	] as Array<[Method, string]>) {
		const { results } = await list(method, { resource: 'trialOffer', operation });
		expect(results).toHaveLength(1);
		expect(results[0].name).toMatch(/[A-Za-z]/);
		const configuration = await run({
			resource: 'trialOffer',
			operation: 'getTrialOfferConfig',
			configId: picked(results[0].value),
		});
		expect(configuration).toMatchObject({ id: Number(results[0].value), name: results[0].name });
	}
});
