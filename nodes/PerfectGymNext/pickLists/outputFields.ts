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
	return [...fields].sort().map((field) => ({ name: readable(field), value: field }));
}

/** `phonePrivateMobile` becomes "Phone Private Mobile". */
function readable(field: string): string {
	const words = field.replace(/([a-z])([A-Z])/g, '$1 $2');
	return words.charAt(0).toUpperCase() + words.slice(1);
}
