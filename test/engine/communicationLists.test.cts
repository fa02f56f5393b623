import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { loadOptionsContext, locator, node, runNode } from './harness.cts';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ customers: 5 });
});
beforeEach(() => {
	simulator.clearFaults();
	simulator.clearRequests();
});
afterAll(async () => await simulator.close());

const CUSTOMER = 1210000001;
const READS = [
	'getCustomerAddressData',
	'getCustomerContactData',
	'getCustomerMasterData',
	'getCustomerPaymentData',
];
const credential = () => ({ baseUrl: simulator.baseUrl, apiKey: simulator.apiKey });

type Method = keyof typeof node.methods.listSearch;

async function list(
	method: Method,
	filter?: string,
	parameters: INodeParameters = {},
): Promise<INodeListSearchResult> {
	const context = loadOptionsContext(parameters, credential());
	return await node.methods.listSearch[method].call(context, filter);
}

function chosen(customerId: number | string): INodeParameters {
	return { customerId: locator(customerId, 'list') };
}

function refuse(operationId: string, status: number): void {
	simulator.injectFault({ kind: 'status', status, operationId });
}

test('the pending changes of a customer are those of all four kinds of data', async () => {
	const { results } = await list('searchAmendments', '', chosen(CUSTOMER));
	expect(results.map(({ name }) => name)).toEqual([
		expect.stringMatching(/^Address data: \S+ \S+ /),
		expect.stringMatching(/^Contact data: \S+@example\.com /),
		expect.stringMatching(/^Master data: \S+ \S.* \d{4}-\d\d-\d\d$/),
		expect.stringMatching(/^Payment data: \S/),
	]);
	expect(results.map(({ value }) => String(value)).join()).toMatch(/^\d+,\d+,\d+,\d+$/);
	expect(JSON.stringify(results)).not.toContain('DE00');
	const city = results[0].name.split(' ').slice(-2).join(' ');
	const { results: found } = await list('searchAmendments', city.toLowerCase(), chosen(CUSTOMER));
	expect(found).toEqual([results[0]]);
});

test('when a kind of data is refused or missing, the list has the changes of the others', async () => {
	refuse('getCustomerAddressData', 403);
	refuse('getCustomerMasterData', 404);
	const { results } = await list('searchAmendments', '', chosen(CUSTOMER));
	expect(results.map(({ name }) => name.split(':')[0])).toEqual(['Contact data', 'Payment data']);
});

test('the list of changes names the scope when every kind of data is refused', async () => {
	for (const operation of READS) refuse(operation, 403);
	await expect(list('searchAmendments', '', chosen(CUSTOMER))).rejects.toMatchObject({
		description: expect.stringContaining('CUSTOMER_SELF_SERVICE_READ') as string,
	});
});

test('a wrong key is an error, and not a shorter list of changes', async () => {
	refuse('getCustomerContactData', 401);
	await expect(list('searchAmendments', '', chosen(CUSTOMER))).rejects.toMatchObject({
		httpCode: '401',
	});
});

test('the list of changes needs a customer', async () => {
	await expect(list('searchAmendments', '', chosen(''))).rejects.toThrow('Choose "Customer" first');
	expect(simulator.requests).toHaveLength(0);
});

test('a change that is picked can be withdrawn', async () => {
	const { results } = await list('searchAmendments', '', chosen(CUSTOMER));
	const parameters = {
		resource: 'customerSelfService',
		operation: 'withdrawAmendment',
		...chosen(CUSTOMER),
		amendmentId: locator(String(results[0].value), 'list'),
	} as INodeParameters;
	const [{ json }] = await runNode({ parameters, credential: credential() });
	expect(json).toEqual({
		deleted: true,
		customerId: CUSTOMER,
		amendmentId: Number(results[0].value),
	});
});

test('the fields of a lead are those in use, and mandatory fields are marked', async () => {
	const { results } = await list('searchLeadFields');
	expect(results).toEqual([
		{ name: 'Found us through (mandatory)', value: '1542000001' },
		{ name: 'Größe (shirt)', value: '1542000002' },
	]);
	const { results: found } = await list('searchLeadFields', 'GRÖSSE');
	expect(found).toEqual([]);
	expect((await list('searchLeadFields', 'größe')).results).toEqual([results[1]]);
});
