/** The fields that the user can select for the output. */

import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { operations } from '../properties';

/** @returns the fields of the chosen operation's records, without a request */
export async function getOutputFields(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const [resource, id] = ['resource', 'operation'].map((name) =>
		this.getCurrentNodeParameter(name),
	);
	const fields = operations.find(resource, id)?.fields ?? [];
	return fieldOptions(fields);
}

/** @returns the fields in alphabetical order, with names for people */
export function fieldOptions(fields: readonly string[]): INodePropertyOptions[] {
	return [...fields].sort().map((field) => ({ name: readable(field), value: field }));
}

/** In a label, these have letters of their own. */
const SPELLINGS: Readonly<Record<string, string>> = {
	bic: 'BIC',
	iban: 'IBAN',
	id: 'ID',
	ids: 'IDs',
	of: 'of',
	pin: 'PIN',
	qr: 'QR',
	url: 'URL',
	uuid: 'UUID',
	zip: 'ZIP',
};

/** `phonePrivateMobile` becomes "Phone Private Mobile", and `imageUrl` becomes "Image URL". */
function readable(field: string): string {
	const words = field.replace(/([a-z])([A-Z])/g, '$1 $2').split(' ');
	return words
		.map((word) => {
			const known = word.toLowerCase();
			if (Object.hasOwn(SPELLINGS, known)) return SPELLINGS[known];
			return word.charAt(0).toUpperCase() + word.slice(1);
		})
		.join(' ');
}
