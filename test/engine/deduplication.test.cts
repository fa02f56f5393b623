import type { INodeExecutionData } from 'n8n-workflow';

import type { PerfectGymNextTrigger } from '../../nodes/PerfectGymNext/PerfectGymNextTrigger.node';
import { finish, pass, startClock } from './time.cts';
import {
	eventItem,
	receiveWebhook,
	runTrigger,
	type Store,
	triggerOfAnotherProcess,
	type TriggerRun,
	useStore,
} from './triggerHarness.cts';

const KEY = 'webhook-key-that-must-not-show';
const UUID = '095be615-a8ad-4c33-8e9c-c7612fbf6c9f';

const store = useStore();
/** A process that runs events, and does not receive any. */
let worker: PerfectGymNextTrigger;
beforeAll(async () => {
	worker = await triggerOfAnotherProcess();
});
beforeEach(() => {
	setRandomNumbers(0);
	startClock();
});
afterEach(() => jest.restoreAllMocks());

/** Sets the random numbers, which decide how long executions pause; they repeat. */
function setRandomNumbers(...numbers: number[]): void {
	let count = 0;
	jest.spyOn(Math, 'random').mockImplementation(() => numbers[count++ % numbers.length]);
}

/** Starts an execution in the worker, unless the test names another process. */
async function start(run: Partial<TriggerRun> = {}): Promise<INodeExecutionData[]> {
	const { workflowId } = store;
	return await runTrigger({ items: [eventItem()], instance: worker, workflowId, ...run });
}

/** As {@link start}, until the execution ends. */
async function execute(run?: Partial<TriggerRun>): Promise<INodeExecutionData[]> {
	return await finish(async () => await start(run));
}

/** Executes events that arrive at the same moment. @returns the uuids of those that run, sorted */
async function executeAtOnce(uuids: string[], instance = worker): Promise<string[]> {
	const outputs = await finish(
		async () =>
			await Promise.all(
				uuids.map(async (uuid) => await start({ items: [eventItem({ uuid })], instance })),
			),
	);
	return outputs
		.flat()
		.map(({ json }) => json.uuid as string)
		.sort();
}

/** @returns 100 uuids, each of them twice */
function doubledUuids(): string[] {
	return Array.from({ length: 100 }, (_, index) => `event-${index % 50}`);
}

/** @returns when the store was called, in ms after its first call */
function callTimes(): number[] {
	return store.callTimes.map((time) => time - store.callTimes[0]);
}

describe('duplicates', () => {
	test('are dropped one after the other', async () => {
		expect(await execute()).toHaveLength(1);
		expect(await execute()).toHaveLength(0);
		expect(await execute({ items: [eventItem({ uuid: 'another' })] })).toHaveLength(1);
	});

	test('are dropped at the same moment', async () => {
		expect(await executeAtOnce(Array.from({ length: 20 }, () => UUID))).toEqual([UUID]);
	});

	test('of many events at the same moment are dropped, and no event is lost', async () => {
		const uuids = doubledUuids();
		expect(await executeAtOnce(uuids)).toEqual([...new Set(uuids)].sort());
	});

	test('do not include other entries of the same event', async () => {
		const items = [eventItem(), eventItem({ event: 'CUSTOMER_UPDATED' })];
		expect(await execute({ items })).toHaveLength(2);
	});

	test('are not looked up when the option is off', async () => {
		const parameters = { options: { deduplicate: false } };
		expect(await execute({ parameters })).toHaveLength(1);
		expect(await execute({ parameters })).toHaveLength(1);
		expect(store.calls).toBe(0);
	});

	test.each(['retry', 'manual'] as const)('are not dropped in mode %s', async (mode) => {
		await execute();
		expect(await execute({ mode })).toHaveLength(1);
	});

	test('are found among as many events as the option says', async () => {
		const parameters = { options: { rememberedEvents: 3 } };
		for (const uuid of ['a', 'b', 'c', 'd']) {
			await execute({ parameters, items: [eventItem({ uuid })] });
			// Until the claims are confirmed: a check would place those of a forgotten event again.
			await pass(10_000);
		}
		expect(store.known).toEqual(['b', 'c', 'd'].flatMap((uuid) => [uuid, `${uuid} runs`]));
	});

	test('are found among 10,000 events by default', async () => {
		// Each event has two claims.
		store.known = Array.from({ length: 20_000 }, (_, index) => `old-${index}`);
		await execute();
		expect(store.known).toHaveLength(20_000);
		expect(store.known).toContain(UUID);
	});

	describe('in a process that receives the events itself', () => {
		let receiver: PerfectGymNextTrigger;
		beforeAll(async () => {
			receiver = await triggerOfAnotherProcess();
			const { items } = await receiveWebhook({
				key: KEY,
				body: {
					entityId: 1210000001,
					uuid: UUID,
					payload: [{ timestamp: 1642779144176, type: 'CUSTOMER_CREATED', content: {} }],
				},
				credential: { webhookApiKey: KEY },
				instance: receiver,
			});
			expect(items).toHaveLength(1);
		});

		test('need one claim and no confirmation', async () => {
			expect(await execute({ instance: receiver })).toHaveLength(1);
			expect(await execute({ instance: receiver })).toHaveLength(0);
			await pass(600_000);
			expect(store.known).toEqual([UUID]);
			expect(callTimes()).toEqual([0, 125]);
		});

		test('are looked up together when many wait', async () => {
			const uuids = doubledUuids();
			expect(await executeAtOnce(uuids, receiver)).toEqual([...new Set(uuids)].sort());
			expect(store.calls).toBe(2);
		});

		test('are found among as many events as the option says', async () => {
			const parameters = { options: { rememberedEvents: 3 } };
			for (const uuid of ['a', 'b', 'c', 'd']) {
				await execute({ parameters, items: [eventItem({ uuid })], instance: receiver });
			}
			expect(store.known).toEqual(['b', 'c', 'd']);
		});
	});

	describe('in several processes', () => {
		let processes: PerfectGymNextTrigger[];
		beforeAll(async () => {
			processes = [worker, await triggerOfAnotherProcess(), await triggerOfAnotherProcess()];
		});

		/** Executes events in all processes at the same moment. @returns how often each runs */
		const executeEverywhere = async (...uuids: string[]) =>
			await finish(
				async () =>
					await Promise.all(
						uuids.map(async (uuid) => {
							const items = [eventItem({ uuid })];
							const outputs = await Promise.all(
								processes.map(async (instance) => await start({ items, instance })),
							);
							return outputs.flat().length;
						}),
					),
			);

		test('are dropped when the second claims come at different moments', async () => {
			setRandomNumbers(0, 0.2, 0.4, 0.6, 0.8, 1);
			expect(await executeEverywhere(UUID)).toEqual([1]);
		});

		test('are run and not lost when the second claims come at the same moment too', async () => {
			expect(await executeEverywhere(UUID)).toEqual([3]);
		});

		test('are dropped later, whatever happened at first', async () => {
			await executeEverywhere(UUID);
			expect(await executeEverywhere(UUID)).toEqual([0]);
		});

		test('of many events at the same moment do not lose an event', async () => {
			jest.restoreAllMocks();
			const counts = await executeEverywhere(
				...Array.from({ length: 100 }, (_, index) => `event-${index}`),
			);
			expect(counts.filter((count) => count === 0)).toEqual([]);
		});
	});
});

describe('claims', () => {
	test('are confirmed three times', async () => {
		await execute();
		await pass(600_000);
		expect(callTimes()).toEqual([0, 50, 350, 1850, 6850]);
	});

	test.each([
		[0, 50],
		[100, 300],
		[1000, 1500],
	])('are further apart when the store takes %i ms', async (delayMs, second) => {
		store.delayMs = delayMs;
		await execute();
		expect(callTimes()).toEqual([0, second]);
	});

	test('that another process overwrites are placed again', async () => {
		store.behaviors = ['loses values', 'loses values'];
		expect(await execute()).toHaveLength(1);
		expect(store.known).toEqual([]);
		await pass(1000);
		expect(store.known).toEqual([UUID, `${UUID} runs`]);
		expect(await execute()).toHaveLength(0);
	});

	test('that a slow process overwrites are placed again too, and confirmed from the start', async () => {
		expect(await execute()).toHaveLength(1);
		await pass(1000);
		store.known = ['of the other process'];
		await pass(2000);
		expect(store.known).toEqual(['of the other process', UUID, `${UUID} runs`]);
		await pass(600_000);
		expect(callTimes()).toEqual([0, 50, 350, 1850, 2150, 3650, 8650]);
		expect(await execute()).toHaveLength(0);
	});

	test('that never stay are placed again five times', async () => {
		store.behaviors = Array.from({ length: 20 }, () => 'loses values' as const);
		expect(await execute()).toHaveLength(1);
		await pass(600_000);
		expect(callTimes()).toEqual([0, 50, 350, 650, 950, 1250, 1550]);
	});

	test('are not confirmed further when the store fails', async () => {
		store.behaviors = ['works', 'works', 'fails', 'fails', 'fails'];
		expect(await execute()).toHaveLength(1);
		await pass(600_000);
		expect(callTimes()).toEqual([0, 50, 350, 350, 350]);
	});
});

describe('when the store fails', () => {
	test.each<[string, Store['behaviors']]>([
		['always', ['fails', 'fails', 'fails']],
		['at first', ['fails']],
		['after storing the claim', ['fails after storing']],
	])('%s, the event runs', async (_when, behaviors) => {
		store.behaviors = [...behaviors];
		expect(await execute()).toHaveLength(1);
	});

	test('only at the second claim, the event still runs once', async () => {
		store.behaviors = ['works', 'fails'];
		expect(await execute()).toHaveLength(1);
		expect(await execute()).toHaveLength(0);
	});

	test('because it omits the event in its answer, the event runs', async () => {
		store.behaviors = ['omits values', 'omits values', 'omits values', 'omits values'];
		expect(await execute()).toHaveLength(1);
	});

	test('it is called three times at most', async () => {
		store.behaviors = ['fails', 'fails', 'fails', 'fails'];
		await execute();
		await pass(600_000);
		expect(store.calls).toBe(3);
	});

	test('it is not called again after an attempt that succeeds', async () => {
		store.behaviors = ['fails', 'works'];
		await execute();
		await pass(600_000);
		expect(store.calls).toBe(2);
		expect(store.known).toEqual([UUID]);
	});

	test('the next event still gets its turn', async () => {
		store.behaviors = ['fails', 'fails', 'fails'];
		expect(await executeAtOnce([UUID, 'b'])).toEqual([UUID, 'b']);
		expect(store.known).toContain('b');
	});
});
