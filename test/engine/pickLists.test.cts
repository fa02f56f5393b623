import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { loadOptionsContext, locator, node, runNode } from './harness.cts';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ customers: 130 });
});
beforeEach(() => {
	simulator.clearFaults();
	simulator.clearRequests();
});
afterAll(async () => await simulator.close());

const credential = () => ({ baseUrl: simulator.baseUrl, apiKey: simulator.apiKey });
const CUSTOMER = 1210000001;

type Method = keyof typeof node.methods.listSearch;

async function list(
	method: Method,
	filter?: string,
	parameters: INodeParameters = {},
	token?: string,
): Promise<INodeListSearchResult> {
	const context = loadOptionsContext(parameters, credential());
	return await node.methods.listSearch[method].call(context, filter, token);
}

function chosen(customerId: number | string): INodeParameters {
	return { customerId: locator(customerId, 'list') };
}

test('customers come page by page without a search text', async () => {
	const names: string[] = [];
	let token: string | undefined;
	let pages = 0;
	do {
		const page = await list('searchCustomers', '', {}, token);
		names.push(...page.results.map(({ name }) => name));
		token = page.paginationToken;
		pages++;
	} while (token !== undefined);
	expect(pages).toBeGreaterThan(1);
	expect(new Set(names).size).toBe(names.length);
	expect(names[0]).toMatch(/^Abraham Herms \(1-1\)$/);
});

test.each([
	['the beginning of a last name', 'Herm', 1],
	['a whole name', 'Abraham Herms', 1],
	['a name in the other order', 'Herms, Abraham', 1],
	['an email', 'abraham.herms.1@example.com', 1],
	['a customer number', '1-1', 1],
	['an ID', String(CUSTOMER), 1],
	['a name that no customer has', 'Xenophon', 0],
])('customers are found by %s', async (_what, filter, count) => {
	const { results } = await list('searchCustomers', filter);
	expect(results).toHaveLength(count);
	if (count > 0) expect(results[0].name).toContain('Herms');
});

test.each([
	['Anna Maria Berg', { firstName: 'Anna Maria', lastName: 'Berg' }],
	['Anna Maria', { firstName: 'Anna Maria' }],
	['van der Berg', { lastName: 'van der Berg' }],
	['van der Berg, Jan', { firstName: 'Jan', lastName: 'van der Berg' }],
	['Jan van der Berg', { firstName: 'Jan', lastName: 'van der Berg' }],
	['Berg Anna', { firstName: 'Anna', lastName: 'Berg' }],
])('%p is also searched for as %p', async (filter, body) => {
	await list('searchCustomers', filter);
	expect(simulator.requests.map((request) => request.body)).toContainEqual(body);
});

test('contracts of many customers come page by page', async () => {
	simulator.seed(2000);
	const names: string[] = [];
	let token: string | undefined;
	let pages = 0;
	do {
		const page = await list('searchContracts', 'S', {}, token);
		names.push(...page.results.map(({ name }) => name));
		token = page.paginationToken;
		pages++;
	} while (token !== undefined && pages < 50);
	expect(pages).toBeGreaterThan(5);
	expect(new Set(names).size).toBe(names.length);
	simulator.seed(130);
});

test('a customer that two searches find is listed once', async () => {
	const { results } = await list('searchCustomers', 'T');
	const values = results.map(({ value }) => value);
	expect(new Set(values).size).toBe(values.length);
	expect(values.length).toBeGreaterThan(0);
});

test.each([
	['searchContracts', 'Herms', {}],
	['searchDocuments', '', chosen(CUSTOMER)],
	['searchAccessMediums', '', chosen(CUSTOMER)],
	['searchBenefits', '', chosen(CUSTOMER)],
	['searchAdditionalInformationFields', '', {}],
	['searchStudios', '', {}],
] as Array<[Method, string, INodeParameters]>)(
	'%s lists names with values',
	async (method, filter, parameters) => {
		const { results } = await list(method, filter, parameters);
		expect(results.length).toBeGreaterThan(0);
		for (const { name, value } of results) {
			expect(name).toMatch(/\S/);
			expect(String(value)).toMatch(/^\S+$/);
		}
		if (method === 'searchContracts') return;
		const wanted = results[results.length - 1].name;
		const narrowed = await list(method, wanted.toLowerCase(), parameters);
		expect(narrowed.results.map(({ name }) => name)).toContain(wanted);
		expect((await list(method, 'no such name', parameters)).results).toEqual([]);
	},
);

test('the operation works with a value from the list', async () => {
	const { results } = await list('searchDocuments', '', chosen(CUSTOMER));
	const parameters = {
		resource: 'customer',
		operation: 'getDocumentById',
		...chosen(CUSTOMER),
		documentId: locator(String(results[0].value), 'list'),
	};
	const [document] = await runNode({ parameters, credential: credential() });
	expect(document.json.id).toBe(Number(results[0].value));
});

test('a list that depends on a choice needs that choice first', async () => {
	await expect(list('searchDocuments', '', chosen(''))).rejects.toThrow('Choose "Customer" first');
	await expect(list('searchDocuments', '', chosen('={{ $json.id }}'))).rejects.toThrow(
		/"Customer" is an expression/,
	);
	expect(simulator.requests).toHaveLength(0);
});

test('the error of a list that cannot be read names the missing scope', async () => {
	simulator.injectFault({ kind: 'status', status: 403, operationId: 'getDocuments' });
	await expect(list('searchDocuments', '', chosen(CUSTOMER))).rejects.toMatchObject({
		description: expect.stringContaining('CUSTOMER_DOCUMENT_READ') as string,
	});
});

test('the fields to choose from are those of the operation, without a request', async () => {
	const { getOutputFields } = node.methods.loadOptions;
	const context = loadOptionsContext({ operation: 'getDocuments' }, credential());
	const fields = await getOutputFields.call(context);
	expect(fields.map(({ value }) => value)).toEqual(['description', 'fileName', 'id', 'url']);
	expect(simulator.requests).toHaveLength(0);
	const unknown = loadOptionsContext({ operation: 'constructor' }, credential());
	expect(await getOutputFields.call(unknown)).toEqual([]);
});
