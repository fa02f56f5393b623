// The short form of the benchmarks for each change: exact counts and no times. How many bytes of a file
// are held at once is in test/engine/files.test.cts and downloads.test.cts.

import { itemsOf, locator, runNode } from '../engine/harness.cts';
import type { ApiSettings, Seen } from './api.cts';
import { Api, FIRST_ID } from './apiProcess.cts';

let api: Api | undefined;
afterEach(() => api?.stop());

/** Runs the node against an API of its own. Returns the number of items, and what the API has seen. */
async function count(
	settings: ApiSettings,
	{ items, ...options }: Partial<Parameters<typeof runNode>[0]>,
): Promise<Partial<Seen> & { items: number }> {
	api = await Api.start(settings);
	const credential = { baseUrl: api.baseUrl };
	const output = await runNode({ parameters: {}, credential, items, ...options });
	const { spanMs, bytes, ...counts } = await api.seen();
	expect([spanMs >= 0, bytes]).toEqual([true, 0]);
	return { items: output.length, ...counts };
}

const returnAll = { resource: 'customer', operation: 'getCustomers', returnAll: true };

test.each([
	[1, 1],
	[500, 1],
	[501, 2],
	[10_000, 20],
])('Return All of %i customers sends %i requests, one at a time', async (customers, requests) => {
	expect(await count({ customers }, { parameters: returnAll })).toEqual({
		items: customers,
		requests,
		connections: requests,
		peakConcurrency: 1,
		rejected: 0,
	});
});

test('Limit reads only the chunks that it needs', async () => {
	const parameters = { ...returnAll, returnAll: false, limit: 600 };
	expect(await count({ customers: 10_000 }, { parameters })).toMatchObject({
		items: 600,
		requests: 2,
	});
});

test('one request for each chunk that fails at first, and none twice', async () => {
	const failing = { 1000: 429, 1500: 503, 2000: 503, 2500: 429, 4500: 503 };
	const settings = { customers: 5000, failing, retryAfter: 1 };
	expect(await count(settings, { parameters: returnAll })).toEqual({
		items: 5000,
		requests: 15,
		connections: 15,
		peakConcurrency: 1,
		rejected: 2,
	});
});

test('one request for each item, eight at a time', async () => {
	const items = itemsOf(Array.from({ length: 200 }, (_, index) => ({ id: FIRST_ID + index })));
	const parameters = {
		resource: 'customer',
		operation: 'getCustomerById',
		customerId: locator('={{ $json.id }}'),
	};
	expect(await count({ customers: 200, delayMs: 100 }, { parameters, items })).toEqual({
		items: 200,
		requests: 200,
		connections: 200,
		peakConcurrency: 8,
		rejected: 0,
	});
});

test('one request for each linked file, four at a time', async () => {
	const parameters = { ...returnAll, download: true };
	const settings = { customers: 40, imageBytes: 1000, delayMs: 100 };
	expect(await count(settings, { parameters })).toEqual({
		items: 40,
		requests: 41,
		connections: 41,
		peakConcurrency: 4,
		rejected: 0,
	});
});
