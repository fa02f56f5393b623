/** Fetches the record that an event is about. */

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { operations } from '../properties';
import { ApiError, UserInputError } from '../transport/errors';
import { toNodeError } from '../transport/nodeErrors';
import { toRequest } from '../transport/operations';
import { isEmptyAnswer } from '../transport/output';
import { request } from '../transport/request';
import { isEmpty, shown } from '../transport/serialize';
import type { ApiRequest, WaitLimits } from '../transport/types';
import type { EntityRead } from './events';
import { eventTypeOf } from './events';
import { failedItem } from './failures';
import type { StudioOf } from './studios';

const NOT_FOUND = 404;
const TIMEOUT_MS = 60_000;
/** The API's IDs are whole numbers or UUIDs. Nothing in them has a meaning in a path. */
const ID = /^\w[\w-]{0,63}$/;
/** Longer than any ID. */
const MAX_READ_LENGTH = 200;

/**
 * Adds `entity` to each item: the record, or null when it is gone or the event is not about a record.
 *
 * @returns with On Error > Continue, an item that cannot be read for another reason has `error` instead
 * @throws n8n's error with the item's index, unless On Error lets the node continue
 */
export async function addEntities(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	studioOf: StudioOf,
): Promise<INodeExecutionData[]> {
	const limits: WaitLimits = {
		requestsPerMinute: 1000,
		maxWaitMs: 300_000,
		signal: context.getExecutionCancelSignal(),
	};
	const complete: INodeExecutionData[] = [];
	for (const [index, item] of items.entries()) {
		try {
			const read = readOf(item.json);
			const studio = read && studioOf(item.json);
			const answer = studio && read && (await request(context, studio, read.apiRequest, limits));
			complete.push(withEntity(item, read ? read.pick(answer) : null));
		} catch (error) {
			limits.signal?.throwIfAborted();
			if (error instanceof ApiError && error.statusCode === NOT_FOUND) {
				complete.push(withEntity(item, null));
				continue;
			}
			const failure = toNodeError(context.getNode(), error, index);
			if (!context.continueOnFail()) throw failure;
			complete.push(failedItem(context, item, failure));
		}
	}
	return complete;
}

function withEntity(item: INodeExecutionData, entity: Entity): INodeExecutionData {
	return { ...item, json: { ...item.json, entity } };
}

/** A record, a list that is read as a whole, or null when it is not there. */
type Entity = IDataObject | IDataObject[] | null;

/** How to read the entity of one event. */
interface EventRead {
	apiRequest: ApiRequest;
	pick(answer: unknown): Entity;
}

/**
 * @returns undefined when the event is not about a record, or does not have the IDs to read it
 * @throws {UserInputError} for an ID that cannot be one
 */
function readOf(event: IDataObject): EventRead | undefined {
	const read = typeof event.event === 'string' ? eventTypeOf(event.event)?.entity : undefined;
	if (!read) return undefined;
	const operation = operations.get(read.operation);
	const nameOf = (place: string) => read.ids?.[place] ?? place;
	const needed = operation.places.map(nameOf);
	if (read.query) needed.push('entityId');
	if (read.pick) needed.push(read.pick.id);
	const ids = new Map(needed.map((name) => [name, idOf(event, name)]));
	if ([...ids.values()].includes('')) return undefined;
	return {
		apiRequest: toRequest(operation, {
			idOf: (place) => ids.get(nameOf(place)) ?? '',
			query: read.query ? { [read.query]: ids.get('entityId') } : {},
			settings: { timeout: TIMEOUT_MS },
		}),
		pick: (answer) => pick(answer, read, ids),
	};
}

function pick(
	answer: unknown,
	{ pick: wanted }: EntityRead,
	ids: ReadonlyMap<string, string>,
): Entity {
	if (isEmptyAnswer(answer)) return null;
	if (!wanted) return answer as IDataObject | IDataObject[];
	const records: unknown[] = Array.isArray(answer) ? answer : [];
	const isWanted = (record: unknown): record is IDataObject =>
		typeof record === 'object' &&
		record !== null &&
		// As text: "5" and 5 name the same record.
		String((record as IDataObject)[wanted.property]) === ids.get(wanted.id);
	return records.find(isWanted) ?? null;
}

/**
 * @returns the ID as text; empty when the event does not have it
 * @throws {UserInputError} for a value that is not an ID: it would lead to another path or record
 */
function idOf(event: IDataObject, name: string): string {
	const value = event[name];
	if (isEmpty(value)) return '';
	const isExact = typeof value === 'string' || Number.isSafeInteger(value);
	const id = isExact ? String(value).slice(0, MAX_READ_LENGTH).trim() : '';
	if (ID.test(id)) return id;
	throw new UserInputError(`The ${name} of the event must be an ID, but it is "${shown(value)}"`);
}
