import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';

import { locator, runNode, runTool } from './harness.cts';

interface Received {
	url: string | undefined;
	contentType: string | undefined;
	body: string;
}

let server: Server;
let baseUrl: string;
let received: Received[];

async function receive(request: IncomingMessage): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const body = Buffer.concat(chunks).toString();
	received.push({ url: request.url, contentType: request.headers['content-type'], body });
}

beforeAll(async () => {
	server = createServer((request, response) => {
		void receive(request).then(() => response.end('{}'));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
	received = [];
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const tags = (jsonBody: string) => ({
	...{ resource: 'studio', operation: 'updateStudioTags', specifyBody: 'json', jsonBody },
});
const custom = (requestBody: string) => ({
	...{ resource: 'apiRequest', operation: 'sendApiRequest', requestMethod: 'PUT' },
	requestPath: '/v1/things',
	requestBody,
});

test.each<[string, INodeParameters, string]>([
	['an empty list as JSON, to take away all tags', tags('[]'), '[]'],
	['an empty list from an expression', tags('={{ [] }}'), '[]'],
	['an empty list in an API request', custom('[]'), '[]'],
	['an empty object in an API request', custom('{}'), '{}'],
	[
		'a number that n8n cannot hold',
		custom('{ "customerId": 9007199254740993 }'),
		'{ "customerId": 9007199254740993 }',
	],
	['the digits of an amount', custom('{"amount": 10.10}'), '{"amount": 10.10}'],
	[
		'an operation without any filled fields',
		{ resource: 'customer', operation: 'checkin', customerId: locator('5') },
		'{}',
	],
])('sends %s as it was written', async (_what, parameters, body) => {
	for (const run of [runNode, runTool]) {
		await run({ parameters, credential: { baseUrl } });
	}
	const expected = { contentType: expect.stringMatching(/^application\/json/) as string, body };
	expect(received).toMatchObject([expected, expected]);
});

const queryNamed = (name: string) => ({
	...{ resource: 'apiRequest', operation: 'sendApiRequest', requestPath: '/v1/things' },
	requestQuery: { parameter: ['1', '2'].map((value) => ({ name, value })) },
});

test('sends a query with a name that every object has', async () => {
	await runNode({ parameters: queryNamed('toString'), credential: { baseUrl } });
	expect(received.map(({ url }) => url)).toEqual(['/v1/things?toString=1&toString=2']);
});

test.each(['__proto__', 'constructor', 'prototype'])(
	'does not leave out a query with the name %s without a word',
	async (name) => {
		const run = runNode({ parameters: queryNamed(name), credential: { baseUrl } });
		await expect(run).rejects.toThrow(`"Query Parameters" cannot have ${name}`);
		expect(received).toEqual([]);
	},
);
