import { addDays } from './dates.cts';
import { asRecord } from './json.cts';
import type { ClassBooking, ClassSlot, Customer } from './records.cts';
import { startSimulator, type Simulator } from './server.cts';
import { request, control, get, readAll } from './testClient.cts';

const NOW = Date.UTC(2026, 2, 20, 6);
const TODAY = '2026-03-20';
const FIRST = 1_210_000_001;
const PERSON = {
	firstName: 'Novel',
	lastName: 'Newperson',
	dateOfBirth: '1990-02-03',
	email: 'newperson@example.com',
	street: 'Sample Street',
	zipCode: '00001',
	city: 'Sampletown',
	countryCode: 'DE',
	language: { languageCode: 'de' },
	phoneNumberMobile: '+49 000 5550123',
	thirdPartyId: 'crm-1',
};

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({
		studios: [
			{ name: 'One', apiKey: 'key-one', customers: 120 },
			{ name: 'Two', apiKey: 'key-two', customers: 2 },
		],
		now: () => NOW,
	});
});
afterAll(() => simulator.close());
beforeEach(() => simulator.reset());

async function post(path: string, body?: unknown) {
	return await request(simulator, path, { method: 'POST', body });
}

async function statusOf(path: string, method = 'GET'): Promise<number> {
	return (await request(simulator, path, { method })).status;
}

async function createCustomer(): Promise<number> {
	const created = await get<{ customerId: number }>(simulator, '/v1/customers/create', {
		method: 'POST',
		body: PERSON,
	});
	return created.customerId;
}

describe('customers', () => {
	it('are the same after seeding again', async () => {
		const path = '/v1/customers';
		const first = await get(simulator, path);
		await control(simulator, 'POST', '/seed', { customers: 120 });
		expect(await get(simulator, path)).toEqual(first);
	});

	it('have umlauts, commas, quotes, line breaks and missing fields', async () => {
		const { records } = await readAll<Customer>(simulator, '/v1/customers', '');
		const text = JSON.stringify(records);
		expect(text).toMatch(/[äöüß]/i);
		expect(records.some(({ street }) => street?.includes(', "'))).toBe(true);
		expect(records.some((record) => record.additionalAddressInformation?.includes('\n'))).toBe(
			true,
		);
		for (const name of ['email', 'imageUrl', 'accessRestrictions', 'idlePeriods'] as const) {
			const count = records.filter((record) => record[name] !== undefined).length;
			expect(count).toBeGreaterThan(0);
			expect(count).toBeLessThan(records.length);
		}
		expect(records[0].createdDateTime).toMatch(/\+0[12]:00\[Europe\/Berlin\]$/);
	});

	it('have images that the simulator serves', async () => {
		const { imageUrl } = await get<Customer>(simulator, `/v1/customers/${FIRST + 1}`);
		const image = await fetch(String(imageUrl));
		expect(image.status).toBe(200);
		expect(image.headers.get('content-type')).toContain('image/');
	});

	it('can be read after creation and become members with a contract', async () => {
		const id = await createCustomer();
		expect(await get(simulator, `/v1/customers/${id}`)).toMatchObject({
			id,
			firstName: 'Novel',
			country: 'DE',
			phonePrivateMobile: '+49 000 5550123',
			status: 'PROSPECT',
		});
		const body = { contractOfferTermId: 1, startDate: '2026-04-01' };
		expect((await post(`/v1/memberships/customers/${id}/add-membership`, body)).status).toBe(200);
		const contracts = await get(simulator, `/v1/customers/${id}/contracts`);
		expect(contracts).toMatchObject([{ startDate: '2026-04-01', contractStatus: 'ACTIVE' }]);
		const { records } = await readAll<Customer>(simulator, '/v1/customers', '');
		expect(records.at(-1)).toMatchObject({ id, status: 'MEMBER' });
	});

	it('are rejected when another one has the same thirdPartyId', async () => {
		await createCustomer();
		const reply = await post('/v1/customers/create', PERSON);
		expect(reply).toMatchObject({ status: 409, json: { reference: 'thirdPartyId' } });
	});

	it('have card numbers in the requested format', async () => {
		const path = `/v1/customers/${FIRST}`;
		const cards = async (format: string) =>
			(await get<Customer>(simulator, path, { query: `cardNumberFormat=${format}` })).cardNumbers;
		expect(await cards('DECIMAL')).toEqual(['3000000001']);
		expect(await cards('HEX_MSB')).toEqual(['B2D05E01']);
		expect(await cards('HEX_LSB')).toEqual(['015ED0B2']);
	});

	it.each([
		['cardNumber=3000000005'],
		['cardNumber=055ED0B2&cardNumberFormat=HEX_LSB'],
		['customerNumber=1-5'],
		['debtorId=D-1210000005'],
	])('are found by %s', async (query) => {
		expect(await get(simulator, '/v1/customers/by', { query })).toMatchObject({ id: FIRST + 4 });
	});

	it('are not found by an unknown identifier or without one', async () => {
		const by = async (query: string) =>
			(await request(simulator, '/v1/customers/by', { query })).status;
		expect(await by('barcode=none')).toBe(404);
		expect(await by('')).toBe(400);
	});

	it('of other studios are only found by cross-studio operations', async () => {
		const elsewhere = 1_211_000_001;
		expect(await statusOf(`/v1/customers/${elsewhere}`)).toBe(404);
		const found = await get(simulator, `/v1/cross-studio/customers/${elsewhere}`);
		expect(found).toMatchObject({ id: elsewhere, studioId: 1_100_000_002 });
	});

	it('switch studios with their contracts', async () => {
		const path = `/v1/customers/${FIRST}`;
		const before = await get(simulator, `${path}/contracts`);
		const body = { targetStudioId: 1_100_000_002, switchDate: TODAY };
		expect((await post(`${path}/switch-studio`, body)).status).toBe(200);
		expect(await statusOf(path)).toBe(404);
		expect(await get(simulator, `${path}/contracts`, { key: 'key-two' })).toEqual(before);
	});

	it('are only anonymized when they are former members', async () => {
		const former = FIRST + 10;
		expect(await statusOf(`/v1/customers/${FIRST}/anonymise`, 'PUT')).toBe(409);
		expect(await statusOf(`/v1/customers/${former}/anonymise`, 'PUT')).toBe(200);
		const anonymized = await get<Customer>(simulator, `/v1/customers/${former}`);
		expect(anonymized).toMatchObject({ firstName: 'Anonymised' });
		expect(anonymized).not.toHaveProperty('email');
	});
});

describe('search', () => {
	const find = async (body: object) =>
		await get<Customer[]>(simulator, '/v1/customers/search', { method: 'POST', body });

	it('matches the beginning of names, ignoring case', async () => {
		await createCustomer();
		expect(await find({ firstName: 'nov', lastName: 'NEWP' })).toHaveLength(1);
		expect(await find({ lastName: 'person' })).toHaveLength(0);
		expect(await find({ firstName: 'nov', lastName: 'X' })).toHaveLength(0);
	});

	it('matches a whole email or date of birth, and any part of a phone number', async () => {
		await createCustomer();
		expect(await find({ email: 'NEWPERSON@example.com' })).toHaveLength(1);
		expect(await find({ email: 'newperson@example' })).toHaveLength(0);
		expect(await find({ dateOfBirth: '1990-02-03', lastName: 'New' })).toHaveLength(1);
		expect(await find({ dateOfBirth: '1990-02-04', lastName: 'New' })).toHaveLength(0);
		expect(await find({ phoneNumber: '0005550' })).toHaveLength(1);
	});

	it('finds all customers with the same email, and returns up to 100', async () => {
		const { email } = asRecord(await get(simulator, '/v1/customers/1210000039'));
		expect(await find({ email })).toHaveLength(2);
		simulator.seed(5000);
		expect(await find({ lastName: 'S' })).toHaveLength(100);
	});

	it('requires a criterion', async () => {
		expect((await post('/v1/customers/search', {})).status).toBe(400);
	});
});

describe('class bookings', () => {
	const slotPath = '/v1/classes/1510000001/slots';
	const slot = async (index: number) =>
		(await get<{ result: ClassSlot[] }>(simulator, slotPath)).result[index];
	const book = async (classSlotId: number, customerId = FIRST) =>
		await post('/v1/classes/booking/book', { customerId, classSlotId });

	it('take a place, can be read and listed, and free the place when canceled', async () => {
		const { id, bookedParticipants } = await slot(0);
		const booking = (await book(id)).json as ClassBooking;
		expect(booking).toMatchObject({ customerId: FIRST, classSlotId: id, bookingStatus: 'BOOKED' });
		expect((await slot(0)).bookedParticipants).toBe(bookedParticipants + 1);
		const path = `/v1/classes/booking/${booking.bookingId}`;
		expect(await get(simulator, path)).toEqual(booking);
		const query = `customerId=${FIRST}`;
		expect(await get(simulator, '/v1/classes/booking', { query })).toEqual([booking]);
		expect(await request(simulator, path, { method: 'DELETE' })).toMatchObject({
			status: 200,
			text: '',
		});
		expect((await slot(0)).bookedParticipants).toBe(bookedParticipants);
		expect(await get(simulator, '/v1/classes/booking', { query })).toEqual([]);
		expect(await get(simulator, path)).toMatchObject({ bookingStatus: 'CANCELED' });
		expect(await statusOf(path, 'DELETE')).toBe(409);
	});

	it('are rejected when the slot is full or the customer already booked it', async () => {
		const { id, maxParticipants } = await slot(3);
		expect(maxParticipants).toBe(2);
		expect((await book(id)).status).toBe(200);
		expect((await book(id)).status).toBe(409);
		expect((await book(id, FIRST + 1)).status).toBe(200);
		expect((await book(id, FIRST + 2)).status).toBe(409);
		const body = { customerId: FIRST + 2, classSlotId: id };
		expect((await post('/v1/classes/booking/validate', body)).json).toEqual({
			validationStatus: 'NO_CONTINGENT',
		});
	});

	it('go to the waiting list of a full slot', async () => {
		const { id } = await slot(7);
		await book(id);
		await book(id, FIRST + 1);
		expect((await book(id, FIRST + 2)).json).toMatchObject({ bookingStatus: 'WAITING_LIST' });
		expect(await slot(7)).toMatchObject({ bookedParticipants: 2, waitingListParticipants: 1 });
	});

	it('are rejected for an unknown customer or slot', async () => {
		expect((await book((await slot(0)).id, 5)).status).toBe(404);
		expect((await book(5)).status).toBe(404);
	});

	it('of trial offers require confirmation', async () => {
		const body = { customerId: FIRST, classSlotId: (await slot(0)).id };
		const reply = await post('/v1/trial-offers/classes/booking/book', body);
		const { bookingId, bookingStatus } = reply.json as ClassBooking;
		expect(bookingStatus).toBe('BOOKED_WITH_CONFIRMATION_REQUIRED');
		await post(`/v1/trial-offers/bookings/${bookingId}/confirm`);
		const booking = await get(simulator, `/v1/classes/booking/${bookingId}`);
		expect(booking).toMatchObject({ bookingStatus: 'BOOKED' });
	});
});

describe('appointments', () => {
	const times = '/v1/appointments/bookable/1520000001/slots';
	interface Time {
		startDateTime: string;
		endDateTime: string;
	}

	it('block their time until they are deleted', async () => {
		const [{ startDateTime, endDateTime }, next] = await get<Time[]>(simulator, times);
		const body = {
			customerId: FIRST,
			bookableAppointmentId: 1_520_000_001,
			startDateTime,
			endDateTime,
		};
		const booked = await post('/v1/appointments/booking/book', body);
		const { bookingId } = booked.json as { bookingId: number };
		expect((await get<Time[]>(simulator, times))[0]).toEqual(next);
		expect((await post('/v1/appointments/booking/book', body)).status).toBe(409);
		const path = `/v1/appointments/booking/${bookingId}`;
		expect(await get(simulator, path)).toMatchObject({ customerId: FIRST, startDateTime });
		expect(await statusOf(path, 'DELETE')).toBe(200);
		expect((await get<Time[]>(simulator, times))[0]).toMatchObject({ startDateTime });
	});

	it('are validated with the reason why a time is not available', async () => {
		const validate = async (startDateTime: string, endDateTime: string) =>
			(
				await post('/v1/appointments/bookable/validate', {
					customerId: FIRST,
					bookableAppointmentId: 1_520_000_001,
					startDateTime,
					endDateTime,
				})
			).json;
		const day = addDays(TODAY, 1);
		expect(await validate(`${day}T10:00:00`, `${day}T11:00:00`)).toEqual({
			validationStatus: 'AVAILABLE',
		});
		expect(await validate(`${day}T10:00:00Z`, `${day}T10:30:00Z`)).toEqual({
			validationStatus: 'PERIOD_DOES_NOT_MATCH',
		});
		expect(await validate('2020-01-01T10:00:00Z', '2020-01-01T11:00:00Z')).toEqual({
			validationStatus: 'PAST_START_DATE_TIME',
		});
	});
});

describe('check-ins', () => {
	const path = `/v1/customers/${FIRST}`;
	interface Visit {
		checkinId: number;
		checkInDateTime: string;
		checkOutDateTime?: string;
	}
	const visits = async (query: string) =>
		(await readAll<Visit>(simulator, `${path}/activities/checkins`, query)).records;

	it('cover the last month by default', async () => {
		const lastMonth = await visits('');
		expect(lastMonth.length).toBeGreaterThan(3);
		for (const { checkInDateTime } of lastMonth) {
			expect(checkInDateTime.slice(0, 10) >= '2026-02-20').toBe(true);
		}
		expect(await visits(`fromDate=2026-02-20&toDate=${TODAY}`)).toEqual(lastMonth);
	});

	it('cover a year at most', async () => {
		const history = async (query: string) =>
			await request(simulator, `${path}/activities/checkins`, { query });
		expect((await history('fromDate=2025-03-20&toDate=2026-03-20')).status).toBe(200);
		expect(await history('fromDate=2025-03-19&toDate=2026-03-20')).toMatchObject({
			status: 400,
			json: { reference: 'fromDate' },
		});
		expect((await history('fromDate=2026-03-20&toDate=2026-03-19')).status).toBe(400);
	});

	it('are the same for adjacent date ranges as for the whole range', async () => {
		const whole = await visits('fromDate=2025-06-01&toDate=2025-12-31');
		const parts = [
			...(await visits('fromDate=2025-06-01&toDate=2025-09-15')),
			...(await visits('fromDate=2025-09-16&toDate=2025-12-31')),
		];
		expect(whole.length).toBeGreaterThan(30);
		expect(parts).toEqual(whole);
	});

	it('include a manual check-in and check-out', async () => {
		const before = await visits('');
		expect((await post(`${path}/checkout`)).status).toBe(409);
		expect((await post(`${path}/checkin`)).status).toBe(200);
		expect((await post(`${path}/checkin`)).status).toBe(409);
		expect((await visits('')).at(-1)).not.toHaveProperty('checkOutDateTime');
		const checkOutDateTime = '2026-03-20T09:00:00+01:00';
		expect((await post(`${path}/checkout`, { checkOutDateTime })).status).toBe(200);
		const after = await visits('');
		expect(after).toHaveLength(before.length + 1);
		expect(after.at(-1)).toMatchObject({ checkOutDateTime });
	});
});

describe('access', () => {
	const path = `/v1/customers/${FIRST}`;
	const put = async (end: string, body: unknown) =>
		await request(simulator, `${path}/${end}`, { method: 'PUT', body });
	const customer = async () => await get<Customer>(simulator, path);

	it('media can be added, changed and deleted, but not used twice', async () => {
		const added = await post(`${path}/access-mediums`, { type: 'CARD_NUMBER', value: '77' });
		const { id } = added.json as { id: number };
		expect((await customer()).cardNumbers).toEqual(['3000000001', '77']);
		const other = `/v1/customers/${FIRST + 1}/access-mediums`;
		expect((await post(other, { type: 'CARD_NUMBER', value: '77' })).status).toBe(409);
		expect((await put(`access-mediums/${id}`, { value: '78' })).status).toBe(200);
		expect((await customer()).cardNumbers).toEqual(['3000000001', '78']);
		expect(await statusOf(`${path}/access-mediums/${id}`, 'DELETE')).toBe(200);
		expect((await customer()).cardNumbers).toEqual(['3000000001']);
		expect(await statusOf(`${path}/access-mediums/${id}`, 'DELETE')).toBe(404);
	});

	it('is restricted and allowed again', async () => {
		const restriction = { reason: 'Sample', startDate: TODAY };
		expect((await put('access-restrictions', restriction)).json).toEqual(restriction);
		expect(await customer()).toMatchObject({
			accessRefusal: true,
			accessRestrictions: [restriction],
		});
		expect(await statusOf(`${path}/access-restrictions`, 'DELETE')).toBe(200);
		expect(await customer()).toMatchObject({ accessRefusal: false, accessRestrictions: [] });
		expect(await statusOf(`${path}/access-restrictions`, 'DELETE')).toBe(404);
	});

	it('benefits can be used until they are used up', async () => {
		const use = async () => (await post(`${path}/benefits/SAUNA/use`)).status;
		expect([await use(), await use(), await use()]).toEqual([200, 200, 409]);
		const query = 'cardNumber=3000000001&key=SAUNA';
		expect(await get(simulator, '/v1/customers/benefits', { query })).toEqual([
			{ key: 'SAUNA', valid: false },
		]);
		expect((await post(`${path}/benefits/NOPE/use`)).status).toBe(404);
	});

	it('custom fields are replaced as a whole', async () => {
		const end = 'additional-information-field-assignments';
		const one = [{ additionalInformationFieldId: 1_540_000_001, value: 'true' }];
		const two = [{ additionalInformationFieldId: 1_540_000_004, value: '70' }];
		await put(end, one);
		await put(end, two);
		expect((await customer()).additionalInformationFieldAssignments).toEqual(two);
		expect((await put(end, [{ additionalInformationFieldId: 5, value: 'x' }])).status).toBe(404);
	});
});

describe('files', () => {
	const path = `/v1/customers/${FIRST}`;
	const send = async (end: string, method: string, name: string, file: Blob) => {
		const body = new FormData();
		body.set(name, file, 'Übersicht "1".pdf');
		return await request(simulator, `${path}/${end}`, { method, body, query: '' });
	};

	it('can be downloaded unchanged after an upload', async () => {
		const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 7) % 256);
		const file = new Blob([bytes, '\r\n--not-the-end--\r\n'], { type: 'application/pdf' });
		const uploaded = await send('documents', 'POST', 'file', file);
		const { id } = uploaded.json as { id: number };
		const document = await get<{ url: string }>(simulator, `${path}/documents/${id}`);
		const response = await fetch(document.url);
		expect(response.headers.get('content-type')).toBe('application/pdf');
		expect(Buffer.from(await response.arrayBuffer())).toEqual(
			Buffer.from(await file.arrayBuffer()),
		);
		const { records } = await readAll<{ id: number }>(simulator, `${path}/documents`, '');
		expect(records.at(-1)).toMatchObject({ id });
	});

	it('are rejected in a part with another name, and images of another type', async () => {
		const pdf = new Blob(['x'], { type: 'application/pdf' });
		expect(await send('documents', 'POST', 'document', pdf)).toMatchObject({
			status: 400,
			json: { reference: 'file' },
		});
		expect((await send('images', 'PUT', 'image', pdf)).status).toBe(400);
		const png = new Blob(['x'], { type: 'image/png' });
		const { json } = await send('images', 'PUT', 'image', png);
		expect(await get(simulator, path)).toMatchObject({ imageUrl: asRecord(json).imageUrl });
	});
});

describe('idle periods', () => {
	const path = '/v1/memberships/1310000010/self-service/idle-periods';
	const period = { startDate: '2026-05-01', temporalUnit: 'MONTH', termValue: 1, reasonId: 1 };
	const send = async (data: object, type = 'application/json', end = '', method = 'POST') => {
		const body = new FormData();
		body.set('data', new Blob([JSON.stringify(data)], { type }));
		return await request(simulator, `${path}${end}`, { method, body });
	};

	it('can be created, read, changed and withdrawn', async () => {
		const created = (await send(period)).json as { id: number };
		expect(created).toMatchObject({ startDate: '2026-05-01', endDate: '2026-05-31' });
		expect(await get(simulator, `${path}/${created.id}`)).toEqual(created);
		const longer = { ...period, termValue: 2 };
		const changed = await send(longer, 'application/json', `/${created.id}`, 'PUT');
		expect(changed.json).toMatchObject({ id: created.id, endDate: '2026-06-30' });
		expect(await get(simulator, path)).toEqual({
			pastIdlePeriods: [],
			currentAndUpcomingIdlePeriods: [changed.json],
		});
		expect(await statusOf(`${path}/${created.id}`, 'DELETE')).toBe(200);
		expect(await statusOf(`${path}/${created.id}`)).toBe(404);
	});

	it('are rejected when they overlap, and in a validation too', async () => {
		const { reasonId, ...input } = period;
		const validate = async () => (await post(`${path}/validate`, input)).json;
		expect(reasonId).toBe(1);
		expect(await validate()).toEqual({ validationStatus: 'IDLEPERIOD_CREATABLE' });
		await send(period);
		expect(await validate()).toEqual({ validationStatus: 'IDLEPERIOD_OVERLAPPING' });
		expect((await send(period)).status).toBe(409);
	});

	it('are rejected as plain JSON, as a part that is not JSON, and with unknown fields', async () => {
		expect((await post(path, period)).status).toBe(415);
		expect((await send(period, 'text/plain')).status).toBe(400);
		const reply = await send({ ...period, typo: 1 });
		expect(reply).toMatchObject({ status: 400, json: { reference: 'typo' } });
	});
});

describe('leads', () => {
	const leadCustomer = { firstname: 'Lea', lastname: 'Lead', email: 'lead@example.com' };

	it('become prospects, but not twice', async () => {
		const validate = async () => (await post('/v1/leads/validate', { leadCustomer })).json;
		expect(await validate()).toEqual({ status: 'POSSIBLE' });
		const created = (await post('/v1/leads/create', { leadCustomer })).json as {
			customerId: number;
		};
		expect(await get(simulator, `/v1/customers/${created.customerId}`)).toMatchObject({
			firstName: 'Lea',
			status: 'PROSPECT',
		});
		expect(await validate()).toEqual({ status: 'DUPLICATE_CUSTOMER' });
		expect((await post('/v1/leads/create', { leadCustomer })).status).toBe(409);
	});

	it('of trial offers keep the address of the request', async () => {
		const address = { street: 'Sample Street', zipCode: '00001', city: 'Sampletown' };
		const body = { leadCustomerData: { ...leadCustomer, address }, trialOfferConfigId: 1 };
		const { leadCustomerId } = (await post('/v1/trial-offers/lead/create', body)).json as {
			leadCustomerId: number;
		};
		const customer = await get(simulator, `/v1/customers/${leadCustomerId}`);
		expect(customer).toMatchObject({ lastName: 'Lead', city: 'Sampletown' });
	});
});

it('keeps the tags of a studio', async () => {
	const body = [{ name: 'A' }, { name: 'B' }];
	const path = '/v1/studios/information/tags';
	expect((await request(simulator, path, { method: 'PUT', body })).status).toBe(200);
	expect(await get(simulator, '/v1/studios/tags')).toEqual(body);
	expect(await get(simulator, '/v1/studios/information')).toMatchObject({ studioTags: body });
});

it('serves the files that sample answers link to', async () => {
	const { logoUrl } = await get<{ logoUrl: string }>(simulator, '/v1/studios/information');
	expect(logoUrl.startsWith(simulator.baseUrl)).toBe(true);
	expect((await fetch(logoUrl)).status).toBe(200);
});

it('repeats the ids of the path in sample answers', async () => {
	const { result } = await get<{ result: Array<{ id: number }> }>(simulator, '/v1/employees');
	const path = `/v1/employees/${result[3].id}`;
	expect(await get(simulator, path)).toMatchObject({ id: result[3].id });
	expect(await statusOf('/v1/employees/1234567890')).toBe(404);
});

describe('memberships', () => {
	interface Offer {
		name: string;
		terms: Array<{ id: number; paymentFrequency: { price: { amount: number } } }>;
	}

	it('cost the same in the preview as in the offer, and become contracts when added', async () => {
		const [, offer] = await get<Offer[]>(simulator, '/v1/memberships/membership-offers');
		const [term] = offer.terms;
		const body = { contractOfferTermId: term.id, startDate: '2026-05-01' };
		const path = `/v1/memberships/customers/${FIRST}/add-membership`;
		const contracts = `/v1/customers/${FIRST}/contracts`;
		const before = await get<unknown[]>(simulator, contracts);
		expect((await post(`${path}/preview`, body)).json).toMatchObject({
			paymentPreview: { dueOnSigningAmount: term.paymentFrequency.price },
		});
		expect(await get(simulator, contracts)).toEqual(before);
		expect((await post(path, body)).status).toBe(200);
		const after = await get<unknown[]>(simulator, contracts);
		expect(after).toHaveLength(before.length + 1);
		expect(after).toContainEqual(
			expect.objectContaining({ rateName: offer.name, startDate: '2026-05-01' }),
		);
	});
});

describe('debt collection', () => {
	const run = '/v1/debt-collection/1570000003';

	it('has debtors with unique ids in more than one chunk', async () => {
		const { records } = await readAll<{ debtorId: string }>(
			simulator,
			`${run}/debtors`,
			'sliceSize=50',
		);
		expect(records.length).toBeGreaterThan(50);
		expect(new Set(records.map(({ debtorId }) => debtorId)).size).toBe(records.length);
	});

	it('confirms a transfer only once', async () => {
		const details = `${run}/details`;
		expect(await get(simulator, details)).toMatchObject({ status: 'WAITING_FOR_CONFIRMATION' });
		expect((await post(`${run}/confirmTransfer`)).status).toBe(200);
		expect(await get(simulator, details)).toMatchObject({ status: 'COMPLETED' });
		expect((await post(`${run}/confirmTransfer`)).status).toBe(409);
	});

	it('returns the latest report of each debtor', async () => {
		const reported = (debtorId: string, paidAmount: number) => ({
			debtorId,
			agencyCollectionCases: [
				{
					agencyCollectionCaseId: `A-${debtorId}`,
					collectionCaseIds: [`c-${debtorId}`],
					debts: [
						{
							debtId: `d-${debtorId}`,
							originalAmount: 20,
							canceledAmount: 0,
							paidAmount,
							currency: 'EUR',
						},
					],
				},
			],
		});
		const path = '/v1/debt-collection/update';
		await post(path, { requestId: '1', debtors: [reported('1', 5), reported('2', 0)] });
		await post(path, { requestId: '2', debtors: [reported('1', 10)] });
		const cases = (query: string) => get(simulator, '/v1/debt-collection/cases', { query });
		expect(await cases('')).toEqual([reported('1', 10), reported('2', 0)]);
		expect(await cases('debtorId=2')).toEqual([reported('2', 0)]);
		expect(await cases('collectionCaseId=c-1')).toEqual([reported('1', 10)]);
		expect(await cases('agencyCollectionCaseId=A-2')).toEqual([reported('2', 0)]);
	});
});

it('serves the file of a tax advisor export', async () => {
	const body = {
		fromDate: '2026-02-01',
		toDate: '2026-02-28',
		exportFormat: 'SINGLE',
		exportFileFormat: 'CSV',
	};
	const { exportId } = await get<{ exportId: number }>(simulator, '/v1/taxadvisor/exports/create', {
		method: 'POST',
		body,
	});
	const { downloadUrl, ...rest } = await get<{ downloadUrl: string }>(
		simulator,
		`/v1/taxadvisor/exports/${exportId}`,
	);
	expect(rest).toEqual(body);
	expect(await (await fetch(downloadUrl)).text()).toContain('2026-02-28');
});

it('counts check-ins and check-outs in the utilization', async () => {
	const path = '/v1/studios/utilization';
	const { count } = await get<{ count: number }>(simulator, path);
	await post(`/v1/customers/${FIRST}/checkin`, {});
	expect(await get(simulator, path)).toMatchObject({ count: count + 1 });
	await post(`/v1/customers/${FIRST}/checkout`, {});
	expect(await get(simulator, path)).toMatchObject({ count });
});

it('remembers payments, purchases and activated devices', async () => {
	const account = `/v1/customers/${FIRST}/account`;
	await post(`${account}/payment`, {
		paymentRequestToken: 'sample',
		amount: { amount: 29.9, currency: 'EUR' },
	});
	expect(await get(simulator, `${account}/balances`)).toMatchObject({
		accountBalance: { amount: 0, currency: 'EUR' },
	});
	await post('/v1/online-offers/purchase', { customerId: FIRST, onlineOfferId: 7 });
	expect(await get(simulator, `/v1/online-offers/${FIRST}/purchased`)).toContainEqual(
		expect.objectContaining({ name: 'Offer 7' }),
	);
	const devices = await get<Array<{ id: number }>>(simulator, '/v1/devices');
	for (const { id } of devices)
		await request(simulator, `/v1/devices/${id}/activate`, { method: 'PUT' });
	expect(await get(simulator, '/v1/devices')).toEqual(
		devices.map((device) => ({ ...device, active: true })),
	);
});
