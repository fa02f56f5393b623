/** Lists of customers and their contracts, documents and other data. */

import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { operations } from '../properties';
import { firstWithItems, offered, pickList, searchPages } from './pickList';
import type { Page } from './read';
import {
	asRecord,
	asRecords,
	emptyWhenNotFound,
	findRecord,
	readPage,
	readRecords,
	textOf,
} from './read';
import { itemOf, joined, personName } from './texts';

/** The number of customers whose contracts make up one page of the list. */
const CUSTOMERS_PER_CONTRACT_PAGE = 8;
const MAX_NAME_WORDS = 4;

/** The operations that find customers, in one studio or in all. */
interface CustomerSearch {
	search: string;
	byNumber: string;
	byId: string;
}

const OWN_STUDIO: CustomerSearch = {
	search: 'searchCustomers',
	byNumber: 'getCustomerBy',
	byId: 'getCustomerById',
};

const ALL_STUDIOS: CustomerSearch = {
	search: 'searchCrossStudioCustomers',
	byNumber: 'getCrossStudioCustomerBy',
	byId: 'getCrossStudioCustomerById',
};

async function searchCustomers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const isOwn = this.getCurrentNodeParameter('resource') !== 'crossStudio';
	const toItem = isOwn ? customerItem : customerOfStudioItem;
	if (filter?.trim()) {
		const found = await findCustomers(this, filter.trim(), isOwn ? OWN_STUDIO : ALL_STUDIOS);
		return { results: offered(found.map(toItem)) };
	}
	// The API can only search the customers of all studios. It lists those of one studio.
	const nextPage = async (token?: string) => await readPage(this, 'getCustomers', token);
	return await searchPages(nextPage, toItem, '', paginationToken);
}

async function searchContracts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	if (takesCustomer(this)) {
		return { results: offered((await contractsOf(this)).map(contractItem), filter) };
	}
	const chunkAt = customersOf(this, filter?.trim());
	return await firstWithItems(async (token) => {
		const { records, paginationToken: next } = await customersOfPage(chunkAt, token);
		const lists = await Promise.all(
			records.map(async (customer) => await contractItemsOf(this, customer)),
		);
		return { results: offered(lists.flat()), paginationToken: next };
	}, paginationToken);
}

async function contractItemsOf(
	context: ILoadOptionsFunctions,
	customer: IDataObject,
): Promise<INodeListSearchItems[]> {
	// A customer can be gone since the list was read.
	const contracts = await contractsOf(context, textOf(customer.id)).catch(emptyWhenNotFound);
	return contracts.map(contractItem).map(({ name, value }) => ({
		name: `${personName(customer)} – ${name}`,
		value,
	}));
}

/** Whether the operation has a customer parameter. If so, the contract belongs to that customer. */
function takesCustomer(context: ILoadOptionsFunctions): boolean {
	const operation = String(context.getCurrentNodeParameter('operation'));
	const shown = operations.parameter('customerId').displayOptions?.show?.operation;
	return shown?.includes(operation) === true;
}

/** @returns reads a chunk of the customers that match, or of all without a filter; each one once */
function customersOf(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
): (offset?: string) => Promise<Page> {
	const chunks = new Map<string | undefined, Promise<Page>>();
	const readChunk = async (offset?: string): Promise<Page> =>
		filter
			? { records: await findCustomers(context, filter) }
			: await readPage(context, 'getCustomers', offset);
	return async (offset) => {
		const chunk = chunks.get(offset) ?? readChunk(offset);
		chunks.set(offset, chunk);
		return await chunk;
	};
}

/**
 * Picks the customers whose contracts make up a page.
 *
 * @param token the index of the first customer in a chunk, and the offset of the chunk
 */
async function customersOfPage(
	chunkAt: (offset?: string) => Promise<Page>,
	token = '0',
): Promise<Page> {
	const [start, offset] = token.split(' ');
	const chunk = await chunkAt(offset);
	const end = Number(start) + CUSTOMERS_PER_CONTRACT_PAGE;
	const following = chunk.paginationToken && `0 ${chunk.paginationToken}`;
	return {
		records: chunk.records.slice(Number(start), end),
		paginationToken: end < chunk.records.length ? `${end} ${offset ?? ''}`.trim() : following,
	};
}

/**
 * @param customerId replaces the customer that is chosen in the node
 * @returns the contracts of the customer
 * @throws n8n's error, with a message for users
 */
export async function contractsOf(
	context: ILoadOptionsFunctions,
	customerId?: string,
): Promise<IDataObject[]> {
	const ids = customerId === undefined ? undefined : { customerId };
	return await readRecords(context, 'getCustomersContracts', { ids });
}

/** @returns an item with rate, dates and ID, because a customer can have the same rate twice */
export function contractItem(contract: IDataObject): INodeListSearchItems {
	const { id, rateName, startDate, endDate } = contract;
	const name = joined([rateName, joined([startDate, endDate], ' to ')]);
	return { name: `${name} (${textOf(id)})`, value: textOf(id) };
}

/**
 * Searches for customers by the beginning of their names, by email, or by a number.
 *
 * @param source one studio or all studios
 * @returns the records of the customers, without duplicates
 * @throws n8n's error, with a message for users
 */
export async function findCustomers(
	context: ILoadOptionsFunctions,
	filter: string,
	source = OWN_STUDIO,
): Promise<IDataObject[]> {
	const search = async (body: IDataObject) => await readRecords(context, source.search, { body });
	if (filter.includes('@')) return await search({ email: filter });

	const searches = namesIn(filter).map(search);
	const found = await Promise.all([...searches, ...byNumber(context, filter, source)]);
	return [...new Map(found.flat().map((customer) => [customer.id, customer])).values()];
}

/** @returns all ways to read a text as names: "Anna Maria Berg", "van der Berg", "Berg, Anna" */
function namesIn(text: string): IDataObject[] {
	const [last, first] = text.split(',').map((part) => part.trim());
	if (first) return [{ firstName: first, lastName: last }];

	const words = last.split(/\s+/).slice(0, MAX_NAME_WORDS);
	const splits = words.slice(1).flatMap((_word, index) => {
		const [start, end] = [words.slice(0, index + 1).join(' '), words.slice(index + 1).join(' ')];
		return [
			{ firstName: start, lastName: end },
			{ firstName: end, lastName: start },
		];
	});
	return [{ firstName: last }, { lastName: last }, ...splits];
}

/** Customer numbers may contain letters, so this only requires one digit. */
function byNumber(
	context: ILoadOptionsFunctions,
	text: string,
	source: CustomerSearch,
): Array<Promise<IDataObject[]>> {
	if (!/\d/.test(text)) return [];
	const reads = [findRecord(context, source.byNumber, { query: { customerNumber: text } })];
	if (/^\d+$/.test(text)) {
		reads.push(findRecord(context, source.byId, { ids: { customerId: text } }));
	}
	return reads.map(async (found) => await found.then((customer) => (customer ? [customer] : [])));
}

function customerItem(customer: IDataObject): INodeListSearchItems {
	const number = textOf(customer.customerNumber);
	return { name: personName(customer) + (number && ` (${number})`), value: textOf(customer.id) };
}

/** Adds the studio, because two studios can have customers with the same name and number. */
function customerOfStudioItem(customer: IDataObject): INodeListSearchItems {
	const { name, value } = customerItem(customer);
	const studio = textOf(customer.studioId);
	return { name: name + (studio && ` – studio ${studio}`), value };
}

/** List searches, by the names that the parameters use in `searchListMethod`. */
export const customerLists = {
	searchAccessMediums: pickList(
		'getCustomerById',
		({ id, type, value }) => itemOf(id, joined([type, value], ' ')),
		(customer) => asRecords(asRecord(customer).accessMediums),
	),
	searchAdditionalInformationFields: pickList('getAdditionalInformationFields', ({ id, name }) =>
		itemOf(id, name),
	),
	searchBenefits: pickList('getBenefits', ({ key, valid }) =>
		itemOf(key, valid === true ? key : `${textOf(key)} (not available now)`),
	),
	searchContracts,
	searchCustomers,
	searchDocuments: pickList('getDocuments', ({ id, fileName, description }) =>
		itemOf(id, textOf(fileName) || description),
	),
	searchStudios: pickList('getStudiosWithActiveMembershipOffers', ({ studioId, name }) =>
		itemOf(studioId, name),
	),
};
