import type { INodeExecutionData, OnError } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { itemsOf, outputOf, prepareRun, runNode, runWorkflow } from './harness.cts';

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

test('an expression that fails for one item keeps all others from being sent', async () => {
	const items = itemsOf(ids.slice(0, 4).map((id, at) => ({ id, at })));
	const parameters = {
		...restrict,
		reason: '={{ $json.at === 2 ? $("No such node").item.json.x : "Broken" }}',
	};
	const run = prepareRun({ parameters, items, credential: credential() });
	await expect(run()).rejects.toThrow();
	await expect(run()).rejects.toThrow();
	await new Promise((resolve) => setTimeout(resolve, 200));
	expect(simulator.requests).toHaveLength(0);
});

test('with batching, items are sent batch by batch', async () => {
	const items = itemsOf(ids.slice(0, 5).map((id) => ({ id, reason: 'Broken' })));
	const requestOptions = { batching: { batch: { batchSize: 2, batchInterval: 60 } } };
	const parameters = { ...restrict, requestOptions };
	const output = await runNode({ parameters, items, credential: credential() });
	expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 1, 2, 3, 4].map((item) => ({ item })),
	);
	const starts = simulator.requests.map(({ startedAt }) => startedAt);
	expect(starts[4] - starts[0]).toBeGreaterThanOrEqual(110);
});

test('with "Execute Once" the first item is sent', async () => {
	const workflow = await runWorkflow({
		parameters: get,
		items: itemsOf(ids.slice(0, 3).map((id) => ({ id }))),
		credential: credential(),
		executeOnce: true,
	});
	const [output] = outputOf(workflow, 'PerfectGym Next');
	expect(output.map(({ json }) => json.id)).toEqual([ids[0]]);
});

test('without items nothing is sent', async () => {
	expect(await runNode({ parameters: get, items: [], credential: credential() })).toEqual([]);
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

test('after a failed item no list of another is followed further', async () => {
	simulator.injectFault({ kind: 'slow', delayMs: 60, times: 100, operationId: 'getCustomers' });
	const items = itemsOf([{ size: 60 }, { size: 'none' }]);
	simulator.injectFault({
		kind: 'status',
		status: 400,
		operationId: 'getDocuments',
		times: 1,
		after: 1,
	});
	const parameters = {
		resource: 'customer',
		operation: 'getDocuments',
		customerId: { __rl: true, mode: 'id', value: String(ids[0]) },
		returnAll: true,
	};
	await expect(runNode({ parameters, items, credential: credential() })).rejects.toMatchObject({
		httpCode: '400',
	});
});

test('after a failed item another does not go on repeating', async () => {
	simulator.injectFault({ kind: 'unavailable', times: 100, path: `/v1/customers/${ids[0]}` });
	const items = itemsOf([{ id: ids[0] }, { id: BAD_ID }]);
	const start = Date.now();
	await expect(runNode({ parameters: get, items, credential: credential() })).rejects.toMatchObject(
		{
			message: `Customer ${BAD_ID} not found.`,
			context: { itemIndex: 1 },
		},
	);
	expect(Date.now() - start).toBeLessThan(3000);
});

test('a read whose answer breaks off in the middle of a chunk is sent again', async () => {
	simulator.injectFault({ kind: 'brokenConnection', operationId: 'getCustomers' });
	const parameters = { resource: 'customer', operation: 'getCustomers', returnAll: true };
	const output = await runNode({ parameters, credential: credential() });
	expect(output.map(({ json }) => json.id)).toEqual(ids);
	expect(simulator.requests).toHaveLength(2);
});

test('a time limit that the user sets in n8n holds', async () => {
	simulator.injectFault({ kind: 'slow', delayMs: 3000 });
	const parameters = { ...get, requestOptions: { timeout: 100 } };
	const items = itemsOf([{ id: ids[0] }]);
	await expect(runNode({ parameters, items, credential: credential() })).rejects.toMatchObject({
		message: expect.stringMatching(/did not answer in time/),
	});
});

test.each([
	['an end without a start', { endDate: '2026-02-01' }, '"Start Date" is missing'],
	['a start without an end', { startDate: '2026-02-01' }, '"End Date" is missing'],
	[
		'an end before its start',
		{ startDate: '2026-02-02', endDate: '2026-02-01' },
		'"End Date" is before "Start Date"',
	],
])('a restriction with %s is refused before it is sent', async (_what, dates, message) => {
	const parameters = {
		...restrict,
		customerId: { __rl: true, mode: 'id', value: String(ids[0]) },
		reason: 'Broken',
		accessRestrictionFields: dates,
	};
	await expect(runNode({ parameters, credential: credential() })).rejects.toThrow(message);
	expect(simulator.requests).toHaveLength(0);
});

test.each([[{ fromDate: '2026-02-02', toDate: '2026-02-01' }, '"To" is before "From"']])(
	'a check-in history from %p is refused before it is sent',
	async (checkinFilters, message) => {
		const parameters = {
			resource: 'customer',
			operation: 'getCustomersCheckinHistory',
			customerId: { __rl: true, mode: 'id', value: String(ids[0]) },
			checkinFilters,
		};
		await expect(runNode({ parameters, credential: credential() })).rejects.toThrow(message);
		expect(simulator.requests).toHaveLength(0);
	},
);

test('an answer without content says what was acted on', async () => {
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
