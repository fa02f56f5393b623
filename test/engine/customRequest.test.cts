import type { INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { API_KEY, runNode } from './harness.cts';

const HOST = 'https://acme.open-api.perfectgym.com';

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

/** Runs a custom request. */
async function request(parameters: INodeParameters) {
	return await runNode({
		parameters: { resource: 'apiRequest', operation: 'sendApiRequest', ...parameters },
	});
}

test('reads any path with the key of the studio', async () => {
	nock(HOST, { reqheaders: { 'x-api-key': API_KEY } })
		.get('/v1/new-things/7')
		.query({ a: ['1', '2'], b: 'x y' })
		.reply(200, [{ id: 1 }, { id: 2 }]);
	const output = await request({
		requestPath: '/v1/new-things/7',
		requestQuery: {
			parameter: [
				{ name: 'a', value: '1' },
				{ name: 'b', value: 'x y' },
				{ name: 'a', value: '={{ 2 }}' },
			],
		},
	});
	expect(output).toEqual([
		{ json: { id: 1 }, pairedItem: { item: 0 } },
		{ json: { id: 2 }, pairedItem: { item: 0 } },
	]);
});

test.each([
	['POST', '{"a": [1]}', { a: [1] }],
	['PUT', '[{"a": 1}]', [{ a: 1 }]],
	['PATCH', '={{ { a: 1 } }}', { a: 1 }],
	['DELETE', '', ''],
])('%s sends its body as it was entered', async (method, body, expected) => {
	nock(HOST)
		.intercept('/v1/things', method, (sent) => {
			expect(sent).toEqual(expected);
			return true;
		})
		.reply(204);
	const json = method === 'DELETE' ? { deleted: true } : { success: true };
	expect(
		await request({ requestMethod: method, requestPath: '/v1/things', requestBody: body }),
	).toEqual([{ json, pairedItem: { item: 0 } }]);
});

test('reads all chunks of a list, each with the query', async () => {
	const query = { sliceSize: '10' };
	const answer = (expected: Record<string, string>, reply: nock.Body) =>
		nock(HOST).get('/v1/things').query(expected).reply(200, reply);
	answer(query, { result: [{ id: 1 }], hasNext: true, offset: 'next' });
	answer({ ...query, offset: 'next' }, { result: [{ id: 2 }], hasNext: false, offset: 'next' });
	const output = await request({
		requestPath: '/v1/things',
		requestQuery: { parameter: [{ name: 'sliceSize', value: '10' }] },
		followChunks: true,
	});
	expect(output.map(({ json }) => json)).toEqual([{ id: 1 }, { id: 2 }]);
});

test.each([
	'https://elsewhere.example/v1/customers',
	'//elsewhere.example/v1/customers',
	'/v1/../admin',
	'/v1/%2e%2e/admin',
	'/v1/..;/admin',
	'/v1/%252e%252e/admin',
	'/v1/a%2f..%2fadmin',
	'/v1/customers?offset=1',
	'/v1/customers#x',
	'/v1\\customers',
	'@elsewhere.example/v1/x',
	'customers',
])('refuses the path %s before anything is sent', async (requestPath) => {
	await expect(request({ requestPath })).rejects.toThrow(
		'"Path" must be a path of the API such as /v1/customers',
	);
});

test.each([
	[{ requestPath: ' ' }, '"Path" is missing'],
	[{ requestPath: '/v1/x', requestMethod: 'POST', requestBody: '{' }, '"Body" is not valid JSON'],
	[{ requestPath: '/v1/x', requestMethod: 'POST', requestBody: '7' }, '"Body" must be an object'],
	[
		{ requestPath: '/v1/x', requestQuery: { parameter: [{ name: '', value: '1' }] } },
		'A row of "Query Parameters" has no name',
	],
])('refuses %j: %s', async (parameters, message) => {
	await expect(request(parameters)).rejects.toThrow(message);
});

test('does not send a write again when it may have arrived', async () => {
	const scope = nock(HOST).post('/v1/things').reply(503, { errorMessage: 'busy' });
	nock(HOST).post('/v1/things').reply(200);
	await expect(request({ requestMethod: 'POST', requestPath: '/v1/things' })).rejects.toThrow(
		'busy',
	);
	expect(scope.isDone()).toBe(true);
	expect(nock.pendingMocks()).toHaveLength(1);
});
