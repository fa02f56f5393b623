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
 * Answers each request for a chunk, and requests for other lists with an empty list.
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
			if (pathname !== path) return [200, []];
			const offset = searchParams.get('offset') ?? undefined;
			requested.push(offset);
			return [200, { result: [{ id: 1, firstName: 'Sam', title: 'Yoga' }], ...nextOf(offset) }];
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

	test('ends when there are no more records, although the offset moves', async () => {
		answerChunks(path, () => ({ hasNext: false, offset: '100' }));
		expect((await list(method, parameters, '', token)).paginationToken).toBeUndefined();
	});
});

test('a search among employees reads ten chunks at most, and then goes on where it stopped', async () => {
	const requested = answerChunks('/v1/employees', (offset = '0') => ({
		hasNext: true,
		offset: String(Number(offset) + 100),
	}));
	const page = await list('searchEmployees', { resource: 'employee' }, 'no such name');
	expect(page).toEqual({ results: [], paginationToken: '1000' });
	expect(requested).toHaveLength(10);
	await list('searchEmployees', { resource: 'employee' }, 'no such name', '1000');
	expect(requested[10]).toBe('1000');
});

test('a search among employees ends when the offset does not move', async () => {
	const requested = answerChunks('/v1/employees', () => ({ hasNext: true, offset: '100' }));
	const page = await list('searchEmployees', { resource: 'employee' }, 'no such name');
	expect(page).toEqual({ results: [], paginationToken: undefined });
	expect(requested).toEqual([undefined, '100']);
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
