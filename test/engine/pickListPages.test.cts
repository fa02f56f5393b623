import type { INodeListSearchResult, INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { loadOptionsContext, locator, node } from './harness.cts';

const HOST = 'https://acme.open-api.perfectgym.com';

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

type Method = keyof typeof node.methods.listSearch;

async function list(
	method: Method,
	parameters: INodeParameters,
	filter: string,
	token?: string,
): Promise<INodeListSearchResult> {
	return await node.methods.listSearch[method].call(loadOptionsContext(parameters), filter, token);
}

/**
 * Answers each request for a chunk, requests for contracts with one, and others with an empty chunk.
 *
 * @param path of the chunks
 * @param nextOf returns what an answer says about the next chunk
 * @returns the offsets that were requested
 */
function answerChunks(
	path: string,
	nextOf: (offset?: string) => { hasNext: boolean; offset: string },
): Array<string | undefined> {
	const requested: Array<string | undefined> = [];
	nock(HOST)
		.persist()
		.get(/.*/)
		.query(true)
		.reply((uri) => {
			const { pathname, searchParams } = new URL(uri, HOST);
			if (pathname.endsWith('/contracts')) return [200, [{ id: 1, rateName: 'Basic' }]];
			if (pathname !== path) return [200, { result: [], hasNext: false }];
			const offset = searchParams.get('offset') ?? undefined;
			requested.push(offset);
			const record = { id: 1, onlineOfferId: 1, firstName: 'Sam', title: 'Yoga' };
			return [200, { result: [record], ...nextOf(offset) }];
		});
	return requested;
}

const ID = locator('1', 'list');
const TRIAL_PATH = '/v1/trial-offers/bookable-trial-offers';

/** Each list that has pages, with the path of its chunks and the token of the page with the offset 50. */
const pagedLists: Array<
	[method: Method, parameters: INodeParameters, path: string, token: string]
> = [
	['searchCustomers', {}, '/v1/customers', '50'],
	['searchContracts', { operation: 'getIdlePeriods' }, '/v1/customers', '0 50'],
	['searchDocuments', { customerId: ID }, '/v1/customers/1/documents', '50'],
	['searchEmployees', { resource: 'employee' }, '/v1/employees', '50'],
	['searchOnlineOffers', { resource: 'onlineOffer' }, '/v1/online-offers/purchasable', '50'],
	['searchClasses', { resource: 'class' }, '/v1/classes', '50'],
	['searchClasses', { resource: 'trialOffer' }, `${TRIAL_PATH}/classes`, '50'],
	['searchClassSlots', { resource: 'class', classId: ID }, '/v1/classes/1/slots', '50'],
	['searchSlotsToBook', { resource: 'class' }, '/v1/classes/slots', '50'],
	['searchSlotsToBook', { resource: 'class', slotClassId: ID }, '/v1/classes/1/slots', '50'],
	['searchAppointments', { resource: 'appointment' }, '/v1/appointments/bookable', '50'],
];

describe.each(pagedLists)('%s with %j', (method, parameters, path, token) => {
	test('goes on with the next offset', async () => {
		const requested = answerChunks(path, () => ({ hasNext: true, offset: '100' }));
		const page = await list(method, parameters, '', token);
		expect(page.paginationToken).toBe(token.replace('50', '100'));
		expect(requested).toEqual(['50']);
	});

	test('ends when the offset does not move, although there would be more', async () => {
		const requested = answerChunks(path, () => ({ hasNext: true, offset: '50' }));
		const page = await list(method, parameters, '', token);
		expect(page.paginationToken).toBeUndefined();
		expect(requested).toEqual(['50']);
	});

	test('ends after the last record, although the offset moves', async () => {
		answerChunks(path, () => ({ hasNext: false, offset: '100' }));
		expect((await list(method, parameters, '', token)).paginationToken).toBeUndefined();
	});
});

test('a search among employees reads fifty chunks at most, and then goes on where it stopped', async () => {
	const requested = answerChunks('/v1/employees', (offset = '0') => ({
		hasNext: true,
		offset: String(Number(offset) + 100),
	}));
	const page = await list('searchEmployees', { resource: 'employee' }, 'no such name');
	expect(page).toEqual({ results: [], paginationToken: '5000' });
	expect(requested).toHaveLength(50);
	await list('searchEmployees', { resource: 'employee' }, 'no such name', '5000');
	expect(requested[50]).toBe('5000');
});

test('a search among employees ends when the offset does not move', async () => {
	const requested = answerChunks('/v1/employees', () => ({ hasNext: true, offset: '100' }));
	const page = await list('searchEmployees', { resource: 'employee' }, 'no such name');
	expect(page).toEqual({ results: [], paginationToken: undefined });
	expect(requested).toEqual([undefined, '100']);
});

test.each([
	['true', '100'],
	['false', undefined],
])('a list says with the text "%s" whether it goes on', async (hasNext, next) => {
	const record = { id: 1, firstName: 'Sam' };
	nock(HOST)
		.get('/v1/customers')
		.query(true)
		.reply(200, { result: [record], hasNext, offset: '100' });
	const page = await list('searchCustomers', { resource: 'customer' }, '');
	expect(page.paginationToken).toBe(next);
});

test('a list that does not say whether it goes on is refused', async () => {
	nock(HOST)
		.get('/v1/customers')
		.query(true)
		.reply(200, { result: [{ id: 1 }], offset: '100' });
	await expect(list('searchCustomers', { resource: 'customer' }, '')).rejects.toThrow(
		'does not say whether the list continues',
	);
});

test('an answer that is not a list is refused', async () => {
	nock(HOST)
		.get('/v1/devices')
		.reply(200, { result: [{ id: 1 }], hasNext: false });
	await expect(list('searchDevices', { resource: 'device' }, '')).rejects.toThrow(
		'did not return a list',
	);
});

test('two customers with one name are told apart by their IDs', async () => {
	const found = [1, 2].map((id) => ({ id, firstName: 'Sam', lastName: 'Bell' }));
	nock(HOST).persist().post('/v1/customers/search').reply(200, found);
	const { results } = await list('searchCustomers', { resource: 'customer' }, 'Sam');
	expect(results.map(({ name }) => name)).toEqual(['Sam Bell (1)', 'Sam Bell (2)']);
});

test('contracts are looked for among further customers, and a customer who is gone is passed over', async () => {
	const customers = Array.from({ length: 9 }, (_, index) => ({ id: index + 1, firstName: 'Sam' }));
	const chunk = { result: customers, hasNext: false };
	// Once: the customers of both pages come from one answer.
	nock(HOST).get('/v1/customers').query(true).reply(200, chunk);
	nock(HOST)
		.persist()
		.get(/\/contracts$/)
		.reply((uri) => {
			if (uri === '/v1/customers/1/contracts') return [404, {}];
			return [200, uri === '/v1/customers/9/contracts' ? [{ id: 5, rateName: 'Basic' }] : []];
		});
	const page = await list('searchContracts', { operation: 'getIdlePeriods' }, '');
	expect(page.results).toEqual([{ name: 'Sam – Basic (5)', value: '5' }]);
});

test('the configurations of trial offers are looked for in ten chunks at most', async () => {
	const requested = answerChunks(`${TRIAL_PATH}/classes`, (offset = '0') => ({
		hasNext: true,
		offset: String(Number(offset) + 100),
	}));
	await list('searchTrialOfferConfigurations', { resource: 'trialOffer' }, '');
	expect(requested).toHaveLength(10);
});

describe('a search among customers', () => {
	/** @returns the requests that the search sends, as method and path with query */
	async function requestsOf(filter: string): Promise<string[]> {
		const requests: string[] = [];
		for (const method of ['get', 'post'] as const) {
			nock(HOST)
				.persist()
				[method](/.*/)
				.reply((uri) => {
					requests.push(`${method} ${uri}`);
					return [200, method === 'post' ? [] : { id: 7 }];
				});
		}
		await list('searchCustomers', { resource: 'customer' }, filter);
		return [...new Set(requests)].sort();
	}

	const BY_NAME = 'post /v1/customers/search';

	test.each(['Anna', 'van der Berg', 'Müller'])(
		'%s: not by number, without a digit',
		async (text) => {
			expect(await requestsOf(text)).toEqual([BY_NAME]);
		},
	);

	test.each(['A-12', 'B7'])('%s: by number, but not by ID, with other signs', async (text) => {
		const byNumber = `get /v1/customers/by?customerNumber=${text}`;
		expect(await requestsOf(text)).toEqual([byNumber, BY_NAME]);
	});

	test('12: by number and by ID, with digits only', async () => {
		expect(await requestsOf('12')).toEqual([
			'get /v1/customers/12',
			'get /v1/customers/by?customerNumber=12',
			BY_NAME,
		]);
	});
});
