/** Makes pick lists of what an operation returns. */

import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { operations } from '../properties';
import type { Page } from './read';
import { asRecords, read, readPage } from './read';

/** The chunks that one search reads until one has a match: n8n requests no next page of an empty list. */
const MAX_CHUNKS = 10;

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
export function pickList(id: string, toItem: ToItem, recordsIn = asRecords): PickList {
	return async function (filter, paginationToken) {
		if (operations.get(id).plan.sliceSizes) {
			const nextPage = async (token?: string) => await readPage(this, id, token);
			return await searchPages(nextPage, toItem, filter, paginationToken);
		}
		return { results: offered(recordsIn(await read(this, id)).map(toItem), filter) };
	};
}

/** @returns the items of the first page that has a match */
export async function searchPages(
	nextPage: (token?: string) => Promise<Page>,
	toItem: ToItem,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	let results: INodeListSearchItems[] = [];
	let token = paginationToken;
	for (let chunks = 0; chunks < MAX_CHUNKS; chunks++) {
		const page = await nextPage(token);
		results = offered(page.records.map(toItem), filter);
		token = page.paginationToken;
		if (results.length > 0 || token === undefined) break;
	}
	return { results, paginationToken: token };
}

/** @returns the items with names that contain the text, ignoring case; equal names get their IDs */
export function offered(items: INodeListSearchItems[], filter = ''): INodeListSearchItems[] {
	const text = filter.trim().toLowerCase();
	return withUniqueNames(items).filter(({ name }) => name.toLowerCase().includes(text));
}

function withUniqueNames(items: INodeListSearchItems[]): INodeListSearchItems[] {
	const counts = new Map<string, number>();
	for (const { name } of items) counts.set(name, (counts.get(name) ?? 0) + 1);
	return items.map(({ name, value }) => ({
		name: counts.get(name) === 1 || name === value ? name : `${name} (${value})`,
		value,
	}));
}
