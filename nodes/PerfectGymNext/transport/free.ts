/** Reads a request that the user puts together: method, path, query and body. */

import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestMethods,
} from 'n8n-workflow';

import { parameterNamed } from './declarations';
import { RequestFault } from './fault';
import { parseJson } from './input';
import type { ApiRequest } from './types';
import { isEmpty, toWire } from './values';

/** A path of the API, which begins with its version: no address, no way out of it, no query. */
const PATH = /^\/v\d+(\/[^/?#\\\s]+)*\/?$/;
const DOTS = /\/(\.|%2e){1,2}(\/|$)/i;
/** Of one path with many ids the API counts the requests together. */
const ID = /\/(\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=\/|$)/gi;

/**
 * @param options what n8n's declarative engine has put together, for the settings
 * @throws {RequestFault} for input that cannot be sent
 */
export function readFreeRequest(
	context: IExecutePaginationFunctions,
	{
		timeout,
		proxy,
		skipSslCertificateValidation,
	}: DeclarativeRestApiSettings.ResultOptions['options'],
): ApiRequest {
	const method = String(context.getNodeParameter('requestMethod')) as IHttpRequestMethods;
	const path = readPath(context);
	return {
		method,
		template: path.replace(ID, '/*'),
		path,
		query: readQuery(context),
		body: method === 'GET' ? undefined : readBody(context),
		scopes: [],
		repeatable: method === 'GET',
		settings: {
			timeout,
			proxy,
			skipSslCertificateValidation: Boolean(skipSslCertificateValidation),
		},
	};
}

/** @returns whether the answer is a list in chunks that is to be followed */
export function followsChunks(context: IExecutePaginationFunctions): boolean {
	const parameter = parameterNamed('followChunks');
	if (!parameter || context.getNodeParameter('requestMethod') !== 'GET') return false;
	return toWire(parameter, context.getNodeParameter('followChunks', false), '') === true;
}

function readPath(context: IExecutePaginationFunctions): string {
	const entered = context.getNodeParameter('requestPath', '');
	const path = typeof entered === 'string' ? entered.trim() : '';
	if (path === '') throw new RequestFault('"Path" is missing', 'Enter one such as /v1/customers.');
	if (!PATH.test(path) || DOTS.test(path)) {
		throw new RequestFault(
			`"Path" must be a path of the API such as /v1/customers, but it is ${JSON.stringify(path)}`,
			'The address of the studio comes from the credential, and a query goes into "Query Parameters".',
		);
	}
	return path;
}

function readQuery(context: IExecutePaginationFunctions): IDataObject {
	const parameter = parameterNamed('requestQuery');
	const rows = parameter && toWire(parameter, context.getNodeParameter('requestQuery', {}), '');
	const query: Record<string, string[]> = {};
	for (const { name, value } of (rows ?? []) as Array<{ name?: string; value?: string }>) {
		if (name === undefined) throw new RequestFault('A row of "Query Parameters" has no name');
		(query[name] ??= []).push(value ?? '');
	}
	return query;
}

function readBody(context: IExecutePaginationFunctions): ApiRequest['body'] {
	const entered = context.getNodeParameter('requestBody', '');
	if (isEmpty(entered)) return undefined;
	const value = typeof entered === 'string' ? parseJson(entered) : entered;
	if (value instanceof SyntaxError) {
		throw new RequestFault('"Body" is not valid JSON', value.message);
	}
	if (typeof value !== 'object' || value === null) {
		throw new RequestFault(
			'"Body" must be an object, in curly brackets, or a list, in square brackets',
		);
	}
	return value as ApiRequest['body'];
}
