/** Reads what the user entered and checks it, before anything is sent. */

import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeProperties,
} from 'n8n-workflow';

import type { SentParameter } from './declarations';
import {
	checkFor,
	fieldsFor,
	parameterNamed,
	parametersSentBy,
	scopesFor,
	WHOLE_BODY,
} from './declarations';
import { RequestFault } from './fault';
import type { OutputShape } from './output';
import { fillPath } from './path';
import type { ApiRequest, Patience } from './types';
import { isEmpty, toPathId, toWire, unwrapLocator } from './values';

type RequestOptions = DeclarativeRestApiSettings.ResultOptions['options'];

const DEFAULT_REQUESTS_PER_MINUTE = 1000;
const DEFAULT_MAX_WAIT_SECONDS = 300;
const MS_PER_SECOND = 1000;

/**
 * @param options the request as n8n's declarative engine put it together, values as entered
 * @param reads whether the operation changes nothing although it is no GET
 * @throws {RequestFault} for input that cannot be sent
 */
export function readRequest(
	context: IExecutePaginationFunctions,
	options: RequestOptions,
	reads: boolean,
): ApiRequest {
	const operation = String(context.getNodeParameter('operation'));
	const method = options.method ?? 'GET';
	const template = options.url ?? '';
	const query = readSent(context, operation, 'query', options.qs);
	const body = readBody(context, operation, options);
	const wrong = checkFor(operation)?.({ query, body });
	if (wrong !== undefined) throw new RequestFault(wrong);
	const { timeout, proxy } = options;
	const skipSslCertificateValidation = Boolean(options.skipSslCertificateValidation);
	return {
		method,
		template,
		path: fillPath(template, (name) => readId(context, name)),
		query,
		body,
		scopes: scopesFor(operation),
		repeatable: method === 'GET' || reads,
		settings: { timeout, proxy, skipSslCertificateValidation },
	};
}

/** The ids in the path, so that the answer to a delete can say what was acted on. */
export function readIds(context: IExecutePaginationFunctions, names: string[]): IDataObject {
	const ids = names.map((name) => {
		const id = readId(context, name);
		return [name, /^\d{1,15}$/.test(id) ? Number(id) : id];
	});
	return Object.fromEntries(ids);
}

/**
 * @param most the largest limit that makes sense
 * @returns records to give back; Infinity for Return All
 */
export function readLimit(context: IExecutePaginationFunctions, most: number): number {
	const returnAll = parameterNamed('returnAll');
	const limit = parameterNamed('limit');
	if (!returnAll || !limit) return Infinity;
	if (toWire(returnAll, context.getNodeParameter('returnAll'), '') === true) return Infinity;
	const typeOptions = { ...limit.typeOptions, maxValue: most };
	const entered = context.getNodeParameter('limit');
	return Number(toWire({ ...limit, typeOptions, required: true }, entered, ''));
}

export function readShape(context: IExecutePaginationFunctions): OutputShape {
	const mode = context.getNodeParameter('output', 'full');
	if (mode === 'flat') {
		return { mode, order: fieldsFor(String(context.getNodeParameter('operation'))) };
	}
	if (mode !== 'selected') return { mode: 'full' };
	const parameter = parameterNamed('outputFields');
	const fields = parameter && toWire(parameter, context.getNodeParameter('outputFields', []), '');
	return { mode, fields: Array.isArray(fields) ? fields.map(String) : [] };
}

/** @param signal ends all waiting */
export function readPatience(context: IExecutePaginationFunctions, signal: AbortSignal): Patience {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const parameter = parameterNamed('options');
	const read = (name: string, fallback: number) => {
		const option = parameter?.options?.find((entry) => entry.name === name);
		if (!option || !('type' in option) || isEmpty(options[name])) return fallback;
		return Number(toWire(option, options[name], ''));
	};
	return {
		requestsPerMinute: read('requestsPerMinute', DEFAULT_REQUESTS_PER_MINUTE),
		maxWait: read('maxWait', DEFAULT_MAX_WAIT_SECONDS) * MS_PER_SECOND,
		signal,
	};
}

function readId(context: IExecutePaginationFunctions, name: string): string {
	const displayName = parameterNamed(name)?.displayName ?? name;
	const value = unwrapLocator(context.getNodeParameter(name));
	if (isEmpty(value)) {
		throw new RequestFault(
			`"${displayName}" is missing`,
			'Choose one from the list, or enter its ID.',
		);
	}
	return toPathId(displayName, value);
}

function readSent(
	context: IExecutePaginationFunctions,
	operation: string,
	into: SentParameter['into'],
	entered: unknown,
): IDataObject {
	const sent: IDataObject = {};
	const unfilled = new Set<INodeProperties>();
	const filled = new Set<INodeProperties>();
	for (const one of parametersSentBy(operation)) {
		if (one.into !== into) continue;
		const { parameter, property, collection } = one;
		const path = property.split('.');
		const given = one.isPlace ? context.getNodeParameter(parameter.name) : get(entered, path);
		const isThere = one.isPlace === true || has(entered, path);
		const value = isThere ? toWire(parameter, given, context.getTimezone()) : undefined;
		if (value !== undefined) set(sent, path, value as IDataObject[string]);
		if (collection?.required) (value === undefined ? unfilled : filled).add(collection);
	}
	for (const collection of unfilled) {
		if (filled.has(collection)) continue;
		throw new RequestFault(`"${collection.displayName}" is empty`, 'Add at least one field to it.');
	}
	return sent;
}

function readBody(
	context: IExecutePaginationFunctions,
	operation: string,
	options: RequestOptions,
): ApiRequest['body'] {
	const sent = parametersSentBy(operation).filter(({ into }) => into === 'body');
	const isList = sent.some(({ property }) => property === WHOLE_BODY);
	if (context.getNodeParameter('specifyBody', 'fields') === 'json')
		return readJson(context, isList);

	const body = readSent(context, operation, 'body', options.body);
	if (isList) return (body[WHOLE_BODY] ?? []) as IDataObject[];
	return sent.length === 0 ? undefined : body;
}

function readJson(context: IExecutePaginationFunctions, isList: boolean): ApiRequest['body'] {
	const displayName = parameterNamed('jsonBody')?.displayName ?? 'jsonBody';
	const entered = context.getNodeParameter('jsonBody', '');
	const value = typeof entered === 'string' ? parseJson(entered) : entered;
	if (value instanceof SyntaxError) {
		throw new RequestFault(`"${displayName}" is not valid JSON`, value.message);
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value) !== isList) {
		throw new RequestFault(
			`"${displayName}" must be ${isList ? 'a list, in square brackets' : 'an object, in curly brackets'}`,
		);
	}
	return value as ApiRequest['body'];
}

/** @returns the value, or the SyntaxError that says why there is none */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		return error;
	}
}

function has(object: unknown, path: string[]): boolean {
	const [name, ...rest] = path;
	if (typeof object !== 'object' || object === null || !Object.hasOwn(object, name)) return false;
	return rest.length === 0 || has((object as IDataObject)[name], rest);
}

function get(object: unknown, path: string[]): unknown {
	return path.reduce<unknown>((inner, name) => (inner as IDataObject | undefined)?.[name], object);
}

function set(object: IDataObject, path: string[], value: IDataObject[string]): void {
	const parents = path.slice(0, -1);
	const last = path[path.length - 1];
	const inner = parents.reduce((outer, name) => (outer[name] ??= {}) as IDataObject, object);
	inner[last] = value;
}
