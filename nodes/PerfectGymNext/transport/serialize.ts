/** Serializes a parameter's value into the form that the API takes, guided by its declaration. */

import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { toDate, toDateTime } from './dates';
import { UserInputError } from './errors';

/** Half of an emoji, left by cutting a text in its middle. It cannot be encoded. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;

type Nested = INodeProperties | INodePropertyCollection | INodePropertyOptions;

/** @returns whether nothing was entered or an expression found nothing; optional fields are left out then */
export function isEmpty(value: unknown): boolean {
	return (
		value === undefined ||
		value === null ||
		(typeof value === 'string' && value.trim() === '') ||
		(Array.isArray(value) && value.length === 0)
	);
}

/** @returns the value of a resource locator, or the value itself */
export function unwrapLocator(value: unknown): unknown {
	return isObject(value) && value.__rl === true ? value.value : value;
}

/** @returns whether an entry of a collection is a parameter of its own */
export function isParameter(nested: Nested): nested is INodeProperties {
	return 'type' in nested;
}

/** @returns whether an entry is the group of a fixed collection */
export function isGroup(nested: Nested): nested is INodePropertyCollection {
	return 'values' in nested;
}

/**
 * @param zone the workflow's time zone (IANA name), for date-times without an offset
 * @returns the value for query or body, or undefined where nothing was entered
 * @throws {UserInputError} that names the parameter as the user sees it
 */
export function serialize(parameter: INodeProperties, entered: unknown, zone: string): unknown {
	const value = parameter.type === 'resourceLocator' ? unwrapLocator(entered) : entered;
	if (isEmpty(value)) return missing(parameter);
	const isList = parameter.type === 'multiOptions' || takesList(parameter);
	const serialized = isList
		? toList(value).map((entry) => serializeSingle(parameter, entry, zone))
		: serializeSingle(parameter, value, zone);
	if (isEmpty(serialized)) return missing(parameter);
	return serialized;
}

function missing(parameter: INodeProperties): undefined {
	if (parameter.required) throw new UserInputError(`"${parameter.displayName}" is missing`);
	return undefined;
}

function serializeSingle(parameter: INodeProperties, value: unknown, zone: string): unknown {
	switch (parameter.type) {
		case 'boolean':
			return toBoolean(parameter, value);
		case 'number':
			return toNumber(parameter, value);
		case 'dateTime':
			return toMoment(parameter, value, zone);
		case 'options':
		case 'multiOptions':
			return toOption(parameter, value);
		case 'resourceLocator':
			return picksName(parameter) ? toText(parameter, value) : toId(parameter, value);
		case 'collection':
			return toObject(parameter, (parameter.options ?? []).filter(isParameter), value, zone);
		case 'fixedCollection':
			return toGroup(parameter, value, zone);
		default:
			return listsIds(parameter) ? toId(parameter, value) : toText(parameter, value);
	}
}

/**
 * A text list with `numberPrecision` 0 holds IDs. A text row can take several with commas, a number
 * row could not.
 */
function listsIds({ typeOptions }: INodeProperties): boolean {
	return typeOptions?.multipleValues === true && typeOptions.numberPrecision === 0;
}

/** A locator without a mode for IDs takes a name, which stays text even if it has digits only. */
function picksName({ modes = [] }: INodeProperties): boolean {
	return modes.length > 0 && modes.every(({ name }) => name !== 'id');
}

function takesList(parameter: INodeProperties): boolean {
	return parameter.typeOptions?.multipleValues === true && parameter.type !== 'fixedCollection';
}

/** Accepts a list, rows that hold lists, or text with commas. */
function toList(value: unknown): unknown[] {
	const rows = Array.isArray(value) ? value.flat() : [value];
	return rows
		.flatMap((row) => (typeof row === 'string' ? row.split(',').map((part) => part.trim()) : [row]))
		.filter((row) => !isEmpty(row));
}

function toBoolean(parameter: INodeProperties, value: unknown): boolean {
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw wrong(parameter, 'true or false', value);
}

function toNumber(parameter: INodeProperties, value: unknown): number {
	const number = typeof value === 'string' ? Number(value.trim()) : value;
	if (typeof number !== 'number' || !Number.isFinite(number)) {
		throw wrong(parameter, 'a number', value);
	}
	const { minValue, maxValue, numberPrecision } = parameter.typeOptions ?? {};
	if (numberPrecision === 0 && !Number.isInteger(number)) {
		throw wrong(parameter, 'a whole number', value);
	}
	if (minValue !== undefined && number < minValue) {
		throw wrong(parameter, `at least ${minValue}`, value);
	}
	if (maxValue !== undefined && number > maxValue) {
		throw wrong(parameter, `at most ${maxValue}`, value);
	}
	return number;
}

function toMoment(parameter: INodeProperties, value: unknown, zone: string): string {
	const dateOnly = parameter.typeOptions?.dateOnly === true;
	try {
		return dateOnly ? toDate(value, zone) : toDateTime(value, zone);
	} catch {
		const example = dateOnly ? 'a date such as 2026-12-31' : 'a time such as 2026-12-31T18:30:00';
		throw wrong(parameter, example, value);
	}
}

function toOption(parameter: INodeProperties, value: unknown): unknown {
	const choices = (parameter.options ?? []).filter((option) => 'value' in option);
	// The choices of a list that n8n loads are not declared.
	if (choices.length === 0 || choices.some((choice) => choice.value === value)) return value;
	const named = choices.map((choice) => `${choice.value} (${choice.name})`);
	throw wrong(parameter, `one of ${named.join(', ')}`, value);
}

/**
 * Refuses `.` and `..`: in a path they are steps, however they are encoded.
 *
 * @returns the ID as text, not encoded
 * @throws {UserInputError} that names the parameter as the user sees it
 */
export function toPathId(displayName: string, value: unknown): string {
	const id = typeof value === 'string' || Number.isFinite(value) ? String(value).trim() : '';
	if (id === '' || id === '.' || id === '..' || LONE_SURROGATE.test(id)) {
		const shown = typeof value === 'number' ? String(value) : JSON.stringify(value);
		throw new UserInputError(`"${displayName}" must be an ID, but it is ${shown}`);
	}
	return id;
}

/** IDs are 64-bit integers. What a number cannot hold exactly stays text. */
function toId(parameter: INodeProperties, value: unknown): unknown {
	const text = typeof value === 'string' || Number.isFinite(value) ? String(value).trim() : '';
	if (text === '') throw wrong(parameter, 'an ID', value);
	const number = Number(text);
	return /^\d+$/.test(text) && Number.isSafeInteger(number) ? number : text;
}

function toText(parameter: INodeProperties, value: unknown): string {
	if (typeof value === 'object') throw wrong(parameter, 'text', value);
	return String(value);
}

/** The rows of a fixed collection become a list, a single group becomes an object. */
function toGroup(parameter: INodeProperties, value: unknown, zone: string): unknown {
	const group = (parameter.options ?? []).find(isGroup);
	if (!group) return undefined;
	// An expression can return the rows themselves, without the name of their group.
	const isBare = !isObject(value) || group.values.some(({ name }) => name in value);
	const rows = isBare ? value : value[group.name];
	if (isEmpty(rows)) return undefined;
	if (parameter.typeOptions?.multipleValues !== true)
		return toObject(parameter, group.values, rows, zone);
	if (!Array.isArray(rows)) throw wrong(parameter, 'a list', value);
	return rows.map((row) => toObject(parameter, group.values, row, zone) ?? {});
}

/** @param nested the fields of the collection or of its group */
function toObject(
	parameter: INodeProperties,
	nested: INodeProperties[],
	value: unknown,
	zone: string,
): unknown {
	if (!isObject(value)) throw wrong(parameter, 'fields with their names', value);
	const entries = nested.flatMap((field) => {
		if (!isWanted(field, value)) return [];
		const serialized = serialize(field, value[field.name], zone);
		return serialized === undefined ? [] : [[field.name, serialized] as const];
	});
	return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/**
 * A field that depends on another of its row counts only where the other has a fitting value. n8n
 * shows such a field, with its default, as soon as the other is an expression.
 */
function isWanted({ displayOptions }: INodeProperties, row: Record<string, unknown>): boolean {
	return Object.entries(displayOptions?.show ?? {}).every(
		([name, wanted]) => !(name in row) || wanted?.some((one) => one === row[name]),
	);
}

function wrong(parameter: INodeProperties, expected: string, value: unknown): UserInputError {
	const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
	const short = shown.length > 80 ? `${shown.slice(0, 80)}…` : shown;
	return new UserInputError(`"${parameter.displayName}" must be ${expected}, but it is "${short}"`);
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
