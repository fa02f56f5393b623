import type { IHttpRequestOptions, INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { itemsOf, locator, runNode, runTool, type RunOptions } from './harness.cts';
import { inSimulatedTime } from './time.cts';

const HOST = 'https://acme.open-api.perfectgym.com';
const RECORD = { id: 1, status: 'MEMBER' };

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

function read(requestOptions: INodeParameters): INodeParameters {
	return {
		resource: 'customer',
		operation: 'getCustomerById',
		customerId: locator('={{ $json.id ?? 1 }}'),
		requestOptions,
	};
}

describe('batching', () => {
	const FIVE_ITEMS = itemsOf([1, 2, 3, 4, 5].map((id) => ({ id, size: id, interval: id * 1000 })));

	/** Runs the items, and returns when each was sent, in ms, by its id. */
	async function send(batch: INodeParameters, options: Partial<RunOptions> = {}) {
		const sentAt: Record<string, number> = {};
		const { outcome, ms } = await inSimulatedTime(async () => {
			const start = Date.now();
			return await runNode({
				parameters: read({ batching: { batch } }),
				items: FIVE_ITEMS,
				answer: ({ url }) => {
					sentAt[url.split('/')[3]] = Date.now() - start;
					return Promise.resolve({ statusCode: 200, headers: {}, body: RECORD });
				},
				...options,
			});
		});
		return { outcome, ms, sentAt };
	}

	const write = { operation: 'setAccessRestriction', reason: 'Broken' };

	test.each([
		['reads', {}],
		['writes', write],
	])('of %s pauses after each batch, but not after the last one', async (_what, operation) => {
		const batch = { batchSize: 2, batchInterval: 1000 };
		const { outcome, ms, sentAt } = await send(batch, {
			parameters: { ...read({ batching: { batch } }), ...operation },
		});
		expect(sentAt).toEqual({ 1: 0, 2: 0, 3: 1000, 4: 1000, 5: 2000 });
		expect(ms).toBe(2000);
		expect(outcome).toMatchObject({
			status: 'fulfilled',
			value: [0, 1, 2, 3, 4].map((item) => ({ pairedItem: { item } })),
		});
	});

	test.each([
		['the size 0', { batchSize: 0, batchInterval: 500 }, [0, 500, 1000, 1500, 2000]],
		['the size -1', { batchSize: -1, batchInterval: 500 }, [0, 500, 1000, 1500, 2000]],
		['the interval 0', { batchSize: 2, batchInterval: 0 }, [0, 0, 0, 0, 0]],
	])('with %s works as in n8n', async (_what, batch, times) => {
		const { sentAt } = await send(batch);
		expect(Object.values(sentAt)).toEqual(times);
	});

	test('uses the setting of the first item', async () => {
		const batch = { batchSize: '={{ $json.size }}', batchInterval: '={{ $json.interval }}' };
		const { sentAt } = await send(batch);
		expect(sentAt).toEqual({ 1: 0, 2: 1000, 3: 2000, 4: 3000, 5: 4000 });
	});

	test('ends at once when the execution is canceled during a pause', async () => {
		const controller = new AbortController();
		const sent: string[] = [];
		const { outcome, ms } = await send(
			{ batchSize: 2, batchInterval: 60_000 },
			{
				signal: controller.signal,
				answer: ({ url }) => {
					sent.push(url);
					if (sent.length === 2) {
						setTimeout(() => controller.abort(new Error('canceled')), 5000);
					}
					return Promise.resolve({ statusCode: 200, headers: {}, body: RECORD });
				},
			},
		);
		expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'canceled' } });
		expect(ms).toBe(5000);
		expect(sent).toHaveLength(2);
	});

	test('ends at once when an item fails during a pause', async () => {
		const sent: string[] = [];
		const { outcome, ms } = await send(
			{ batchSize: 2, batchInterval: 60_000 },
			{
				answer: async ({ url }) => {
					sent.push(url);
					await new Promise((resolve) => setTimeout(resolve, 3000));
					return { statusCode: 404, headers: {}, body: { errorMessage: 'Not found' } };
				},
			},
		);
		expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'Not found' } });
		expect(ms).toBe(3000);
		expect(sent).toHaveLength(2);
	});
});

describe.each([
	['in a workflow', runNode],
	['as a tool', runTool],
])('%s', (_where, run) => {
	/** Runs the node, and returns the request as n8n receives it. */
	async function requestWith(requestOptions: INodeParameters): Promise<IHttpRequestOptions> {
		const requests: IHttpRequestOptions[] = [];
		const sending = run({
			parameters: read(requestOptions),
			onRequest: (request) => {
				requests.push(request);
				throw new Error('The request was seen');
			},
		});
		await expect(sending).rejects.toThrow('The request was seen');
		expect(requests).toHaveLength(1);
		return requests[0];
	}

	test.each([
		['http://proxy:8080', { host: 'proxy', port: 8080, protocol: 'http' }],
		['https://proxy:443', { host: 'proxy', port: 443, protocol: 'https' }],
		[
			'http://user:p%40ss@proxy:8080',
			{
				host: 'proxy',
				port: 8080,
				protocol: 'http',
				auth: { username: 'user', password: 'p@ss' },
			},
		],
	])('the proxy %s is used for the request', async (proxy, expected) => {
		expect((await requestWith({ proxy })).proxy).toEqual(expected);
	});

	test.each([
		['not a url', 'host'],
		['http://proxy', 'port'],
	])('the proxy %s is refused, because it has no %s', async (proxy, missing) => {
		const sending = run({ parameters: read({ proxy }) });
		await expect(sending).rejects.toMatchObject({
			// Earlier versions of n8n say "not value" to a tool.
			message: expect.stringMatching(/^The proxy is not val(?:id|ue)$/) as unknown,
			description: `The proxy URL does not contain a valid value for "${missing}"`,
			context: { itemIndex: 0 },
		});
	});

	test('the time limit and the check of certificates are those of the settings', async () => {
		const settings = { timeout: 1234, allowUnauthorizedCerts: true };
		expect(await requestWith(settings)).toMatchObject({
			timeout: 1234,
			skipSslCertificateValidation: true,
		});
	});

	test('without settings a request may take five minutes, without a proxy, and certificates are checked', async () => {
		const request = await requestWith({});
		expect(request.timeout).toBe(300_000);
		expect(request).not.toHaveProperty('proxy');
		expect(request).not.toHaveProperty('skipSslCertificateValidation');
	});

	test('the time limit ends a request', async () => {
		nock(HOST).get('/v1/customers/1').delay(60_000).reply(200, RECORD);
		const sending = run({ parameters: read({ timeout: 50 }) });
		await expect(sending).rejects.toThrow(/did not answer in time/);
		nock.abortPendingRequests();
	});
});
