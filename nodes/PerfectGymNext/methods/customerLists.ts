/** The lists from which a user picks a customer, and what belongs to one. */

import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { parameterNamed } from '../transport/declarations';
import { asRecords, listIn, matching, nextOffset, noneWhenNotFound, read, textOf } from './lists';

const CUSTOMERS_A_PAGE = 50;
const DOCUMENTS_A_PAGE = 50;
/** How many customers' contracts are looked up for one page. */
const CUSTOMERS_WITH_CONTRACTS = 8;
const MOST_WORDS_OF_A_NAME = 4;

async function searchCustomers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	if (filter?.trim()) {
		return { results: (await findCustomers(this, filter.trim())).map(customerItem) };
	}
	const query = {
		sliceSize: CUSTOMERS_A_PAGE,
		...(paginationToken && { offset: paginationToken }),
	};
	const chunk = await read(this, 'getCustomers', '/v1/customers', { query });
	return {
		results: listIn(chunk).map(customerItem),
		paginationToken: nextOffset(chunk, paginationToken),
	};
}

async function searchContracts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	if (takesCustomer(this)) return { results: matching(await contractsOf(this), filter) };

	const { customers, next } = await someCustomers(this, filter?.trim(), paginationToken);
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

/** Whether the operation has a customer, to whom the contract then belongs. */
function takesCustomer(context: ILoadOptionsFunctions): boolean {
	const operation = String(context.getCurrentNodeParameter('operation'));
	const shown = parameterNamed('customerId')?.displayOptions?.show?.operation;
	return shown?.includes(operation) === true;
}

/**
 * The customers whose contracts make up a page: those that are searched for, else all members.
 *
 * @param token from which customer on, and the offset of the chunk that they are in
 */
async function someCustomers(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	token = '0',
): Promise<{ customers: IDataObject[]; next?: string }> {
	const [start, offset] = token.split(' ');
	const query = { sliceSize: CUSTOMERS_A_PAGE, ...(offset && { offset }) };
	const chunk = filter
		? { result: await findCustomers(context, filter) }
		: await read(context, 'getCustomers', '/v1/customers', { query });
	const all = listIn(chunk);
	const end = Number(start) + CUSTOMERS_WITH_CONTRACTS;
	const following = nextOffset(chunk, offset);
	const atNextChunk = following && `0 ${following}`;
	return {
		customers: all.slice(Number(start), end),
		next: end < all.length ? `${end} ${offset ?? ''}`.trim() : atNextChunk,
	};
}

/** @param customerId the one that is chosen in the node, unless another one is given */
export async function contractsOf(
	context: ILoadOptionsFunctions,
	customerId?: string,
): Promise<INodeListSearchItems[]> {
	return (await contractRecords(context, customerId)).map(contractItem);
}

/** As {@link contractsOf}, with all that the API says of each contract. */
export async function contractRecords(
	context: ILoadOptionsFunctions,
	customerId?: string,
): Promise<IDataObject[]> {
	const template = '/v1/customers/{customerId}/contracts';
	const ids = customerId === undefined ? undefined : { customerId };
	return asRecords(await read(context, 'getCustomersContracts', template, { ids }));
}

/** A contract by its rate, its days and its ID, since someone can have had one rate twice. */
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
		sliceSize: DOCUMENTS_A_PAGE,
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

/** The API finds how first and last names begin; people also enter an email or a number. */
export async function findCustomers(
	context: ILoadOptionsFunctions,
	filter: string,
): Promise<IDataObject[]> {
	if (filter.includes('@')) return await search(context, { email: filter });

	const searches = namesIn(filter).map(async (body) => await search(context, body));
	const found = await Promise.all([...searches, ...byNumber(context, filter)]);
	return [...new Map(found.flat().map((customer) => [customer.id, customer])).values()];
}

/** Every way to read a text as names: "Anna Maria Berg", "van der Berg", "Berg, Anna". */
function namesIn(text: string): IDataObject[] {
	const [last, first] = text.split(',').map((part) => part.trim());
	if (first) return [{ firstName: first, lastName: last }];

	const words = last.split(/\s+/).slice(0, MOST_WORDS_OF_A_NAME);
	const splits = words.slice(1).flatMap((_word, index) => {
		const [start, end] = [words.slice(0, index + 1).join(' '), words.slice(index + 1).join(' ')];
		return [
			{ firstName: start, lastName: end },
			{ firstName: end, lastName: start },
		];
	});
	return [{ firstName: last }, { lastName: last }, ...splits];
}

/** A customer number may hold letters, but hardly letters only. */
function byNumber(context: ILoadOptionsFunctions, text: string): Array<Promise<IDataObject[]>> {
	if (!/\d/.test(text)) return [];
	const reads = [
		read(context, 'getCustomerBy', '/v1/customers/by', { query: { customerNumber: text } }),
	];
	if (/^\d+$/.test(text)) {
		const ids = { customerId: text };
		reads.push(read(context, 'getCustomerById', '/v1/customers/{customerId}', { ids }));
	}
	return reads.map(
		async (one) => await one.then((customer) => [customer as IDataObject], noneWhenNotFound),
	);
}

async function search(context: ILoadOptionsFunctions, body: IDataObject): Promise<IDataObject[]> {
	const template = '/v1/customers/search';
	return asRecords(await read(context, 'searchCustomers', template, { method: 'POST', body }));
}

function customerItem(customer: IDataObject): INodeListSearchItems {
	const { customerNumber, id } = customer;
	const number = textOf(customerNumber);
	return { name: customerName(customer) + (number && ` (${number})`), value: textOf(id) };
}

export function customerName({ firstName, lastName, id }: IDataObject): string {
	return [textOf(firstName), textOf(lastName)].filter(Boolean).join(' ') || textOf(id);
}

export const customerLists = {
	searchAccessMediums,
	searchAdditionalInformationFields,
	searchBenefits,
	searchContracts,
	searchCustomers,
	searchDocuments,
	searchStudios,
};
