import { operations } from './contract.cts';
import type { Fault } from './faults.cts';
import { startSimulator, type Simulator } from './server.cts';
import { ask, control, get, readAll } from './testClient.cts';
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

async function expectError(status: number, reply: { status: number; json: unknown }) {
	expect(reply.status).toBe(status);
	expect(errorProblem(reply.json)).toBeUndefined();
}

describe('key', () => {
	it.each([
		['no key', null],
		['a wrong key', 'other'],
	])('refuses %s with 401', async (_name, key) => {
		await expectError(401, await ask(simulator, '/v1/customers', { key }));
		await expectError(401, await ask(simulator, '/v1/nothing', { key }));
	});

	it.each([['/v1/customers'], ['/v1/customers/1'], ['/v1/nothing'], ['/']])(
		'answers HEAD %s by the key alone',
		async (path) => {
			expect(await ask(simulator, path, { method: 'HEAD' })).toMatchObject({
				status: 200,
				text: '',
			});
			expect((await ask(simulator, path, { method: 'HEAD', key: 'other' })).status).toBe(401);
		},
	);

	it('decides which studio answers', async () => {
		const path = '/v1/studios/information';
		expect(await get(simulator, path)).toMatchObject({ name: 'One', studioId: 1_100_000_001 });
		simulator.setStudios([{ name: 'Three', apiKey: 'key-three' }]);
		expect((await ask(simulator, path)).status).toBe(401);
		expect(await get(simulator, path, { key: 'key-three' })).toMatchObject({ name: 'Three' });
	});

	it('is checked before the rest of the request', async () => {
		const reply = await ask(simulator, '/v1/customers', { key: 'other', query: 'typo=1' });
		await expectError(401, reply);
	});
});

describe('scopes', () => {
	it('refuses a key without the scope, and does not name the scope', async () => {
		const reply = await ask(simulator, '/v1/customers', { key: 'key-two' });
		await expectError(403, reply);
		expect(reply.text).not.toMatch(/CUSTOMER_READ/);
	});

	it('lets one scope of several do where the contract says so', async () => {
		const path = '/v1/customers/1211000001/contracts';
		expect((await ask(simulator, path, { key: 'key-two' })).status).toBe(200);
	});

	it('asks for none where the contract names none', async () => {
		const path = '/v1/studios/confirmActivation';
		expect((await ask(simulator, path, { method: 'POST', key: 'key-two' })).status).toBe(200);
	});

	it('are checked before the request is validated', async () => {
		const question = { key: 'key-two', query: 'sliceSize=1' };
		await expectError(403, await ask(simulator, '/v1/customers', question));
	});
});

describe('rate limit', () => {
	it('counts per key and operation and refuses the rest of the window', async () => {
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
				(await ask(limited, path, { key })).status;
			expect(await status('/v1/customers')).toBe(200);
			expect(await status('/v1/customers')).toBe(200);
			const refused = await ask(limited, '/v1/customers');
			await expectError(429, refused);
			expect(refused.headers.get('retry-after')).toBeNull();
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

	it('lets 1000 requests a minute pass by default', async () => {
		simulator.seed(1);
		const statuses = new Map<number, number>();
		for (let lot = 0; lot < 11; lot++) {
			const replies = await Promise.all(
				Array.from({ length: 100 }, () => ask(simulator, '/v1/devices')),
			);
			for (const { status } of replies) statuses.set(status, (statuses.get(status) ?? 0) + 1);
		}
		expect(Object.fromEntries(statuses)).toEqual({ 200: 1000, 429: 100 });
	});

	it('can be changed from outside', async () => {
		await control(simulator, 'POST', '/limits', { requests: 0, windowMs: 1000 });
		expect((await ask(simulator, '/v1/devices')).status).toBe(429);
	});
});

describe('validation', () => {
	it.each([
		['a slice below the range', '/v1/customers', 'sliceSize=49', 'sliceSize'],
		['a slice above the range', '/v1/customers', 'sliceSize=501', 'sliceSize'],
		['a slice that is no number', '/v1/customers', 'sliceSize=ten', 'sliceSize'],
		['an offset that is no number', '/v1/customers', 'offset=next', 'offset'],
		['a value outside the enum', '/v1/customers', 'customerStatus=FORMER_MEMBER', 'customerStatus'],
		['a parameter given twice', '/v1/customers', 'offset=1&offset=2', 'offset'],
		['a missing parameter', '/v1/classes/booking', '', 'customerId'],
		['an id that is no number', '/v1/customers/abc', '', 'customerId'],
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
	])('refuses %s', async (_name, path, query, reference) => {
		const reply = await ask(simulator, path, { query });
		await expectError(400, reply);
		expect(reply.json).toMatchObject({ reference: expect.stringContaining(reference) });
	});

	it.each([
		['a field of the wrong type', { leadCustomer: { firstname: 1 } }, /^leadCustomer/],
		[
			'a number as text',
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
	])('refuses %s in a body and names it as parent.child', async (_name, body, reference) => {
		const reply = await ask(simulator, '/v1/leads/create', { method: 'POST', body });
		await expectError(400, reply);
		expect(reply.json).toMatchObject({ reference: expect.stringMatching(reference) });
	});

	it('takes repeated keys as a list', async () => {
		const found = await get(simulator, `${CUSTOMER}/benefits`, { query: 'key=SAUNA&key=TOWEL' });
		expect(found).toEqual([
			{ key: 'SAUNA', valid: true },
			{ key: 'TOWEL', valid: true },
		]);
	});

	it('refuses a body that is not JSON, of another type, or not wanted', async () => {
		const search = { method: 'POST', headers: { 'x-api-key': 'key-one' } };
		const url = `${simulator.baseUrl}/v1/customers/search`;
		const text = await fetch(url, { ...search, body: '{' });
		expect(text.status).toBe(415);
		const headers = { ...search.headers, 'content-type': 'application/json' };
		expect((await fetch(url, { ...search, headers, body: '{' })).status).toBe(400);
		const body = { customerId: 1 };
		const path = '/v1/studios/confirmActivation';
		await expectError(400, await ask(simulator, path, { method: 'POST', body }));
	});

	it('refuses a path that cannot be decoded', async () => {
		await expectError(400, await ask(simulator, '/v1/customers/%E0%A4%A'));
	});

	it('refuses JSON where a form is due', async () => {
		const question = { method: 'PUT', body: { image: 'x' } };
		await expectError(415, await ask(simulator, `${CUSTOMER}/images`, question));
	});

	it('answers 404 for what is not there', async () => {
		for (const path of [
			'/v1/nothing',
			'/v1/customers/1',
			'/v1/employees/1',
			'/v1/classes/1/slots',
		]) {
			await expectError(404, await ask(simulator, path));
		}
	});
});

describe('chunks', () => {
	it('go through all customers once, the offset being the last id', async () => {
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

	it('go through all slots once, the offset being a running index', async () => {
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
	)('of %s end, without gaps or doubles, whatever the slice size', async (_id, template) => {
		const path = template
			.replace('{customerId}', '1210000001')
			.replace('{classId}', '1510000001')

			.replace('{debtCollectionRunId}', '5');
		const usual = await readAll(simulator, path, '');
		const small = await readAll(simulator, path, `sliceSize=${path === '/v1/customers' ? 50 : 10}`);
		expect(small.records.length).toBeGreaterThan(0);
		expect(small.records).toEqual(usual.records);
		const texts = small.records.map((record) => JSON.stringify(record));
		expect(new Set(texts).size).toBe(texts.length);
	});

	it('end when the list ends exactly with a slice', async () => {
		const { sizes } = await readAll(simulator, '/v1/classes', 'sliceSize=30');
		expect(sizes).toEqual([30, 30]);
		const slots = await readAll(simulator, '/v1/classes/1510000001/slots', 'sliceSize=14');
		expect(slots.sizes).toEqual([14, 14]);
	});
});

describe('faults', () => {
	const strike = async (fault: Fault) => {
		simulator.injectFault(fault);
		return await ask(simulator, '/v1/customers', { query: 'sliceSize=50' });
	};

	it('rateLimit answers 429, with Retry-After only when asked', async () => {
		const plain = await strike({ kind: 'rateLimit' });
		await expectError(429, plain);
		expect(plain.headers.get('retry-after')).toBeNull();
		const dated = await strike({ kind: 'rateLimit', retryAfter: 7 });
		expect(dated.headers.get('retry-after')).toBe('7');
	});

	it('unavailable answers 503 as often as asked', async () => {
		simulator.injectFault({ kind: 'unavailable', times: 2 });
		const statuses = [];
		for (let i = 0; i < 3; i++) statuses.push((await ask(simulator, '/v1/devices')).status);
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
		expect((await ask(simulator, '/v1/customers')).status).toBe(200);
	});

	it('slow waits before it answers', async () => {
		const begun = performance.now();
		expect((await strike({ kind: 'slow', delayMs: 150 })).status).toBe(200);
		expect(performance.now() - begun).toBeGreaterThan(140);
	});

	it('stuckOffset gives back the asked offset and claims more', async () => {
		simulator.injectFault({ kind: 'stuckOffset' });
		const query = 'offset=1210000249';
		const stuck = await get(simulator, '/v1/customers', { query });
		expect(stuck).toMatchObject({ offset: '1210000249', hasNext: true });
		expect(await get(simulator, '/v1/customers', { query })).toMatchObject({ hasNext: false });
	});

	it("htmlPage shows a proxy's page", async () => {
		const page = await strike({ kind: 'htmlPage' });
		expect(page).toMatchObject({ status: 502, text: expect.stringContaining('<html>') });
		expect(page.headers.get('content-type')).toContain('text/html');
		expect((await strike({ kind: 'htmlPage', status: 200 })).status).toBe(200);
	});

	it('redirect leads elsewhere', async () => {
		const moved = await strike({ kind: 'redirect', location: 'https://example.com/' });
		expect(moved.status).toBe(302);
		expect(moved.headers.get('location')).toBe('https://example.com/');
	});

	it('status answers any status in the form of the API', async () => {
		await expectError(409, await strike({ kind: 'status', status: 409 }));
		await expectError(500, await strike({ kind: 'status' }));
	});

	it('hit only what they are meant for, after the requests that may pass', async () => {
		simulator.injectFault({ kind: 'status', operationId: 'getDevices', after: 2 });
		simulator.injectFault({ kind: 'status', method: 'HEAD', path: '/v1/x' });
		const status = async (path: string, method = 'GET') =>
			(await ask(simulator, path, { method })).status;
		expect(await status('/v1/customers')).toBe(200);
		expect(await status('/v1/devices')).toBe(200);
		expect(await status('/v1/devices')).toBe(200);
		expect(await status('/v1/devices')).toBe(500);
		expect(await status('/v1/devices')).toBe(200);
		expect(await status('/v1/devices', 'HEAD')).toBe(200);
		expect(await status('/v1/x', 'HEAD')).toBe(500);
	});

	it('can be taken back', async () => {
		simulator.injectFault({ kind: 'status', times: 5 });
		await control(simulator, 'DELETE', '/faults');
		expect((await ask(simulator, '/v1/devices')).status).toBe(200);
	});
});

describe('control', () => {
	it('shows the requests without their keys', async () => {
		await ask(simulator, `${CUSTOMER}/benefits`, { query: 'key=A&key=B' });
		await ask(simulator, '/v1/nothing', { key: 'other' });
		const reply = await control(simulator, 'GET', '/requests');
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
					startedAt: expect.any(Number),
				},
				{ url: '/v1/nothing', status: 401 },
			],
		});
		expect(reply.text).not.toContain('key-one');
		await control(simulator, 'DELETE', '/requests');
		expect(simulator.requests).toHaveLength(0);
	});

	it('shows how many requests were under way at once', async () => {
		simulator.injectFault({ kind: 'slow', delayMs: 100, times: 3 });
		await Promise.all([1, 2, 3].map(() => ask(simulator, '/v1/devices')));
		expect(simulator.peakConcurrency).toBe(3);
	});

	it('counts requests one after another as one at a time', async () => {
		for (let i = 0; i < 50; i++) await ask(simulator, '/v1/devices');
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

	it('sets faults, studios and limits, and takes all of it back', async () => {
		await control(simulator, 'POST', '/studios', [{ name: 'New', apiKey: 'new', customers: 2 }]);
		await control(simulator, 'POST', '/limits', { requests: 1, windowMs: 60_000 });
		expect((await ask(simulator, '/v1/devices', { key: 'new' })).status).toBe(200);
		expect((await ask(simulator, '/v1/devices', { key: 'new' })).status).toBe(429);
		await control(simulator, 'POST', '/faults', [{ kind: 'unavailable' }]);
		expect((await ask(simulator, '/v1/devices', { key: 'new' })).status).toBe(503);
		await control(simulator, 'POST', '/reset');
		expect((await ask(simulator, '/v1/devices', { key: 'new' })).status).toBe(401);
		expect((await ask(simulator, '/v1/devices')).status).toBe(200);
	});

	it.each([
		['an unknown kind of fault', '/faults', [{ kind: 'nope' }], /kind/],
		['a mistyped field of a fault', '/faults', [{ kind: 'slow', delay: 3 }], /additional/],
		['a fault outside a list', '/faults', { kind: 'slow' }, /array/],
		['a number as text', '/seed', { customers: '5' }, /integer/],
		['an unknown studio', '/seed', { customers: 5, studio: 'Nope' }, /Nope/],
		['no studios', '/studios', [], /fewer/],
		[
			'two studios with one key',
			'/studios',
			[
				{ name: 'A', apiKey: 'x' },
				{ name: 'B', apiKey: 'x' },
			],
			/same apiKey/,
		],
		['limits without a window', '/limits', { requests: 5 }, /windowMs/],
	])('refuses %s with a clear message', async (_name, path, body, message) => {
		const reply = await control(simulator, 'POST', path, body);
		expect(reply.status).toBe(400);
		expect(reply.json).toEqual({ message: expect.stringMatching(message) });
		expect((await ask(simulator, '/v1/devices')).status).toBe(200);
	});
});

/** The processor time that an action takes, in ms; unlike the clock's it bears a busy machine. */
async function effort(action: () => unknown): Promise<number> {
	const before = process.cpuUsage();
	await action();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

it('makes up 20,000 customers and serves them with little effort', async () => {
	const studio = { name: 'Large', apiKey: 'key-one', customers: 20_000 };
	expect(await effort(() => simulator.setStudios([studio]))).toBeLessThan(1500);
	let count = 0;
	const read = async () => {
		const { records } = await readAll(simulator, '/v1/customers', 'sliceSize=500');
		count = records.length;
	};
	expect(await effort(read)).toBeLessThan(4000);
	expect(count).toBe(17_200);
});
