/**
 * Finds rows that n8n has made up. A fixed collection takes expressions in its fields only. n8n
 * replaces an expression for a row, for the rows, or for the whole collection with rows of defaults or
 * with nothing, before the node runs (`NodeHelpers.getNodeParameters`); the expression is lost.
 */

import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { UserInputError } from './errors';
import { isGroup, isObject, isParameter } from './serialize';

/**
 * @param parameter a parameter of the node, or of a collection
 * @param entered its value as n8n stores it, with expressions
 * @param isOptional whether the user added the parameter to a collection: without rows it says nothing
 * @throws {UserInputError} for a row in which nothing was entered, and where the rows are missing
 */
export function refuseLostRows(
	parameter: INodeProperties,
	entered: unknown,
	isOptional = false,
): void {
	const lost = findLost(parameter, entered, isOptional);
	if (!lost) return;
	throw new UserInputError(
		`"${lost.displayName}" has no values, or a row in which nothing was entered`,
		'Fill in the row, or remove it. n8n loses rows that come from an expression. If the operation has "Specify Body", choose "Using JSON" and use the expression there.',
	);
}

function findLost(
	parameter: INodeProperties,
	entered: unknown,
	isOptional: boolean,
): INodeProperties | undefined {
	const options = parameter.options ?? [];
	if (!isObject(entered)) return undefined;
	if (parameter.type === 'collection') return findLostIn(options.filter(isParameter), entered);
	if (parameter.type !== 'fixedCollection') return undefined;
	const group = options.find(isGroup);
	if (!group) return undefined;
	const rows = entered[group.name];
	if (rows === undefined) {
		return isOptional || namesRows(parameter, group) ? parameter : undefined;
	}
	for (const row of Array.isArray(rows) ? rows : [rows]) {
		if (!isObject(row)) continue;
		if (isUntouched(group, row)) return parameter;
		const lost = findLostIn(group.values, row);
		if (lost) return lost;
	}
	return undefined;
}

function findLostIn(
	fields: INodeProperties[],
	row: Record<string, unknown>,
): INodeProperties | undefined {
	for (const field of fields) {
		if (!Object.hasOwn(row, field.name)) continue;
		const lost = findLost(field, row[field.name], false);
		if (lost) return lost;
	}
	return undefined;
}

/** The default is an empty list of rows, so that n8n gives one where nothing was entered. */
function namesRows({ default: initial }: INodeProperties, { name }: INodePropertyCollection) {
	return isObject(initial) && Object.hasOwn(initial, name);
}

/** n8n fills in the defaults of the fields that were not entered. */
function isUntouched({ values }: INodePropertyCollection, row: Record<string, unknown>): boolean {
	return values.every(
		(field) => !Object.hasOwn(row, field.name) || isDefault(field, row[field.name]),
	);
}

function isDefault({ type, default: initial }: INodeProperties, value: unknown): boolean {
	const full =
		type === 'resourceLocator' && isObject(initial) ? { __rl: true, ...initial } : initial;
	return JSON.stringify(value) === JSON.stringify(full);
}
