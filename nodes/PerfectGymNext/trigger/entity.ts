/** Fetches the record that an event is about. */

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { operations } from '../resources';
import { ApiError, UserInputError } from '../transport/errors';
import { toNodeError } from '../transport/nodeErrors';
import { fillPath, placesOf } from '../transport/path';
import { request } from '../transport/request';
import type { Studio } from '../transport/studio';
import {
	readStudios,
	STUDIO_CREDENTIAL,
	studioFrom,
	studioNamed,
	toEntry,
} from '../transport/studio';
import type { ApiRequest, WaitLimits } from '../transport/types';
import type { EntityRead } from './events';
import { eventTypeOf } from './events';

const NOT_FOUND = 404;
const TIMEOUT_MS = 60_000;

/**
 * Adds `entity` to each item: the record, or null when it is gone or the event is not about a record.
 *
 * @param isMany whether each item names its studio, or all come from the only one
 * @throws n8n's error with the item's index when it cannot be read for another reason
 */
export async function addEntities(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	isMany: boolean,
): Promise<INodeExecutionData[]> {
	const studioOf = isMany ? await byName(context) : await theOnlyOne(context);
	const limits: WaitLimits = {
		requestsPerMinute: 1000,
		maxWaitMs: 300_000,
		signal: context.getExecutionCancelSignal(),
	};
	const complete: INodeExecutionData[] = [];
	for (const [index, item] of items.entries()) {
		const read = eventTypeOf(String(item.json.event))?.entity;
		const entity = read
			? await fetchEntity(context, studioOf, read, item.json, index, limits)
			: null;
		complete.push({ ...item, json: { ...item.json, entity } });
	}
	return complete;
}

/** @throws {UserInputError} when the studio of an event cannot be found in the credential */
type StudioOf = (event: IDataObject) => Studio;

async function theOnlyOne(context: IExecuteFunctions): Promise<StudioOf> {
	const studio = studioFrom(toEntry(await context.getCredentials(STUDIO_CREDENTIAL)));
	return () => studio;
}

async function byName(context: IExecuteFunctions): Promise<StudioOf> {
	const studios = await readStudios(context);
	return ({ studio }) => {
		const { name } = studio as IDataObject;
		if (typeof name !== 'string' || name === '') {
			throw new UserInputError(
				'The studio that has sent the event has no name in the credential',
				'Open the credential and give it one.',
			);
		}
		return studioFrom(studioNamed(studios, name));
	};
}

async function fetchEntity(
	context: IExecuteFunctions,
	studioOf: StudioOf,
	read: EntityRead,
	event: IDataObject,
	itemIndex: number,
	limits: WaitLimits,
): Promise<IDataObject | IDataObject[] | null> {
	const ids = (name: string) => String(event[name] ?? '');
	if (placesOf(read.path).some((name) => ids(name) === '')) return null;
	const apiRequest: ApiRequest = {
		method: 'GET',
		template: read.path,
		path: fillPath(read.path, ids),
		query: read.query ? { [read.query]: event.entityId } : {},
		scopes: operations.get(read.operation).scopes,
		repeatable: true,
		settings: { timeout: TIMEOUT_MS },
	};
	let studio: Studio | undefined;
	try {
		studio = studioOf(event);
		return pick(await request(context, studio, apiRequest, limits), read, event);
	} catch (error) {
		if (error instanceof ApiError && error.statusCode === NOT_FOUND) return null;
		throw toNodeError(context.getNode(), error, itemIndex, studio?.baseUrl);
	}
}

function pick(
	answer: unknown,
	{ pick: wanted }: EntityRead,
	event: IDataObject,
): IDataObject | IDataObject[] | null {
	if (!wanted) return (answer as IDataObject | IDataObject[]) ?? null;
	const records = Array.isArray(answer) ? (answer as IDataObject[]) : [];
	return records.find((record) => record[wanted.property] === event[wanted.id]) ?? null;
}
