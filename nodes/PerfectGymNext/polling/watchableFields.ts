/** The fields of a customer that the user can watch. */

import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { fieldOptions } from '../pickLists/outputFields';
import { operations } from '../properties';
import { LIST_CUSTOMERS } from './customers';

/** Links differ in each answer, and the ID never does. */
const UNWATCHABLE = ['id', ...operations.get(LIST_CUSTOMERS).links];

/** @returns the fields, without a request */
export async function getWatchableFields(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const { fields } = operations.get(LIST_CUSTOMERS);
	return fieldOptions(fields.filter((field) => !UNWATCHABLE.includes(field)));
}
