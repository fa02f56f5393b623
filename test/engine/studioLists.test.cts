import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { loadOptionsContext, locator, node, runNode } from './harness.cts';

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
	by: { baseUrl: string; apiKey: string } = credential(),
): Promise<INodeListSearchResult> {
	const context = loadOptionsContext(parameters, by);
	return await node.methods.listSearch[method].call(context, filter, token);
}

function picked(value: unknown) {
	return locator(value as string | number, 'list');
}

test.each(['searchDevices', 'searchEmployees', 'searchStudioTags'] as Method[])(
	'%s lists names with values, and finds them by a part of the name',
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

test('a device is listed with its kind and whether it is active', async () => {
	const { results } = await list('searchDevices');
	for (const { name } of results) {
		expect(name).toMatch(/ \((card|time|vending) reader, (active|inactive)\)$/);
	}
});

test('a search among employees continues after a chunk without a match', async () => {
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
	'%s works with a value from the list',
	async (operation, resource, name, method) => {
		const { results } = await list(method);
		const parameters = { resource, operation, [name]: picked(results[0].value) };
		simulator.clearRequests();
		await runNode({ parameters, credential: credential() });
		expect(simulator.requests).toMatchObject([
			{
				operationId: operation,
				url: expect.stringContaining(`/${results[0].value}`) as string,
				status: 200,
			},
		]);
	},
);

test('tags from the list and by name are sent as text, even when the names are digits', async () => {
	const { results } = await list('searchStudioTags');
	const tags = [picked(results[0].value), locator('24', 'name')];
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

	/** A customer of the other studio. */
	interface Customer {
		id: number;
		lastName: string;
		customerNumber: string;
		studioId: number;
	}

	async function customerOfSouth(): Promise<Customer> {
		const parameters = { resource: 'customer', operation: 'getCustomers', limit: 1 };
		const south = { baseUrl: simulator.baseUrl, apiKey: 'key-of-south' };
		const [{ json }] = await runNode({ parameters, credential: south });
		simulator.clearRequests();
		return json as unknown as Customer;
	}

	test('are found by name, number and ID, and listed with their studio', async () => {
		const customer = await customerOfSouth();
		for (const filter of [customer.lastName, customer.customerNumber, customer.id]) {
			const { results } = await list('searchCustomers', String(filter), acrossStudios);
			const found = results.find(({ value }) => value === String(customer.id));
			expect(found?.name).toContain(customer.lastName);
			expect(found?.name).toMatch(new RegExp(` – studio ${customer.studioId}$`));
		}
		expect(simulator.requests.every(({ url }) => url.includes('/cross-studio/'))).toBe(true);
	});

	test('are not found when the operation is for one studio', async () => {
		const customer = await customerOfSouth();
		const { results } = await list('searchCustomers', String(customer.id));
		expect(results).toEqual([]);
	});

	test('are those of the own studio without a search text', async () => {
		const { results } = await list('searchCustomers', '', acrossStudios);
		expect(results.length).toBeGreaterThan(0);
		expect(simulator.requests.map(({ operationId }) => operationId)).toEqual(['getCustomers']);
	});

	test('from the list can be read', async () => {
		const customer = await customerOfSouth();
		const parameters = { ...acrossStudios, customerId: picked(customer.id) };
		const [{ json }] = await runNode({ parameters, credential: credential() });
		expect(json.id).toBe(customer.id);
	});
});
