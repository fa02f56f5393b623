import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { loadOptionsContext, locator, node, runNode } from './harness.cts';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ customers: 20 });
});
beforeEach(() => simulator.clearRequests());
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
	const context = loadOptionsContext({ resource: 'membership', ...parameters }, credential());
	return await node.methods.listSearch[method].call(context, filter, token);
}

function picked(value: unknown) {
	return locator(value as string | number, 'list');
}

const customer = { customerId: picked(CUSTOMER) };

async function run(parameters: INodeParameters) {
	const output = await runNode({ parameters, credential: credential() });
	return output.map(({ json }) => json);
}

/** @returns parameters with a customer and a configuration from the list */
async function withConfiguration(): Promise<INodeParameters> {
	const { results } = await list('searchConfigurations', '', {
		operation: 'switchMembership',
		...customer,
	});
	return { ...customer, switchConfigId: picked(results[0].value) };
}

test.each([
	['searchMembershipOffers', () => ({})],
	['searchOfferTerms', () => ({})],
	['searchOnlineOffers', () => ({})],
	['searchSourceContracts', () => customer],
	['searchConfigurations', () => ({ operation: 'switchMembership', ...customer })],
	['searchSwitchOfferTerms', withConfiguration],
] as Array<[Method, () => INodeParameters | Promise<INodeParameters>]>)(
	'%s lists unique names with values',
	async (method, chosen) => {
		const parameters = await chosen();
		const { results } = await list(method, '', parameters);
		const names = results.map(({ name }) => name);
		expect(names.length).toBeGreaterThan(0);
		expect(new Set(names).size).toBe(names.length);
		for (const { value } of results) expect(String(value)).toMatch(/^\d+$/);

		const wanted = names[names.length - 1];
		const narrowed = await list(method, wanted.toUpperCase(), parameters);
		expect(narrowed.results.map(({ name }) => name)).toContain(wanted);
		expect((await list(method, 'no such name', parameters)).results).toEqual([]);
	},
);

test('a term is listed with its offer, its length, its price and how often it is paid', async () => {
	const { results } = await list('searchOfferTerms');
	const names = results.map(({ name }) => name);
	expect(names).toContain('Basic: 12 months, 19.9 EUR, monthly');
	for (const name of names) expect(name).toMatch(/^.+: \d+ months, [\d.]+ EUR, monthly$/);
});

test('a contract is listed with its rate and its dates', async () => {
	const { results } = await list('searchSourceContracts', '', customer);
	expect(results[0].name).toMatch(/^.+, \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d$/);
});

test('the operations work with an offer and a term from the lists', async () => {
	const [offer] = (await list('searchMembershipOffers')).results;
	const [read] = await run({
		resource: 'membership',
		operation: 'getMembershipOfferById',
		membershipOfferId: picked(offer.value),
	});
	expect(read.id).toBe(Number(offer.value));

	const [term] = (await list('searchOfferTerms')).results;
	await run({
		resource: 'membership',
		operation: 'addMembership',
		...customer,
		contractOfferTermId: picked(term.value),
		membershipStartDate: '2026-10-01',
	});
	expect(simulator.requests.map(({ body }) => body)).toContainEqual({
		contractOfferTermId: Number(term.value),
		startDate: '2026-10-01',
	});
});

test('the terms of a switch are those of the chosen configuration', async () => {
	const configuration = await withConfiguration();
	const { results } = await list('searchSwitchOfferTerms', '', configuration);
	const [{ destinationMembershipOffers }] = await run({
		resource: 'membership',
		operation: 'getMembershipSwitchConfigurationForCustomer',
		...customer,
		configId: configuration.switchConfigId,
	});
	const terms = (destinationMembershipOffers as Array<{ terms: Array<{ id: number }> }>).flatMap(
		(offer) => offer.terms,
	);
	expect(results.map(({ value }) => Number(value))).toEqual(terms.map(({ id }) => id));
});

test('online offers come page by page, with their prices', async () => {
	const names: string[] = [];
	let token: string | undefined;
	let pages = 0;
	do {
		const page = await list('searchOnlineOffers', '', {}, token);
		names.push(...page.results.map(({ name }) => name));
		token = page.paginationToken;
		pages++;
	} while (token !== undefined && pages < 50);
	expect(pages).toBeGreaterThan(1);
	expect(names).toContainEqual(expect.stringMatching(/^Sample name \d+, [\d.]+ EUR/));
	for (const name of names) expect(name).toMatch(/^(Sample name )?\d+/);
});

test('a list that depends on another choice needs that choice first', async () => {
	const choices = { ...customer, switchConfigId: picked('') };
	await expect(list('searchSwitchOfferTerms', '', choices)).rejects.toThrow(
		'Choose "Switch Configuration" first',
	);
	await expect(list('searchSourceContracts', '', { customerId: picked('') })).rejects.toThrow(
		'Choose "Customer" first',
	);
	expect(simulator.requests).toHaveLength(0);
});
