import type { NodeApiError } from 'n8n-workflow';
import nock from 'nock';

import { API_KEY, locator, NODE_NAME, outputOf, runNode, runWorkflow } from './harness.cts';

const HOST = 'https://acme.open-api.perfectgym.com';
const get = {
	resource: 'customer',
	operation: 'getCustomerById',
	customerId: locator('1'),
};

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

/** @returns the error of the node for an answer */
async function failure(status: number, body: nock.Body, headers = {}): Promise<NodeApiError> {
	nock(HOST).get('/v1/customers/1').reply(status, body, headers);
	const error: NodeApiError = await runNode({ parameters: get }).then(
		() => {
			throw new Error('It should have failed');
		},
		(reason: NodeApiError) => reason,
	);
	return error;
}

const VENDOR_ERROR = {
	errorMessage: 'The customer is locked',
	errorCode: 'CUSTOMER_LOCKED',
	reference: 'customer.status',
	traceId: '4711',
};

test("the message is the vendor's, and the description helps to find the cause", async () => {
	const error = await failure(400, VENDOR_ERROR);
	expect(error.message).toBe('The customer is locked');
	expect(error.httpCode).toBe('400');
	expect(error.description).toMatch(/Status 400: .+/);
	expect(error.description).toContain('Field: customer.status.');
	expect(error.description).toContain('Code: CUSTOMER_LOCKED.');
	expect(error.description).toContain('4711');
	expect(error.context.itemIndex).toBe(0);
});

test('a 403 names the scope that the operation needs', async () => {
	const error = await failure(403, { errorMessage: 'Permission denied' });
	expect(error.description).toContain('scope CUSTOMER_READ');
});

test('a 403 names all scopes when any one of them allows the operation', async () => {
	nock(HOST).get('/v1/customers/1/benefits').reply(403, { errorMessage: 'Permission denied' });
	const parameters = { ...get, operation: 'getBenefits' };
	await expect(runNode({ parameters })).rejects.toMatchObject({
		description: expect.stringContaining('CUSTOMER_BENEFIT_READ or CUSTOMER_READ') as string,
	});
});

test.each([
	[401, /API key does not work/],
	[404, /no such record/],
	[409, /changed the record at the same time/],
])('the message of an error %i without one says what the status means', async (status, meaning) => {
	expect((await failure(status, {})).message).toMatch(meaning);
});

test('the message for the page of a proxy has its status and its first line', async () => {
	const page =
		'<html>\n<head><style>p { color: red }</style><title>407 Proxy says no</title></head>\n</html>';
	const error = await failure(407, page, { 'content-type': 'text/html' });
	expect(error.message).toBe(
		"The answer with status 407 does not come from PerfectGym Next's API: 407 Proxy says no",
	);
	expect(error.description).toContain('not JSON');
});

test('a page with status 200 is not a record', async () => {
	const error = await failure(200, '<!doctype html>\n<h1>Please sign in</h1>');
	expect(error.message).toContain('status 200');
	expect(error.message).toContain('Please sign in');
	expect(error.description).toMatch(/^The body is not JSON\./);
});

test('requests messages in English, whatever the language of the studio', async () => {
	nock(HOST, { reqheaders: { 'accept-language': 'en' } })
		.get('/v1/customers/1')
		.reply(200, { id: 1 });
	expect(await runNode({ parameters: get })).toHaveLength(1);
});

test('JSON that breaks off is not a record', async () => {
	const error = await failure(200, '{"id": 1, "firstName": "Al');
	expect(error.message).toContain('{"id": 1, "firstName": "Al');
});

test.each([301, 302, 307, 308])(
	'a redirect %i is refused, and nothing is sent there',
	async (status) => {
		const elsewhere = nock('https://elsewhere.example')
			.get('/v1/customers/1')
			.reply(200, { id: 1 });
		const error = await failure(status, '', {
			location: 'https://elsewhere.example/v1/customers/1',
		});
		expect(error.message).toContain('redirects to another address');
		expect(elsewhere.isDone()).toBe(false);
	},
);

describe('the key', () => {
	/** @returns all text in a value, including getters and hidden properties */
	function everythingIn(value: unknown, seen = new Set<unknown>()): string {
		if (typeof value !== 'object' || value === null) return String(value);
		if (seen.has(value)) return '';
		seen.add(value);
		return Object.getOwnPropertyNames(value)
			.map((name) => everythingIn((value as Record<string, unknown>)[name], seen))
			.join('\n');
	}

	test.each([
		['a wrong key', 401, { errorMessage: `Key ${API_KEY} is wrong`, traceId: API_KEY }],
		['a page that repeats the request', 418, `<pre>x-api-key: ${API_KEY}</pre>`],
		['a redirect', 302, ''],
	])('is not in the error of %s', async (_case, status, body) => {
		expect(everythingIn(await failure(status, body))).not.toContain(API_KEY);
	});

	test.each(['ECONNABORTED', 'ENOTFOUND'])(
		'is not in the error of the connection: %s',
		async (code) => {
			const broken = Object.assign(new Error(code), { code });
			nock(HOST).get('/v1/customers/1').replyWithError(broken);
			const error = await runNode({ parameters: get }).catch((reason: unknown) => reason);
			expect(everythingIn(error)).not.toContain(API_KEY);
		},
	);

	test('is not in the output', async () => {
		nock(HOST)
			.get('/v1/customers/1')
			.reply(404, { errorMessage: `No customer for ${API_KEY}` });
		const run = await runWorkflow({ parameters: get, onError: 'continueErrorOutput' });
		const outputs = outputOf(run, NODE_NAME);
		expect(outputs[1]).toHaveLength(1);
		expect(everythingIn(outputs)).not.toContain(API_KEY);
	});

	test('is sent in its header only', async () => {
		let seen = '';
		nock(HOST)
			.get('/v1/customers/1')
			.reply(function (uri) {
				const { 'x-api-key': key, ...others } = this.req.headers;
				expect(key).toBe(API_KEY);
				seen = JSON.stringify([uri, others]);
				return [200, { id: 1 }];
			});
		await runNode({ parameters: get });
		expect(seen).not.toContain(API_KEY);
	});
});

test('a base URL that cannot be used is refused by the name of its field', async () => {
	const credential = { baseUrl: 'http://acme.example' };
	await expect(runNode({ parameters: get, credential })).rejects.toMatchObject({
		message: expect.stringContaining('Base URL must start with https://') as string,
	});
});

test.each([
	['../customers', '..%2Fcustomers'],
	['1/2', '1%2F2'],
	['1?x=y#z', '1%3Fx%3Dy%23z'],
	['Ä b', '%C3%84%20b'],
])('an id such as %p stays one part of the path', async (id, encoded) => {
	let path = '';
	nock(HOST)
		.get(/.*/)
		.reply((uri) => {
			path = uri;
			return [404, { errorMessage: 'no' }];
		});
	const parameters = { ...get, customerId: locator(id) };
	await expect(runNode({ parameters })).rejects.toThrow('no');
	expect(path).toBe(`/v1/customers/${encoded}`);
});

test.each([
	...['', '   ', '..', '.', null],
	...[1e21, '1e21', 1.5, -1, 1e308, 9007199254740993, '92233720368547758070'],
])('an id such as %p is refused by name', async (id) => {
	const parameters = { ...get, customerId: { __rl: true, mode: 'id', value: id as string } };
	await expect(runNode({ parameters })).rejects.toThrow(/^"Customer" /);
});
