/** Fetches what an event is about. */

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { scopes } from '../resources/scopes';
import { ApiFault, toNodeError } from '../transport/errors';
import { fillPath, placesOf } from '../transport/path';
import { ask } from '../transport/request';
import type { Studio } from '../transport/studio';
import { pickStudio } from '../transport/studio';
import type { ApiRequest, Patience } from '../transport/types';
import type { EntityRead } from './events';
import { eventTypeOf } from './events';

const NOT_FOUND = 404;
const TIMEOUT_MS = 60_000;

/**
 * Adds `entity` to each item: the record, or null where it is gone or the event is about none.
 *
 * @throws n8n's error with the item's index when it cannot be read for another reason
 */
export async function addEntities(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[]> {
	const studio = await pickStudio(context);
	const patience: Patience = {
		requestsPerMinute: 1000,
		maxWait: 300_000,
		signal: context.getExecutionCancelSignal(),
	};
	const complete: INodeExecutionData[] = [];
	for (const [index, item] of items.entries()) {
		const read = eventTypeOf(String(item.json.event))?.entity;
		const entity = read
			? await fetchEntity(context, studio, read, item.json, index, patience)
			: null;
		complete.push({ ...item, json: { ...item.json, entity } });
	}
	return complete;
}

async function fetchEntity(
	context: IExecuteFunctions,
	studio: Studio,
	read: EntityRead,
	event: IDataObject,
	itemIndex: number,
	patience: Patience,
): Promise<IDataObject | IDataObject[] | null> {
	const ids = (name: string) => String(event[name] ?? '');
	if (placesOf(read.path).some((name) => ids(name) === '')) return null;
	const request: ApiRequest = {
		method: 'GET',
		template: read.path,
		path: fillPath(read.path, ids),
		query: read.query ? { [read.query]: event.entityId } : {},
		scopes: scopes[read.operation] ?? [],
		repeatable: true,
		settings: { timeout: TIMEOUT_MS },
	};
	try {
		return pick(await ask(context, studio, request, patience), read, event);
	} catch (error) {
		if (error instanceof ApiFault && error.statusCode === NOT_FOUND) return null;
		throw toNodeError(context.getNode(), error, itemIndex, studio.baseUrl);
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
