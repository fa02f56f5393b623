/** What every list to pick from is made with. */

import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { scopes } from '../resources/scopes';
import { parameterNamed } from '../transport/declarations';
import { toNodeError } from '../transport/errors';
import { RequestFault } from '../transport/fault';
import { fillPath } from '../transport/path';
import { ask } from '../transport/request';
import type { Studio } from '../transport/studio';
import { chosenStudio, pickStudio } from '../transport/studio';
import type { ApiRequest, Patience } from '../transport/types';
import { isEmpty, toPathId, unwrapLocator } from '../transport/values';

/** A person waits for the list to open. */
const PATIENCE: Patience = { requestsPerMinute: 1000, maxWait: 10_000 };
const TIMEOUT_MS = 20_000;
const NOT_FOUND = '404';

/** What a read needs beyond its path; ids that are not given are those chosen in the node. */
interface Read extends Partial<Pick<ApiRequest, 'method' | 'query' | 'body'>> {
	ids?: Record<string, string>;
	/** The parameters in which ids are chosen, by place, where they are named otherwise. */
	chosen?: Record<string, string>;
}

/**
 * Reads for a list, with little patience.
 *
 * @param operation the API's name of what is read, whose scope is named when it is refused
 * @param template the path with its places; ids that are not given are those chosen in the node
 * @returns the body of the answer
 * @throws n8n's error, in the words of a user
 */
export async function read(
	context: ILoadOptionsFunctions,
	operation: string,
	template: string,
	{ method = 'GET', query = {}, body, ids = {}, chosen = {} }: Read = {},
): Promise<unknown> {
	let studio: Studio | undefined;
	try {
		studio = await pickStudio(context, chosenStudio(context));
		const request: ApiRequest = {
			method,
			template,
			path: fillPath(template, (name) => ids[name] ?? chosenId(context, chosen[name] ?? name)),
			query,
			body,
			scopes: scopes[operation] ?? [],
			repeatable: true,
			settings: { timeout: TIMEOUT_MS },
		};
		return await ask(context, studio, request, PATIENCE);
	} catch (error) {
		throw toNodeError(context.getNode(), error, undefined, studio?.baseUrl);
	}
}

/**
 * @returns the ID that is chosen in the node, for a list that hangs on another choice
 * @throws {RequestFault} when nothing is chosen yet, or an expression is
 */
export function chosenId(context: ILoadOptionsFunctions, name: string): string {
	const value = unwrapLocator(context.getCurrentNodeParameter(name));
	const displayName = parameterNamed(name)?.displayName ?? name;
	if (isEmpty(value)) throw new RequestFault(`Choose "${displayName}" first`);
	if (String(value).startsWith('=')) {
		throw new RequestFault(
			`"${displayName}" is an expression, whose value is known only when the workflow runs`,
			'Choose a fixed value to see the list, or enter the ID.',
		);
	}
	return toPathId(displayName, value);
}

/** For a read that may find nothing. @throws any error that says something else */
export function noneWhenNotFound(error: unknown): IDataObject[] {
	if (error instanceof NodeApiError && error.httpCode === NOT_FOUND) return [];
	throw error;
}

/** The items whose names contain the text, in any case. */
export function matching(items: INodeListSearchItems[], filter = ''): INodeListSearchItems[] {
	const wanted = filter.trim().toLowerCase();
	return items.filter(({ name }) => name.toLowerCase().includes(wanted));
}

/** The records of a chunk. */
export function listIn(chunk: unknown): IDataObject[] {
	return asRecords((chunk as IDataObject).result);
}

/** @returns where the list goes on, unless it ends or does not move */
export function nextOffset(chunk: unknown, asked?: string): string | undefined {
	const { hasNext, offset } = chunk as IDataObject;
	const next = textOf(offset);
	return hasNext === true && next !== asked ? next || undefined : undefined;
}

/** The records of an answer that is a list. */
export function asRecords(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value : [];
}

/** Text or a number as text; nothing for anything else. */
export function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
