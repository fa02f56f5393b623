import { DataDeduplicationService } from 'n8n-core';
import type {
	IDataDeduplicator,
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import type { PerfectGymNextTrigger } from '../../nodes/PerfectGymNext/PerfectGymNextTrigger.node';
import { arrive, runTrigger, Store, trigger, type TriggerRun } from './triggerHarness.cts';

const KEY = 'webhook-key-that-must-not-show';
const UUID = '095be615-a8ad-4c33-8e9c-c7612fbf6c9f';
const EVENT = {
	entityId: 1210000001,
	uuid: UUID,
	payload: [{ timestamp: 1642779144176, type: 'CUSTOMER_CREATED', content: {} }],
};

describe('a webhook', () => {
	interface Request {
		key?: string | null;
		body?: unknown;
		events?: string[];
		credential?: IDataObject;
		authentication?: string;
	}

	const warn = jest.fn();
	beforeEach(() => warn.mockClear());

	async function receive({
		key = KEY,
		body = EVENT,
		events = [],
		credential = {},
		authentication = 'studio',
	}: Request) {
		const answered: { status?: number; body?: unknown } = {};
		const response = {
			status(status: number) {
				answered.status = status;
				return response;
			},
			json(json: unknown) {
				answered.body = json;
				return response;
			},
		};
		const context = {
			getCredentials: async () => ({
				baseUrl: 'https://acme.open-api.perfectgym.com',
				apiKey: 'api-key',
				webhookApiKey: KEY,
				...credential,
			}),
			getRequestObject: () => ({ rawHeaders: key === null ? [] : ['X-Api-Key', key] }),
			getResponseObject: () => response,
			getBodyData: () => body,
			getNodeParameter: (name: string) => (name === 'events' ? events : authentication),
			logger: { warn },
			getNode: () => ({ id: '1', credentials: {} }),
		} as unknown as IWebhookFunctions;
		return { ...(await trigger.webhook.call(context)), answered };
	}

	test('with the right key starts the workflow and is answered by itself', async () => {
		const { workflowData, webhookResponse, answered } = await receive({});
		expect(workflowData?.[0]).toHaveLength(1);
		expect(workflowData?.[0][0].json).toMatchObject({
			event: 'CUSTOMER_CREATED',
			customerId: 1210000001,
			studio: { name: 'acme', baseUrl: 'https://acme.open-api.perfectgym.com' },
		});
		expect(webhookResponse).toEqual({ received: true });
		expect(answered).toEqual({});
		expect(JSON.stringify(workflowData)).not.toContain(KEY);
	});

	test.each([
		['a wrong key', { key: 'wrong' }],
		['no key', { key: null }],
		['no key in the credential', { credential: { webhookApiKey: '' } }],
		['no key on either side', { key: '', credential: { webhookApiKey: '' } }],
		['the key of the API', { key: 'api-key' }],
		['a wrong key and a body that would be refused', { key: 'wrong', body: 'nonsense' }],
	])('with %s is refused with 401, and nothing of it is used', async (_what, request) => {
		const { answered, ...outcome } = await receive(request);
		expect(outcome).toEqual({ noWebhookResponse: true });
		expect(answered).toEqual({
			status: 401,
			body: { message: 'The webhook key is missing or wrong' },
		});
	});

	test('with a body that is no event is refused with 400 and the reason', async () => {
		const { answered, ...outcome } = await receive({ body: { ...EVENT, payload: 5 } });
		expect(outcome).toEqual({ noWebhookResponse: true });
		expect(answered).toEqual({ status: 400, body: { message: 'payload must be a list' } });
	});

	describe('for many studios', () => {
		const studio = (name: string, webhookApiKey: string) => ({
			name,
			baseUrl: 'acme',
			apiKey: `api-key-${name}`,
			webhookApiKey,
		});
		const authentication = 'studios';
		const many = (...studios: object[]) => ({ studios: { studio: studios } });

		test('says which studio it comes from', async () => {
			const credential = many(studio('North', 'other'), studio(' South ', KEY), studio('East', ''));
			const { workflowData } = await receive({ authentication, credential });
			expect(workflowData?.[0][0].json.studio).toEqual({
				name: 'South',
				baseUrl: 'https://acme.open-api.perfectgym.com',
			});
			expect(JSON.stringify(workflowData)).not.toMatch(/api-key|must-not-show/);
			expect(warn).not.toHaveBeenCalled();
		});

		test('is refused when two studios have its key, and the log says so', async () => {
			const credential = many(studio('North', KEY), studio('East', 'other'), studio('South', KEY));
			const { answered, ...outcome } = await receive({ authentication, credential });
			expect(outcome).toEqual({ noWebhookResponse: true });
			expect(answered.status).toBe(401);
			expect(warn.mock.calls).toEqual([
				[
					'An event was refused: "North" and "South" have the same Webhook API Key in the credential, so its studio is not clear',
				],
			]);
			const other = await receive({ authentication, credential, key: 'other' });
			expect(other.workflowData?.[0]).toHaveLength(1);
		});

		test.each([
			['a wrong key', { key: 'wrong' }],
			['an empty key, which a studio without one has too', { key: '' }],
			['no key', { key: null }],
			['the key of the API', { key: 'api-key-North' }],
		])('is refused with %s', async (_what, request) => {
			const credential = many(studio('North', KEY), studio('East', ''));
			const { answered } = await receive({ authentication, credential, ...request });
			expect(answered.status).toBe(401);
		});

		test('is refused when there are no studios', async () => {
			const credential = { webhookApiKey: KEY, studios: {} };
			const { answered } = await receive({ authentication, credential });
			expect(answered.status).toBe(401);
		});
	});

	test('of a type that is not wanted is accepted and starts nothing', async () => {
		const outcome = await receive({ events: ['CUSTOMER_DELETED'] });
		expect(outcome).toEqual({ webhookResponse: { received: true }, answered: {} });
	});
});

const store = new Store();
let worker: PerfectGymNextTrigger;
beforeAll(async () => {
	await DataDeduplicationService.init(store as unknown as IDataDeduplicator);
	worker = await elsewhere();
});
beforeEach(() => {
	// Marks that an earlier test still keeps are not looked at.
	store.workflowId = String(Number(store.workflowId ?? 0) + 1);
	Object.assign(store, { known: [], faults: [], calls: 0 });
	pause(0);
});
afterAll(async () => {
	jest.restoreAllMocks();
	// The marks of the last tests are looked at until they are seen to stay.
	await new Promise((resolve) => setTimeout(resolve, 7000));
}, 20_000);

/** Sets the parts of the longest pause that the next executions make, by turns. */
function pause(...parts: number[]): void {
	let count = 0;
	jest.spyOn(Math, 'random').mockImplementation(() => parts[count++ % parts.length]);
}

/** The trigger as another process has it, which shares nothing with this one but the store. */
async function elsewhere(): Promise<PerfectGymNextTrigger> {
	let copy: PerfectGymNextTrigger = trigger;
	await jest.isolateModulesAsync(async () => {
		const loaded = await import('../../nodes/PerfectGymNext/PerfectGymNextTrigger.node.ts');
		copy = new loaded.PerfectGymNextTrigger();
	});
	return copy;
}

/** Runs as a worker does, unless told otherwise: a process that accepts no events itself. */
async function execute(run: Partial<TriggerRun> = {}): Promise<INodeExecutionData[]> {
	const { workflowId } = store;
	return await runTrigger({ items: [eventItem()], by: worker, workflowId, ...run });
}

function eventItem(json: IDataObject = {}): INodeExecutionData {
	return {
		json: {
			uuid: UUID,
			event: 'CUSTOMER_CREATED',
			entityId: 1210000001,
			customerId: 1210000001,
			...json,
		},
	};
}

describe('repeats', () => {
	test('are dropped one after the other', async () => {
		expect(await execute()).toHaveLength(1);
		expect(await execute()).toHaveLength(0);
		expect(await execute({ items: [eventItem({ uuid: 'another' })] })).toHaveLength(1);
	});

	test('are dropped at the same moment', async () => {
		const outputs = await Promise.all(Array.from({ length: 20 }, async () => await execute()));
		expect(outputs.flat()).toHaveLength(1);
	});

	test('of many events at the same moment are dropped, and no event is lost', async () => {
		const uuids = Array.from({ length: 100 }, (_, index) => `event-${index % 50}`);
		const outputs = await Promise.all(
			uuids.map(async (uuid) => await execute({ items: [eventItem({ uuid })] })),
		);
		const run = outputs.flat().map(({ json }) => json.uuid);
		expect([...run].sort()).toEqual([...new Set(uuids)].sort());
	});

	test('all entries of one event are run', async () => {
		const items = [eventItem(), eventItem({ event: 'CUSTOMER_UPDATED' })];
		expect(await execute({ items })).toHaveLength(2);
	});

	test('are not looked for when the option is off', async () => {
		const parameters = { options: { deduplicate: false } };
		expect(await execute({ parameters })).toHaveLength(1);
		expect(await execute({ parameters })).toHaveLength(1);
		expect(store.calls).toBe(0);
	});

	test.each(['retry', 'manual'] as const)('are not dropped in mode %s', async (mode) => {
		await execute();
		expect(await execute({ mode })).toHaveLength(1);
	});

	test('are remembered up to the number that is set', async () => {
		const parameters = { options: { rememberedEvents: 3 } };
		for (const uuid of ['a', 'b', 'c', 'd']) {
			await execute({ parameters, items: [eventItem({ uuid })] });
		}
		expect(store.known).toEqual(['b', 'c', 'd'].flatMap((uuid) => [uuid, `${uuid} runs`]));
	});

	test('are remembered up to 10,000 when nothing is set', async () => {
		// Each has two marks.
		store.known = Array.from({ length: 20_000 }, (_, index) => `old-${index}`);
		await execute();
		expect(store.known).toHaveLength(20_000);
		expect(store.known).toContain(UUID);
	});

	test('a mark that another process has overwritten is made again', async () => {
		store.faults = ['forgets', 'forgets'];
		expect(await execute()).toHaveLength(1);
		expect(store.known).toEqual([]);
		await new Promise((resolve) => setTimeout(resolve, 1000));
		expect(store.known).toEqual([UUID, `${UUID} runs`]);
		expect(await execute()).toHaveLength(0);
	});

	test('a mark is made again too when the other process took long to write', async () => {
		expect(await execute()).toHaveLength(1);
		await new Promise((resolve) => setTimeout(resolve, 1000));
		store.known = ['of the other process'];
		await new Promise((resolve) => setTimeout(resolve, 2000));
		expect(store.known).toEqual(['of the other process', UUID, `${UUID} runs`]);
		expect(await execute()).toHaveLength(0);
	});

	describe('in a process that accepts the events itself', () => {
		let receiver: PerfectGymNextTrigger;
		beforeAll(async () => {
			receiver = await elsewhere();
			const { items } = await arrive({
				key: KEY,
				body: EVENT,
				credential: { webhookApiKey: KEY },
				by: receiver,
			});
			expect(items).toHaveLength(1);
		});

		test('need one mark and no second look', async () => {
			expect(await execute({ by: receiver })).toHaveLength(1);
			expect(await execute({ by: receiver })).toHaveLength(0);
			expect(store.known).toEqual([UUID]);
			expect(store.calls).toBe(2);
		});

		test('are looked up together when many wait', async () => {
			const uuids = Array.from({ length: 100 }, (_, index) => `event-${index % 50}`);
			const outputs = await Promise.all(
				uuids.map(async (uuid) => await execute({ items: [eventItem({ uuid })], by: receiver })),
			);
			const run = outputs.flat().map(({ json }) => json.uuid);
			expect([...run].sort()).toEqual([...new Set(uuids)].sort());
			expect(store.calls).toBeLessThan(5);
		});

		test('are remembered up to the number that is set', async () => {
			const parameters = { options: { rememberedEvents: 3 } };
			for (const uuid of ['a', 'b', 'c', 'd']) {
				await execute({ parameters, items: [eventItem({ uuid })], by: receiver });
			}
			expect(store.known).toEqual(['b', 'c', 'd']);
		});
	});

	describe('in several processes', () => {
		let processes: PerfectGymNextTrigger[];
		beforeAll(async () => {
			processes = [worker, await elsewhere(), await elsewhere()];
		});

		const inAll = async (uuid: string) => {
			const items = [eventItem({ uuid })];
			const outputs = await Promise.all(processes.map(async (by) => await execute({ items, by })));
			return outputs.flat().length;
		};

		test('are dropped at the same moment, since they do not look again at the same moment', async () => {
			pause(0, 0.2, 0.4, 0.6, 0.8, 1);
			expect(await inAll(UUID)).toBe(1);
		});

		test('are run rather than lost when they look again at the same moment too', async () => {
			expect(await inAll(UUID)).toBe(3);
		});

		test('are dropped later, whatever has happened at first', async () => {
			await inAll(UUID);
			expect(await inAll(UUID)).toBe(0);
		});

		test('of many events at the same moment cost no event', async () => {
			jest.restoreAllMocks();
			const uuids = Array.from({ length: 100 }, (_, index) => `event-${index}`);
			const times = await Promise.all(uuids.map(inAll));
			expect(times.filter((count) => count === 0)).toEqual([]);
		});
	});
});

describe('when the store fails', () => {
	test.each([
		['always', ['fails', 'fails', 'fails']],
		['at first', ['fails']],
		['after it has stored the mark', ['fails after it has stored']],
	] as Array<[string, Store['faults']]>)('%s, the event is passed on', async (_when, faults) => {
		store.faults = [...faults];
		expect(await execute()).toHaveLength(1);
	});

	test('only while it confirms the mark, the event still runs once', async () => {
		store.faults = ['works', 'fails'];
		expect(await execute()).toHaveLength(1);
		expect(await execute()).toHaveLength(0);
	});

	test('by saying nothing of the event, the event is passed on', async () => {
		store.faults = ['says nothing', 'says nothing', 'says nothing', 'says nothing'];
		expect(await execute()).toHaveLength(1);
	});

	test('it is asked three times at most', async () => {
		store.faults = ['fails', 'fails', 'fails', 'fails'];
		await execute();
		expect(store.calls).toBe(3);
	});

	test('the next event takes its turn', async () => {
		store.faults = ['fails', 'fails', 'fails'];
		const [first, second] = await Promise.all([
			execute(),
			execute({ items: [eventItem({ uuid: 'b' })] }),
		]);
		expect([first, second].map(({ length }) => length)).toEqual([1, 1]);
		expect(store.known).toContain('b');
	});
});

describe('"Include Entity"', () => {
	let simulator: Simulator;
	beforeAll(async () => {
		simulator = await startSimulator({ customers: 30 });
	});
	beforeEach(() => {
		simulator.clearFaults();
		simulator.clearRequests();
	});
	afterAll(async () => await simulator.close());

	const parameters = { includeEntity: true };
	const credential = () => ({ baseUrl: simulator.baseUrl, apiKey: simulator.apiKey });

	test('fetches what the event is about with the key of the studio', async () => {
		const [{ json }] = await execute({ parameters, credential: credential() });
		expect(json.entity).toMatchObject({ id: 1210000001 });
		expect(simulator.requests).toHaveLength(1);
	});

	test('asks nothing when it is off, and nothing for a repeat', async () => {
		expect((await execute({ credential: credential() }))[0].json).not.toHaveProperty('entity');
		await execute({ parameters, credential: credential() });
		expect(simulator.requests).toHaveLength(0);
	});

	test('picks the contract out of those of the customer', async () => {
		const contractId = 1310000010;
		const items = [eventItem({ event: 'CONTRACT_CREATED', contractId })];
		const [{ json }] = await execute({ items, parameters, credential: credential() });
		expect(json.entity).toMatchObject({ id: contractId });
	});

	test.each([
		['a customer who is gone', { customerId: 99 }],
		['a deleted customer', { event: 'CUSTOMER_DELETED' }],
		['a contract that is gone', { event: 'CONTRACT_CREATED', contractId: 5 }],
		['an event without the ID that is needed', { event: 'CONTRACT_IDLE_PERIOD_CREATED' }],
		['a type that is not known', { event: 'SOMETHING_NEW' }],
	])('gives null for %s', async (_what, json) => {
		const items = [eventItem(json)];
		const [item] = await execute({ items, parameters, credential: credential() });
		expect(item.json.entity).toBeNull();
	});

	test('fails with the message of the API for any other reason, so that it can be retried', async () => {
		simulator.injectFault({ kind: 'status', status: 403 });
		await expect(execute({ parameters, credential: credential() })).rejects.toMatchObject({
			httpCode: '403',
			description: expect.stringContaining('CUSTOMER_READ'),
		});
		const retried = await execute({ parameters, credential: credential(), mode: 'retry' });
		expect(retried[0].json.entity).toMatchObject({ id: 1210000001 });
	});
});

describe('the credential', () => {
	const key = (webhookApiKey: string) => ({ webhookApiKey });

	beforeEach(() => jest.useFakeTimers({ now: Date.now(), doNotFake: ['nextTick'] }));
	afterEach(() => jest.useRealTimers());

	async function comes(
		sent: string,
		webhookApiKey: string,
		by: PerfectGymNextTrigger,
		onRead?: () => void,
	) {
		const { refused } = await arrive({
			onRead,
			key: sent,
			body: EVENT,
			credential: key(webhookApiKey),
			credentialId: '7',
			by,
		});
		return refused ?? 200;
	}

	test('is read anew for a key that was not known, so that a new one counts at once', async () => {
		const by = await elsewhere();
		expect(await comes('old', 'old', by)).toBe(200);
		expect(await comes('new', 'new', by)).toBe(200);
	});

	test('is read anew after two seconds, when an old key does not count any more', async () => {
		const by = await elsewhere();
		expect(await comes('old', 'old', by)).toBe(200);
		expect(await comes('old', 'new', by)).toBe(200);
		jest.setSystemTime(Date.now() + 2001);
		expect(await comes('old', 'new', by)).toBe(401);
	});

	test('is read once for all that arrive meanwhile', async () => {
		const by = await elsewhere();
		const onRead = jest.fn();
		const come = async () => await comes('old', 'old', by, onRead);
		expect(await Promise.all([come(), come(), come()])).toEqual([200, 200, 200]);
		expect(onRead).toHaveBeenCalledTimes(1);
	});

	test('is read anew when it could not be read', async () => {
		const by = await elsewhere();
		const fail = () => {
			throw new Error('no database');
		};
		await expect(comes('old', 'old', by, fail)).rejects.toThrow('no database');
		expect(await comes('old', 'old', by)).toBe(200);
	});
});
