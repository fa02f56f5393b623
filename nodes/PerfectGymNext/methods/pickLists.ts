/** The lists from which a user picks a customer, a document and so on by name. */

import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { scopes } from '../resources/scopes';
import { parameterNamed } from '../transport/declarations';
import { toNodeError } from '../transport/errors';
import { RequestFault } from '../transport/fault';
import { fillPath } from '../transport/path';
import { ask } from '../transport/request';
import type { Studio } from '../transport/studio';
import { pickStudio } from '../transport/studio';
import type { ApiRequest, Patience } from '../transport/types';
import { isEmpty, toPathId, unwrapLocator } from '../transport/values';

/** A person waits for the list to open. */
const PATIENCE: Patience = { requestsPerMinute: 1000, maxWait: 10_000 };
const TIMEOUT_MS = 20_000;
const CUSTOMERS_A_PAGE = 50;
const DOCUMENTS_A_PAGE = 50;
/** How many customers' contracts are looked up for one page. */
const CUSTOMERS_WITH_CONTRACTS = 8;
const NOT_FOUND = '404';
const MOST_WORDS_OF_A_NAME = 4;

/** What a read needs beyond its path; ids that are not given are those chosen in the node. */
interface Read extends Partial<Pick<ApiRequest, 'method' | 'query' | 'body'>> {
	ids?: Record<string, string>;
}

export async function searchCustomers(
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

export async function searchContracts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const customers = await findCustomers(this, filter?.trim() ?? '');
	const start = Number(paginationToken ?? 0);
	const end = start + CUSTOMERS_WITH_CONTRACTS;
	const lists = await Promise.all(
		customers.slice(start, end).map(async (customer) => {
			const template = '/v1/customers/{customerId}/contracts';
			const ids = { customerId: textOf(customer.id) };
			const contracts = await read(this, 'getCustomersContracts', template, { ids });
			return asRecords(contracts).map((contract) => ({
				name: `${customerName(customer)} – ${textOf(contract.rateName)} (${textOf(contract.id)})`,
				value: textOf(contract.id),
			}));
		}),
	);
	return {
		results: lists.flat(),
		paginationToken: end < customers.length ? String(end) : undefined,
	};
}

export async function searchAccessMediums(
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

export async function searchBenefits(
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

export async function searchDocuments(
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

export async function searchAdditionalInformationFields(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const template = '/v1/customers/additional-information-fields';
	const fields = asRecords(await read(this, 'getAdditionalInformationFields', template));
	const items = fields.map(({ id, name }) => ({ name: textOf(name), value: textOf(id) }));
	return { results: matching(items, filter) };
}

export async function searchStudios(
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
async function findCustomers(
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

async function read(
	context: ILoadOptionsFunctions,
	operation: string,
	template: string,
	{ method = 'GET', query = {}, body, ids = {} }: Read = {},
): Promise<unknown> {
	let studio: Studio | undefined;
	try {
		studio = await pickStudio(context);
		const request: ApiRequest = {
			method,
			template,
			path: fillPath(template, (name) => ids[name] ?? chosenId(context, name)),
			query,
			body,
			scopes: scopes[operation] ?? [],
			repeatable: true,
			settings: { timeout: TIMEOUT_MS },
		};
		return await ask(context, studio, request, PATIENCE);
	} catch (error) {
		throw toNodeError(context.getNode(), error, undefined, studio?.baseUrl);
	}
}

function chosenId(context: ILoadOptionsFunctions, name: string): string {
	const value = unwrapLocator(context.getCurrentNodeParameter(name));
	const displayName = parameterNamed(name)?.displayName ?? name;
	if (isEmpty(value)) throw new RequestFault(`Choose "${displayName}" first`);
	if (String(value).startsWith('=')) {
		throw new RequestFault(
			`"${displayName}" is an expression, whose value is known only when the workflow runs`,
			'Choose a fixed value to see the list, or enter the ID.',
		);
	}
	return toPathId(displayName, value);
}

function noneWhenNotFound(error: unknown): IDataObject[] {
	if (error instanceof NodeApiError && error.httpCode === NOT_FOUND) return [];
	throw error;
}

function customerItem(customer: IDataObject): INodeListSearchItems {
	const { customerNumber, id } = customer;
	const number = textOf(customerNumber);
	return { name: customerName(customer) + (number && ` (${number})`), value: textOf(id) };
}

function customerName({ firstName, lastName, id }: IDataObject): string {
	return [textOf(firstName), textOf(lastName)].filter(Boolean).join(' ') || textOf(id);
}

function matching(items: INodeListSearchItems[], filter = ''): INodeListSearchItems[] {
	const wanted = filter.trim().toLowerCase();
	return items.filter(({ name }) => name.toLowerCase().includes(wanted));
}

function listIn(chunk: unknown): IDataObject[] {
	return asRecords((chunk as IDataObject).result);
}

/** @returns where the list goes on, unless it ends or does not move */
function nextOffset(chunk: unknown, asked?: string): string | undefined {
	const { hasNext, offset } = chunk as IDataObject;
	const next = textOf(offset);
	return hasNext === true && next !== asked ? next || undefined : undefined;
}

function asRecords(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
