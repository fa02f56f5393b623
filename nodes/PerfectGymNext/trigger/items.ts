/** Converts an event to items. */

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { eventTypeOf } from './events';
import type { EventEntry, WebhookEvent } from './payload';

/** The studio that sent an event, as items carry it. */
export interface EventStudio {
	name: string;
	baseUrl: string;
}

/** Two pages of the vendor's documentation name this ID differently. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
	agencyCollectionCaseId: 'agencyDebtCollectionCaseId',
};

/**
 * @param wanted the types to keep; all when empty, unknown ones too
 * @returns an item for each wanted entry
 */
export function toItems(
	event: WebhookEvent,
	wanted: readonly string[],
	studio: EventStudio,
): INodeExecutionData[] {
	return event.payload
		.filter(({ type }) => wanted.length === 0 || wanted.includes(type))
		.map((entry) => ({ json: toItem(event, entry, studio) }));
}

function toItem(event: WebhookEvent, entry: EventEntry, studio: EventStudio): IDataObject {
	const type = eventTypeOf(entry.type);
	const content = contentOf(entry);
	const ids = (type?.contentIds ?? []).flatMap((name) => {
		const id = content[name] ?? content[OTHER_NAMES[name] ?? name];
		return id === undefined ? [] : [[name, id] as const];
	});
	return {
		uuid: event.uuid,
		event: entry.type,
		occurredAt: new Date(entry.timestamp).toISOString(),
		entityId: event.entityId,
		...(type?.id && { [type.id]: event.entityId }),
		...Object.fromEntries(ids),
		studio: { ...studio },
		content,
	};
}

/** The API sends check-outs as the content itself, or under their name. */
function contentOf({ content }: EventEntry): IDataObject {
	return Array.isArray(content) ? { checkouts: content } : (content ?? {});
}
