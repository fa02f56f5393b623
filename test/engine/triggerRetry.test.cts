import type { INode } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { outputOf } from './harness.cts';
import {
	eventItem,
	prepareTrigger,
	runTrigger,
	runTriggerWorkflow,
	useStore,
} from './triggerHarness.cts';

// Each execution places claims, which takes up to half a second.
jest.setTimeout(60_000);

const store = useStore();
let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ customers: 30 });
});
beforeEach(() => {
	simulator.clearFaults();
	simulator.clearRequests();
});
afterAll(async () => {
	await simulator.close();
	// Claims are checked for up to 7 s after their execution.
	await new Promise((resolve) => setTimeout(resolve, 7000));
});

const parameters = { includeEntity: true };
const credential = () => ({ baseUrl: simulator.baseUrl, apiKey: simulator.apiKey });
/** What n8n stores for Retry On Fail. The pause is in ms. */
const RETRY: Partial<INode> = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

async function execute(items = [eventItem()], settings = RETRY) {
	const { workflowId } = store;
	const run = await runTriggerWorkflow({
		items,
		parameters,
		credential: credential(),
		workflowId,
		settings,
	});
	return { run, events: (outputOf(run, 'Success')[0] ?? []).map(({ json }) => json) };
}

describe('Retry On Fail', () => {
	test('runs an event whose first try failed', async () => {
		simulator.injectFault({ kind: 'status', status: 403 });
		const { run, events } = await execute();
		expect(run.data.resultData.error).toBeUndefined();
		expect(events).toMatchObject([{ event: 'CUSTOMER_CREATED', entity: { id: 1210000001 } }]);
	});

	test('runs all entries of an event if only the second one failed', async () => {
		simulator.injectFault({ kind: 'status', status: 403, after: 1 });
		const items = [eventItem(), eventItem({ event: 'CUSTOMER_UPDATED', customerId: 1210000002 })];
		const { events } = await execute(items);
		expect(events.map(({ event }) => event)).toEqual(['CUSTOMER_CREATED', 'CUSTOMER_UPDATED']);
	});

	test('does not end as a success without items when every try fails', async () => {
		simulator.injectFault({ kind: 'status', status: 403, times: 2 });
		const { run } = await execute();
		expect(run.data.resultData.error).toMatchObject({ httpCode: '403' });
		expect(simulator.requests).toHaveLength(2);
	});

	test('does not run a duplicate in its second try', async () => {
		await execute([eventItem({ uuid: 'known' })]);
		simulator.injectFault({ kind: 'status', status: 403 });
		const { events } = await execute([eventItem({ uuid: 'known' }), eventItem({ uuid: 'new' })]);
		expect(events.map(({ uuid }) => uuid)).toEqual(['new']);
	});

	test('lets later executions drop the event that it has run', async () => {
		simulator.injectFault({ kind: 'status', status: 403 });
		expect((await execute()).events).toHaveLength(1);
		expect((await execute()).events).toHaveLength(0);
	});

	test('runs an event after the store failed with its claim stored', async () => {
		store.behaviors = ['fails after storing'];
		simulator.injectFault({ kind: 'status', status: 403 });
		expect((await execute()).events).toHaveLength(1);
	});

	test('asks the store once for all tries', async () => {
		const { workflowId } = store;
		const run = prepareTrigger({ items: [eventItem()], workflowId });
		expect(await run()).toHaveLength(1);
		const { calls } = store;
		expect(await run()).toHaveLength(1);
		expect(store.calls).toBe(calls);
	});
});

test('items that are not events are passed on each time', async () => {
	const { workflowId } = store;
	const items = [{ json: {} }];
	expect(await runTrigger({ items, workflowId })).toEqual(items);
	expect(await runTrigger({ items, workflowId })).toEqual(items);
});
