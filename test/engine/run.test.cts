import type { INodeExecutionData, OnError } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { itemsOf, outputOf, runNode, runWorkflow } from './harness.cts';

const BAD_ID = 99;

let simulator: Simulator;
let ids: number[];
beforeAll(async () => {
	simulator = await startSimulator({ customers: 60 });
	const parameters = { resource: 'customer', operation: 'getCustomers', returnAll: true };
	const customers = await runNode({ parameters, credential: credential() });
	ids = customers.map(({ json }) => Number(json.id));
});
beforeEach(() => {
	simulator.clearFaults();
	simulator.clearRequests();
});
afterAll(async () => await simulator.close());

const credential = () => ({ baseUrl: simulator.baseUrl, apiKey: simulator.apiKey });

const get = {
	resource: 'customer',
	operation: 'getCustomerById',
	customerId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
};
const restrict = {
	resource: 'customer',
	operation: 'setAccessRestriction',
	customerId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
	reason: '={{ $json.reason }}',
};

/** Five items, of which the third cannot be found. */
function fiveItems(): INodeExecutionData[] {
	const [first, second, fourth, fifth] = ids;
	return itemsOf([first, second, BAD_ID, fourth, fifth].map((id, at) => ({ id, at })));
}

async function run(onError: OnError) {
	return await runWorkflow({
		parameters: get,
		items: fiveItems(),
		credential: credential(),
		onError,
	});
}

describe('five items of which the third fails', () => {
	test('stop: the error has the index of the item, and nothing comes out', async () => {
		const { data } = await run('stopWorkflow');
		expect(data.resultData.error).toMatchObject({
			message: `Customer ${BAD_ID} not found.`,
			context: { itemIndex: 2 },
		});
		expect(data.resultData.runData.Success).toBeUndefined();
	});

	test('continue: the item becomes its error alone, in its place', async () => {
		const [items] = outputOf(await run('continueRegularOutput'), 'PerfectGym Next');
		expect(items.map(({ json }) => json.id ?? json)).toEqual([
			ids[0],
			ids[1],
			{ error: `Customer ${BAD_ID} not found.` },
			ids[2],
			ids[3],
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
	});

	test('error output: the item goes there with the data of its input', async () => {
		const [good, bad] = outputOf(await run('continueErrorOutput'), 'PerfectGym Next');
		expect(good.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			[ids[0], { item: 0 }],
			[ids[1], { item: 1 }],
			[ids[2], { item: 3 }],
			[ids[3], { item: 4 }],
		]);
		expect(bad).toEqual([
			{
				json: { id: BAD_ID, at: 2, error: `Customer ${BAD_ID} not found.` },
				pairedItem: { item: 2 },
			},
		]);
	});
});

test('wrong input of any item is told before anything is sent for another', async () => {
	const items = itemsOf([{ id: ids[0] }, { id: ids[1] }, { id: '' }]);
	await expect(runNode({ parameters: get, items, credential: credential() })).rejects.toMatchObject(
		{
			message: '"Customer" is missing',
			context: { itemIndex: 2 },
		},
	);
	expect(simulator.requests).toHaveLength(0);
});

test('with continue on fail wrong input of one item does not hold the others up', async () => {
	const items = itemsOf([{ id: ids[0] }, { id: '' }, { id: ids[1] }]);
	const workflow = await runWorkflow({
		parameters: get,
		items,
		credential: credential(),
		onError: 'continueRegularOutput',
	});
	const [output] = outputOf(workflow, 'PerfectGym Next');
	expect(output.map(({ json }) => json.id ?? json.error)).toEqual([
		ids[0],
		'"Customer" is missing',
		ids[1],
	]);
});

test('reads go out up to eight at a time', async () => {
	simulator.injectFault({ kind: 'slow', delayMs: 40, times: 40 });
	const items = itemsOf(ids.slice(0, 40).map((id) => ({ id })));
	const output = await runNode({ parameters: get, items, credential: credential() });
	expect(output.map(({ json }) => json.id)).toEqual(ids.slice(0, 40));
	expect(simulator.peakConcurrency).toBe(8);
});

test('writes go out one by one, in the order of the items', async () => {
	simulator.injectFault({ kind: 'slow', delayMs: 20, times: 1 });
	const items = itemsOf(ids.slice(0, 12).map((id, at) => ({ id, reason: `number ${at}` })));
	const output = await runNode({ parameters: restrict, items, credential: credential() });
	expect(output.map(({ json }) => json.reason)).toEqual(items.map(({ json }) => json.reason));
	expect(simulator.peakConcurrency).toBe(1);
	expect(simulator.requests.map(({ url }) => Number(url.split('/')[3]))).toEqual(ids.slice(0, 12));
});

test('after a failed write the writes that wait are not sent', async () => {
	const items = itemsOf([ids[0], BAD_ID, ids[1], ids[2]].map((id) => ({ id, reason: 'Broken' })));
	await expect(
		runNode({ parameters: restrict, items, credential: credential() }),
	).rejects.toMatchObject({ context: { itemIndex: 1 } });
	expect(simulator.requests.map(({ status }) => status)).toEqual([200, 404]);
});

test('after a failed read the reads that wait are not sent', async () => {
	simulator.injectFault({ kind: 'slow', delayMs: 50, times: 100, after: 1 });
	const items = itemsOf([BAD_ID, ...ids.slice(0, 50)].map((id) => ({ id })));
	await expect(runNode({ parameters: get, items, credential: credential() })).rejects.toMatchObject(
		{
			context: { itemIndex: 0 },
		},
	);
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(simulator.requests.length).toBeLessThanOrEqual(9);
});

test('an answer without content says what was acted on', async () => {
	simulator.injectFault({ kind: 'status', status: 204, operationId: 'anonymiseCustomer' });
	const parameters = {
		resource: 'customer',
		operation: 'deleteAccessMediums',
		customerId: { __rl: true, mode: 'id', value: String(ids[0]) },
		accessMediumId: { __rl: true, mode: 'id', value: '={{ $json.accessMediumId }}' },
	};
	const [added] = await runNode({
		parameters: {
			resource: 'customer',
			operation: 'addAccessMediums',
			customerId: parameters.customerId,
			accessMediumType: 'PIN',
			accessMediumValue: '4711',
		},
		credential: credential(),
	});
	const items = itemsOf([{ accessMediumId: added.json.id }]);
	expect(await runNode({ parameters, items, credential: credential() })).toEqual([
		{
			json: { success: true, customerId: ids[0], accessMediumId: added.json.id },
			pairedItem: { item: 0 },
		},
	]);
});
