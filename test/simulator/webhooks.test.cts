import {
	createServer,
	type IncomingHttpHeaders,
	type Server,
	type ServerResponse,
} from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { operations } from '../../nodes/PerfectGymNext/properties.ts';
import { fillPath } from '../../nodes/PerfectGymNext/transport/path.ts';
import { eventTypes } from '../../nodes/PerfectGymNext/trigger/events.ts';
import type { ClassSlot } from './records.cts';
import { startSimulator, type Simulator } from './server.cts';
import { request, control, get } from './testClient.cts';
import type { Delivery } from './webhooks.cts';

const NOW = Date.UTC(2026, 2, 20, 6);
const TODAY = '2026-03-20';
const FIRST = 1_210_000_001;
const CONTRACT = 1_310_000_010;
const FORMER = FIRST + 10;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
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
};
const LEAD = { firstname: 'Lea', lastname: 'Lead', email: 'lea@example.com' };

interface Envelope {
	entityId: number;
	uuid: string;
	payload: Array<{ timestamp: number; type: string; content?: Record<string, number> }>;
}

interface Received {
	path: string;
	method: string;
	headers: IncomingHttpHeaders;
	text: string;
	body: Envelope;
	at: number;
}

let simulator: Simulator;
let receiver: Server;
let url: string;
let received: Received[] = [];
let answer: (response: ServerResponse, nth: number) => void;

function parsed(text: string): Envelope {
	// The assertions on the content fail for a body that is not an envelope.
	return JSON.parse(text) as Envelope;
}

beforeAll(async () => {
	receiver = createServer((request, response) => {
		let text = '';
		request.setEncoding('utf8');
		request.on('data', (chunk: string) => (text += chunk));
		request.on('end', () => {
			const { url: path = '', method = '', headers } = request;
			const body = text.startsWith('{"entityId"') ? parsed(text) : parsed('{"payload":[]}');
			received.push({ path, method, headers, text, body, at: performance.now() });
			answer(response, received.length);
		});
	});
	await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
	const address = receiver.address();
	if (address === null || typeof address === 'string') throw new Error('No port');
	url = `http://127.0.0.1:${address.port}`;
	simulator = await startSimulator({
		customers: 30,
		studios: [
			{ name: 'One', apiKey: 'key-one', webhookApiKey: 'hook-one' },
			{ name: 'Two', apiKey: 'key-two', webhookApiKey: 'hook-two' },
			{ name: 'Three', apiKey: 'key-three' },
		],
		now: () => NOW,
		webhooks: { timeoutMs: 2000, retryAfterMs: 20 },
	});
});
afterAll(async () => {
	await simulator.close();
	receiver.closeAllConnections();
	await new Promise((closed) => receiver.close(closed));
});
beforeEach(() => {
	simulator.reset();
	received = [];
	answer = (response) => void response.end('{"ok":true}');
});

function status(code: number) {
	return (response: ServerResponse) => {
		response.statusCode = code;
		response.end('no');
	};
}

async function waitUntil(condition: () => boolean): Promise<void> {
	for (let i = 0; i < 400 && !condition(); i++) await wait(5);
	if (!condition()) throw new Error(`Timed out: ${JSON.stringify(simulator.deliveries)}`);
}

/** Waits for at least `count` events and returns all that arrived, sorted by type. */
async function receivedEvents(count: number): Promise<Array<Record<string, unknown>>> {
	await waitUntil(() => received.length >= count);
	await wait(15);
	return received
		.map(({ body }) => {
			const [{ type, content }] = body.payload;
			return { type, entityId: body.entityId, ...(content && { content }) };
		})
		.sort((a, b) => a.type.localeCompare(b.type));
}

async function call<T>(path: string, method = 'POST', body?: unknown): Promise<T> {
	return await get<T>(simulator, path, { method, body });
}

async function create(): Promise<number> {
	const path = '/v1/customers/create';
	return (await call<{ customerId: number }>(path, 'POST', PERSON)).customerId;
}

describe('registration', () => {
	it('sends events until it is removed', async () => {
		await create();
		await control(simulator, 'POST', '/webhooks', { url });
		const second = await create();
		expect(await receivedEvents(1)).toEqual([{ type: 'CUSTOMER_CREATED', entityId: second }]);
		await control(simulator, 'DELETE', '/webhooks');
		await create();
		expect(await receivedEvents(1)).toHaveLength(1);
	});

	it('filters by event type', async () => {
		const events = ['CUSTOMER_CHECKIN'];
		const reply = await control(simulator, 'POST', '/webhooks', { url, events });
		expect(reply).toMatchObject({ status: 200, json: { webhooks: 1 } });
		await create();
		await call(`/v1/customers/${FIRST}/checkin`);
		expect(await receivedEvents(1)).toEqual([{ type: 'CUSTOMER_CHECKIN', entityId: FIRST }]);
		expect(await simulator.sendEvent({ type: 'CUSTOMER_CREATED' })).toEqual([]);
	});

	it('replaces one with the same URL and adds one with another URL', async () => {
		simulator.registerWebhook({ url: `${url}/a`, events: ['CUSTOMER_CHECKIN'] });
		simulator.registerWebhook({ url: `${url}/a` });
		simulator.registerWebhook({ url: `${url}/b?c=d` });
		await create();
		await receivedEvents(2);
		expect(received.map(({ path }) => path).sort()).toEqual(['/a', '/b?c=d']);
	});

	it.each([
		['another host', 'http://example.com/hook'],
		['an address in the local network', 'http://192.168.0.1/hook'],
		['any address', 'http://0.0.0.0/hook'],
		['a host name that starts with a loopback address', 'http://127.0.0.1.example.com/'],
		['a loopback address as the user name', 'http://127.0.0.1@example.com/'],
		['another protocol', 'https://127.0.0.1/'],
		['a value that is not a URL', 'hook'],
	])('is rejected for %s', async (_name, remote) => {
		const reply = await control(simulator, 'POST', '/webhooks', { url: remote });
		expect(reply.status).toBe(400);
		expect(() => simulator.registerWebhook({ url: remote })).toThrow(/URL/);
		await expect(simulator.sendEvent({ type: 'CUSTOMER_CREATED' })).rejects.toThrow('no receiver');
	});

	it.each([['http://localhost:1/'], ['http://[::1]:1/'], ['http://127.9.9.9:1/x']])(
		'is accepted for %s',
		(local) => {
			expect(() => simulator.registerWebhook({ url: local })).not.toThrow();
		},
	);

	it.each([
		['an unknown event', { events: ['CUSTOMER_CRAETED'] }],
		['an unknown studio', { studio: 'Four' }],
		['a studio without a webhook key', { studio: 'Three' }],
		['a mistyped property', { event: 'CUSTOMER_CREATED' }],
	])('is rejected for %s', async (_name, changes) => {
		expect(await control(simulator, 'POST', '/webhooks', { url, ...changes })).toMatchObject({
			status: 400,
		});
	});
});

describe('a webhook', () => {
	it('has the documented envelope and header', async () => {
		simulator.registerWebhook({ url: `${url}/hook` });
		const entityId = await create();
		await receivedEvents(1);
		const [{ path, method, headers, text }] = received;
		expect([path, method]).toEqual(['/hook', 'POST']);
		expect(headers).toMatchObject({
			'x-api-key': 'hook-one',
			'content-type': 'application/json',
		});
		const uuid: unknown = expect.stringMatching(UUID);
		expect(JSON.parse(text)).toEqual({
			entityId,
			uuid,
			payload: [{ timestamp: NOW, type: 'CUSTOMER_CREATED' }],
		});
	});

	it('has the key of its studio', async () => {
		simulator.registerWebhook({ url: `${url}/one`, studio: 'One' });
		simulator.registerWebhook({ url: `${url}/two`, studio: 'Two' });
		await create();
		await get(simulator, `/v1/customers/${FIRST + 1_000_000}/checkin`, {
			method: 'POST',
			key: 'key-two',
		});
		await receivedEvents(2);
		const keys = received.map(({ path, headers }) => `${path} ${String(headers['x-api-key'])}`);
		expect(keys.sort()).toEqual(['/one hook-one', '/two hook-two']);
	});

	it('does not delay the answer of the API', async () => {
		answer = () => {};
		simulator.registerWebhook({ url });
		const start = performance.now();
		await create();
		expect(performance.now() - start).toBeLessThan(1000);
		await receivedEvents(1);
		expect(simulator.deliveries).toEqual([]);
	});
});

describe('a change of state', () => {
	const customer = `/v1/customers/${FIRST}`;
	const idle = `/v1/memberships/${CONTRACT}/self-service/idle-periods`;
	const modules = `/v1/memberships/${CONTRACT}/self-service`;
	const ends = { cancelationDate: '2026-12-31', cancelationReasonId: 1 };
	const event = (type: string, entityId: number, content?: object) => ({
		type,
		entityId,
		...(content && { content }),
	});
	const slot = async () => {
		const path = '/v1/classes/1510000001/slots';
		return (await get<{ result: ClassSlot[] }>(simulator, path)).result[0].id;
	};
	const bookClass = async (prefix: string) => {
		const body = { customerId: FIRST, classSlotId: await slot() };
		const path = `/v1/${prefix}classes/booking/book`;
		return (await call<{ bookingId: number }>(path, 'POST', body)).bookingId;
	};
	const bookAppointment = async (prefix: string) => {
		const path = '/v1/appointments/bookable/1520000001/slots';
		const [{ startDateTime, endDateTime }] = await get<
			Array<{ startDateTime: string; endDateTime: string }>
		>(simulator, path);
		const body = {
			customerId: FIRST,
			bookableAppointmentId: 1_520_000_001,
			startDateTime,
			endDateTime,
		};
		const booking = await call<{ bookingId: number }>(
			`/v1/${prefix}appointments/booking/book`,
			'POST',
			body,
		);
		return booking.bookingId;
	};
	const sendPeriod = async (path: string, method: string, termValue: number) => {
		const body = new FormData();
		const data = { startDate: '2026-05-01', temporalUnit: 'MONTH', termValue, reasonId: 1 };
		body.set('data', new Blob([JSON.stringify(data)], { type: 'application/json' }));
		return (await call<{ id: number }>(path, method, body)).id;
	};

	/** Each function makes the change and returns the expected events. */
	const changes: Array<[name: string, act: () => Promise<object[]>]> = [
		['a customer is created', async () => [event('CUSTOMER_CREATED', await create())]],
		[
			'a lead is created',
			async () => {
				const path = '/v1/leads/create';
				const { customerId } = await call<{ customerId: number }>(path, 'POST', {
					leadCustomer: LEAD,
				});
				return [event('CUSTOMER_CREATED', customerId)];
			},
		],
		[
			'a lead is created for a trial offer',
			async () => {
				const body = {
					leadCustomerData: { ...LEAD, address: { street: 'A', zipCode: '1', city: 'B' } },
					trialOfferConfigId: 1,
				};
				const path = '/v1/trial-offers/lead/create';
				const lead = await call<{ leadCustomerId: number }>(path, 'POST', body);
				return [event('CUSTOMER_CREATED', lead.leadCustomerId)];
			},
		],
		[
			'a customer signs up',
			async () => {
				const body = {
					customer: PERSON,
					contract: { contractOfferTermId: 1, startDate: '2026-04-01' },
				};
				const path = '/v1/memberships/signup';
				const { customerId } = await call<{ customerId: number }>(path, 'POST', body);
				const [{ id: contractId }] = await get<Array<{ id: number }>>(
					simulator,
					`/v1/customers/${customerId}/contracts`,
				);
				return [
					event('CONTRACT_CREATED', customerId, { contractId }),
					event('CUSTOMER_CREATED', customerId),
				];
			},
		],
		[
			'a membership is added',
			async () => {
				const body = { contractOfferTermId: 1, startDate: '2026-04-01' };
				await call(`/v1/memberships/customers/${FIRST}/add-membership`, 'POST', body);
				const contracts = await get<Array<{ id: number }>>(simulator, `${customer}/contracts`);
				return [event('CONTRACT_CREATED', FIRST, { contractId: contracts.at(-1)?.id })];
			},
		],
		[
			'a membership is switched',
			async () => {
				await call(`/v1/memberships/${FIRST}/membership-switch`, 'POST', {
					configId: 1,
					membershipOfferTermId: 1,
					sourceContractId: CONTRACT,
					startDate: '2026-04-01',
				});
				const contracts = await get<Array<{ id: number }>>(simulator, `${customer}/contracts`);
				return [
					event('CONTRACT_CANCELLED', FIRST, { contractId: CONTRACT }),
					event('CONTRACT_CREATED', FIRST, { contractId: contracts.at(-1)?.id }),
				];
			},
		],
		[
			'a contract is canceled',
			async () => {
				const path = `/v1/memberships/${FIRST}/self-service/ordinary-contract-cancelation`;
				await call(path, 'POST', { ...ends, contractId: CONTRACT });
				expect(await get(simulator, `${customer}/contracts`)).toMatchObject([
					{ id: CONTRACT, cancelled: true, cancellationDate: '2026-12-31' },
				]);
				return [event('CONTRACT_CANCELLED', FIRST, { contractId: CONTRACT })];
			},
		],
		[
			'a cancelation is withdrawn',
			async () => {
				const end = `withdraw-ordinary-contract-cancelation/${CONTRACT}`;
				await call(`/v1/memberships/${FIRST}/self-service/${end}`);
				return [event('CONTRACT_UPDATED', FIRST, { contractId: CONTRACT })];
			},
		],
		[
			'a contract leaves its family contract',
			async () => {
				await call(`/v1/customers/contracts/${CONTRACT}/leave-family-contract`);
				return [event('CONTRACT_UPDATED', FIRST, { contractId: CONTRACT })];
			},
		],
		[
			'custom fields are assigned',
			async () => {
				const path = `${customer}/additional-information-field-assignments`;
				await call(path, 'PUT', [{ additionalInformationFieldId: 1_540_000_001, value: 'true' }]);
				return [event('CUSTOMER_UPDATED', FIRST)];
			},
		],
		[
			'an image is uploaded',
			async () => {
				const body = new FormData();
				body.set('image', new Blob(['x'], { type: 'image/png' }), 'x.png');
				await call(`${customer}/images`, 'PUT', body);
				return [event('CUSTOMER_UPDATED', FIRST)];
			},
		],
		[
			'a customer is anonymized',
			async () => {
				await call(`/v1/customers/${FORMER}/anonymise`, 'PUT');
				return [event('CUSTOMER_UPDATED', FORMER)];
			},
		],
		[
			'communication preferences are updated',
			async () => {
				await call(`/v1/communications/${FIRST}/communication-preferences`, 'PUT', []);
				return [event('CUSTOMER_COMMUNICATION_PREFERENCES_UPDATED', FIRST)];
			},
		],
		[
			'an access medium is created, updated and deleted',
			async () => {
				const path = `${customer}/access-mediums`;
				const medium = { type: 'BARCODE', value: 'new-1' };
				const { id } = await call<{ id: number }>(path, 'POST', medium);
				await call(`${path}/${id}`, 'PUT', { value: 'new-2' });
				await call(`${path}/${id}`, 'DELETE');
				return [
					event('CUSTOMER_ACCESS_MEDIUM_CREATED', FIRST),
					event('CUSTOMER_ACCESS_MEDIUM_DELETED', FIRST),
					event('CUSTOMER_ACCESS_MEDIUM_UPDATED', FIRST),
				];
			},
		],
		[
			'an access restriction is set and deleted',
			async () => {
				await call(`${customer}/access-restrictions`, 'PUT', { reason: 'Sample' });
				await call(`${customer}/access-restrictions`, 'DELETE');
				return [
					event('CUSTOMER_ACCESS_RESTRICTION_CREATED', FIRST),
					event('CUSTOMER_ACCESS_RESTRICTION_DELETED', FIRST),
				];
			},
		],
		[
			'a customer checks in and out',
			async () => {
				await call(`${customer}/checkin`);
				await call(`${customer}/checkout`);
				return [event('CUSTOMER_CHECKIN', FIRST), event('CUSTOMER_CHECKOUT', FIRST)];
			},
		],
		[
			'a class is booked and canceled',
			async () => {
				const id = await bookClass('');
				await call(`/v1/classes/booking/${id}`, 'DELETE');
				return [event('CLASS_BOOKING_CANCELLED', id), event('CLASS_BOOKING_CREATED', id)];
			},
		],
		[
			'a class is booked for a trial and confirmed',
			async () => {
				const id = await bookClass('trial-offers/');
				await call(`/v1/trial-offers/bookings/${id}/confirm`);
				return [event('CLASS_BOOKING_CREATED', id), event('CLASS_BOOKING_UPDATED', id)];
			},
		],
		[
			'an appointment is booked and canceled',
			async () => {
				const id = await bookAppointment('');
				await call(`/v1/appointments/booking/${id}`, 'DELETE');
				return [
					event('APPOINTMENT_BOOKING_CANCELLED', id),
					event('APPOINTMENT_BOOKING_CREATED', id),
				];
			},
		],
		[
			'an appointment is booked for a trial and confirmed',
			async () => {
				const id = await bookAppointment('trial-offers/');
				await call(`/v1/trial-offers/bookings/${id}/confirm`);
				return [event('APPOINTMENT_BOOKING_CREATED', id), event('APPOINTMENT_BOOKING_UPDATED', id)];
			},
		],
		[
			'an idle period is created, updated and withdrawn',
			async () => {
				const idlePeriodId = await sendPeriod(idle, 'POST', 1);
				await sendPeriod(`${idle}/${idlePeriodId}`, 'PUT', 2);
				await call(`${idle}/${idlePeriodId}`, 'DELETE');
				const content = { contractId: CONTRACT, idlePeriodId };
				return [
					event('CONTRACT_IDLE_PERIOD_CANCELLED', FIRST, content),
					event('CONTRACT_IDLE_PERIOD_CREATED', FIRST, content),
					event('CONTRACT_IDLE_PERIOD_UPDATED', FIRST, content),
				];
			},
		],
		[
			'an additional module is bought, canceled and reinstated',
			async () => {
				const body = { additionalModuleId: 1, bookTrialPeriod: false, paymentFrequencyId: 1 };
				const path = `${modules}/additional-modules/purchase`;
				const { id } = await call<{ id: number }>(path, 'POST', body);
				await call(
					`${modules}/additional-module-contracts/${id}/ordinary-cancelation`,
					'POST',
					ends,
				);
				await call(`${modules}/additional-module-contracts/${id}/withdraw-cancelation`);
				const content = { contractId: CONTRACT, moduleContractId: id };
				return ['CANCELLED', 'CREATED', 'UPDATED'].map((end) =>
					event(`CONTRACT_ADDITIONAL_MODULE_${end}`, FIRST, content),
				);
			},
		],
		[
			'a tax advisor export is created',
			async () => {
				const body = {
					exportFileFormat: 'CSV',
					exportFormat: 'SINGLE',
					fromDate: '2026-01-01',
					toDate: '2026-01-31',
				};
				const path = '/v1/taxadvisor/exports/create';
				const { exportId } = await call<{ exportId: number }>(path, 'POST', body);
				return [event('TAX_ADVISOR_EXPORT_CREATED', exportId)];
			},
		],
	];

	it.each(changes)('sends its events when %s', async (_name, act) => {
		simulator.registerWebhook({ url });
		const expected = await act();
		expect(await receivedEvents(expected.length)).toEqual(expected);
	});

	it('sends the event of a studio switch from the new studio', async () => {
		simulator.registerWebhook({ url, studio: 'One' });
		simulator.registerWebhook({ url, studio: 'Two' });
		const content = { sourceStudioId: 1_100_000_001, targetStudioId: 1_100_000_002 };
		const body = { targetStudioId: content.targetStudioId, switchDate: TODAY };
		await call(`${customer}/switch-studio`, 'POST', body);
		expect(await receivedEvents(1)).toEqual([
			event('CUSTOMER_HOME_STUDIO_UPDATED', FIRST, content),
		]);
		expect(received[0].headers['x-api-key']).toBe('hook-two');
	});

	it('sends nothing for a rejected request, a future switch, tags or a read', async () => {
		simulator.registerWebhook({ url });
		expect((await request(simulator, `${customer}/checkout`, { method: 'POST' })).status).toBe(409);
		const body = { targetStudioId: 1_100_000_002, switchDate: '2026-04-01' };
		await call(`${customer}/switch-studio`, 'POST', body);
		await call('/v1/studios/information/tags', 'PUT', [{ name: 'A' }]);
		await get(simulator, customer);
		expect(await receivedEvents(0)).toEqual([]);
	});
});

describe('an event command', () => {
	it.each(eventTypes.map((type) => [type.value, type] as const))(
		'%s refers to a record that the API has',
		async (value, { id, contentIds = [], entity }) => {
			simulator.registerWebhook({ url });
			const reply = await control(simulator, 'POST', '/events', { type: value });
			expect(reply).toMatchObject({ status: 200, json: { deliveries: [{ status: 200 }] } });
			const [{ body }] = received;
			const [{ type, content = {} }] = body.payload;
			expect(type).toBe(value);
			expect(Number.isSafeInteger(body.entityId)).toBe(true);
			const { agencyDebtCollectionCaseId: agencyCollectionCaseId, ...rest } = content;
			const sent = { ...rest, ...(agencyCollectionCaseId && { agencyCollectionCaseId }) };
			for (const name of contentIds) expect(sent).toHaveProperty(name, expect.any(Number));
			if (entity === undefined) return;
			const known: Record<string, number> = { ...sent, ...(id && { [id]: body.entityId }) };
			const { template } = operations.get(entity.operation);
			const path = fillPath(template, (name) => String(known[entity.ids?.[name] ?? name]));
			const query = entity.query ? `${entity.query}=${body.entityId}` : '';
			const found = await get<unknown>(simulator, path, { query });
			const { pick } = entity;
			if (pick === undefined) return;
			expect(found).toContainEqual(expect.objectContaining({ [pick.property]: known[pick.id] }));
		},
	);

	it('refers to a canceled booking only for a cancelation', async () => {
		simulator.registerWebhook({ url });
		for (const [type, path] of [
			['CLASS_BOOKING', '/v1/classes/booking'],
			['APPOINTMENT_BOOKING', '/v1/appointments/booking'],
		]) {
			for (const [end, bookingStatus] of [
				['CREATED', 'BOOKED'],
				['CANCELLED', 'CANCELED'],
			]) {
				await simulator.sendEvent({ type: `${type}_${end}` });
				const id = received.at(-1)?.body.entityId;
				expect(await get(simulator, `${path}/${id}`)).toMatchObject({ bookingStatus });
			}
		}
	});

	it('lists the customers of an automatic checkout with their times', async () => {
		simulator.registerWebhook({ url });
		await simulator.sendEvent({ type: 'AUTOMATIC_CUSTOMER_CHECKOUT' });
		expect(received[0].body.payload[0].content).toEqual({
			checkouts: [{ customerId: FIRST, checkoutTime: '2026-03-20T06:00:00.000Z' }],
		});
	});

	it('sends the given values, even with an unknown type', async () => {
		simulator.registerWebhook({ url, studio: 'Two' });
		const uuid = '095be615-a8ad-4c33-8e9c-c7612fbf6c9f';
		const [delivery] = await simulator.sendEvent({
			type: 'SOMETHING_NEW',
			studio: 'Two',
			entityId: 7,
			content: { a: ['ü'] },
			uuid,
			timestamp: 5,
		});
		expect(delivery).toMatchObject({ uuid, type: 'SOMETHING_NEW', studio: 'Two', status: 200 });
		expect(received[0].body).toEqual({
			entityId: 7,
			uuid,
			payload: [{ timestamp: 5, type: 'SOMETHING_NEW', content: { a: ['ü'] } }],
		});
	});

	it('sends any body, and another key or none', async () => {
		simulator.registerWebhook({ url });
		const type = 'CUSTOMER_CREATED';
		await simulator.sendEvent({ type, payload: '{"broken', apiKey: 'wrong' });
		await simulator.sendEvent({ type, payload: null, apiKey: null });
		await control(simulator, 'POST', '/events', { type, payload: { a: 1 } });
		expect(received.map(({ text, headers }) => [text, headers['x-api-key']])).toEqual([
			['{"broken', 'wrong'],
			['null', undefined],
			['{"a":1}', 'hook-one'],
		]);
	});

	it('sends many events with unique UUIDs and the given concurrency', async () => {
		simulator.registerWebhook({ url });
		let inFlight = 0;
		let peak = 0;
		answer = (response) => {
			peak = Math.max(peak, ++inFlight);
			setTimeout(() => {
				inFlight -= 1;
				response.end();
			}, 5);
		};
		const command = { type: 'CUSTOMER_UPDATED', count: 50, concurrency: 5 };
		expect(await simulator.sendEvent(command)).toHaveLength(50);
		expect(new Set(received.map(({ body }) => body.uuid)).size).toBe(50);
		expect(peak).toBe(5);
		await simulator.sendEvent({ type: 'CUSTOMER_UPDATED', count: 3, uuid: 'same' });
		expect(received.slice(50).map(({ body }) => body.uuid)).toEqual(['same', 'same', 'same']);
	});

	it.each([
		['of an unknown type without an id', { type: 'SOMETHING_NEW' }],
		['of an unknown studio', { type: 'CUSTOMER_CREATED', studio: 'Four' }],
		['of a studio without a receiver', { type: 'CUSTOMER_CREATED', studio: 'Two' }],
		['with a mistyped property', { type: 'CUSTOMER_CREATED', entityID: 1 }],
	])('%s is rejected', async (_name, command) => {
		simulator.registerWebhook({ url });
		expect((await control(simulator, 'POST', '/events', command)).status).toBe(400);
		expect(received).toEqual([]);
	});
});

describe('delivery', () => {
	const type = 'CUSTOMER_UPDATED';

	it('times out after five seconds and retries three times every ten minutes by default', async () => {
		const other = await startSimulator({ customers: 0 });
		const reply = await control(other, 'POST', '/webhook-settings', {});
		await other.close();
		expect(reply.json).toEqual({ timeoutMs: 5000, retryAfterMs: 600_000, retries: 3 });
	});

	it('times out when the receiver does not respond', async () => {
		answer = () => {};
		await control(simulator, 'POST', '/webhook-settings', { timeoutMs: 60, retries: 0 });
		simulator.registerWebhook({ url });
		const [{ durationMs, ...delivery }] = await simulator.sendEvent({ type });
		expect(delivery).toMatchObject({ attempt: 1, error: 'No answer within 60 ms' });
		expect(delivery).not.toHaveProperty('status');
		expect(durationMs).toBeGreaterThanOrEqual(58);
		expect(durationMs).toBeLessThan(1000);
	});

	it('times out when the response does not end', async () => {
		answer = (response) => void response.write('half');
		simulator.setWebhookSettings({ timeoutMs: 60, retries: 0 });
		simulator.registerWebhook({ url });
		expect(await simulator.sendEvent({ type })).toMatchObject([
			{ error: 'No answer within 60 ms' },
		]);
	});

	it.each([[301], [401], [404], [500]])(
		'retries three times after %i with the same body',
		async (code) => {
			answer = status(code);
			simulator.registerWebhook({ url });
			await call(`/v1/customers/${FIRST}/checkin`);
			await waitUntil(() => simulator.deliveries.length === 4);
			await wait(60);
			expect(received).toHaveLength(4);
			expect(new Set(received.map(({ text }) => text)).size).toBe(1);
			expect(received.map(({ headers }) => headers['x-api-key'])).toEqual(
				Array.from({ length: 4 }, () => 'hook-one'),
			);
			expect(simulator.deliveries.map(({ attempt, status: got }) => [attempt, got])).toEqual(
				[1, 2, 3, 4].map((attempt) => [attempt, code]),
			);
			expect(new Set(simulator.deliveries.map(({ uuid }) => uuid)).size).toBe(1);
			for (let i = 1; i < 4; i++) {
				expect(received[i].at - received[i - 1].at).toBeGreaterThanOrEqual(18);
			}
		},
	);

	it('does not retry after a success', async () => {
		answer = (response, nth) => status(nth < 3 ? 500 : 204)(response);
		simulator.registerWebhook({ url });
		await simulator.sendEvent({ type });
		await waitUntil(() => simulator.deliveries.length === 3);
		await wait(60);
		expect(simulator.deliveries.map(({ status: got }) => got)).toEqual([500, 500, 204]);
	});

	it('retries when the connection is refused', async () => {
		simulator.registerWebhook({ url: 'http://127.0.0.1:1/' });
		const [first] = await simulator.sendEvent({ type });
		expect(first.error).toContain('ECONNREFUSED');
		await waitUntil(() => simulator.deliveries.length === 4);
	});

	it('is aborted by a reset, as are scheduled retries', async () => {
		answer = status(500);
		simulator.setWebhookSettings({ retryAfterMs: 40 });
		simulator.registerWebhook({ url });
		await simulator.sendEvent({ type });
		answer = () => {};
		const hanging = simulator.sendEvent({ type });
		await waitUntil(() => received.length === 2);
		simulator.reset();
		expect((await hanging).map(({ error }) => typeof error)).toEqual(['string']);
		await wait(80);
		expect(received).toHaveLength(2);
		expect(simulator.deliveries).toEqual([]);
	});

	it('is not retried after the simulator closes', async () => {
		answer = status(500);
		const other = await startSimulator({ customers: 1, webhooks: { retryAfterMs: 30 } });
		other.registerWebhook({ url });
		await other.sendEvent({ type: 'CUSTOMER_UPDATED' });
		await other.close();
		await wait(70);
		expect(received).toHaveLength(1);
	});

	it('is recorded with the first 200 characters of the response', async () => {
		answer = (response) => void response.end('ä'.repeat(300));
		simulator.registerWebhook({ url });
		const [sent] = await simulator.sendEvent({ type });
		const reply = await control(simulator, 'GET', '/deliveries');
		expect(reply.json).toEqual({ deliveries: [sent] });
		expect(simulator.deliveries).toHaveLength(1);
		const [{ durationMs, ...delivery }] = simulator.deliveries;
		expect(durationMs).toEqual(expect.any(Number));
		expect(delivery).toEqual({
			uuid: received[0].body.uuid,
			type,
			studio: 'One',
			url,
			attempt: 1,
			startedAt: NOW,
			status: 200,
			body: 'ä'.repeat(200),
		} satisfies Omit<Delivery, 'durationMs'>);
		await control(simulator, 'DELETE', '/deliveries');
		expect(simulator.deliveries).toEqual([]);
	});
});
