import type { INodeExecutionData } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { finish, startClock } from './time.cts';
import { eventItem, runTrigger, type TriggerRun, useStore } from './triggerHarness.cts';

const store = useStore();
let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ customers: 30 });
});
beforeEach(() => {
	simulator.clearFaults();
	simulator.clearRequests();
	startClock();
});
afterAll(async () => await simulator.close());

const parameters = { includeEntity: true };

async function execute(run: Partial<TriggerRun> = {}): Promise<INodeExecutionData[]> {
	const { workflowId } = store;
	const credential = { baseUrl: simulator.baseUrl, apiKey: simulator.apiKey };
	return await finish(
		async () => await runTrigger({ items: [eventItem()], credential, workflowId, ...run }),
	);
}

describe('"Include Details"', () => {
	test('fetches what the event is about with the key of the studio', async () => {
		const [{ json }] = await execute({ parameters });
		expect(json.entity).toMatchObject({ id: 1210000001 });
		expect(simulator.requests).toHaveLength(1);
	});

	test('requests nothing when it is off, and nothing for a duplicate', async () => {
		expect((await execute())[0].json).not.toHaveProperty('entity');
		expect(await execute({ parameters })).toEqual([]);
		expect(simulator.requests).toHaveLength(0);
	});

	test('finds the contract among those of the customer', async () => {
		const contractId = 1310000010;
		const items = [eventItem({ event: 'CONTRACT_CREATED', contractId })];
		const [{ json }] = await execute({ items, parameters });
		expect(json.entity).toMatchObject({ id: contractId });
	});

	test.each([
		['a customer who does not exist', { customerId: 99 }],
		['a deleted customer', { event: 'CUSTOMER_DELETED' }],
		['a contract that does not exist', { event: 'CONTRACT_CREATED', contractId: 5 }],
		['an event without the ID that is needed', { event: 'CONTRACT_IDLE_PERIOD_CREATED' }],
		['an unknown event', { event: 'SOMETHING_NEW' }],
	])('returns null for %s', async (_what, json) => {
		const [item] = await execute({ items: [eventItem(json)], parameters });
		expect(item.json.entity).toBeNull();
	});

	test('fails with the message of the API otherwise, and works on a retry', async () => {
		simulator.injectFault({ kind: 'status', status: 403 });
		await expect(execute({ parameters })).rejects.toMatchObject({
			httpCode: '403',
			description: expect.stringContaining('CUSTOMER_READ') as string,
		});
		const retried = await execute({ parameters, mode: 'retry' });
		expect(retried[0].json.entity).toMatchObject({ id: 1210000001 });
	});
});
