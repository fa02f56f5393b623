/** The functions that all lists to pick from share. */

import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { operations } from '../properties';
import { UserInputError } from '../transport/errors';
import { toNodeError } from '../transport/nodeErrors';
import { fillPath } from '../transport/path';
import { request } from '../transport/request';
import { isEmpty, toPathId, unwrapLocator } from '../transport/serialize';
import type { Studio } from '../transport/studio';
import {
	MANY_STUDIOS,
	readStudios,
	STUDIO_CREDENTIAL,
	studioFrom,
	studioNamed,
	toEntry,
	toStudioName,
} from '../transport/studio';
import { checkStudio } from '../transport/studioCheck';
import type { ApiRequest, WaitLimits } from '../transport/types';

/** Short, because the user is waiting for the list. */
const WAIT_LIMITS: WaitLimits = { requestsPerMinute: 1000, maxWaitMs: 10_000 };
const TIMEOUT_MS = 20_000;
const NOT_FOUND = '404';

/** The optional parts of a read. */
interface Read extends Partial<Pick<ApiRequest, 'method' | 'query' | 'body'>> {
	/** IDs by placeholder. The node's parameters have the IDs of all other placeholders. */
	ids?: Record<string, string>;
	/** The parameters with the IDs, by placeholder, if their names differ from the placeholders. */
	chosen?: Record<string, string>;
}

/**
 * Sends a request for a list, with short wait limits.
 *
 * @param operation the API's operation; the error of a 403 names its scope
 * @param template the path with its placeholders
 * @returns the body of the answer
 * @throws n8n's error, with a message for users
 */
export async function read(
	context: ILoadOptionsFunctions,
	operation: string,
	template: string,
	{ method = 'GET', query = {}, body, ids = {}, chosen = {} }: Read = {},
): Promise<unknown> {
	let studio: Studio | undefined;
	try {
		studio = await chosenStudio(context);
		const apiRequest: ApiRequest = {
			method,
			template,
			path: fillPath(template, (name) => ids[name] ?? chosenId(context, chosen[name] ?? name)),
			query,
			body,
			scopes: operations.get(operation).scopes,
			repeatable: true,
			settings: { timeout: TIMEOUT_MS },
		};
		return await request(context, studio, apiRequest, WAIT_LIMITS);
	} catch (error) {
		throw toNodeError(context.getNode(), error, undefined, studio?.baseUrl);
	}
}

/**
 * Reads an ID that the user chose in the node, for a list that depends on it.
 *
 * @param name of the parameter
 * @throws {UserInputError} when the parameter is empty or an expression
 */
export function chosenId(context: ILoadOptionsFunctions, name: string): string {
	const value = unwrapLocator(context.getCurrentNodeParameter(name));
	const { displayName } = operations.parameter(name);
	if (isEmpty(value)) throw new UserInputError(`Choose "${displayName}" first`);
	if (String(value).startsWith('=')) {
		throw new UserInputError(
			`"${displayName}" is an expression, whose value is known only when the workflow runs`,
			'Choose a fixed value to see the list, or enter the ID.',
		);
	}
	return toPathId(displayName, value);
}

/**
 * @returns the credential's only studio, or the studio that the user chose in the node
 * @throws {UserInputError} when the studio is missing, unknown or an expression
 * @throws {BaseUrlError} when its base URL cannot be used
 */
async function chosenStudio(context: ILoadOptionsFunctions): Promise<Studio> {
	if (context.getCurrentNodeParameter('authentication') !== MANY_STUDIOS) {
		return studioFrom(toEntry(await context.getCredentials(STUDIO_CREDENTIAL)));
	}
	const value = unwrapLocator(context.getCurrentNodeParameter('studio'));
	// The editor sends an empty value for an expression if it has no data to evaluate it.
	if (isEmpty(value)) {
		throw new UserInputError(
			'Choose "Studio" first, or run the step before if it is an expression',
			'Choose a studio from the list, or enter an expression that gives its name.',
		);
	}
	if (String(value).startsWith('=')) {
		throw new UserInputError(
			'"Studio" is an expression, whose value is known only when the workflow runs',
			'Choose a studio from the list to see what it has, or enter the ID.',
		);
	}
	const studio = studioFrom(studioNamed(await readStudios(context), toStudioName(value)));
	await checkStudio(context, studio);
	return studio;
}

/**
 * Catches the error of a read that may find nothing.
 *
 * @returns an empty list for a 404
 * @throws every other error again
 */
export function emptyWhenNotFound(error: unknown): IDataObject[] {
	if (error instanceof NodeApiError && error.httpCode === NOT_FOUND) return [];
	throw error;
}

/** @returns the items with names that contain the text, ignoring case */
export function matching(items: INodeListSearchItems[], filter = ''): INodeListSearchItems[] {
	const text = filter.trim().toLowerCase();
	return items.filter(({ name }) => name.toLowerCase().includes(text));
}

/** @returns the records of a chunk */
export function listIn(chunk: unknown): IDataObject[] {
	return asRecords((chunk as IDataObject).result);
}

/** @returns the offset of the next chunk, or undefined when the list ends or the offset repeats */
export function nextOffset(chunk: unknown, requested?: string): string | undefined {
	const { hasNext, offset } = chunk as IDataObject;
	const next = textOf(offset);
	return hasNext === true && next !== requested ? next || undefined : undefined;
}

/** @returns the list itself, or an empty one for anything that is not a list */
export function asRecords(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value : [];
}

/** @returns text or a number as text, and an empty string for other values */
export function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
