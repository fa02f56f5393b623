/** Makes pick lists of what an operation returns. */

import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { operations } from '../properties';
import type { Page } from './read';
import { read, readPage, readRecords } from './read';

/** The pages that one search reads on until one has a match. */
const MAX_PAGES = 50;

/** A method of n8n's `methods.listSearch`. The token continues a list that comes in pages. */
export type PickList = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** How a record is shown, and the value that is stored for it. */
export type ToItem = (record: IDataObject) => INodeListSearchItems;

/**
 * @param id the operation that reads the list, whole or in chunks
 * @param recordsIn finds the records in an answer that is not a list
 */
export function pickList(
	id: string,
	toItem: ToItem,
	recordsIn?: (answer: unknown) => IDataObject[],
): PickList {
	return async function (filter, paginationToken) {
		if (operations.get(id).plan.sliceSizes) {
			const nextPage = async (token?: string) => await readPage(this, id, token);
			return await searchPages(nextPage, toItem, filter, paginationToken);
		}
		const records =
			recordsIn === undefined ? await readRecords(this, id) : recordsIn(await read(this, id));
		return { results: offered(records.map(toItem), filter) };
	};
}

/** @returns the items of the first page that has a match */
export async function searchPages(
	nextPage: (token?: string) => Promise<Page>,
	toItem: ToItem,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await firstWithItems(async (token) => {
		const { records, paginationToken: next } = await nextPage(token);
		return { results: offered(records.map(toItem), filter), paginationToken: next };
	}, paginationToken);
}

/** n8n requests no next page of an empty list. @returns the first page that is not empty */
export async function firstWithItems(
	nextPage: (token?: string) => Promise<INodeListSearchResult>,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const seen = new Set<unknown>();
	let page = await nextPage(paginationToken);
	while (page.results.length === 0 && page.paginationToken && seen.size < MAX_PAGES - 1) {
		const token = String(page.paginationToken);
		if (seen.has(token)) return { results: [] };
		seen.add(token);
		page = await nextPage(token);
	}
	return page;
}

/** @returns the items with names that contain the text, ignoring case; equal names get their IDs */
export function offered(items: INodeListSearchItems[], filter = ''): INodeListSearchItems[] {
	const text = filter.trim().toLowerCase();
	const valid = items.filter(({ value }) => value !== '');
	return withUniqueNames(valid).filter(({ name }) => name.toLowerCase().includes(text));
}

function withUniqueNames(items: INodeListSearchItems[]): INodeListSearchItems[] {
	const counts = new Map<string, number>();
	for (const { name } of items) counts.set(name, (counts.get(name) ?? 0) + 1);
	return items.map(({ name, value }) => ({
		name: counts.get(name) === 1 || name === value ? name : `${name} (${value})`,
		value,
	}));
}
