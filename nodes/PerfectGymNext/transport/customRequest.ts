/** Reads a request that the user composes: method, path, query and body. */

import type { IHttpRequestMethods } from 'n8n-workflow';

import { UserInputError } from './errors';
import { parseJson } from './input';
import type { ItemParameters } from './parameters';
import { isEmpty } from './serialize';
import type { ApiRequest, RequestSettings } from './types';

/** A path of the API begins with its version. It is not a URL, has no query, and does not lead out of the API. */
const PATH = /^\/v\d+(\/[^/?#\\\s]+)*\/?$/;
const DOTS = /\/(\.|%2e){1,2}(\/|$)/i;
/** The API counts the requests to a path together, whatever ids are in it. */
const ID = /\/(\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=\/|$)/gi;

/** @throws {UserInputError} for input that cannot be sent */
export function readCustomRequest(
	parameters: ItemParameters,
	settings: RequestSettings,
): ApiRequest {
	const method = String(parameters.get('requestMethod', 'GET')) as IHttpRequestMethods;
	const path = readPath(parameters);
	return {
		method,
		template: path.replace(ID, '/*'),
		path,
		query: readQuery(parameters),
		body: method === 'GET' ? undefined : readBody(parameters),
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
	const path = typeof entered === 'string' ? entered.trim() : '';
	if (path === '') {
		throw new UserInputError('"Path" is missing', 'Enter one such as /v1/customers.');
	}
	if (!PATH.test(path) || DOTS.test(path)) {
		throw new UserInputError(
			`"Path" must be a path of the API such as /v1/customers, but it is ${JSON.stringify(path)}`,
			'The address of the studio comes from the credential, and a query goes into "Query Parameters".',
		);
	}
	return path;
}

function readQuery(parameters: ItemParameters): Record<string, string[]> {
	const rows = parameters.serialized('requestQuery') ?? [];
	const query: Record<string, string[]> = {};
	for (const { name, value } of rows as Array<{ name?: string; value?: string }>) {
		if (name === undefined) throw new UserInputError('A row of "Query Parameters" has no name');
		(query[name] ??= []).push(value ?? '');
	}
	return query;
}

function readBody(parameters: ItemParameters): ApiRequest['body'] {
	const entered = parameters.get('requestBody', '');
	if (isEmpty(entered)) return undefined;
	const value = typeof entered === 'string' ? parseJson(entered) : entered;
	if (value instanceof SyntaxError) {
		throw new UserInputError('"Body" is not valid JSON', value.message);
	}
	if (typeof value !== 'object' || value === null) {
		throw new UserInputError(
			'"Body" must be an object, in curly brackets, or a list, in square brackets',
		);
	}
	return value as ApiRequest['body'];
}
