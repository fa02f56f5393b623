import { operations } from './contract.cts';
import type { Fault } from './faults.cts';
import { startSimulator, type Simulator } from './server.cts';
import { request, control, get, readAll } from './testClient.cts';
import { errorProblem } from './validation.cts';

const CUSTOMER = '/v1/customers/1210000001';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({
		studios: [
			{ name: 'One', apiKey: 'key-one' },
			{ name: 'Two', apiKey: 'key-two', customers: 3, scopes: ['CUSTOMER_CONTRACT_READ'] },
		],
	});
});
afterAll(() => simulator.close());
beforeEach(() => simulator.reset());

function expectError(status: number, reply: { status: number; json: unknown }): void {
	expect(reply.status).toBe(status);
	expect(errorProblem(reply.json)).toBeUndefined();
}

describe('key', () => {
	it.each([
		['a missing key', null],
		['a wrong key', 'other'],
	])('rejects %s with 401', async (_name, key) => {
		expectError(401, await request(simulator, '/v1/customers', { key }));
		expectError(401, await request(simulator, '/v1/nothing', { key }));
	});

	it.each([['/v1/customers'], ['/v1/customers/1'], ['/v1/nothing'], ['/']])(
		'answers HEAD %s based on the key alone',
		async (path) => {
			expect(await request(simulator, path, { method: 'HEAD' })).toMatchObject({
				status: 200,
				text: '',
			});
			expect((await request(simulator, path, { method: 'HEAD', key: 'other' })).status).toBe(401);
		},
	);

	it('decides which studio answers', async () => {
		const path = '/v1/studios/information';
		expect(await get(simulator, path)).toMatchObject({ name: 'One', studioId: 1_100_000_001 });
		simulator.setStudios([{ name: 'Three', apiKey: 'key-three' }]);
		expect((await request(simulator, path)).status).toBe(401);
		expect(await get(simulator, path, { key: 'key-three' })).toMatchObject({ name: 'Three' });
	});

	it('is checked before the rest of the request', async () => {
		const reply = await request(simulator, '/v1/customers', { key: 'other', query: 'typo=1' });
		expectError(401, reply);
	});
});

describe('scopes', () => {
	it('rejects a key without the scope and does not name the scope', async () => {
		const reply = await request(simulator, '/v1/customers', { key: 'key-two' });
		expectError(403, reply);
		expect(reply.text).not.toMatch(/CUSTOMER_READ/);
	});

	it('accepts one of several scopes where the contract allows it', async () => {
		const path = '/v1/customers/1211000001/contracts';
		expect((await request(simulator, path, { key: 'key-two' })).status).toBe(200);
	});

	it('requires no scope where the contract names none', async () => {
		const path = '/v1/studios/confirmActivation';
		expect((await request(simulator, path, { method: 'POST', key: 'key-two' })).status).toBe(200);
	});

	it('are checked before the request is validated', async () => {
		const options = { key: 'key-two', query: 'sliceSize=1' };
		expectError(403, await request(simulator, '/v1/customers', options));
	});
});

describe('rate limit', () => {
	it('counts per key and operation and rejects the rest of the window', async () => {
		let now = 1_000_000;
		const limited = await startSimulator({
			customers: 60,
			rateLimit: { requests: 2, windowMs: 1000 },
			studios: [
				{ name: 'One', apiKey: 'key-one' },
				{ name: 'Two', apiKey: 'key-two' },
			],
			now: () => now,
		});
		try {
			const status = async (path: string, key = 'key-one') =>
				(await request(limited, path, { key })).status;
			expect(await status('/v1/customers')).toBe(200);
			expect(await status('/v1/customers')).toBe(200);
			const rejected = await request(limited, '/v1/customers');
			expectError(429, rejected);
			expect(rejected.headers.get('retry-after')).toBeNull();
			expect(await status('/v1/devices')).toBe(200);
			expect(await status('/v1/customers', 'key-two')).toBe(200);
			now += 999;
			expect(await status('/v1/customers')).toBe(429);
			now += 1;
			expect(await status('/v1/customers')).toBe(200);
		} finally {
			await limited.close();
		}
	});

	it('allows 1000 requests a minute by default', async () => {
		simulator.seed(1);
		const statuses = new Map<number, number>();
		for (let batch = 0; batch < 11; batch++) {
			const replies = await Promise.all(
				Array.from({ length: 100 }, () => request(simulator, '/v1/devices')),
			);
			for (const { status } of replies) statuses.set(status, (statuses.get(status) ?? 0) + 1);
		}
		expect(Object.fromEntries(statuses)).toEqual({ 200: 1000, 429: 100 });
	});

	it('can be changed by the control endpoint', async () => {
		await control(simulator, 'POST', '/limits', { requests: 0, windowMs: 1000 });
		expect((await request(simulator, '/v1/devices')).status).toBe(429);
	});
});

describe('validation', () => {
	it.each([
		['a slice below the range', '/v1/customers', 'sliceSize=49', 'sliceSize'],
		['a slice above the range', '/v1/customers', 'sliceSize=501', 'sliceSize'],
		['a slice that is not a number', '/v1/customers', 'sliceSize=ten', 'sliceSize'],
		['an offset that is not a number', '/v1/customers', 'offset=next', 'offset'],
		['a value outside the enum', '/v1/customers', 'customerStatus=FORMER_MEMBER', 'customerStatus'],
		['a parameter given twice', '/v1/customers', 'offset=1&offset=2', 'offset'],
		['a missing parameter', '/v1/classes/booking', '', 'customerId'],
		['an id that is not a number', '/v1/customers/abc', '', 'customerId'],
		[
			'a date that does not exist',
			`${CUSTOMER}/activities/checkins`,
			'fromDate=2026-02-30',
			'fromDate',
		],
		['values joined by commas', `${CUSTOMER}/benefits`, 'key=SAUNA,TOWEL', 'key'],
		['a list in brackets', `${CUSTOMER}/benefits`, 'key[]=SAUNA', 'key[]'],
		[
			'too many values',
			'/v1/debt-collection/cases',
			`${'debtorId=1&'.repeat(50)}debtorId=1`,
			'debtorId',
		],
	])('rejects %s', async (_name, path, query, field) => {
		const reply = await request(simulator, path, { query });
		expectError(400, reply);
		const reference: unknown = expect.stringContaining(field);
		expect(reply.json).toMatchObject({ reference });
	});

	it.each([
		['a field of the wrong type', { leadCustomer: { firstname: 1 } }, /^leadCustomer/],
		[
			'a number as a string',
			{
				leadCustomer: { firstname: 'A', lastname: 'B', email: 'a@example.com' },
				additionalInformation: [{ additionalFieldId: '1' }],
			},
			/^additionalInformation\[0\]\.additionalFieldId$/,
		],
		[
			'an unknown field',
			{ leadCustomer: { firstname: 'A', lastname: 'B', email: 'a@example.com', mail: 'b' } },
			/^leadCustomer\.mail$/,
		],
		['a missing field', { leadCustomer: {} }, /^leadCustomer\.(firstname|lastname|email)$/],
	])('rejects %s in a body and names it as parent.child', async (_name, body, pattern) => {
		const reply = await request(simulator, '/v1/leads/create', { method: 'POST', body });
		expectError(400, reply);
		const reference: unknown = expect.stringMatching(pattern);
		expect(reply.json).toMatchObject({ reference });
	});

	it('reads repeated keys as a list', async () => {
		const found = await get(simulator, `${CUSTOMER}/benefits`, { query: 'key=SAUNA&key=TOWEL' });
		expect(found).toEqual([
			{ key: 'SAUNA', valid: true },
			{ key: 'TOWEL', valid: true },
		]);
	});

	it('rejects a body that is malformed, of the wrong type, or unexpected', async () => {
		const search = { method: 'POST', headers: { 'x-api-key': 'key-one' } };
		const url = `${simulator.baseUrl}/v1/customers/search`;
		const text = await fetch(url, { ...search, body: '{' });
		expect(text.status).toBe(415);
		const headers = { ...search.headers, 'content-type': 'application/json' };
		expect((await fetch(url, { ...search, headers, body: '{' })).status).toBe(400);
		const body = { customerId: 1 };
		const path = '/v1/studios/confirmActivation';
		expectError(400, await request(simulator, path, { method: 'POST', body }));
	});

	it('rejects a path that cannot be decoded', async () => {
		expectError(400, await request(simulator, '/v1/customers/%E0%A4%A'));
	});

	it('rejects JSON where multipart is required', async () => {
		const options = { method: 'PUT', body: { image: 'x' } };
		expectError(415, await request(simulator, `${CUSTOMER}/images`, options));
	});

	it('answers 404 for an unknown path or record', async () => {
		for (const path of [
			'/v1/nothing',
			'/v1/customers/1',
			'/v1/employees/1',
			'/v1/classes/1/slots',
		]) {
			expectError(404, await request(simulator, path));
		}
	});
});

describe('chunks', () => {
	it('return each customer once, with the last id as offset', async () => {
		const { records, sizes, offsets } = await readAll<{ id: number; status: string }>(
			simulator,
			'/v1/customers',
			'sliceSize=50',
		);
		const ids = records.map(({ id }) => id);
		expect(sizes).toEqual([50, 50, 50, 50, 15]);
		expect(offsets).toEqual([49, 99, 149, 199, 214].map((i) => String(ids[i])));
		expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
		expect(new Set(records.map(({ status }) => status))).toEqual(new Set(['MEMBER']));
		const prospects = await readAll(simulator, '/v1/customers', 'customerStatus=PROSPECT');
		expect(prospects.records).toHaveLength(25);
	});

	it('return each slot once, with an index as offset', async () => {
		const path = '/v1/classes/1510000001/slots';
		const { records, sizes, offsets } = await readAll<{ id: number }>(
			simulator,
			path,
			'sliceSize=10',
		);
		expect(sizes).toEqual([10, 10, 8]);
		expect(offsets).toEqual(['10', '20', '30']);
		expect(new Set(records.map(({ id }) => id)).size).toBe(28);
	});

	it.each(
		operations
			.filter(({ chunk }) => chunk !== undefined)
			.map(({ operationId, path }) => [operationId, path] as const),
	)('of %s end without gaps or duplicates for any slice size', async (_id, template) => {
		const path = template
			.replace('{customerId}', '1210000001')
			.replace('{classId}', '1510000001')
			.replace('{debtCollectionRunId}', '5');
		const standard = await readAll(simulator, path, '');
		const small = await readAll(simulator, path, `sliceSize=${path === '/v1/customers' ? 50 : 10}`);
		expect(small.records.length).toBeGreaterThan(0);
		expect(small.records).toEqual(standard.records);
		const texts = small.records.map((record) => JSON.stringify(record));
		expect(new Set(texts).size).toBe(texts.length);
	});

	it('end when the last slice is full', async () => {
		const { sizes } = await readAll(simulator, '/v1/classes', 'sliceSize=30');
		expect(sizes).toEqual([30, 30]);
		const slots = await readAll(simulator, '/v1/classes/1510000001/slots', 'sliceSize=14');
		expect(slots.sizes).toEqual([14, 14]);
	});
});

describe('faults', () => {
	const requestWithFault = async (fault: Fault) => {
		simulator.injectFault(fault);
		return await request(simulator, '/v1/customers', { query: 'sliceSize=50' });
	};

	it('rateLimit answers 429, with Retry-After only when set', async () => {
		const plain = await requestWithFault({ kind: 'rateLimit' });
		expectError(429, plain);
		expect(plain.headers.get('retry-after')).toBeNull();
		const withHeader = await requestWithFault({ kind: 'rateLimit', retryAfter: 7 });
		expect(withHeader.headers.get('retry-after')).toBe('7');
	});

	it('unavailable answers 503 the given number of times', async () => {
		simulator.injectFault({ kind: 'unavailable', times: 2 });
		const statuses = [];
		for (let i = 0; i < 3; i++) statuses.push((await request(simulator, '/v1/devices')).status);
		expect(statuses).toEqual([503, 503, 200]);
	});

	it('brokenConnection sends half of the answer', async () => {
		simulator.injectFault({ kind: 'brokenConnection' });
		const response = await fetch(`${simulator.baseUrl}/v1/customers`, {
			headers: { 'x-api-key': 'key-one' },
		});
		expect(response.status).toBe(200);
		expect(Number(response.headers.get('content-length'))).toBeGreaterThan(1000);
		await expect(response.text()).rejects.toThrow();
		expect((await request(simulator, '/v1/customers')).status).toBe(200);
	});

	it('slow waits before it answers', async () => {
		const start = performance.now();
		expect((await requestWithFault({ kind: 'slow', delayMs: 150 })).status).toBe(200);
		expect(performance.now() - start).toBeGreaterThan(140);
	});

	it('stuckOffset returns the requested offset and hasNext', async () => {
		simulator.injectFault({ kind: 'stuckOffset' });
		const query = 'offset=1210000249';
		const stuck = await get(simulator, '/v1/customers', { query });
		expect(stuck).toMatchObject({ offset: '1210000249', hasNext: true });
		expect(await get(simulator, '/v1/customers', { query })).toMatchObject({ hasNext: false });
	});

	it("htmlPage returns a proxy's page", async () => {
		const page = await requestWithFault({ kind: 'htmlPage' });
		expect(page.status).toBe(502);
		expect(page.text).toContain('<html>');
		expect(page.headers.get('content-type')).toContain('text/html');
		expect((await requestWithFault({ kind: 'htmlPage', status: 200 })).status).toBe(200);
	});

	it('redirect answers 302 with the location', async () => {
		const moved = await requestWithFault({ kind: 'redirect', location: 'https://example.com/' });
		expect(moved.status).toBe(302);
		expect(moved.headers.get('location')).toBe('https://example.com/');
	});

	it('status answers any status with the error body of the API', async () => {
		expectError(409, await requestWithFault({ kind: 'status', status: 409 }));
		expectError(500, await requestWithFault({ kind: 'status' }));
	});

	it('only apply to matching requests, after those that pass first', async () => {
		simulator.injectFault({ kind: 'status', operationId: 'getDevices', after: 2 });
		simulator.injectFault({ kind: 'status', method: 'HEAD', path: '/v1/x' });
		const status = async (path: string, method = 'GET') =>
			(await request(simulator, path, { method })).status;
		expect(await status('/v1/customers')).toBe(200);
		expect(await status('/v1/devices')).toBe(200);
		expect(await status('/v1/devices')).toBe(200);
		expect(await status('/v1/devices')).toBe(500);
		expect(await status('/v1/devices')).toBe(200);
		expect(await status('/v1/devices', 'HEAD')).toBe(200);
		expect(await status('/v1/x', 'HEAD')).toBe(500);
	});

	it('can be removed', async () => {
		simulator.injectFault({ kind: 'status', times: 5 });
		await control(simulator, 'DELETE', '/faults');
		expect((await request(simulator, '/v1/devices')).status).toBe(200);
	});
});

describe('control', () => {
	it('returns the requests without their keys', async () => {
		await request(simulator, `${CUSTOMER}/benefits`, { query: 'key=A&key=B' });
		await request(simulator, '/v1/nothing', { key: 'other' });
		const reply = await control(simulator, 'GET', '/requests');
		const startedAt: unknown = expect.any(Number);
		expect(reply.json).toMatchObject({
			peakConcurrency: 1,
			requests: [
				{
					method: 'GET',
					url: `${CUSTOMER}/benefits?key=A&key=B`,
					template: '/v1/customers/{customerId}/benefits',
					operationId: 'getBenefits',
					query: { key: ['A', 'B'] },
					studio: 'One',
					status: 200,
					concurrency: 1,
					startedAt,
				},
				{ url: '/v1/nothing', status: 401 },
			],
		});
		expect(reply.text).not.toContain('key-one');
		await control(simulator, 'DELETE', '/requests');
		expect(simulator.requests).toHaveLength(0);
	});

	it('counts requests in flight at once', async () => {
		simulator.injectFault({ kind: 'slow', delayMs: 100, times: 3 });
		await Promise.all([1, 2, 3].map(() => request(simulator, '/v1/devices')));
		expect(simulator.peakConcurrency).toBe(3);
	});

	it('counts sequential requests as one at a time', async () => {
		for (let i = 0; i < 50; i++) await request(simulator, '/v1/devices');
		expect(simulator.peakConcurrency).toBe(1);
	});

	it('seeds one studio or all', async () => {
		await control(simulator, 'POST', '/seed', { customers: 7, studio: 'Two' });
		expect((await control(simulator, 'GET', '/state')).json).toMatchObject({
			studios: [
				{ name: 'One', customers: 250 },
				{ name: 'Two', customers: 7 },
			],
		});
		await control(simulator, 'POST', '/seed', { customers: 1 });
		expect((await control(simulator, 'GET', '/state')).json).toMatchObject({
			studios: [{ customers: 1 }, { customers: 1 }],
		});
	});

	it('sets faults, studios and limits, and resets all of them', async () => {
		await control(simulator, 'POST', '/studios', [{ name: 'New', apiKey: 'new', customers: 2 }]);
		await control(simulator, 'POST', '/limits', { requests: 1, windowMs: 60_000 });
		expect((await request(simulator, '/v1/devices', { key: 'new' })).status).toBe(200);
		expect((await request(simulator, '/v1/devices', { key: 'new' })).status).toBe(429);
		await control(simulator, 'POST', '/faults', [{ kind: 'unavailable' }]);
		expect((await request(simulator, '/v1/devices', { key: 'new' })).status).toBe(503);
		await control(simulator, 'POST', '/reset');
		expect((await request(simulator, '/v1/devices', { key: 'new' })).status).toBe(401);
		expect((await request(simulator, '/v1/devices')).status).toBe(200);
	});

	it.each([
		['an unknown kind of fault', '/faults', [{ kind: 'nope' }], /kind/],
		['a mistyped field of a fault', '/faults', [{ kind: 'slow', delay: 3 }], /additional/],
		['a fault outside a list', '/faults', { kind: 'slow' }, /array/],
		['a number as a string', '/seed', { customers: '5' }, /integer/],
		['an unknown studio', '/seed', { customers: 5, studio: 'Nope' }, /Nope/],
		['an empty list of studios', '/studios', [], /fewer/],
		[
			'two studios with the same key',
			'/studios',
			[
				{ name: 'A', apiKey: 'x' },
				{ name: 'B', apiKey: 'x' },
			],
			/same apiKey/,
		],
		['limits without a window', '/limits', { requests: 5 }, /windowMs/],
	])('rejects %s with a clear message', async (_name, path, body, pattern) => {
		const reply = await control(simulator, 'POST', path, body);
		expect(reply.status).toBe(400);
		const message: unknown = expect.stringMatching(pattern);
		expect(reply.json).toEqual({ message });
		expect((await request(simulator, '/v1/devices')).status).toBe(200);
	});
});

/** The CPU time of an action, in ms. Unlike elapsed time, it does not depend on other processes. */
async function cpuTime(action: () => unknown): Promise<number> {
	const before = process.cpuUsage();
	await action();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

it('generates and serves 20,000 customers with little CPU time', async () => {
	const studio = { name: 'Large', apiKey: 'key-one', customers: 20_000 };
	expect(await cpuTime(() => simulator.setStudios([studio]))).toBeLessThan(1500);
	let count = 0;
	const read = async () => {
		const { records } = await readAll(simulator, '/v1/customers', 'sliceSize=500');
		count = records.length;
	};
	expect(await cpuTime(read)).toBeLessThan(4000);
	expect(count).toBe(17_200);
});
