/** Serializes a parameter's value into the form that the API takes, guided by its declaration. */

import type {
	IDataObject,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
} from 'n8n-workflow';

import { toDate, toDateTime } from './dates';
import { cut, UserInputError } from './errors';
import { holdsIds, holdsName, rowNamesOf, splitsRows } from './marks';

/** Half of an emoji, left by cutting a text in its middle. It cannot be encoded. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;
/** Longer than any number or ID. Longer text is refused before a pattern searches it. */
const MAX_ID_LENGTH = 200;
/** A list that is entered as one text: room for 18,000 IDs. */
const MAX_LIST_LENGTH = 200_000;
const MAX_SHOWN_LENGTH = 80;
/** A decimal number, as JSON and spreadsheets write it. */
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$/i;
const WHOLE = /^[+-]?\d+$/;
const DIGITS = /^\d+$/;
/** IDs of the API have 64 bits. */
const MAX_ID = 2n ** 63n - 1n;
/** A number holds this many digits, whatever they are. */
const EXACT_DIGITS = 15;
const PLAIN_PROPERTY = { enumerable: true, writable: true, configurable: true };

/** An entry of a parameter's options. */
export type Nested = INodeProperties | INodePropertyCollection | INodePropertyOptions;

/** @returns whether nothing was entered or an expression found nothing; optional fields are left out then */
export function isEmpty(value: unknown): boolean {
	return (
		value === undefined ||
		value === null ||
		(typeof value === 'string' && value.trim() === '') ||
		(Array.isArray(value) && value.length === 0)
	);
}

/**
 * @param name the field as the user sees it
 * @throws {UserInputError} for text that UTF-8 cannot hold: part of it would be replaced
 */
export function refuseHalfCharacter(name: string, text: string): void {
	if (!LONE_SURROGATE.test(text)) return;
	throw new UserInputError(
		`"${name}" has half of a character, which cannot be sent`,
		'A text that was cut in the middle of an emoji has one.',
	);
}

/** @returns the value of a resource locator, or the value itself */
export function unwrapLocator(value: unknown): unknown {
	return isLocator(value) ? value.value : value;
}

/** @returns whether a value is a resource locator, as n8n stores it */
export function isLocator(value: unknown): value is { value: unknown } {
	return isObject(value) && value.__rl === true;
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
		? toList(parameter, value).map((entry) => serializeSingle(parameter, entry, zone))
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
			return holdsName(parameter) ? toText(parameter, value) : toId(parameter, value);
		case 'collection':
			return toObject(parameter, (parameter.options ?? []).filter(isParameter), value, zone);
		case 'fixedCollection':
			return toGroup(parameter, value, zone);
		case 'resourceMapper':
			return toRows(parameter, value, zone);
		default:
			return holdsIds(parameter) ? toId(parameter, value) : toText(parameter, value);
	}
}

function takesList(parameter: INodeProperties): boolean {
	return parameter.typeOptions?.multipleValues === true && parameter.type !== 'fixedCollection';
}

/** Accepts a list, rows that hold lists, a list as JSON, or text with commas. */
function toList(parameter: INodeProperties, value: unknown): unknown[] {
	const rows = Array.isArray(value)
		? value.flatMap((row: unknown) => toEntries(parameter, row, splitsRows(parameter)))
		: toEntries(parameter, value, true);
	return rows.filter((row) => !isEmpty(row));
}

function toEntries(parameter: INodeProperties, row: unknown, splits: boolean): unknown[] {
	if (Array.isArray(row)) return row;
	if (typeof row !== 'string') return [row];
	if (row.length > MAX_LIST_LENGTH) {
		throw wrong(parameter, `a list of at most ${MAX_LIST_LENGTH} characters`, row);
	}
	const text = row.trim();
	const list = text.startsWith('[') ? parseList(text) : undefined;
	if (list) return list;
	if (!splits) return [row];
	return text.split(',').map((part) => part.trim());
}

function parseList(text: string): unknown[] | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return Array.isArray(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** Spreadsheets write TRUE and FALSE. */
function toBoolean(parameter: INodeProperties, value: unknown): boolean {
	const text =
		typeof value === 'string' && value.length <= MAX_ID_LENGTH ? value.trim().toLowerCase() : value;
	if (text === true || text === 'true') return true;
	if (text === false || text === 'false') return false;
	throw wrong(parameter, 'true or false', value);
}

/** @returns the number, or its digits where it is a whole one that a number cannot hold exactly */
function toNumber(parameter: INodeProperties, value: unknown): number | string {
	const number = typeof value === 'string' ? parseDecimal(value) : value;
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
	if (typeof value === 'number') {
		if (isRounded(value)) throw rounded(parameter.displayName, value);
		return value;
	}
	const text = String(value).trim();
	if (holdsExactly(text, number) && !isRounded(number)) return number;
	if (WHOLE.test(text) && numberPrecision === 0) return text;
	throw wrong(parameter, `a number of at most ${EXACT_DIGITS} digits`, value);
}

function parseDecimal(text: string): number | undefined {
	const plain = text.length > MAX_ID_LENGTH ? '' : text.trim();
	return DECIMAL.test(plain) ? Number(plain) : undefined;
}

function holdsExactly(text: string, number: number): boolean {
	if (Number.isSafeInteger(number) && WHOLE.test(text)) return true;
	const [digits] = text.toLowerCase().split('e');
	return digits.replace(/\D/g, '').replace(/^0+/, '').length <= EXACT_DIGITS;
}

/** @returns whether a whole number is too large to be exact, so that it may differ from what was entered */
export function isRounded(value: number): boolean {
	return Number.isInteger(value) && !Number.isSafeInteger(value);
}

/** @param name the field as the user sees it. @returns the error for a number that {@link isRounded} */
export function rounded(name: string, value: number): UserInputError {
	return new UserInputError(
		`"${name}" is ${value}, a number that n8n rounds: enter it as text`,
		'n8n holds numbers up to 9007199254740991 exactly. Put a larger one in quotation marks.',
	);
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
	if (choices.length === 0) return toText(parameter, value);
	const plain = typeof value === 'string' && value.length <= MAX_ID_LENGTH ? value.trim() : value;
	if (choices.some((one) => one.value === plain)) return plain;
	const named = choices
		.filter(({ value: one }) => one !== '')
		.map((choice) => `${choice.value} (${choice.name})`);
	throw wrong(parameter, `one of ${named.join(', ')}`, value);
}

/**
 * Refuses `.` and `..`: in a path they are steps, however they are encoded.
 *
 * @returns the ID as text, not encoded
 * @throws {UserInputError} that names the parameter as the user sees it
 */
export function toPathId(displayName: string, value: unknown): string {
	const id = toPathText(displayName, value);
	// A number of any other form, such as 1.5, -1 or 1e21, is a mistake.
	if (DECIMAL.test(id) && !(DIGITS.test(id) && BigInt(id) <= MAX_ID)) {
		throw notAnId(displayName, value);
	}
	return id;
}

/** As {@link toPathId}, for a name that may look like a number. */
export function toPathText(displayName: string, value: unknown): string {
	if (typeof value === 'number' && isRounded(value)) throw rounded(displayName, value);
	const isShort =
		typeof value === 'string' ? value.length <= MAX_ID_LENGTH : Number.isFinite(value);
	const id = isShort ? String(value).trim() : '';
	if (id === '' || id === '.' || id === '..' || LONE_SURROGATE.test(id)) {
		throw notAnId(displayName, value);
	}
	return id;
}

function notAnId(displayName: string, value: unknown): UserInputError {
	return new UserInputError(`"${displayName}" must be an ID, but it is "${shown(value)}"`);
}

/** IDs are 64-bit integers. What a number cannot hold exactly stays text. */
function toId({ displayName }: INodeProperties, value: unknown): unknown {
	const text = toPathId(displayName, value);
	const number = Number(text);
	return DIGITS.test(text) && Number.isSafeInteger(number) ? number : text;
}

function toText(parameter: INodeProperties, value: unknown): string {
	if (typeof value === 'number') {
		if (!Number.isFinite(value)) throw wrong(parameter, 'text', value);
		if (isRounded(value)) throw rounded(parameter.displayName, value);
	}
	if (typeof value === 'string') return keepsBlanks(parameter) ? value : value.trim();
	if (typeof value !== 'number' && typeof value !== 'boolean')
		throw wrong(parameter, 'text', value);
	return String(value);
}

/** Blanks are part of a password, and lay out a text of several lines. */
function keepsBlanks({ typeOptions }: INodeProperties): boolean {
	return typeOptions?.password === true || typeOptions?.rows !== undefined;
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

/** The columns of a mapper become rows with the ID of the column and its value as text. */
function toRows(parameter: INodeProperties, mapped: unknown, zone: string): unknown {
	if (!isObject(mapped)) throw wrong(parameter, 'fields with values', mapped);
	const columns = Array.isArray(mapped.schema) ? mapped.schema.filter(isObject) : [];
	const { field, value: text } = rowNamesOf(parameter);
	return Object.entries(isObject(mapped.value) ? mapped.value : {}).flatMap(([id, entered]) => {
		const column = columns.find((one) => one.id === id);
		const declared = columnParameter(parameter, id, column);
		const chosen = declared.options && typeof entered === 'number' ? String(entered) : entered;
		const value = serialize(declared, chosen, zone);
		if (value === undefined) return [];
		return { [field]: toId(parameter, id), [text]: String(value) };
	});
}

/** @returns the column as a field of its own, so that its value is checked and its message names it */
function columnParameter(
	{ displayName }: INodeProperties,
	id: string,
	column: IDataObject | undefined,
): INodeProperties {
	const { type } = column ?? {};
	const title = `${displayName}: ${shown(column?.displayName ?? id)}`;
	const declared = { displayName: title, name: id, default: '' };
	if (type === 'boolean') return { ...declared, type };
	if (type === 'number') return { ...declared, type, typeOptions: { numberPrecision: 0 } };
	if (type === 'dateTime') return { ...declared, type, typeOptions: { dateOnly: true } };
	if (type !== 'options' || !Array.isArray(column?.options)) return { ...declared, type: 'string' };
	const options = column.options.filter(isObject).map(({ name, value }) => ({
		name: shown(name),
		value: shown(value),
	}));
	return { ...declared, type, options };
}

/** @param nested the fields of the collection or of its group */
function toObject(
	parameter: INodeProperties,
	nested: INodeProperties[],
	value: unknown,
	zone: string,
): unknown {
	if (!isObject(value)) throw wrong(parameter, 'an object with fields', value);
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

/** @returns the error for a value that is not what the parameter takes */
export function wrong(
	parameter: INodeProperties,
	expected: string,
	value: unknown,
): UserInputError {
	return new UserInputError(
		`"${parameter.displayName}" must be ${expected}, but it is "${shown(value)}"`,
	);
}

/** @returns the beginning of a value, for a message */
export function shown(value: unknown): string {
	const text = typeof value === 'object' ? toJson(value) : String(value);
	return cut(text, MAX_SHOWN_LENGTH);
}

function toJson(value: unknown): string {
	try {
		return JSON.stringify(value);
	} catch {
		return 'an object';
	}
}

/** @returns the object's own property; not what every object inherits, such as `toString` */
export function own<T>(object: Readonly<Record<string, T>>, name: string): T | undefined {
	return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Sets an own property, whatever its name: an assignment to `__proto__` would change the prototype. */
export function setOwn(object: IDataObject, name: string, value: IDataObject[string]): void {
	if (name !== '__proto__') object[name] = value;
	else Object.defineProperty(object, name, { value, ...PLAIN_PROPERTY });
}

/** @returns whether a value is an object with fields, not a list */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
