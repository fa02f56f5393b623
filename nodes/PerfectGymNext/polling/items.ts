/** Converts changes to items. */

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { operations } from '../properties';
import type { StudioFields } from '../transport/additionalInformation';
import type { OutputShape } from '../transport/output';
import { shapeRecords } from '../transport/output';
import type { Studio } from '../transport/studio';
import { eventStudio } from '../trigger/webhookAuthentication';
import { shortHash } from './hash';
import type { Change, PollKind } from './kind';
import type { PollSettings } from './settings';
import type { PollState } from './state';

/** What all items of one poll have in common. */
export interface PollFacts {
	kind: PollKind;
	settings: PollSettings;
	studio: Studio;
	/** The state that the poll was compared with. */
	state: Pick<PollState, 'since' | 'revision'>;
	studioFields?: StudioFields;
}

/** @returns an item for each change: what is known of it, and the record in the chosen form */
export function toItems(changes: readonly Change[], facts: PollFacts): INodeExecutionData[] {
	const detectedAt = new Date().toISOString();
	const records = changes.map((change) => toRecord(change, facts, detectedAt));
	const { studioFields } = facts;
	return shapeRecords(records, shapeOf(facts), { studioFields }).map((json) => ({ json }));
}

/** @returns the form of the items: what is known of the change always comes out, and first */
export function shapeOf({ kind, settings }: Pick<PollFacts, 'kind' | 'settings'>): OutputShape {
	const { fields, simplified } = operations.get(kind.operation);
	const first = ['id', 'event', 'detectedAt', ...(kind.idName ? [kind.idName] : [])];
	const added = ['changes', 'reason', 'crossed', 'threshold', 'share', 'studio'];
	const { output: mode } = settings;
	if (mode === 'flat') return { mode, order: [...first, ...added, ...fields] };
	if (mode !== 'simplified') return { mode: 'full' };
	return { mode, paths: simplified && [...first, ...added, ...simplified] };
}

function toRecord(change: Change, { kind, studio, state }: PollFacts, detectedAt: string) {
	const { recordId, added = {} } = change;
	const item: IDataObject = {
		id: '',
		event: kind.option.value,
		detectedAt,
		...(kind.idName && recordId !== undefined && { [kind.idName]: toId(recordId) }),
		...added,
		studio: { ...eventStudio({ name: '', ...studio }, studio.name !== undefined) },
		...change.record,
	};
	// The record's own ID has another name, so that "Remove Duplicates" finds the one of the change.
	item.id = changeId(change, kind.option.value, studio, state);
	return item;
}

/** A repeat of a change has the same ID: it starts from the same state and leads to the same values. */
function changeId(
	{ recordId, added, isUnique }: Change,
	event: string,
	{ baseUrl }: Studio,
	{ since, revision }: PollFacts['state'],
) {
	const parts = [event, baseUrl, recordId, ...(isUnique ? [] : [since, revision, added])];
	return shortHash(
		// Polls that find nothing are not stored at once, so a repeat can start from other values.
		JSON.stringify(parts, (key, value: unknown) => (key === 'before' ? undefined : value)),
	);
}

/** @returns the ID as the API has it: a number that is not exact is text */
function toId(id: string | number): string | number {
	const number = Number(id);
	return Number.isSafeInteger(number) && String(number) === String(id) ? number : id;
}
