/** The fields that a user can choose to get. */

import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { answerFields } from '../resources/answerFields';

/** @returns the fields of the chosen operation's records, from the contract: nothing is asked */
export async function getOutputFields(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const operation = String(this.getCurrentNodeParameter('operation'));
	const fields = Object.hasOwn(answerFields, operation) ? answerFields[operation] : [];
	return [...fields].sort().map((field) => ({ name: field, value: field }));
}
