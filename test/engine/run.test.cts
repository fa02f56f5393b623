import type {
	IHttpRequestOptions,
	INodeExecutionData,
	INodeParameters,
	OnError,
} from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { studiosCredential } from '../studiosCredential.cts';
import {
	API_KEY,
	itemsOf,
	locator,
	NODE_NAME,
	outputOf,
	prepareRun,
	runNode,
	runWorkflow,
	type RunOptions,
} from './harness.cts';
import { inSimulatedTime, pass, settle, startClock } from './time.cts';

const BAD_ID = 99;
/** What the items of failed requests tell besides the message. */
const NOT_FOUND = {
	httpStatus: 404,
	errorCode: 'NOT_FOUND',
	traceId: expect.any(String) as string,
};

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
	customerId: locator('={{ $json.id }}'),
};
const restrict = {
	resource: 'customer',
	operation: 'setAccessRestriction',
	customerId: locator('={{ $json.id }}'),
	reason: '={{ $json.reason }}',
};

/** Five items; the API does not find the third. */
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

describe('when the third of five items fails', () => {
	test('stop: the error has the index of the item, and there is no output', async () => {
		const { data } = await run('stopWorkflow');
		expect(data.resultData.error).toMatchObject({
			message: `Customer ${BAD_ID} not found.`,
			context: { itemIndex: 2 },
		});
		expect(data.resultData.runData.Success).toBeUndefined();
	});

	test('continue: the item becomes an error item in its place', async () => {
		const [items] = outputOf(await run('continueRegularOutput'), NODE_NAME);
		expect(items.map(({ json }) => json.id ?? json)).toEqual([
			ids[0],
			ids[1],
			{ error: `Customer ${BAD_ID} not found.`, details: NOT_FOUND },
			ids[2],
			ids[3],
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
	});

	test('error output: the item goes there with the data of its input', async () => {
		const [good, bad] = outputOf(await run('continueErrorOutput'), NODE_NAME);
		expect(good.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			[ids[0], { item: 0 }],
			[ids[1], { item: 1 }],
			[ids[2], { item: 3 }],
			[ids[3], { item: 4 }],
		]);
		expect(bad).toEqual([
			{
				json: {
					id: BAD_ID,
					at: 2,
					error: `Customer ${BAD_ID} not found.`,
					details: NOT_FOUND,
				},
				pairedItem: { item: 2 },
			},
		]);
	});
});

describe('wrong input of the last item keeps all items from being sent', () => {
	/** What the items hold, apart from their ids; the last one is wrong. */
	interface WrongInput {
		parameters: INodeParameters;
		values: Array<string | number>;
		message: string;
	}
	const ofStudio = { authentication: 'studios', studio: locator('={{ $json.value }}', 'name') };
	const onlyNorth = {
		values: ['North', 'North', 'West'],
		message: 'The credential has no studio with the name "West"',
	};
	const wrongInputs: Record<string, WrongInput> = {
		'the ID of a read': {
			parameters: { ...get, customerId: locator('={{ $json.value }}') },
			values: [1, 2, ''],
			message: '"Customer" is missing',
		},
		'a field of a write': {
			parameters: { ...restrict, reason: '={{ $json.value }}' },
			values: ['Broken', 'Broken', ''],
			message: '"Reason" is missing',
		},
		'a field in a collection of a write': {
			parameters: {
				...restrict,
				reason: 'Broken',
				accessRestrictionFields: { startDate: '={{ $json.value }}', endDate: '2030-02-01' },
			},
			values: ['2030-01-01', '2030-01-01', 'soon'],
			message: '"Start Date" must be a date',
		},
		'two fields of a write that contradict each other': {
			parameters: {
				...restrict,
				reason: 'Broken',
				accessRestrictionFields: { startDate: '={{ $json.value }}', endDate: '2030-02-01' },
			},
			values: ['2030-01-01', '2030-01-01', '2030-03-01'],
			message: '"End Date" is before "Start Date"',
		},
		'the JSON body of a write': {
			parameters: { ...restrict, specifyBody: 'json', jsonBody: '={{ $json.value }}' },
			values: ['{"reason":"Broken"}', '{"reason":"Broken"}', '{'],
			message: '"JSON Body" is not valid JSON',
		},
		'the limit of a list': {
			parameters: {
				resource: 'customer',
				operation: 'getCustomers',
				returnAll: false,
				limit: '={{ $json.value }}',
			},
			values: [1, 1, -1],
			message: '"Limit" must be at least 1',
		},
		'an option of the node': {
			parameters: { ...get, options: { requestsPerMinute: '={{ $json.value }}' } },
			values: [1000, 1000, 0],
			message: '"Requests per Minute" must be at least 1',
		},
		'a setting of the request': {
			parameters: { ...get, requestOptions: { proxy: '={{ $json.value }}' } },
			values: ['', '', 'not a url'],
			message: 'The proxy is not valid',
		},
		'the path of a custom request': {
			parameters: {
				resource: 'apiRequest',
				operation: 'sendApiRequest',
				requestPath: '={{ $json.value }}',
			},
			values: ['/v1/customers', '/v1/customers', 'customers'],
			message: '"Path" must be a path of the API',
		},
		'the studio of a read': { parameters: { ...get, ...ofStudio }, ...onlyNorth },
		'the studio of a write': {
			parameters: { ...restrict, reason: 'Broken', ...ofStudio },
			...onlyNorth,
		},
	};

	test.each(Object.entries(wrongInputs))('%s', async (_what, { parameters, values, message }) => {
		startClock();
		const sent: IHttpRequestOptions[] = [];
		const { outcome } = await settle(
			async () =>
				await runNode({
					parameters,
					items: itemsOf(values.map((value, at) => ({ id: at + 1, value }))),
					credential: {
						...studiosCredential([{ name: 'North', baseUrl: 'acme', apiKey: API_KEY }]),
					},
					answer: (request) => {
						sent.push(request);
						return Promise.resolve({ statusCode: 200, headers: {}, body: { id: 1 } });
					},
				}),
		);
		expect(outcome).toMatchObject({
			status: 'rejected',
			reason: {
				message: expect.stringContaining(message) as string,
				context: { itemIndex: values.length - 1 },
			},
		});
		await pass(60_000);
		expect(sent).toEqual([]);
	});
});

test('an expression that fails for one item keeps all items from being sent, on a retry too', async () => {
	const items = itemsOf(ids.slice(0, 4).map((id, at) => ({ id, at })));
	const parameters = {
		...restrict,
		reason: '={{ $json.at === 2 ? $("No such node").item.json.x : "Broken" }}',
	};
	const sent: IHttpRequestOptions[] = [];
	startClock();
	const run = prepareRun({ parameters, items, onRequest: (request) => sent.push(request) });
	for (let attempt = 0; attempt < 2; attempt++) {
		const { outcome } = await settle(run);
		expect(outcome).toMatchObject({
			status: 'rejected',
			reason: { message: expect.stringMatching(/node/i) as string, context: { itemIndex: 2 } },
		});
	}
	await pass(60_000);
	expect(sent).toEqual([]);
});

test('with "Execute Once" only the first item is sent', async () => {
	const workflow = await runWorkflow({
		parameters: get,
		items: itemsOf(ids.slice(0, 3).map((id) => ({ id }))),
		credential: credential(),
		executeOnce: true,
	});
	const [output] = outputOf(workflow, NODE_NAME);
	expect(output.map(({ json }) => json.id)).toEqual([ids[0]]);
	expect(simulator.requests).toHaveLength(1);
});

test('without items nothing is sent', async () => {
	expect(await runNode({ parameters: get, items: [], credential: credential() })).toEqual([]);
	expect(simulator.requests).toHaveLength(0);
});

test('with continue on fail, wrong input of one item does not stop the others', async () => {
	const items = itemsOf([{ id: ids[0] }, { id: '' }, { id: ids[1] }]);
	const workflow = await runWorkflow({
		parameters: get,
		items,
		credential: credential(),
		onError: 'continueRegularOutput',
	});
	const [output] = outputOf(workflow, NODE_NAME);
	expect(output.map(({ json }) => json.id ?? json.error)).toEqual([
		ids[0],
		'"Customer" is missing',
		ids[1],
	]);
});

describe('the order of the requests', () => {
	const ANSWER_MS = 1000;

	/**
	 * Runs items in simulated time.
	 *
	 * @param statusOf the status of the answer to the request for an id; the answer to a good one takes 1 s
	 */
	async function send(
		options: Pick<RunOptions, 'parameters' | 'items'>,
		statusOf: (id: number) => number = () => 200,
	) {
		const sent: number[] = [];
		let inFlight = 0;
		let peak = 0;
		startClock();
		const { outcome, ms } = await settle(
			async () =>
				await runNode({
					...options,
					// The rate limiters last for the whole process.
					credential: { apiKey: `${API_KEY} ${expect.getState().currentTestName}` },
					answer: async ({ url, body }) => {
						const id = Number(url.split('/')[3]);
						const statusCode = statusOf(id);
						sent.push(id);
						peak = Math.max(peak, ++inFlight);
						if (statusCode === 200) {
							await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
						}
						inFlight--;
						const record = {
							id,
							...(typeof body === 'string' && (JSON.parse(body) as object)),
						};
						const chunk = { result: [record], hasNext: true, offset: String(sent.length) };
						const list = url.endsWith('/documents') ? chunk : record;
						const failure = { errorMessage: `Status ${statusCode}` };
						return { statusCode, headers: {}, body: statusCode === 200 ? list : failure };
					},
				}),
		);
		// Nothing more is sent later.
		await pass(600_000);
		return { outcome, ms, sent, peak };
	}

	function numbered(count: number) {
		return Array.from({ length: count }, (_, index) => index + 1);
	}

	test('reads are sent up to eight at a time', async () => {
		const items = itemsOf(numbered(40).map((id) => ({ id })));
		const { outcome, ms, peak } = await send({ parameters: get, items });
		expect(outcome).toMatchObject({ value: items.map(({ json }) => ({ json })) });
		expect(peak).toBe(8);
		expect(ms).toBe(5 * ANSWER_MS);
	});

	test('writes are sent one by one, in the order of the items', async () => {
		const items = itemsOf(numbered(12).map((id) => ({ id, reason: `number ${id}` })));
		const { outcome, peak, sent } = await send({ parameters: restrict, items });
		expect(outcome).toMatchObject({ value: items.map(({ json }) => ({ json })) });
		expect(peak).toBe(1);
		expect(sent).toEqual(numbered(12));
	});

	test('after a failed write, waiting writes are not sent', async () => {
		const items = itemsOf([1, BAD_ID, 2, 3].map((id) => ({ id, reason: 'Broken' })));
		const { outcome, sent } = await send({ parameters: restrict, items }, failing(BAD_ID, 404));
		expect(outcome).toMatchObject({ reason: { httpCode: '404', context: { itemIndex: 1 } } });
		expect(sent).toEqual([1, BAD_ID]);
	});

	test('after a failed read, waiting reads are not sent', async () => {
		const items = itemsOf([BAD_ID, ...numbered(50)].map((id) => ({ id })));
		const { outcome, sent } = await send({ parameters: get, items }, failing(BAD_ID, 404));
		expect(outcome).toMatchObject({ reason: { httpCode: '404', context: { itemIndex: 0 } } });
		expect(sent).toEqual([BAD_ID, ...numbered(7)]);
	});

	test('after a failed item, the list of another item is not read further', async () => {
		const parameters = { ...get, operation: 'getDocuments', returnAll: true };
		const items = itemsOf([{ id: 1 }, { id: BAD_ID }]);
		const { outcome, sent } = await send({ parameters, items }, failing(BAD_ID, 400));
		expect(outcome).toMatchObject({ reason: { httpCode: '400', context: { itemIndex: 1 } } });
		expect(sent).toEqual([1, BAD_ID]);
	});

	test('after a failed item, another item is not sent again', async () => {
		const items = itemsOf([{ id: 1 }, { id: BAD_ID }]);
		const statusOf = (id: number) => (id === BAD_ID ? 404 : 503);
		const { outcome, ms, sent } = await send({ parameters: get, items }, statusOf);
		expect(outcome).toMatchObject({ reason: { httpCode: '404', context: { itemIndex: 1 } } });
		expect(ms).toBe(0);
		expect(sent).toEqual([1, BAD_ID]);
	});

	function failing(failed: number, status: number) {
		return (id: number) => (id === failed ? status : 200);
	}
});

test('a read is sent again when the connection breaks in the middle of an answer', async () => {
	simulator.injectFault({ kind: 'brokenConnection', operationId: 'getCustomers' });
	const parameters = { resource: 'customer', operation: 'getCustomers', returnAll: true };
	const { outcome } = await inSimulatedTime(
		async () => await runNode({ parameters, credential: credential() }),
	);
	expect(outcome).toMatchObject({ value: ids.map((id) => ({ json: { id } })) });
	expect(simulator.requests).toHaveLength(2);
});

test('the time limit that the user sets in n8n ends a request', async () => {
	simulator.injectFault({ kind: 'slow', delayMs: 500 });
	const parameters = { ...get, requestOptions: { timeout: 100 } };
	const items = itemsOf([{ id: ids[0] }]);
	await expect(runNode({ parameters, items, credential: credential() })).rejects.toMatchObject({
		message: expect.stringMatching(/did not answer in time/) as string,
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
		customerId: locator(ids[0]),
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
			customerId: locator(ids[0]),
			checkinFilters,
		};
		await expect(runNode({ parameters, credential: credential() })).rejects.toThrow(message);
		expect(simulator.requests).toHaveLength(0);
	},
);

test('the output for an empty answer has the ids of the request', async () => {
	const parameters = {
		resource: 'customer',
		operation: 'deleteAccessMediums',
		customerId: locator(ids[0]),
		accessMediumId: locator('={{ $json.accessMediumId }}'),
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
			json: { deleted: true, customerId: ids[0], accessMediumId: added.json.id },
			pairedItem: { item: 0 },
		},
	]);
});
