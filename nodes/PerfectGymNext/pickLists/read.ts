/** Reads what a pick list offers, with the studio and the IDs that a person has chosen in the node. */

import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { operations } from '../properties';
import type { Chunk } from '../transport/chunks';
import { notAList, toChunk } from '../transport/chunks';
import { UserInputError } from '../transport/errors';
import { toNodeError } from '../transport/nodeErrors';
import { toRequest } from '../transport/operations';
import { isEmptyAnswer } from '../transport/output';
import { request } from '../transport/request';
import { isEmpty, isObject, toPathId, unwrapLocator } from '../transport/serialize';
import type { Studio } from '../transport/studio';
import { MANY_STUDIOS, readStudio, toStudioName } from '../transport/studio';
import { checkStudio } from '../transport/studioCheck';
import type { WaitLimits } from '../transport/types';

/** Short, because the user is waiting for the list. */
const WAIT_LIMITS: WaitLimits = { requestsPerMinute: 1000, maxWaitMs: 10_000 };
const TIMEOUT_MS = 20_000;
const NOT_FOUND = '404';
/** In records. A list of n8n's editor shows about ten at a time. */
const PAGE_SIZE = 100;

/** What a read sends. */
export interface Read {
	query?: IDataObject;
	body?: IDataObject;
	/** IDs by their names in the path. The node's parameters of the same names have all others. */
	ids?: Record<string, string>;
	/** The parameters with the IDs, by name in the path, where their names differ. */
	chosen?: Record<string, string>;
}

/** A part of a list, with the token of the next one. */
export interface Page {
	records: IDataObject[];
	paginationToken?: string;
}

/**
 * Sends the request of an operation, with short wait limits.
 *
 * @param id the API's operation
 * @returns the body of the answer
 * @throws n8n's error, with a message for users
 */
export async function read(
	context: ILoadOptionsFunctions,
	id: string,
	sent?: Read,
): Promise<unknown>;
/** @param parse finds what is wanted in the body, or throws when it is not there */
export async function read<T>(
	context: ILoadOptionsFunctions,
	id: string,
	sent: Read,
	parse: (body: unknown) => T,
): Promise<T>;
export async function read(
	context: ILoadOptionsFunctions,
	id: string,
	{ query, body, ids = {}, chosen = {} }: Read = {},
	parse = (answer: unknown) => answer,
): Promise<unknown> {
	try {
		const studio = await chosenStudio(context);
		const apiRequest = toRequest(operations.get(id), {
			idOf: (name) => ids[name] ?? chosenId(context, chosen[name] ?? name),
			query,
			body: body && JSON.stringify(body),
			settings: { timeout: TIMEOUT_MS },
		});
		return parse(await request(context, studio, apiRequest, WAIT_LIMITS));
	} catch (error) {
		throw toNodeError(context.getNode(), error, undefined);
	}
}

/** Works like {@link read}, for an answer that is a record. */
export async function readRecord(
	context: ILoadOptionsFunctions,
	id: string,
	sent?: Read,
): Promise<IDataObject> {
	return asRecord(await read(context, id, sent));
}

/** Works like {@link read}, for an answer that is a list. */
export async function readRecords(
	context: ILoadOptionsFunctions,
	id: string,
	sent: Read = {},
): Promise<IDataObject[]> {
	return await read(context, id, sent, toRecords);
}

/** Works like {@link read}, for one chunk of a list. @param offset of the chunk; the first one without it */
export async function readPage(
	context: ILoadOptionsFunctions,
	id: string,
	offset?: string,
	{ query, ...sent }: Read = {},
): Promise<Page> {
	const { min = 1, max = PAGE_SIZE } = operations.get(id).plan.sliceSizes ?? {};
	const sliceSize = Math.max(min, Math.min(max, PAGE_SIZE));
	const asked = { ...query, sliceSize, ...(offset && { offset }) };
	const chunk = await read(context, id, { ...sent, query: asked }, toChunkOrEmpty);
	return {
		records: asRecords(chunk.result),
		// An offset that repeats would make the list endless.
		paginationToken: chunk.hasNext && chunk.offset !== offset ? chunk.offset : undefined,
	};
}

/** An answer without data is a list without records, as everywhere in the node. */
function toChunkOrEmpty(body: unknown): Chunk {
	return isEmptyAnswer(body) ? { result: [], hasNext: false } : toChunk(body);
}

function toRecords(body: unknown): IDataObject[] {
	if (Array.isArray(body) || isEmptyAnswer(body)) return asRecords(body);
	throw notAList();
}

/** Works like {@link readRecord}, with undefined for a record that does not exist. */
export async function findRecord(
	context: ILoadOptionsFunctions,
	id: string,
	sent: Read,
): Promise<IDataObject | undefined> {
	return await readRecord(context, id, sent).catch((error: unknown) => emptyWhenNotFound(error)[0]);
}

/** Catches the error of a read that may find nothing. @returns an empty list for a 404 */
export function emptyWhenNotFound(error: unknown): IDataObject[] {
	if (error instanceof NodeApiError && error.httpCode === NOT_FOUND) return [];
	throw error;
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
			`"${displayName}" is an expression, so its value is only known when the workflow runs`,
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
		return await readStudio(context, undefined);
	}
	const value = unwrapLocator(context.getCurrentNodeParameter('studio'));
	// The editor sends an empty value for an expression if it has no data to evaluate it.
	if (isEmpty(value)) {
		throw new UserInputError(
			'Choose "Studio" first. If it is an expression, run the previous node first.',
			'Choose a studio from the list, or enter an expression that gives its name.',
		);
	}
	if (String(value).startsWith('=')) {
		throw new UserInputError(
			'"Studio" is an expression, so its value is only known when the workflow runs',
			'Choose a studio from the list to see what it has, or enter the ID.',
		);
	}
	const studio = await readStudio(context, toStudioName(value));
	await checkStudio(context, studio);
	return studio;
}

/** @returns the objects of a list; an empty list for anything that is not a list */
export function asRecords(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

/** @returns the object itself, or an empty one for anything that is not an object */
export function asRecord(value: unknown): IDataObject {
	return isObject(value) ? value : {};
}

/** @returns text or a number as text, and an empty string for other values */
export function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
