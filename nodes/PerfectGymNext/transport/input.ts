/** Reads and checks what the user entered for one item, before anything is sent. */

import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { UserInputError } from './errors';
import type { Operation, SentParameter } from './operations';
import { PERIOD_SEPARATOR, WHOLE_BODY } from './operations';
import type { OutputShape } from './output';
import type { ItemParameters } from './parameters';
import { fillPath } from './path';
import { isEmpty, serialize, toPathId } from './serialize';
import type { ApiRequest, RequestSettings, WaitLimits } from './types';

const DEFAULT_REQUESTS_PER_MINUTE = 1000;
const DEFAULT_MAX_WAIT_SECONDS = 300;
const MS_PER_SECOND = 1000;

/** @throws {UserInputError} for input that cannot be sent */
export function readRequest(
	parameters: ItemParameters,
	operation: Operation,
	settings: RequestSettings,
): ApiRequest {
	const { method, template, scopes, plan } = operation;
	const query = readSent(parameters, operation, 'query');
	const body = readBody(parameters, operation);
	const problem = operation.check?.({ query, body });
	if (problem !== undefined) throw new UserInputError(problem);
	return {
		method,
		template,
		path: fillPath(template, (name) => readId(parameters, name)),
		query,
		body,
		scopes,
		repeatable: method === 'GET' || plan.isRead === true,
		settings,
	};
}

/** @returns the ids in the path by name, so that an empty answer can say what the request was for */
export function readIds(parameters: ItemParameters, places: readonly string[]): IDataObject {
	const ids = places.map((name) => {
		const id = readId(parameters, name);
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
	if (mode === 'flat') return { mode, order: operation.fields };
	if (mode !== 'selected') return { mode: 'full' };
	const fields = parameters.serialized('outputFields');
	return { mode, fields: Array.isArray(fields) ? fields.map(String) : [] };
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

/** @returns the value, or the SyntaxError that says why the text is not JSON */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		return error;
	}
}

function readId(parameters: ItemParameters, name: string): string {
	const { displayName } = parameters.operations.parameter(name);
	const value = parameters.get(name);
	if (isEmpty(value)) {
		throw new UserInputError(
			`"${displayName}" is missing`,
			'Choose one from the list, or enter its ID.',
		);
	}
	return toPathId(displayName, value);
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
		if (collection?.required) (value === undefined ? required : filled).add(collection);
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
	const [start, end] = typeof period === 'string' ? period.split(PERIOD_SEPARATOR) : [];
	if (end === undefined) return undefined;
	const part = periodPart === 'start' ? start : end;
	return serialize({ ...parameter, type: 'dateTime' }, part, parameters.timeZone);
}

function readBody(parameters: ItemParameters, operation: Operation): ApiRequest['body'] {
	const sent = operation.sent.filter(({ into }) => into === 'body');
	const isList = sent.some(({ property }) => property === WHOLE_BODY);
	if (parameters.get('specifyBody', 'fields') === 'json') return readJson(parameters, isList);

	const body = readSent(parameters, operation, 'body');
	if (isList) return (body[WHOLE_BODY] ?? []) as IDataObject[];
	return sent.length === 0 ? undefined : body;
}

function readJson(parameters: ItemParameters, isList: boolean): ApiRequest['body'] {
	const { displayName } = parameters.operations.parameter('jsonBody');
	const entered = parameters.get('jsonBody', '');
	const value = typeof entered === 'string' ? parseJson(entered) : entered;
	if (value instanceof SyntaxError) {
		throw new UserInputError(`"${displayName}" is not valid JSON`, value.message);
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value) !== isList) {
		throw new UserInputError(
			`"${displayName}" must be ${isList ? 'a list, in square brackets' : 'an object, in curly brackets'}`,
		);
	}
	return value as ApiRequest['body'];
}

function set(object: IDataObject, path: string[], value: IDataObject[string]): void {
	const parents = path.slice(0, -1);
	const last = path[path.length - 1];
	const inner = parents.reduce((outer, name) => (outer[name] ??= {}) as IDataObject, object);
	inner[last] = value;
}
