/** Reads and checks what the user entered for one item, before anything is sent. */

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { UserInputError } from './errors';
import { fieldNameOf, titleAt } from './fieldNames';
import { checkFormats } from './formats';
import { requiresField } from './marks';
import type { Operation, SentParameter } from './operations';
import { PERIOD_SEPARATOR, toRequest, WHOLE_BODY } from './operations';
import type { OutputShape } from './output';
import type { ItemParameters } from './parameters';
import { checkQuery } from './query';
import {
	isEmpty,
	isRounded,
	refuseHalfCharacter,
	rounded,
	serialize,
	toPathId,
	toPathText,
} from './serialize';
import type { ApiRequest, RequestSettings, WaitLimits } from './types';

const DEFAULT_REQUESTS_PER_MINUTE = 1000;
const DEFAULT_MAX_WAIT_SECONDS = 300;
const MS_PER_SECOND = 1000;
/** What the API's JSON reader takes (Jackson, StreamReadConstraints). Deeper JSON is slow to read. */
const MAX_DEPTH = 1000;
const QUOTE = '"'.charCodeAt(0);
const BACKSLASH = '\\'.charCodeAt(0);
const OPENING: ReadonlySet<number> = new Set(['[', '{'].map((sign) => sign.charCodeAt(0)));
const CLOSING: ReadonlySet<number> = new Set([']', '}'].map((sign) => sign.charCodeAt(0)));

/** @throws {UserInputError} for input that cannot be sent */
export function readRequest(
	parameters: ItemParameters,
	operation: Operation,
	settings: RequestSettings,
): ApiRequest {
	const query = readSent(parameters, operation, 'query');
	const nameOf = (path: string) => titleAt(operation, 'query', path);
	checkFormats(operation.formats, query, nameOf);
	checkQuery(query, nameOf);
	const json = readBody(parameters, operation);
	const body = json?.value;
	const problem = operation.check?.({ query, body });
	if (problem !== undefined) throw new UserInputError(problem);
	const request = toRequest(operation, {
		idOf: (name) => readId(parameters, name, operation.formats[name] === 'text'),
		query,
		body: json?.text,
		settings,
	});
	return { ...request, fieldName: fieldNamesOf(parameters, operation) };
}

/**
 * A body as JSON has the names of the API, since the editor hides its fields. Does not hold on to the
 * values of the item.
 */
function fieldNamesOf(
	{ node }: ItemParameters,
	{ sent, places }: Operation,
): ApiRequest['fieldName'] {
	const isShown = ({ isPlace, collection, parameter }: SentParameter) =>
		isPlace || node.isShown(collection ?? parameter);
	return (reference) =>
		places.includes(reference)
			? node.operations.parameter(reference).displayName
			: fieldNameOf(sent.filter(isShown), reference);
}

/** @returns the ids in the path by name, so that an empty answer can say what the request was for */
export function readIds(parameters: ItemParameters, places: readonly string[]): IDataObject {
	const ids = places.map((name) => {
		const id = readId(parameters, name, true);
		return [name, /^\d{1,15}$/.test(id) ? Number(id) : id];
	});
	return Object.fromEntries(ids);
}

/** @returns the number of records to return; Infinity for Return All */
export function readLimit(parameters: ItemParameters): number {
	if (parameters.serialized('returnAll') === true) return Infinity;
	const limit = { ...parameters.operations.parameter('limit'), required: true };
	return Number(serialize(limit, parameters.get('limit'), parameters.timeZone));
}

/** @returns the shape of the records that come out */
export function readShape(parameters: ItemParameters, operation: Operation): OutputShape {
	const mode = parameters.get('output', 'full');
	if (mode === 'flat') {
		const escapeFormulas = parameters.serializedIn('options', 'escapeFormulas') === true;
		const fields = readFields(parameters);
		return {
			mode,
			order: operation.fields,
			fields: fields.length > 0 ? fields : undefined,
			escapeFormulas,
		};
	}
	if (mode === 'simplified') return { mode, paths: operation.simplified };
	return mode === 'selected' ? { mode, fields: readFields(parameters) } : { mode: 'full' };
}

/** @returns whether to output additional information by name; undefined for yes if the key allows it */
export function readNamesFields(
	parameters: ItemParameters,
	{ mode }: OutputShape,
): boolean | undefined {
	const chosen = parameters.serializedIn('options', 'additionalInformationAsColumns');
	if (typeof chosen === 'boolean') return chosen;
	return mode === 'flat' ? undefined : false;
}

function readFields(parameters: ItemParameters): string[] {
	const fields = parameters.serialized('outputFields');
	return Array.isArray(fields) ? fields.map(String) : [];
}

/** @throws {UserInputError} for options that are not valid */
export function readWaitLimits(parameters: ItemParameters): Omit<WaitLimits, 'signal'> {
	const requestsPerMinute = parameters.serializedIn('options', 'requestsPerMinute');
	const maxWait = parameters.serializedIn('options', 'maxWait');
	return {
		requestsPerMinute: Number(requestsPerMinute ?? DEFAULT_REQUESTS_PER_MINUTE),
		maxWaitMs: Number(maxWait ?? DEFAULT_MAX_WAIT_SECONDS) * MS_PER_SECOND,
	};
}

/** A body as JSON. */
export interface JsonBody {
	value: IDataObject | IDataObject[];
	/** The text as it was entered, or the text of the value. */
	text: string;
}

/**
 * @param name the field as the user sees it
 * @param entered JSON as text, or the value that an expression gave
 * @returns the value, and the text that is sent
 * @throws {UserInputError} for text that is not JSON, and for a value that cannot be a body
 */
export function readJson(name: string, entered: unknown): JsonBody {
	const text = typeof entered === 'string' ? entered : toJson(name, entered);
	if (isTooDeep(text)) throw new UserInputError(`"${name}" is nested too deeply`);
	refuseHalfCharacter(name, text);
	const value = attempt<unknown>(() => JSON.parse(text));
	if (value instanceof Error) {
		throw new UserInputError(`"${name}" is not valid JSON`, value.message);
	}
	if (typeof value !== 'object' || value === null) {
		throw new UserInputError(
			`"${name}" must be an object, in curly brackets, or a list, in square brackets`,
		);
	}
	return { value: value as JsonBody['value'], text };
}

function isTooDeep(json: string): boolean {
	let depth = 0;
	let isText = false;
	for (let at = 0; at < json.length; at++) {
		const code = json.charCodeAt(at);
		if (code === QUOTE) isText = !isText;
		else if (isText) at += code === BACKSLASH ? 1 : 0;
		else if (OPENING.has(code) && ++depth > MAX_DEPTH) return true;
		else if (CLOSING.has(code)) depth--;
	}
	return false;
}

/** @throws {UserInputError} for a number that n8n may have rounded before the node received it */
function toJson(name: string, value: unknown): string {
	let large: { key: string; number: number } | undefined;
	const text = attempt(() =>
		JSON.stringify(value, (key, inner: unknown) => {
			if (typeof inner === 'number' && isRounded(inner)) large ??= { key, number: inner };
			return inner;
		}),
	);
	if (text instanceof Error) {
		throw new UserInputError(`"${name}" cannot be written as JSON`, text.message);
	}
	if (large) throw rounded(`${name}: ${large.key}`, large.number);
	// JSON cannot express undefined.
	return text ?? '';
}

/** @returns what the action returns, or the error that it throws */
function attempt<T>(action: () => T): T | Error {
	try {
		return action();
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}

function readId(parameters: ItemParameters, name: string, isText = false): string {
	const { displayName } = parameters.operations.parameter(name);
	const value = parameters.get(name);
	if (isEmpty(value)) {
		throw new UserInputError(
			`"${displayName}" is missing`,
			'Choose one from the list, or enter its ID.',
		);
	}
	return isText ? toPathText(displayName, value) : toPathId(displayName, value);
}

function readSent(
	parameters: ItemParameters,
	operation: Operation,
	into: SentParameter['into'],
): IDataObject {
	const sent: IDataObject = {};
	const filled = new Set<INodeProperties>();
	const required = new Set<INodeProperties>();
	for (const one of operation.sent) {
		if (one.into !== into) continue;
		const { parameter, property, collection } = one;
		if (!one.isPlace && !parameters.isShown(collection ?? parameter)) continue;
		const value = readValue(parameters, one);
		if (value !== undefined) set(sent, property.split('.'), value as IDataObject[string]);
		if (collection && requiresField(collection))
			(value === undefined ? required : filled).add(collection);
	}
	for (const collection of required) {
		if (filled.has(collection)) continue;
		throw new UserInputError(
			`"${collection.displayName}" is empty`,
			'Add at least one field to it.',
		);
	}
	return sent;
}

function readValue(
	parameters: ItemParameters,
	{ parameter, collection, periodPart }: SentParameter,
): unknown {
	if (collection) return parameters.serializedIn(collection.name, parameter.name);
	if (periodPart === undefined) return parameters.serialized(parameter.name);

	const period = parameters.get(parameter.name);
	const [start, end] = typeof period === 'string' ? period.split(PERIOD_SEPARATOR, 2) : [];
	if (end === undefined) return undefined;
	const part = periodPart === 'start' ? start : end;
	return serialize({ ...parameter, type: 'dateTime' }, part, parameters.timeZone);
}

function readBody(parameters: ItemParameters, operation: Operation): JsonBody | undefined {
	const sent = operation.sent.filter(({ into }) => into === 'body');
	const isList = sent.some(({ property }) => property === WHOLE_BODY);
	if (parameters.get('specifyBody', 'fields') === 'json') {
		return readJsonBody(parameters, operation, isList);
	}
	if (sent.length === 0) return undefined;
	const fields = readSent(parameters, operation, 'body');
	const body = isList ? ((fields[WHOLE_BODY] ?? []) as IDataObject[]) : fields;
	checkFormats(operation.formats, body, (path) => titleAt(operation, 'body', path));
	return { value: body, text: JSON.stringify(body) };
}

/** JSON goes out as it was entered, so that its values are checked and not corrected. */
function readJsonBody(parameters: ItemParameters, operation: Operation, isList: boolean): JsonBody {
	const { displayName } = parameters.operations.parameter('jsonBody');
	const body = readJson(displayName, parameters.get('jsonBody', ''));
	if (Array.isArray(body.value) !== isList) {
		throw new UserInputError(
			`"${displayName}" must be ${isList ? 'a list, in square brackets' : 'an object, in curly brackets'}`,
		);
	}
	checkFormats(operation.formats, body.value, (path) => `${displayName}: ${path}`, true);
	return body;
}

function set(object: IDataObject, path: string[], value: IDataObject[string]): void {
	const parents = path.slice(0, -1);
	const last = path[path.length - 1];
	const inner = parents.reduce((outer, name) => (outer[name] ??= {}) as IDataObject, object);
	inner[last] = value;
}
