/** Lists of devices, employees and tags of a studio to pick from. */

import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { customerName } from './customerLists';
import { asRecords, listIn, matching, nextOffset, read, textOf } from './lists';

const EMPLOYEES_PER_PAGE = 100;
/** The chunks that one search reads until one has a match: n8n requests no next page of an empty list. */
const MAX_CHUNKS = 10;

const MODELS: Readonly<Record<string, string>> = {
	GENERIC_CARD_READER: 'card reader',
	GENERIC_TIME_READER: 'time reader',
	GENERIC_VENDING_READER: 'vending reader',
};

async function searchDevices(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const devices = asRecords(await read(this, 'getDevices', '/v1/devices'));
	return { results: matching(devices.map(deviceItem), filter) };
}

async function searchEmployees(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	let results: INodeListSearchItems[] = [];
	let token = paginationToken;
	for (let chunks = 0; chunks < MAX_CHUNKS; chunks++) {
		const query = { sliceSize: EMPLOYEES_PER_PAGE, ...(token && { offset: token }) };
		const chunk = await read(this, 'getEmployees', '/v1/employees', { query });
		results = matching(listIn(chunk).map(employeeItem), filter);
		token = nextOffset(chunk, token);
		if (results.length > 0 || token === undefined) break;
	}
	return { results, paginationToken: token };
}

async function searchStudioTags(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const tags = asRecords(await read(this, 'getAll', '/v1/studios/tags'));
	const items = tags.map(({ name }) => ({ name: textOf(name), value: textOf(name) }));
	return { results: matching(items, filter) };
}

function deviceItem({ id, name, model, active }: IDataObject): INodeListSearchItems {
	const kind = MODELS[textOf(model)];
	const state = active === true ? 'active' : 'inactive';
	return {
		name: `${textOf(name) || textOf(id)} (${kind ? `${kind}, ` : ''}${state})`,
		value: textOf(id),
	};
}

function employeeItem(employee: IDataObject): INodeListSearchItems {
	const { id, employeeNumber } = employee;
	const number = textOf(employeeNumber) || textOf(id);
	return { name: `${customerName(employee)} (${number})`, value: textOf(id) };
}

/** List searches, by the names that the parameters use in `searchListMethod`. */
export const studioLists = { searchDevices, searchEmployees, searchStudioTags };
