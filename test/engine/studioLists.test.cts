import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { loadOptionsContext, node, runNode } from './harness.cts';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({
		studios: [
			{ name: 'North', apiKey: 'key-of-north', customers: 60 },
			{ name: 'South', apiKey: 'key-of-south', customers: 60 },
		],
	});
});
beforeEach(() => {
	simulator.clearFaults();
	simulator.clearRequests();
});
afterEach(() => nock.cleanAll());
afterAll(async () => {
	nock.restore();
	await simulator.close();
});

const credential = () => ({ baseUrl: simulator.baseUrl, apiKey: simulator.apiKey });

type Method = keyof typeof node.methods.listSearch;

async function list(
	method: Method,
	filter?: string,
	parameters: INodeParameters = {},
	token?: string,
	from: { baseUrl: string; apiKey: string } = credential(),
): Promise<INodeListSearchResult> {
	const context = loadOptionsContext(parameters, from);
	return await node.methods.listSearch[method].call(context, filter, token);
}

function picked(value: unknown) {
	return { __rl: true, mode: 'list', value: String(value) };
}

test.each(['searchDevices', 'searchEmployees', 'searchStudioTags'] as Method[])(
	'%s lists names with values and finds them by a part of the name',
	async (method) => {
		const { results } = await list(method);
		expect(results.length).toBeGreaterThan(0);
		expect(new Set(results.map(({ value }) => value)).size).toBe(results.length);
		for (const { name, value } of results) {
			expect(name).toMatch(/\S/);
			expect(String(value)).toMatch(/\S/);
		}
		const wanted = results[results.length - 1].name;
		const narrowed = await list(method, wanted.toLowerCase());
		expect(narrowed.results.map(({ name }) => name)).toContain(wanted);
		expect((await list(method, 'no such name')).results).toEqual([]);
	},
);

test('a device is listed with its kind and whether it is in service', async () => {
	const { results } = await list('searchDevices');
	for (const { name } of results) {
		expect(name).toMatch(/ \((card|time|vending) reader, (active|inactive)\)$/);
	}
});

test('a search among employees goes on behind a chunk in which nobody matches', async () => {
	const host = 'https://acme.open-api.perfectgym.com';
	const employee = (id: number, lastName: string) => ({ id, firstName: 'Sam', lastName });
	nock(host)
		.get('/v1/employees')
		.query({ sliceSize: '100' })
		.reply(200, { result: [employee(1, 'Sample')], hasNext: true, offset: '1' })
		.get('/v1/employees')
		.query({ sliceSize: '100', offset: '1' })
		.reply(200, { result: [employee(2, 'Wanted')], hasNext: true, offset: '2' });
	const found = await list('searchEmployees', 'wanted', {}, undefined, {
		baseUrl: host,
		apiKey: 'some-key',
	});
	expect(found).toEqual({
		results: [{ name: 'Sam Wanted (2)', value: '2' }],
		paginationToken: '2',
	});
});

test.each([
	['getEmployee', 'employee', 'employeeId', 'searchEmployees'],
	['activateDevice', 'device', 'deviceId', 'searchDevices'],
] as Array<[string, string, string, Method]>)(
	'what is picked is what %s takes',
	async (operation, resource, name, method) => {
		const { results } = await list(method);
		const parameters = { resource, operation, [name]: picked(results[0].value) };
		simulator.clearRequests();
		await runNode({ parameters, credential: credential() });
		expect(simulator.requests).toMatchObject([
			{ operationId: operation, url: expect.stringContaining(`/${results[0].value}`), status: 200 },
		]);
	},
);

test('tags are sent as text, picked or typed, even when their names are digits', async () => {
	const { results } = await list('searchStudioTags');
	const tags = [picked(results[0].value), { __rl: true, mode: 'name', value: '24' }];
	await runNode({
		parameters: {
			resource: 'studio',
			operation: 'updateStudioTags',
			studioTags: { tag: tags.map((name) => ({ name })) },
		},
		credential: credential(),
	});
	const sent = simulator.requests.filter(({ method }) => method === 'PUT');
	expect(sent.map(({ body }) => body)).toEqual([[{ name: results[0].value }, { name: '24' }]]);
});

describe('customers of all studios', () => {
	const acrossStudios = { resource: 'crossStudio', operation: 'getCrossStudioCustomerById' };

	async function customerOfSouth() {
		const parameters = { resource: 'customer', operation: 'getCustomers', limit: 1 };
		const south = { baseUrl: simulator.baseUrl, apiKey: 'key-of-south' };
		const [{ json }] = await runNode({ parameters, credential: south });
		simulator.clearRequests();
		return json;
	}

	test('are found by name, number and ID, and named with their studio', async () => {
		const customer = await customerOfSouth();
		for (const filter of [customer.lastName, customer.customerNumber, customer.id]) {
			const { results } = await list('searchCustomers', String(filter), acrossStudios);
			const found = results.find(({ value }) => value === String(customer.id));
			expect(found?.name).toContain(String(customer.lastName));
			expect(found?.name).toMatch(new RegExp(` – studio ${String(customer.studioId)}$`));
		}
		expect(simulator.requests.every(({ url }) => url.includes('/cross-studio/'))).toBe(true);
	});

	test('are not found when the operation works in the own studio', async () => {
		const customer = await customerOfSouth();
		const { results } = await list('searchCustomers', String(customer.id));
		expect(results).toEqual([]);
	});

	test('are those of the own studio while nothing is searched for', async () => {
		const { results } = await list('searchCustomers', '', acrossStudios);
		expect(results.length).toBeGreaterThan(0);
		expect(simulator.requests.map(({ operationId }) => operationId)).toEqual(['getCustomers']);
	});

	test('can be read when they are picked', async () => {
		const customer = await customerOfSouth();
		const parameters = { ...acrossStudios, customerId: picked(customer.id) };
		const [{ json }] = await runNode({ parameters, credential: credential() });
		expect(json.id).toBe(customer.id);
	});
});
