import nock from 'nock';

import { API_KEY, itemsOf, prepareRun, runNode } from './harness.cts';
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

/** Each test has a key of its own: the pace is kept for the whole process. */
let credential: { apiKey: string };
let count = 0;
beforeEach(() => {
	credential = { apiKey: `${API_KEY}-${count++}` };
});
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

function locator(value: string) {
	return { __rl: true, mode: 'id', value };
}

function readReplies(...statuses: Array<number | [number, Record<string, string>]>) {
	for (const reply of statuses) {
		const [status, headers] = typeof reply === 'number' ? [reply, {}] : reply;
		const body = status === 200 ? RECORD : { errorMessage: `status ${status}` };
		nock(HOST).get('/v1/customers/1').reply(status, body, headers);
	}
}

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

	test('a write is sent again too, since the API has refused it unseen', async () => {
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

	test('a Retry-After that makes no sense is a minute', async () => {
		readReplies([429, { 'retry-after': 'soon' }], 200);
		const { ms } = await inSimulatedTime(() => runNode({ parameters: read, credential }));
		expect(ms).toBeGreaterThanOrEqual(60_000);
	});

	test('another run with the same key and endpoint waits too, one with another key does not', async () => {
		readReplies(429, 200, 200);
		const ends: Record<string, number> = {};
		await inSimulatedTime(async () => {
			const start = Date.now();
			const first = runNode({ parameters: read, credential });
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
		expect(ends.other).toBeLessThan(10_000);
		expect(ends.same).toBeGreaterThanOrEqual(60_000);
	});

	test('waiting has an end, which the message tells together with the option that moves it', async () => {
		readReplies(429, 429, 429, 429, 429, 429, 429);
		const { outcome, ms } = await inSimulatedTime(() => runNode({ parameters: read, credential }));
		expect(outcome).toMatchObject({
			reason: {
				message: expect.stringContaining('longer than the 300 seconds allowed'),
				description: expect.stringContaining('Maximum Wait'),
				context: { itemIndex: 0 },
			},
		});
		expect(ms).toBeGreaterThanOrEqual(300_000);
		expect(ms).toBeLessThan(310_000);
	});

	test('a wait that is known to be too long is not begun', async () => {
		readReplies([429, { 'retry-after': '3600' }]);
		const { outcome, ms } = await inSimulatedTime(() => runNode({ parameters: read, credential }));
		expect(outcome.status).toBe('rejected');
		expect(ms).toBeLessThan(5000);
	});

	test('the option "Maximum Wait" moves the end', async () => {
		readReplies(429, 200);
		const parameters = { ...read, options: { maxWait: 30 } };
		const { outcome } = await inSimulatedTime(() => runNode({ parameters, credential }));
		expect(outcome).toMatchObject({
			reason: { message: expect.stringContaining('longer than the 30 seconds allowed') },
		});
	});

	test('cancelling the execution ends the wait at once', async () => {
		readReplies(429, 200);
		const controller = new AbortController();
		const { outcome, ms } = await inSimulatedTime(
			() => runNode({ parameters: read, credential, signal: controller.signal }),
			(passed) => {
				if (passed >= 5000) controller.abort(new Error('cancelled'));
			},
		);
		expect(outcome.status).toBe('rejected');
		expect(ms).toBeLessThan(7000);
		expect(nock.pendingMocks()).toHaveLength(1);
	});
});

describe('after a passing fault', () => {
	test.each([500, 502, 503, 504])('a read that got %i is sent again', async (status) => {
		readReplies(status, 200);
		const { outcome, ms } = await inSimulatedTime(() => runNode({ parameters: read, credential }));
		expect(outcome).toMatchObject({ value: [{ json: RECORD }] });
		expect(ms).toBeGreaterThanOrEqual(500);
		expect(ms).toBeLessThan(4000);
	});

	test('pauses grow, and repeating ends', async () => {
		readReplies(503, 503, 503, 503, 503, 503, 200);
		const { outcome, ms } = await inSimulatedTime(() => runNode({ parameters: read, credential }));
		expect(outcome).toMatchObject({ reason: { httpCode: '503', message: 'status 503' } });
		expect(ms).toBeGreaterThanOrEqual(15_500);
		expect(ms).toBeLessThan(35_000);
		expect(nock.pendingMocks()).toHaveLength(1);
	});

	test.each([500, 502, 503, 504])('a write that got %i is not sent again', async (status) => {
		writeReplies(status, 200);
		const { outcome } = await inSimulatedTime(() => runNode({ parameters: write, credential }));
		expect(outcome).toMatchObject({ reason: { httpCode: String(status) } });
		expect(nock.pendingMocks()).toHaveLength(1);
	});

	test('a search is a read although it is a POST', async () => {
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

	test('a write that got 401 is sent once: n8n by itself would send it again', async () => {
		writeReplies(401, 200);
		const { outcome } = await inSimulatedTime(() => runNode({ parameters: write, credential }));
		expect(outcome.status).toBe('rejected');
		expect(nock.pendingMocks()).toHaveLength(1);
	});
});

describe('after a broken connection', () => {
	function breaks(method: 'get' | 'put', path: string, code: string) {
		nock(HOST)
			[method](path)
			.replyWithError(Object.assign(new Error(code), { code }));
	}

	test.each(['ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN', 'ECONNREFUSED'])(
		'a read that met %s is sent again',
		async (code) => {
			breaks('get', '/v1/customers/1', code);
			readReplies(200);
			const { outcome } = await inSimulatedTime(() => runNode({ parameters: read, credential }));
			expect(outcome).toMatchObject({ value: [{ json: RECORD }] });
		},
	);

	test('a write is sent again where the connection was refused', async () => {
		breaks('put', '/v1/customers/1/access-restrictions', 'ECONNREFUSED');
		writeReplies(200);
		const { outcome } = await inSimulatedTime(() => runNode({ parameters: write, credential }));
		expect(outcome.status).toBe('fulfilled');
	});

	test.each(['ECONNRESET', 'ETIMEDOUT', 'EPIPE'])(
		'a write that met %s may have arrived and is not sent again',
		async (code) => {
			breaks('put', '/v1/customers/1/access-restrictions', code);
			writeReplies(200);
			const { outcome } = await inSimulatedTime(() => runNode({ parameters: write, credential }));
			expect(outcome).toMatchObject({
				reason: { message: expect.stringContaining('acme.open-api.perfectgym.com') },
			});
			expect(nock.pendingMocks()).toHaveLength(1);
		},
	);

	test('a host that does not exist is named at once', async () => {
		breaks('get', '/v1/customers/1', 'ENOTFOUND');
		readReplies(200);
		const { outcome, ms } = await inSimulatedTime(() => runNode({ parameters: read, credential }));
		expect(outcome).toMatchObject({
			reason: {
				message: 'There is no host https://acme.open-api.perfectgym.com. Check the Base URL.',
			},
		});
		expect(ms).toBeLessThan(1000);
	});
});

describe('the pace', () => {
	test('holds requests back beyond the limit of a minute, across runs', async () => {
		nock(HOST).persist().get('/v1/customers/1').reply(200, RECORD);
		const parameters = { ...read, options: { requestsPerMinute: 10 } };
		const { outcome, ms } = await inSimulatedTime(async () => {
			const items = itemsOf(Array.from({ length: 15 }, (_, index) => ({ index })));
			return await Promise.all([
				runNode({ parameters, items, credential }),
				runNode({ parameters, items: items.slice(5), credential }),
			]);
		});
		expect(outcome.status).toBe('fulfilled');
		expect(ms).toBeGreaterThanOrEqual(120_000);
		expect(ms).toBeLessThan(130_000);
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
