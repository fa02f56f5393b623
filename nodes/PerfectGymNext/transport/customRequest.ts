/** Reads a request that the user composes: method, path, query and body. */

import type { IHttpRequestMethods } from 'n8n-workflow';

import { UserInputError } from './errors';
import type { JsonBody } from './input';
import { readJson } from './input';
import type { ItemParameters } from './parameters';
import { checkQuery } from './query';
import { refuseHalfCharacter, shown } from './serialize';
import type { ApiRequest, RequestSettings } from './types';

/** A path of the API begins with its version. It is not a URL, has no query, and does not lead out of the API. */
const PATH = /^\/v\d+(\/[^/?#\\\s]+)*\/?$/;
/** A server may decode these, several times perhaps, before it follows the path. */
const ENCODED_DOT = /%(25)*2e/gi;
const ENCODED_SLASH = /%(25)*(2f|5c)/gi;
/** Steps in a path. Some servers ignore what follows a semicolon. */
const DOTS = /\/\.{1,2}(;[^/]*)?(\/|$)/;
const MAX_PATH_LENGTH = 2000;
/** An ID in the path of an endpoint that this version does not know. */
const ID = /\/(\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=\/|$)/gi;

/** axios leaves them out of a query, to protect the prototypes of objects. */
const DROPPED_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** @throws {UserInputError} for input that cannot be sent */
export function readCustomRequest(
	parameters: ItemParameters,
	settings: RequestSettings,
): ApiRequest {
	const method = (parameters.serialized('requestMethod') ?? 'GET') as IHttpRequestMethods;
	const path = readPath(parameters);
	const json = method === 'GET' ? undefined : readBody(parameters);
	return {
		method,
		// The API counts the requests to an endpoint together, whichever way they are sent.
		template: parameters.operations.templateOf(method, path) ?? path.replace(ID, '/*'),
		path,
		query: readQuery(parameters),
		body: json?.text,
		scopes: [],
		repeatable: method === 'GET',
		settings,
	};
}

/** @returns whether the answer is a list in chunks that is to be read to its end */
export function followsChunks(parameters: ItemParameters): boolean {
	if (parameters.get('requestMethod', 'GET') !== 'GET') return false;
	return parameters.serialized('followChunks') === true;
}

function readPath(parameters: ItemParameters): string {
	const entered = parameters.get('requestPath', '');
	const path = typeof entered === 'string' ? entered.slice(0, MAX_PATH_LENGTH).trim() : '';
	if (path === '') {
		throw new UserInputError('"Path" is missing', 'Enter one such as /v1/customers.');
	}
	const decoded = path.replace(ENCODED_DOT, '.').replace(ENCODED_SLASH, '/');
	const isPlain = PATH.test(path) && !DOTS.test(decoded);
	if (!isPlain || path.length === MAX_PATH_LENGTH) {
		throw new UserInputError(
			`"Path" must be a path of the API such as /v1/customers, but it is "${shown(path)}"`,
			'The host comes from the credential. Enter a query in "Query Parameters".',
		);
	}
	refuseHalfCharacter('Path', path);
	return path;
}

function readQuery(parameters: ItemParameters): Record<string, string[]> {
	const rows = parameters.serialized('requestQuery') ?? [];
	const query = new Map<string, string[]>();
	for (const { name, value } of rows as Array<{ name?: string; value?: string }>) {
		if (name === undefined) throw new UserInputError('A row of "Query Parameters" has no name');
		if (DROPPED_NAMES.has(name)) {
			throw new UserInputError(`"Query Parameters" cannot have ${name}`, 'n8n does not send it.');
		}
		const values = query.get(name) ?? [];
		values.push(value ?? '');
		query.set(name, values);
	}
	const sent = Object.fromEntries(query);
	checkQuery(sent, (name) => `Query Parameters: ${shown(name)}`);
	return sent;
}

function readBody(parameters: ItemParameters): JsonBody | undefined {
	const entered = parameters.get('requestBody', '');
	const isLeftOut = typeof entered === 'string' ? entered.trim() === '' : entered == null;
	return isLeftOut ? undefined : readJson('Body', entered);
}
