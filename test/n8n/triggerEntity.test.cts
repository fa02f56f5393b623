import type { IDataObject } from 'n8n-workflow';
import { eventTypes, type EventType } from '../../nodes/PerfectGymNext/trigger/events';
import { chain, node, running } from './fixture.cts';
import { itemsOf } from './instance.cts';
import {
	eventOf,
	publish,
	runsOf,
	sendEvent,
	storeWebhookCredential,
	trigger,
	WEBHOOK_KEY,
	type Run,
	type SentEvent,
} from './webhooks.cts';

const { n8n, studio } = running();
const NEXT = 'Next';
const CUSTOMER = 1_210_000_001;
const CLASS = 1_510_000_001;
const APPOINTMENT = 1_520_000_001;
/** Not the id of any record in the simulator. */
const UNKNOWN = 1_299_999_999;
/** Ids that exist in the simulator, by their property in the trigger's item. */
const ids: Record<string, number> = { customerId: CUSTOMER };
let target: { id: string; url: string };

async function api<T>(path: string, body?: unknown): Promise<T> {
	const isForm = body instanceof FormData;
	const response = await fetch(`${studio.baseUrl}${path}`, {
		method: body === undefined ? 'GET' : 'POST',
		headers: {
			'x-api-key': studio.apiKey,
			...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
		},
		body: body === undefined || isForm ? body : JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
	return (await response.json()) as T;
}

async function setFaults(list: unknown[] | null): Promise<void> {
	await fetch(`${studio.controlUrl}/faults`, {
		method: list === null ? 'DELETE' : 'POST',
		...(list && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(list) }),
	});
}

/** A one-week idle period that starts in a year. */
function idlePeriod(): FormData {
	const startDate = new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);
	const data = { startDate, temporalUnit: 'WEEK', termValue: 1, reasonId: 1 };
	const form = new FormData();
	form.set('data', new Blob([JSON.stringify(data)], { type: 'application/json' }));
	form.set('document', new Blob(['sample'], { type: 'application/pdf' }), 'sample.pdf');
	return form;
}

beforeAll(async () => {
	const credentialId = await storeWebhookCredential(n8n, studio);
	const next = node(NEXT, 'n8n-nodes-base.noOp', 1);
	const parameters = { includeEntity: true };
	target = await publish(n8n, chain('Entity', [trigger(credentialId, parameters), next]));

	const [contract] = await api<Array<{ id: number }>>(`/v1/customers/${CUSTOMER}/contracts`);
	const slots = await api<{ result: Array<{ id: number }> }>(`/v1/classes/${CLASS}/slots`);
	ids.contractId = contract.id;
	ids.classId = CLASS;
	ids.classSlotId = slots.result[2].id;
	const self = `/v1/memberships/${contract.id}/self-service`;
	ids.idlePeriodId = (await api<{ id: number }>(`${self}/idle-periods`, idlePeriod())).id;
	ids.employeeId = firstIn(await api('/v1/employees')).id;
	ids.deviceId = firstIn(await api('/v1/devices')).id;
	// The simulator accepts any id for these.
	ids.moduleContractId = 4;
	ids.debtCollectionRunId = 5;
	ids.caseAdjustmentRequestId = 6;
	ids.exportId = 7;
	ids.studioId = 1_100_000_001;
});

afterEach(() => setFaults(null));

function firstIn(answer: Array<{ id: number }> | { result: Array<{ id: number }> }): {
	id: number;
} {
	const list = Array.isArray(answer) ? answer : answer.result;
	return list[0];
}

/** Books an appointment or a class, depending on the event type. Returns the booking's id. */
async function book(type: string): Promise<number> {
	if (type.startsWith('APPOINTMENT')) {
		const [time] = await api<Array<{ startDateTime: string; endDateTime: string }>>(
			`/v1/appointments/bookable/${APPOINTMENT}/slots`,
		);
		const { startDateTime, endDateTime } = time;
		const body = { customerId: CUSTOMER, bookableAppointmentId: APPOINTMENT };
		const path = '/v1/appointments/booking/book';
		return (await api<{ bookingId: number }>(path, { ...body, startDateTime, endDateTime }))
			.bookingId;
	}
	const slot = ids.classSlotId;
	const customerId = CUSTOMER + (ids.bookings = (ids.bookings ?? 0) + 1);
	const body = { customerId, classSlotId: slot };
	return (await api<{ bookingId: number }>('/v1/classes/booking/book', body)).bookingId;
}

async function eventFor({ value, id, contentIds = [] }: EventType): Promise<SentEvent> {
	const content = Object.fromEntries(contentIds.map((name) => [name, ids[name] ?? 1]));
	if (id === 'bookingId') return eventOf(value, await book(value), content);
	// PerfectGym Next does not document an entity id for one event type.
	return eventOf(value, id === undefined ? undefined : ids[id], content);
}

/** Sends an event and returns its execution. */
async function send(event: SentEvent): Promise<Run> {
	const before = (await runsOf(n8n, target.id, 0)).length;
	const { status, text } = await sendEvent(target.url, WEBHOOK_KEY, event);
	expect({ status, text: status === 200 ? '' : text }).toEqual({ status: 200, text: '' });
	const runs = await runsOf(n8n, target.id, before + 1);
	expect(runs).toHaveLength(before + 1);
	return runs[before];
}

function itemOf({ data, status }: Run): IDataObject {
	expect([status, data.resultData.error?.message]).toEqual(['success', undefined]);
	expect(itemsOf(data, NEXT)).toHaveLength(1);
	return itemsOf(data, NEXT)[0].json;
}

const readable = eventTypes.filter(({ entity }) => entity !== undefined);
const gone = eventTypes.filter(({ entity }) => entity === undefined);

describe('Include Details', () => {
	it.each(readable.map((type) => [type.value, type] as const))(
		'fetches the entity of a %s event',
		async (_value, type) => {
			const event = await eventFor(type);

			const item = itemOf(await send(event));

			expect(item).toMatchObject({ event: type.value, uuid: event.uuid });
			expect(typeof item.entity).toBe('object');
			expect(item.entity).not.toBeNull();
			const pick = type.entity?.pick;
			if (pick) expect(item.entity).toHaveProperty(pick.property, item[pick.id]);
			else if (type.id === 'customerId' && type.entity?.operation === 'getCustomerById') {
				expect(item.entity).toMatchObject({ id: CUSTOMER, lastName: 'Herms' });
			} else if (type.id === 'bookingId') {
				expect(Object.values(item.entity as IDataObject)).toContain(item.bookingId);
			}
		},
	);

	it.each(gone.map((type) => [type.value, type] as const))(
		'returns null for a %s event, since the API cannot return its entity',
		async (_value, type) => {
			const event = await eventFor(type);
			expect(itemOf(await send(event))).toMatchObject({ uuid: event.uuid, entity: null });
		},
	);

	it('returns null if the API does not find the entity', async () => {
		const item = itemOf(await send(eventOf('CUSTOMER_UPDATED', UNKNOWN)));
		expect(item).toMatchObject({ customerId: UNKNOWN, entity: null });
	});

	it('returns null if the list that the API returns does not have the entity', async () => {
		const event = eventOf('CONTRACT_CANCELLED', CUSTOMER, { contractId: UNKNOWN });
		expect(itemOf(await send(event)).entity).toBeNull();
	});

	it.each([
		[403, 1],
		[500, 20],
	])('fails with a message on %i, and fetches the entity on retry', async (status, times) => {
		await setFaults([{ kind: 'status', status, times, operationId: 'getCustomerById' }]);
		const event = eventOf('CUSTOMER_UPDATED', CUSTOMER);

		const failed = await send(event);

		expect(failed.status).toBe('error');
		expect(failed.data.resultData.error?.message).toMatch(/\w{3}/);
		expect(JSON.stringify(failed.data)).not.toContain(studio.apiKey);
		process.stderr.write(`${status}: ${failed.data.resultData.error?.message}\n`);
		await setFaults(null);
		const retried = await n8n.retry({ ...failed, workflowId: target.id });
		expect(retried.mode).toBe('retry');
		expect(itemOf(retried)).toMatchObject({ uuid: event.uuid, entity: { id: CUSTOMER } });
	});

	it('calls the API only after it has responded to the event', async () => {
		await setFaults([{ kind: 'slow', delayMs: 3_000, operationId: 'getCustomerById' }]);

		const { status, ms } = await sendEvent(
			target.url,
			WEBHOOK_KEY,
			eventOf('CUSTOMER_UPDATED', CUSTOMER),
		);

		expect(status).toBe(200);
		expect(ms).toBeLessThan(2_000);
		const run = (await runsOf(n8n, target.id, 1)).at(-1);
		expect(run && itemOf(run).entity).toMatchObject({ id: CUSTOMER });
	});

	it('does not call the API when it is off', async () => {
		const credentialId = await storeWebhookCredential(n8n, studio);
		const { id, url } = await publish(
			n8n,
			chain('No entity', [trigger(credentialId), node(NEXT, 'n8n-nodes-base.noOp', 1)]),
		);
		await fetch(`${studio.controlUrl}/requests`, { method: 'DELETE' });

		await sendEvent(url, WEBHOOK_KEY, eventOf('CUSTOMER_UPDATED', CUSTOMER));

		const [run] = await runsOf(n8n, id, 1);
		expect(itemOf(run)).not.toHaveProperty('entity');
		const log = await fetch(`${studio.controlUrl}/requests`);
		expect(((await log.json()) as { requests: unknown[] }).requests).toEqual([]);
	});
});
