/** Fetches what an event is about. */

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { scopes } from '../resources/scopes';
import { ApiFault, toNodeError } from '../transport/errors';
import { RequestFault } from '../transport/fault';
import { fillPath, placesOf } from '../transport/path';
import { ask } from '../transport/request';
import type { Studio } from '../transport/studio';
import { pickStudio, readStudios, studioFrom, studioNamed } from '../transport/studio';
import type { ApiRequest, Patience } from '../transport/types';
import type { EntityRead } from './events';
import { eventTypeOf } from './events';

const NOT_FOUND = 404;
const TIMEOUT_MS = 60_000;

/**
 * Adds `entity` to each item: the record, or null where it is gone or the event is about none.
 *
 * @param isMany whether each item comes from the studio that it names, or all from the only one
 * @throws n8n's error with the item's index when it cannot be read for another reason
 */
export async function addEntities(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	isMany: boolean,
): Promise<INodeExecutionData[]> {
	const studioOf = isMany ? await byName(context) : await theOnlyOne(context);
	const patience: Patience = {
		requestsPerMinute: 1000,
		maxWait: 300_000,
		signal: context.getExecutionCancelSignal(),
	};
	const complete: INodeExecutionData[] = [];
	for (const [index, item] of items.entries()) {
		const read = eventTypeOf(String(item.json.event))?.entity;
		const entity = read
			? await fetchEntity(context, studioOf, read, item.json, index, patience)
			: null;
		complete.push({ ...item, json: { ...item.json, entity } });
	}
	return complete;
}

/** @throws what keeps the studio of an event from being asked */
type StudioOf = (event: IDataObject) => Studio;

async function theOnlyOne(context: IExecuteFunctions): Promise<StudioOf> {
	const studio = await pickStudio(context, undefined);
	return () => studio;
}

async function byName(context: IExecuteFunctions): Promise<StudioOf> {
	const studios = await readStudios(context);
	return ({ studio }) => {
		const { name } = studio as IDataObject;
		if (typeof name !== 'string' || name === '') {
			throw new RequestFault(
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
	let studio: Studio | undefined;
	try {
		studio = studioOf(event);
		return pick(await ask(context, studio, request, patience), read, event);
	} catch (error) {
		if (error instanceof ApiFault && error.statusCode === NOT_FOUND) return null;
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
