/** The fields that a user can choose to get. */

import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { answerFields } from '../resources/answerFields';

/** @returns the fields of the chosen operation's records, from the contract: nothing is asked */
export async function getOutputFields(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const operation = String(this.getCurrentNodeParameter('operation'));
	const fields = Object.hasOwn(answerFields, operation) ? answerFields[operation] : [];
	return [...fields].sort().map((field) => ({ name: readable(field), value: field }));
}

/** `phonePrivateMobile` is "Phone Private Mobile". */
function readable(field: string): string {
	const words = field.replace(/([a-z])([A-Z])/g, '$1 $2');
	return words.charAt(0).toUpperCase() + words.slice(1);
}
