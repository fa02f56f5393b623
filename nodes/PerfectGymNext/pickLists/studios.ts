/** Lists of studios, and of the devices, employees and tags of a studio. */

import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';

import { UserInputError } from '../transport/errors';
import { toNodeError } from '../transport/nodeErrors';
import { readStudios } from '../transport/studio';
import { offered, pickList } from './pickList';
import { textOf } from './read';
import { itemOf, joined, personName } from './texts';

const MODELS: Readonly<Record<string, string>> = {
	GENERIC_CARD_READER: 'card reader',
	GENERIC_TIME_READER: 'time reader',
	GENERIC_VENDING_READER: 'vending reader',
};

/** The names of the studios in the credential, without a request. */
async function searchConfiguredStudios(this: ILoadOptionsFunctions, filter?: string) {
	const studios = await readStudios(this);
	const names = studios.map(({ name }) => name).filter((name) => name !== '');
	if (names.length === 0) {
		const error = new UserInputError('The credential has no studios', 'Open it and add one.');
		throw toNodeError(this.getNode(), error, undefined);
	}
	const items = names.map((name) => ({ name, value: name }));
	return { results: offered(items, filter) };
}

function deviceItem({ id, name, model, active }: IDataObject): INodeListSearchItems {
	const details = joined([MODELS[textOf(model)], active === true ? 'active' : 'inactive']);
	return { name: `${textOf(name) || textOf(id)} (${details})`, value: textOf(id) };
}

function employeeItem(employee: IDataObject): INodeListSearchItems {
	const { id, employeeNumber } = employee;
	const number = textOf(employeeNumber) || textOf(id);
	return { name: `${personName(employee)} (${number})`, value: textOf(id) };
}

/** List searches, by the names that the parameters use in `searchListMethod`. */
export const studioLists = {
	searchConfiguredStudios,
	searchDevices: pickList('getDevices', deviceItem),
	searchEmployees: pickList('getEmployees', employeeItem),
	searchStudioTags: pickList('getAll', ({ name }) => itemOf(name, name)),
};
