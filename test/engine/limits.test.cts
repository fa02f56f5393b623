import nock from 'nock';

import { itemsOf, runNode } from './harness.cts';
import { inSimulatedTime } from './time.cts';

const HOST = 'https://acme.open-api.perfectgym.com';

let keys = 0;
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

/** A key, and so a rate limiter, that no other test uses. */
const credential = () => ({ apiKey: `limits-${++keys}` });

const get = {
	resource: 'customer',
	operation: 'getCustomerById',
	customerId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
};

/** Answers every GET, and records when, in ms since the start. */
function answerReads(): number[] {
	const start = Date.now();
	const times: number[] = [];
	nock(HOST)
		.persist()
		.get(/.*/)
		.reply(() => {
			times.push(Date.now() - start);
			return [200, { id: times.length }];
		});
	return times;
}

test("reads do not use up each other's wait when few fit into a minute", async () => {
	const items = itemsOf([1, 2, 3, 4].map((id) => ({ id })));
	const parameters = { ...get, options: { requestsPerMinute: 1, maxWait: 90 } };
	const { outcome } = await inSimulatedTime(async () => {
		answerReads();
		return await runNode({ parameters, items, credential: credential() });
	});
	expect(outcome).toMatchObject({ status: 'fulfilled', value: { length: 4 } });
});

test.each([
	['that the node knows', '=/v1/customers/{{ $json.id }}/benefits'],
	['that is newer than the node', '=/v1/new-things/{{ $json.id }}/parts'],
])('custom requests to one endpoint %s share a limit, whatever their ids', async (_what, path) => {
	const items = itemsOf([1, 2].map((id) => ({ id })));
	const parameters = {
		resource: 'apiRequest',
		operation: 'sendApiRequest',
		requestMethod: 'GET',
		requestPath: path,
		options: { requestsPerMinute: 1 },
	};
	let times: number[] = [];
	await inSimulatedTime(async () => {
		times = answerReads();
		return await runNode({ parameters, items, credential: credential() });
	});
	expect(times).toHaveLength(2);
	expect(times[1] - times[0]).toBeGreaterThanOrEqual(60_000);
});

test('a custom request shares the limit of the operation with the same endpoint', async () => {
	const key = credential();
	const options = { requestsPerMinute: 1 };
	const custom = {
		resource: 'apiRequest',
		operation: 'sendApiRequest',
		requestMethod: 'GET',
		requestPath: '/v1/customers/2/',
		options,
	};
	let times: number[] = [];
	await inSimulatedTime(async () => {
		times = answerReads();
		const items = itemsOf([{ id: 1 }]);
		await runNode({ parameters: { ...get, options }, items, credential: key });
		await runNode({ parameters: custom, credential: key });
	});
	expect(times).toHaveLength(2);
	expect(times[1] - times[0]).toBeGreaterThanOrEqual(60_000);
});

test('two endpoints that look alike have limits of their own', async () => {
	const key = credential();
	const custom = (requestPath: string) => ({
		resource: 'apiRequest',
		operation: 'sendApiRequest',
		requestMethod: 'GET',
		requestPath,
		options: { requestsPerMinute: 1 },
	});
	const { ms } = await inSimulatedTime(async () => {
		answerReads();
		for (const path of ['/v1/classes/slots', '/v1/classes/5', '/v1/classes']) {
			await runNode({ parameters: custom(path), credential: key });
		}
	});
	expect(ms).toBeLessThan(60_000);
});

test.each([
	['POST that only reads', { operation: 'searchCustomers' }, 2],
	['POST that writes', { operation: 'bookCustomerPayment' }, 1],
])('a %s is sent again after a 503, or not', async (_kind, { operation }, expected) => {
	let requests = 0;
	nock(HOST)
		.persist()
		.post(/.*/)
		.reply(() => {
			requests++;
			return requests === 1 ? [503, { errorMessage: 'Busy' }] : [200, [{ id: 1 }]];
		});
	const parameters = {
		resource: operation === 'searchCustomers' ? 'customer' : 'customerAccount',
		operation,
		customerId: { __rl: true, mode: 'id', value: '5' },
		specifyBody: 'json',
		jsonBody: '{"amount": 5}',
		searchFields: { firstName: 'Kim' },
	};
	await inSimulatedTime(async () => await runNode({ parameters, credential: credential() }));
	expect(requests).toBe(expected);
});

test('a canceled execution does not turn its waiting items into errors', async () => {
	const controller = new AbortController();
	nock(HOST).get('/v1/customers/1').reply(200, { id: 1 });
	const items = itemsOf([{ id: 1 }, { id: 2 }]);
	const parameters = { ...get, options: { requestsPerMinute: 1 } };
	const { outcome } = await inSimulatedTime(
		async () =>
			await runNode({
				parameters,
				items,
				credential: credential(),
				onError: 'continueRegularOutput',
				signal: controller.signal,
			}),
		(ms) => {
			if (ms >= 5000) controller.abort();
		},
	);
	expect(outcome.status).toBe('rejected');
});
