/** Lists of customers and their contracts, documents and other data to pick from. */

import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { operations } from '../properties';
import { asRecords, listIn, matching, nextOffset, emptyWhenNotFound, read, textOf } from './lists';

const CUSTOMERS_PER_PAGE = 50;
const DOCUMENTS_PER_PAGE = 50;
/** The number of customers whose contracts make up one page of the list. */
const CUSTOMERS_PER_CONTRACT_PAGE = 8;
const MAX_NAME_WORDS = 4;

/** The operations and paths that find customers, in one studio or in all. */
interface CustomerSearch {
	search: [operation: string, template: string];
	byNumber: [operation: string, template: string];
	byId: [operation: string, template: string];
}

const OWN_STUDIO: CustomerSearch = {
	search: ['searchCustomers', '/v1/customers/search'],
	byNumber: ['getCustomerBy', '/v1/customers/by'],
	byId: ['getCustomerById', '/v1/customers/{customerId}'],
};

const ALL_STUDIOS: CustomerSearch = {
	search: ['searchCrossStudioCustomers', '/v1/cross-studio/customers/search'],
	byNumber: ['getCrossStudioCustomerBy', '/v1/cross-studio/customers/by'],
	byId: ['getCrossStudioCustomerById', '/v1/cross-studio/customers/{customerId}'],
};

async function searchCustomers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const isOwn = this.getCurrentNodeParameter('resource') !== 'crossStudio';
	if (filter?.trim()) {
		const found = await findCustomers(this, filter.trim(), isOwn ? OWN_STUDIO : ALL_STUDIOS);
		return { results: found.map(isOwn ? customerItem : customerOfStudioItem) };
	}
	// The API can only search the customers of all studios. It lists those of one studio.
	const query = {
		sliceSize: CUSTOMERS_PER_PAGE,
		...(paginationToken && { offset: paginationToken }),
	};
	const chunk = await read(this, 'getCustomers', '/v1/customers', { query });
	return {
		results: listIn(chunk).map(isOwn ? customerItem : customerOfStudioItem),
		paginationToken: nextOffset(chunk, paginationToken),
	};
}

async function searchContracts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	if (takesCustomer(this)) return { results: matching(await contractsOf(this), filter) };

	const { customers, next } = await customersOfPage(this, filter?.trim(), paginationToken);
	const lists = await Promise.all(
		customers.map(async (customer) => {
			const contracts = await contractsOf(this, textOf(customer.id));
			return contracts.map(({ name, value }) => ({
				name: `${customerName(customer)} – ${name}`,
				value,
			}));
		}),
	);
	return { results: lists.flat(), paginationToken: next };
}

/** Whether the operation has a customer parameter. If so, the contract belongs to that customer. */
function takesCustomer(context: ILoadOptionsFunctions): boolean {
	const operation = String(context.getCurrentNodeParameter('operation'));
	const shown = operations.parameter('customerId').displayOptions?.show?.operation;
	return shown?.includes(operation) === true;
}

/**
 * Finds the customers whose contracts make up a page: those that match the filter, or without a filter
 * all customers.
 *
 * @param token the index of the first customer in a chunk, and the offset of the chunk
 */
async function customersOfPage(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	token = '0',
): Promise<{ customers: IDataObject[]; next?: string }> {
	const [start, offset] = token.split(' ');
	const query = { sliceSize: CUSTOMERS_PER_PAGE, ...(offset && { offset }) };
	const chunk = filter
		? { result: await findCustomers(context, filter) }
		: await read(context, 'getCustomers', '/v1/customers', { query });
	const all = listIn(chunk);
	const end = Number(start) + CUSTOMERS_PER_CONTRACT_PAGE;
	const following = nextOffset(chunk, offset);
	const atNextChunk = following && `0 ${following}`;
	return {
		customers: all.slice(Number(start), end),
		next: end < all.length ? `${end} ${offset ?? ''}`.trim() : atNextChunk,
	};
}

/**
 * @param customerId replaces the customer that is chosen in the node
 * @returns an item for each contract of the customer
 * @throws n8n's error, with a message for users
 */
export async function contractsOf(
	context: ILoadOptionsFunctions,
	customerId?: string,
): Promise<INodeListSearchItems[]> {
	return (await contractRecords(context, customerId)).map(contractItem);
}

/** Works like {@link contractsOf}, but returns the records of the API. */
export async function contractRecords(
	context: ILoadOptionsFunctions,
	customerId?: string,
): Promise<IDataObject[]> {
	const template = '/v1/customers/{customerId}/contracts';
	const ids = customerId === undefined ? undefined : { customerId };
	return asRecords(await read(context, 'getCustomersContracts', template, { ids }));
}

/** @returns an item with rate, dates and ID, because a customer can have the same rate twice */
export function contractItem(contract: IDataObject): INodeListSearchItems {
	const { id, rateName, startDate, endDate } = contract;
	const days = [startDate, endDate].map(textOf).filter(Boolean).join(' to ');
	const name = [textOf(rateName), days].filter(Boolean).join(', ');
	return { name: `${name} (${textOf(id)})`, value: textOf(id) };
}

async function searchAccessMediums(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const customer = await read(this, 'getCustomerById', '/v1/customers/{customerId}');
	const mediums = asRecords((customer as IDataObject).accessMediums);
	const items = mediums.map(({ id, type, value }) => ({
		name: `${textOf(type)} ${textOf(value)}`,
		value: textOf(id),
	}));
	return { results: matching(items, filter) };
}

async function searchBenefits(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const template = '/v1/customers/{customerId}/benefits';
	const benefits = asRecords(await read(this, 'getBenefits', template));
	const items = benefits.map(({ key, valid }) => ({
		name: valid === true ? textOf(key) : `${textOf(key)} (not available now)`,
		value: textOf(key),
	}));
	return { results: matching(items, filter) };
}

async function searchDocuments(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const template = '/v1/customers/{customerId}/documents';
	const query = {
		sliceSize: DOCUMENTS_PER_PAGE,
		...(paginationToken && { offset: paginationToken }),
	};
	const chunk = await read(this, 'getDocuments', template, { query });
	const items = listIn(chunk).map(({ id, fileName, description }) => ({
		name: textOf(fileName) || textOf(description) || textOf(id),
		value: textOf(id),
	}));
	return {
		results: matching(items, filter),
		paginationToken: nextOffset(chunk, paginationToken),
	};
}

async function searchAdditionalInformationFields(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const template = '/v1/customers/additional-information-fields';
	const fields = asRecords(await read(this, 'getAdditionalInformationFields', template));
	const items = fields.map(({ id, name }) => ({ name: textOf(name), value: textOf(id) }));
	return { results: matching(items, filter) };
}

async function searchStudios(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const template = '/v1/cross-studio/membership-offers/studios';
	const studios = asRecords(await read(this, 'getStudiosWithActiveMembershipOffers', template));
	const items = studios.map(({ studioId, name }) => ({
		name: textOf(name) || textOf(studioId),
		value: textOf(studioId),
	}));
	return { results: matching(items, filter) };
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
	if (filter.includes('@')) return await search(context, { email: filter }, source);

	const searches = namesIn(filter).map(async (body) => await search(context, body, source));
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
	const reads = [read(context, ...source.byNumber, { query: { customerNumber: text } })];
	if (/^\d+$/.test(text)) {
		reads.push(read(context, ...source.byId, { ids: { customerId: text } }));
	}
	return reads.map(
		async (found) => await found.then((customer) => [customer as IDataObject], emptyWhenNotFound),
	);
}

async function search(
	context: ILoadOptionsFunctions,
	body: IDataObject,
	source: CustomerSearch,
): Promise<IDataObject[]> {
	return asRecords(await read(context, ...source.search, { method: 'POST', body }));
}

function customerItem(customer: IDataObject): INodeListSearchItems {
	const { customerNumber, id } = customer;
	const number = textOf(customerNumber);
	return { name: customerName(customer) + (number && ` (${number})`), value: textOf(id) };
}

/** Adds the studio, because two studios can have customers with the same name and number. */
function customerOfStudioItem(customer: IDataObject): INodeListSearchItems {
	const { name, value } = customerItem(customer);
	const studio = textOf(customer.studioId);
	return { name: name + (studio && ` – studio ${studio}`), value };
}

/** @returns the full name, or the ID when the customer has no name */
export function customerName({ firstName, lastName, id }: IDataObject): string {
	return [textOf(firstName), textOf(lastName)].filter(Boolean).join(' ') || textOf(id);
}

/** List searches, by the names that the parameters use in `searchListMethod`. */
export const customerLists = {
	searchAccessMediums,
	searchAdditionalInformationFields,
	searchBenefits,
	searchContracts,
	searchCustomers,
	searchDocuments,
	searchStudios,
};
