import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { get } from '../simulator/testClient.cts';
import { loadOptionsContext, locator, node, runNode } from './harness.cts';

const CUSTOMER = 1210000001;
const CONTRACT = 1310000010;
const MODULE_CONTRACT = 1810000010;
const PERIODS = `/v1/memberships/${CONTRACT}/self-service/idle-periods`;

let simulator: Simulator;
let idlePeriodId: number;
beforeAll(async () => {
	simulator = await startSimulator({ customers: 130 });
	const body = new FormData();
	const data = { startDate: '2099-05-01', temporalUnit: 'MONTH', termValue: 1, reasonId: 1 };
	body.set('data', new Blob([JSON.stringify(data)], { type: 'application/json' }));
	({ id: idlePeriodId } = await get<{ id: number }>(simulator, PERIODS, { method: 'POST', body }));
});
beforeEach(() => {
	simulator.clearFaults();
	simulator.clearRequests();
});
afterAll(async () => await simulator.close());

const credential = () => ({ baseUrl: simulator.baseUrl, apiKey: simulator.apiKey });

type Method = keyof typeof node.methods.listSearch;

async function list(
	method: Method,
	filter?: string,
	parameters: INodeParameters = {},
	token?: string,
): Promise<INodeListSearchResult> {
	const context = loadOptionsContext(
		{ resource: 'membershipSelfService', ...parameters },
		credential(),
	);
	return await node.methods.listSearch[method].call(context, filter, token);
}

/** @returns parameters with ids that the user chose from lists */
function chosen(ids: Record<string, number | string>): INodeParameters {
	return Object.fromEntries(
		Object.entries(ids).map(([name, value]) => [name, locator(value, 'list')]),
	);
}

async function firstModule(): Promise<string> {
	const { results } = await list('searchPurchasableModules', '', chosen({ contractId: CONTRACT }));
	return String(results[0].value);
}

test.each([
	['searchCustomerContracts', { customerId: CUSTOMER }],
	['searchCancelationReasons', {}],
	['searchIdlePeriods', { contractId: CONTRACT }],
	['searchIdlePeriodReasons', { contractId: CONTRACT }],
	['searchPurchasableModules', { contractId: CONTRACT }],
] as Array<[Method, Record<string, number>]>)(
	'%s lists names with values, and finds them by name',
	async (method, ids) => {
		const { results } = await list(method, '', chosen(ids));
		expect(results.length).toBeGreaterThan(0);
		for (const { name, value } of results) {
			expect(name).toMatch(/\S/);
			expect(String(value)).toMatch(/^\d+$/);
		}
		const wanted = results[results.length - 1].name;
		const narrowed = await list(method, wanted.toUpperCase(), chosen(ids));
		expect(narrowed.results.map(({ name }) => name)).toContain(wanted);
		expect((await list(method, 'no such name', chosen(ids))).results).toEqual([]);
	},
);

test('an idle period is listed with its days, its reason, and whether the studio must confirm it', async () => {
	const { results } = await list('searchIdlePeriods', '', chosen({ contractId: CONTRACT }));
	expect(results).toEqual([
		{
			name: '2099-05-01 to 2099-05-31, Holiday, waiting for the studio',
			value: String(idlePeriodId),
		},
	]);
});

test('the operation reads the idle period from the list', async () => {
	const { results } = await list('searchIdlePeriods', '', chosen({ contractId: CONTRACT }));
	const parameters = {
		resource: 'membershipSelfService',
		operation: 'getIdlePeriodById',
		...chosen({ contractId: CONTRACT, idlePeriodId: String(results[0].value) }),
	};
	const [period] = await runNode({ parameters, credential: credential() });
	expect(period.json.id).toBe(idlePeriodId);
});

test('a reason is marked when it needs a document', async () => {
	const { results } = await list('searchIdlePeriodReasons', '', chosen({ contractId: CONTRACT }));
	expect(results.map(({ name }) => name)).toEqual([
		'Holiday',
		'Illness, "certified" (needs a document)',
	]);
});

test('payment frequencies are those of the chosen module', async () => {
	const additionalModuleId = await firstModule();
	const path = `/v1/memberships/${CONTRACT}/self-service/additional-modules/purchasable`;
	type Module = { id: number; paymentFrequencies: Array<{ id: number }> };
	const modules = await get<Module[]>(simulator, path);
	const module = modules.find(({ id }) => String(id) === additionalModuleId);
	const ids = chosen({ contractId: CONTRACT, additionalModuleId });
	const { results } = await list('searchModulePaymentFrequencies', '', ids);
	expect(results.map(({ value }) => value)).toEqual(
		module?.paymentFrequencies.map(({ id }) => String(id)),
	);
	for (const { name } of results) expect(name).toMatch(/, every \d+ \w+, [\d.]+ EUR$/);
});

test('payment frequencies need the module first', async () => {
	const ids = chosen({ contractId: CONTRACT, additionalModuleId: '' });
	await expect(list('searchModulePaymentFrequencies', '', ids)).rejects.toThrow(
		'Choose "Additional Module" first',
	);
	expect(simulator.requests).toHaveLength(0);
});

test('module contracts are those of the chosen contract, and are found by its customer', async () => {
	const ids = chosen({ contractId: CONTRACT });
	const found = await list('searchModuleContracts', 'Herms', ids);
	expect(found.results).toEqual([
		{
			name: expect.stringMatching(/^Drinks, .*\(1810000010\)$/) as string,
			value: String(MODULE_CONTRACT),
		},
	]);
	expect((await list('searchModuleContracts', 'Nobody', ids)).results).toEqual([]);
	await expect(list('searchModuleContracts', 'Herms', chosen({ contractId: '' }))).rejects.toThrow(
		'Choose "Contract" first',
	);
});

test('contracts are those of the customer when the operation has one', async () => {
	const withCustomer = {
		operation: 'withdrawContractCancelation',
		...chosen({ customerId: CUSTOMER }),
	};
	const { results } = await list('searchContracts', '', withCustomer);
	expect(results.map(({ value }) => value)).toContain(String(CONTRACT));
	expect(results[0].name).not.toContain('Herms');
	expect(simulator.requests).toHaveLength(1);
	const narrowed = await list('searchContracts', String(CONTRACT), withCustomer);
	expect(narrowed.results.map(({ value }) => value)).toEqual([String(CONTRACT)]);
	const without = { ...withCustomer, ...chosen({ customerId: '' }) };
	await expect(list('searchContracts', '', without)).rejects.toThrow('Choose "Customer" first');
});

test('contracts of all members come page by page without a search text', async () => {
	const parameters = { operation: 'getIdlePeriods', ...chosen({ customerId: CUSTOMER }) };
	const values: unknown[] = [];
	let token: string | undefined;
	let pages = 0;
	do {
		const page = await list('searchContracts', '', parameters, token);
		values.push(...page.results.map(({ value }) => value));
		token = page.paginationToken;
		pages++;
	} while (token !== undefined && pages < 50);
	const members = await get<{ result: Array<{ id: number }> }>(simulator, '/v1/customers', {
		query: 'sliceSize=500',
	});
	expect(new Set(values).size).toBe(values.length);
	expect(values.length).toBeGreaterThanOrEqual(members.result.length);
	expect(pages).toBeLessThan(50);
});
