import nock from 'nock';

import { API_KEY, locator, prepareRun, runNode } from './harness.cts';
import { inSimulatedTime } from './time.cts';

const HOST = 'https://acme.open-api.perfectgym.com';
const RECORD = { id: 1, status: 'MEMBER', accessRefusal: false };
const read = { resource: 'customer', operation: 'getCustomerById', customerId: locator('1') };
const write = {
	resource: 'customer',
	operation: 'setAccessRestriction',
	customerId: locator('1'),
	reason: 'Broken mirror',
};

/** Each test has its own key, because the rate limiters last for the whole process. */
let credential: { apiKey: string };
let testCount = 0;
beforeEach(() => {
	credential = { apiKey: `${API_KEY}-${testCount++}` };
});
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

/** Answers one read after the other with these statuses, and headers if any. */
function readReplies(...statuses: Array<number | [number, Record<string, string>]>) {
	for (const reply of statuses) {
		const [status, headers] = typeof reply === 'number' ? [reply, {}] : reply;
		const body = status === 200 ? RECORD : { errorMessage: `status ${status}` };
		nock(HOST).get('/v1/customers/1').reply(status, body, headers);
	}
}

/** Answers one write after the other with these statuses. */
function writeReplies(...statuses: number[]) {
	for (const status of statuses) {
		const body =
			status === 200 ? { reason: 'Broken mirror' } : { errorMessage: `status ${status}` };
		nock(HOST).put('/v1/customers/1/access-restrictions').reply(status, body);
	}
}

describe('after a 429', () => {
	test('a read waits for a minute and is sent again', async () => {
		readReplies(429, 200);
		const { outcome, ms } = await inSimulatedTime(() => runNode({ parameters: read, credential }));
		expect(outcome).toMatchObject({ status: 'fulfilled', value: [{ json: RECORD }] });
		expect(ms).toBeGreaterThanOrEqual(60_000);
		expect(ms).toBeLessThan(64_000);
	});

	test('a write is sent again too, because the API did nothing yet', async () => {
		writeReplies(429, 429, 200);
		const { outcome, ms } = await inSimulatedTime(() => runNode({ parameters: write, credential }));
		expect(outcome).toMatchObject({ status: 'fulfilled' });
		expect(ms).toBeGreaterThanOrEqual(120_000);
	});

	test.each([
		['seconds', '7', 7000],
		['a date', () => new Date(Date.now() + 9000).toUTCString(), 9000],
	])('the wait is as long as Retry-After says, in %s', async (_form, value, expected) => {
		const { outcome, ms } = await inSimulatedTime(async () => {
			const header = typeof value === 'string' ? value : value();
			readReplies([429, { 'retry-after': header }], 200);
			return await runNode({ parameters: read, credential });
		});
		expect(outcome.status).toBe('fulfilled');
		expect(ms).toBeGreaterThanOrEqual(expected - 1000);
		expect(ms).toBeLessThan(expected + 4000);
	});

	test('a Retry-After that cannot be read means a minute', async () => {
		readReplies([429, { 'retry-after': 'soon' }], 200);
		const { ms } = await inSimulatedTime(() => runNode({ parameters: read, credential }));
		expect(ms).toBeGreaterThanOrEqual(60_000);
	});

	test('another run waits too with the same key and endpoint, but not with another key', async () => {
		readReplies(429, 200, 200);
		const ends: Record<string, number> = {};
		await inSimulatedTime(async () => {
			const start = Date.now();
			const first = runNode({ parameters: read, credential });
			while (nock.pendingMocks().length > 2) {
				await new Promise((resolve) => setTimeout(resolve, 1000));
			}
			await new Promise((resolve) => setTimeout(resolve, 1000));
			const same = runNode({ parameters: read, credential }).then(() => {
				ends.same = Date.now() - start;
			});
			nock(HOST).get('/v1/customers/2').reply(200, RECORD);
			const otherKey = { apiKey: `${credential.apiKey}-other` };
			const parameters = { ...read, customerId: locator('2') };
			await runNode({ parameters, credential: otherKey });
			ends.other = Date.now() - start;
			await Promise.all([first, same]);
		});
		expect(ends.other).toBeLessThan(30_000);
		expect(ends.same).toBeGreaterThanOrEqual(60_000);
	});

	test("waiting ends after the maximum, with the vendor's message", async () => {
		readReplies(429, 429, 429, 429, 429, 429, 429);
		const { outcome, ms } = await inSimulatedTime(() => runNode({ parameters: read, credential }));
		expect(outcome).toMatchObject({
			reason: {
				message: 'status 429',
				description: expect.stringContaining('Increase "Maximum Wait"') as string,
				httpCode: '429',
				context: { itemIndex: 0 },
			},
		});
		expect(ms).toBeGreaterThanOrEqual(240_000);
		expect(ms).toBeLessThan(310_000);
	});

	test('a wait that would be too long does not start', async () => {
		readReplies([429, { 'retry-after': '3600' }]);
		const { outcome, ms } = await inSimulatedTime(() => runNode({ parameters: read, credential }));
		expect(outcome).toMatchObject({ reason: { httpCode: '429' } });
		expect(ms).toBeLessThan(5000);
	});

	test('a very long Retry-After blocks the endpoint for ten minutes at most', async () => {
		const { outcome, ms } = await inSimulatedTime(async () => {
			readReplies([429, { 'retry-after': '99999999' }]);
			await expect(runNode({ parameters: read, credential })).rejects.toThrow('status 429');
			readReplies(200);
			const parameters = { ...read, options: { maxWait: 700 } };
			return await runNode({ parameters, credential });
		});
		expect(outcome).toMatchObject({ value: [{ json: RECORD }] });
		expect(ms).toBeGreaterThanOrEqual(590_000);
		expect(ms).toBeLessThan(620_000);
	});

	test.each([
		['zero', '0'],
		['a date in the past', 'Wed, 21 Oct 2015 07:28:00 GMT'],
		['a negative number', '-1'],
		['a fraction', '7.5'],
	])('a Retry-After that is %s means a minute too', async (_what, value) => {
		readReplies([429, { 'retry-after': value }], 200);
		const { outcome, ms } = await inSimulatedTime(() => runNode({ parameters: read, credential }));
		expect(outcome.status).toBe('fulfilled');
		expect(ms).toBeGreaterThanOrEqual(60_000);
	});

	test('the option "Maximum Wait" shortens the wait', async () => {
		readReplies(429, 200);
		const parameters = { ...read, options: { maxWait: 30 } };
		const { outcome, ms } = await inSimulatedTime(() => runNode({ parameters, credential }));
		expect(outcome).toMatchObject({ reason: { message: 'status 429' } });
		expect(ms).toBeLessThan(5000);
	});

	test('a run that would wait too long for a slot says which option helps', async () => {
		readReplies(200);
		const parameters = { ...read, options: { maxWait: 30, requestsPerMinute: 1 } };
		await inSimulatedTime(() => runNode({ parameters, credential }));
		const { outcome } = await inSimulatedTime(() => runNode({ parameters, credential }));
		expect(outcome).toMatchObject({
			reason: {
				message: expect.stringContaining('longer than the 30 seconds allowed') as string,
				description: expect.stringContaining('Maximum Wait') as string,
			},
		});
	});

	test('canceling the execution ends the wait at once', async () => {
		readReplies(429, 200);
		const controller = new AbortController();
		const { outcome, ms } = await inSimulatedTime(
			() => runNode({ parameters: read, credential, signal: controller.signal }),
			(passed) => {
				if (passed >= 5000) controller.abort(new Error('canceled'));
			},
		);
		expect(outcome.status).toBe('rejected');
		expect(ms).toBeLessThan(7000);
		expect(nock.pendingMocks()).toHaveLength(1);
	});
});

describe('after a temporary error', () => {
	test.each([500, 502, 503, 504])('a read that got %i is sent again', async (status) => {
		readReplies(status, 200);
		const { outcome, ms } = await inSimulatedTime(() => runNode({ parameters: read, credential }));
		expect(outcome).toMatchObject({ value: [{ json: RECORD }] });
		expect(ms).toBeGreaterThanOrEqual(500);
		expect(ms).toBeLessThan(4000);
	});

	test('pauses double, each is shortened at random, and there are five retries', async () => {
		async function pauses() {
			const times: number[] = [];
			nock(HOST)
				.persist()
				.get('/v1/customers/1')
				.reply(() => {
					times.push(Date.now());
					return [503, { errorMessage: 'busy' }];
				});
			const { outcome } = await inSimulatedTime(() => runNode({ parameters: read, credential }));
			nock.cleanAll();
			expect(outcome).toMatchObject({ reason: { httpCode: '503', message: 'busy' } });
			return times.slice(1).map((time, index) => time - times[index]);
		}
		const [first, second] = [await pauses(), await pauses()];
		for (const measured of [first, second]) {
			expect(measured).toHaveLength(5);
			measured.forEach((ms, index) => {
				const full = 1000 * 2 ** index;
				expect(ms).toBeGreaterThanOrEqual(full / 2);
				expect(ms).toBeLessThan(full + 2500);
			});
		}
		expect(first).not.toEqual(second);
	});

	test('without time to wait, the error is the answer', async () => {
		readReplies(500, 200);
		const parameters = { ...read, options: { maxWait: 0 } };
		const { outcome } = await inSimulatedTime(() => runNode({ parameters, credential }));
		expect(outcome).toMatchObject({ reason: { message: 'status 500', httpCode: '500' } });
	});

	test.each([500, 502, 503, 504])('a write that got %i is not sent again', async (status) => {
		writeReplies(status, 200);
		const { outcome } = await inSimulatedTime(() => runNode({ parameters: write, credential }));
		expect(outcome).toMatchObject({ reason: { httpCode: String(status) } });
		expect(nock.pendingMocks()).toHaveLength(1);
	});

	test('a search is sent again, because it only reads although it is a POST', async () => {
		nock(HOST).post('/v1/customers/search').reply(503, { errorMessage: 'busy' });
		nock(HOST).post('/v1/customers/search').reply(200, [RECORD]);
		const parameters = {
			resource: 'customer',
			operation: 'searchCustomers',
			searchFields: { lastName: 'Al' },
		};
		const { outcome } = await inSimulatedTime(() => runNode({ parameters, credential }));
		expect(outcome).toMatchObject({ value: [{ json: RECORD }] });
	});

	test.each([400, 401, 403, 404, 409, 501])(
		'a read that got %i is not sent again',
		async (status) => {
			readReplies(status, 200);
			const { outcome } = await inSimulatedTime(() => runNode({ parameters: read, credential }));
			expect(outcome).toMatchObject({ reason: { httpCode: String(status) } });
			expect(nock.pendingMocks()).toHaveLength(1);
		},
	);

	test('a write that got 401 is sent once, although n8n sends it again by default', async () => {
		writeReplies(401, 200);
		const { outcome } = await inSimulatedTime(() => runNode({ parameters: write, credential }));
		expect(outcome.status).toBe('rejected');
		expect(nock.pendingMocks()).toHaveLength(1);
	});
});

describe('after a broken connection', () => {
	function breakConnection(method: 'get' | 'put', path: string, code: string) {
		nock(HOST)
			[method](path)
			.replyWithError(Object.assign(new Error(code), { code }));
	}

	test.each(['ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN', 'ECONNREFUSED'])(
		'a read that failed with %s is sent again',
		async (code) => {
			breakConnection('get', '/v1/customers/1', code);
			readReplies(200);
			const { outcome } = await inSimulatedTime(() => runNode({ parameters: read, credential }));
			expect(outcome).toMatchObject({ value: [{ json: RECORD }] });
		},
	);

	test('a write is sent again when the connection was refused', async () => {
		breakConnection('put', '/v1/customers/1/access-restrictions', 'ECONNREFUSED');
		writeReplies(200);
		const { outcome } = await inSimulatedTime(() => runNode({ parameters: write, credential }));
		expect(outcome.status).toBe('fulfilled');
	});

	test.each(['ECONNRESET', 'ETIMEDOUT', 'EPIPE'])(
		'a write that failed with %s may have arrived, so it is not sent again',
		async (code) => {
			breakConnection('put', '/v1/customers/1/access-restrictions', code);
			writeReplies(200);
			const { outcome } = await inSimulatedTime(() => runNode({ parameters: write, credential }));
			expect(outcome).toMatchObject({
				reason: { message: expect.stringContaining('acme.open-api.perfectgym.com') as string },
			});
			expect(nock.pendingMocks()).toHaveLength(1);
		},
	);

	test('a host that cannot be found is named without a retry', async () => {
		breakConnection('get', '/v1/customers/1', 'ENOTFOUND');
		readReplies(200);
		const { outcome, ms } = await inSimulatedTime(() => runNode({ parameters: read, credential }));
		expect(outcome).toMatchObject({
			reason: {
				message: 'The host acme.open-api.perfectgym.com cannot be found',
			},
		});
		expect(ms).toBeLessThan(1000);
	});
});

describe('"Retry On Fail" of the node', () => {
	test('sends all items again on the second try', async () => {
		readReplies(404, 200);
		const run = prepareRun({ parameters: read, credential });
		await expect(run()).rejects.toMatchObject({ httpCode: '404' });
		await expect(run()).resolves.toMatchObject([{ json: RECORD }]);
	});
});
