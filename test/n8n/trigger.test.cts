import { chain, CREDENTIAL, node, running } from './fixture.cts';
import { itemsOf } from './instance.cts';
import {
	ARRIVAL,
	eventOf,
	inParallel,
	publish,
	runsOf,
	sendEvent,
	storeWebhookCredential,
	timesRun,
	trigger,
	WEBHOOK_KEY,
} from './webhooks.cts';

const { n8n, studio } = running();
/** The node after the trigger. */
const NEXT = 'Next';
/** The vendor waits 5 s for a response. An idle machine needs a tenth of the time allowed here. */
const QUICK_MS = 2_000;
let credentialId: string;

beforeAll(async () => {
	credentialId = await storeWebhookCredential(n8n, studio);
});

async function published(name: string, parameters = {}, credential = credentialId) {
	const next = node(NEXT, 'n8n-nodes-base.set', 3.4, {
		assignments: {
			assignments: [
				{
					id: '1',
					name: 'seen',
					value: '={{ $json.event + " " + $json.entityId }}',
					type: 'string',
				},
			],
		},
		includeOtherFields: true,
		options: {},
	});
	return await publish(n8n, chain(name, [trigger(credential, parameters), next]));
}

describe('a published workflow with the trigger', () => {
	it('runs once per event, with the type, the studio and the time of the event', async () => {
		const { id, url } = await published('One event');
		const event = eventOf('CLASS_SLOT_UPDATED', 1_600_000_100, {
			classId: 1_510_000_001,
			more: [1],
		});

		const answer = await sendEvent(url, WEBHOOK_KEY, event);

		expect(answer.status).toBe(200);
		const runs = await runsOf(n8n, id, 1);
		expect(runs).toHaveLength(1);
		expect(runs[0]).toMatchObject({ status: 'success', mode: 'webhook' });
		const item = {
			uuid: event.uuid,
			event: 'CLASS_SLOT_UPDATED',
			occurredAt: '2026-03-20T06:07:08.009Z',
			entityId: 1_600_000_100,
			classSlotId: 1_600_000_100,
			classId: 1_510_000_001,
			studio: { name: expect.any(String) as string, baseUrl: studio.baseUrl },
			content: { classId: 1_510_000_001, more: [1] },
		};
		expect(itemsOf(runs[0].data, ARRIVAL).map(({ json }) => json)).toEqual([item]);
		expect(itemsOf(runs[0].data, NEXT).map(({ json }) => json)).toEqual([
			{ ...item, seen: 'CLASS_SLOT_UPDATED 1600000100' },
		]);
	});

	it('responds long before the sender times out', async () => {
		const { url } = await published('Quick');
		await sendEvent(url, WEBHOOK_KEY, eventOf('CUSTOMER_CREATED'));

		const { status, ms } = await sendEvent(url, WEBHOOK_KEY, eventOf('CUSTOMER_CREATED'));

		expect(status).toBe(200);
		expect(ms).toBeLessThan(QUICK_MS);
	});

	it('returns an item for each payload entry of a selected type', async () => {
		const { id, url } = await published('Entries', { events: ['CUSTOMER_CHECKIN'] });
		const event = eventOf('CUSTOMER_CHECKIN', 7);
		const [first] = event.payload;
		event.payload.push({ ...first, type: 'CUSTOMER_CHECKOUT' }, { ...first, timestamp: 0 });

		await sendEvent(url, WEBHOOK_KEY, event);

		const [{ data }] = await runsOf(n8n, id, 1);
		expect(itemsOf(data, NEXT).map(({ json }) => json)).toEqual([
			expect.objectContaining({ occurredAt: '2026-03-20T06:07:08.009Z', customerId: 7 }),
			expect.objectContaining({ occurredAt: '1970-01-01T00:00:00.000Z', customerId: 7 }),
		]);
	});

	it('responds with 200 to an event of another type, and does not run', async () => {
		const { id, url } = await published('Wanted', { events: ['CUSTOMER_CREATED'] });
		const wanted = eventOf('CUSTOMER_CREATED');

		const answer = await sendEvent(url, WEBHOOK_KEY, eventOf('CUSTOMER_DELETED'));
		expect(answer).toMatchObject({ status: 200, json: { received: true } });
		await sendEvent(url, WEBHOOK_KEY, wanted);

		const runs = await runsOf(n8n, id, 1);
		expect(runs).toHaveLength(1);
		expect(timesRun(runs, NEXT)).toEqual(new Map([[wanted.uuid, 1]]));
	});

	it('runs for an event of an unknown type if all types are selected', async () => {
		const { id, url } = await published('Unknown');

		const { status } = await sendEvent(
			url,
			WEBHOOK_KEY,
			eventOf('SAUNA_TOO_HOT', 12, { degrees: 120 }),
		);

		expect(status).toBe(200);
		const [{ data }] = await runsOf(n8n, id, 1);
		expect(itemsOf(data, NEXT)[0].json).toMatchObject({
			event: 'SAUNA_TOO_HOT',
			entityId: 12,
			content: { degrees: 120 },
		});
	});
});

describe('webhook authentication', () => {
	const WRONG: Array<[string, string | string[] | undefined]> = [
		['no key', undefined],
		['an empty key', ''],
		['a wrong key of the same length', 'demo-webhook-kez'],
		['a key that is too short', WEBHOOK_KEY.slice(0, -1)],
		['a key that is too long', `${WEBHOOK_KEY}y`],
		['the key in upper case', WEBHOOK_KEY.toUpperCase()],
		['the API key', studio.apiKey],
		['two headers with the right key', [WEBHOOK_KEY, WEBHOOK_KEY]],
		['a wrong key before the right key', ['wrong', WEBHOOK_KEY]],
		['a wrong key after the right key', [WEBHOOK_KEY, 'wrong']],
		['the right key twice in one header', `${WEBHOOK_KEY}, ${WEBHOOK_KEY}`],
	];
	let target: Awaited<ReturnType<typeof published>>;

	beforeAll(async () => {
		target = await published('Keys');
	});

	it.each(WRONG)('rejects %s with 401 and JSON', async (_title, key) => {
		const answer = await sendEvent(target.url, key, eventOf('CUSTOMER_CREATED'));

		expect(answer).toMatchObject({ status: 401, json: { message: expect.any(String) as string } });
		expect(answer.text).not.toContain(WEBHOOK_KEY);
	});

	it('checks the key before the body', async () => {
		const answer = await sendEvent(target.url, 'wrong', { uuid: 'invalid-body' });
		const right = await sendEvent(target.url, WEBHOOK_KEY, { uuid: 'invalid-body' });

		expect([answer.status, right.status]).toEqual([401, 400]);
	});

	it('does not run the workflow for a wrong key', async () => {
		const event = eventOf('CUSTOMER_CREATED');
		await sendEvent(target.url, WEBHOOK_KEY, event);

		const runs = await runsOf(n8n, target.id, 1);

		expect(runs).toHaveLength(1);
		expect(timesRun(runs, NEXT)).toEqual(new Map([[event.uuid, 1]]));
	});

	it.each([[''], ['   ']])('is not published if the credential has no key (%j)', async (stored) => {
		const without = await storeWebhookCredential(n8n, studio, stored);
		await expect(published('No key', {}, without)).rejects.toThrow(
			'The credential has no "Webhook API Key"',
		);
	});

	it('rejects all keys if the key is removed from the credential later', async () => {
		const credential = await storeWebhookCredential(n8n, studio);
		const { id, url } = await published('Key removed', {}, credential);
		const { baseUrl, apiKey } = studio;
		await n8n.rest('PATCH', `/credentials/${credential}`, {
			name: 'Key removed',
			type: CREDENTIAL,
			data: { baseUrl, apiKey, webhookApiKey: '' },
		});

		const keys = [undefined, '', ' ', studio.apiKey, 'undefined'];
		const answers = await inParallel(keys, 1, (key) =>
			sendEvent(url, key, eventOf('CUSTOMER_CREATED')),
		);

		expect(answers.map(({ status }) => status)).toEqual(keys.map(() => 401));
		await sendEvent(target.url, WEBHOOK_KEY, eventOf('CUSTOMER_CREATED'));
		expect(await runsOf(n8n, id, 0)).toEqual([]);
	});

	it('keeps the key out of stored executions and the log', async () => {
		const { id, url } = await published('Stored');
		await sendEvent(url, WEBHOOK_KEY, eventOf('CUSTOMER_CREATED'));

		const runs = await runsOf(n8n, id, 1);

		expect(JSON.stringify(runs)).toContain('CUSTOMER_CREATED');
		expect(JSON.stringify(runs)).not.toContain(WEBHOOK_KEY);
		expect(JSON.stringify(runs)).not.toContain(studio.apiKey);
		expect(n8n.log()).not.toContain(WEBHOOK_KEY);
		expect(n8n.log()).not.toContain('demo-webhook-kez');
	});
});

describe('deduplication', () => {
	it('runs once for an event that arrives three times in sequence', async () => {
		const { id, url } = await published('Duplicates');
		const event = eventOf('CUSTOMER_CREATED');

		for (const expected of [1, 2, 3]) {
			const { status } = await sendEvent(url, WEBHOOK_KEY, event);
			expect(status).toBe(200);
			await runsOf(n8n, id, expected);
		}

		const runs = await runsOf(n8n, id, 3);
		expect(runs.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
		expect(timesRun(runs, NEXT)).toEqual(new Map([[event.uuid, 1]]));
	});

	it('runs once for an event that arrives 20 times at once', async () => {
		const { id, url } = await published('At once');
		const event = eventOf('CUSTOMER_CREATED');

		const copies = Array.from({ length: 20 }, () => event);
		const answers = await inParallel(copies, 20, (each) => sendEvent(url, WEBHOOK_KEY, each));

		expect(answers.map(({ status }) => status)).toEqual(new Array(20).fill(200));
		const runs = await runsOf(n8n, id, 20);
		expect(runs.filter(({ status }) => status !== 'success')).toEqual([]);
		expect(timesRun(runs, NEXT)).toEqual(new Map([[event.uuid, 1]]));
	});

	it('runs for every copy of an event if deduplication is off', async () => {
		const { id, url } = await published('Each time', { options: { deduplicate: false } });
		const event = eventOf('CUSTOMER_CREATED');

		await inParallel([event, event, event], 3, (each) => sendEvent(url, WEBHOOK_KEY, each));

		expect(timesRun(await runsOf(n8n, id, 3), NEXT)).toEqual(new Map([[event.uuid, 3]]));
	});

	it('runs again only if more events than are remembered arrived in between', async () => {
		const { id, url } = await published('Forgetful', { options: { rememberedEvents: 2 } });
		const [first, second, third] = ['CUSTOMER_CREATED', 'CUSTOMER_UPDATED', 'CUSTOMER_CHECKIN'].map(
			(type) => eventOf(type),
		);
		for (const [index, event] of [first, second, first, third, first].entries()) {
			await sendEvent(url, WEBHOOK_KEY, event);
			await runsOf(n8n, id, index + 1);
		}

		const times = timesRun(await runsOf(n8n, id, 5), NEXT);

		expect(times.get(first.uuid)).toBe(2);
		expect([second, third].map(({ uuid }) => times.get(uuid))).toEqual([1, 1]);
	});

	it('is separate for each workflow', async () => {
		const [one, two] = [await published('First'), await published('Second')];
		const event = eventOf('CUSTOMER_CREATED');

		for (const { url } of [one, two]) await sendEvent(url, WEBHOOK_KEY, event);

		for (const { id } of [one, two]) {
			expect(timesRun(await runsOf(n8n, id, 1), NEXT)).toEqual(new Map([[event.uuid, 1]]));
		}
	});
});
