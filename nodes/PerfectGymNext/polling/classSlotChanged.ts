/** Trigger On > Class Slot Changed. */

import type { IDataObject } from 'n8n-workflow';

import { instantOf, toDate } from '../transport/dates';
import { isObject } from '../transport/serialize';
import { judgeAbsence } from './absence';
import { decodeIds, encodeIds } from './ids';
import type { Change, PollKind } from './kind';
import type { PollReader } from './reader';
import { idOf } from './reader';
import type { PollSettings } from './settings';

/** What is compared of a slot, and what an item says of one that is gone. */
interface Slot {
	title?: string;
	classId?: unknown;
	start: string;
	end: string;
	trainers: string[];
	/** Null when the slot has no limit. */
	free: number | null;
}

interface State {
	slots: Record<string, Slot>;
	/** The IDs that a list which has shrunk by more than half does not have. */
	suspects?: string;
}

const LIST_SLOTS = 'getClassSlotsForMultipleClasses';
/** The zone after an offset, such as `[Europe/Berlin]`. */
const ZONE = /\[[^\]]{1,50}\]$/;

/** Compares the slots of the next days with those of the last poll. */
export const classSlotChanged: PollKind<State> = {
	option: {
		name: 'Class Slot Changed',
		value: 'classSlotChanged',
		action: 'On class slot changed',
		description: 'When a slot is canceled, moved, given to another trainer, full or free again',
	},
	operation: LIST_SLOTS,
	idName: 'classSlotId',
	basis: ['daysAhead'],
	async compare(reader, settings, before) {
		const now = Date.now();
		const known = new Map(Object.entries(before?.slots ?? {}));
		const slots = new Map<string, Slot>();
		const found = new Map<string, Change>();
		for await (const records of slotsFrom(reader, settings)) {
			for (const record of records) {
				const id = idOf(record);
				const slot = toSlot(record);
				slots.set(id, slot);
				const last = known.get(id);
				const isOver = last && Math.max(timeOf(last.start), timeOf(slot.start)) <= now;
				const old = isOver ? undefined : last;
				const changed = old ? changesIn(old, slot, settings) : {};
				const isFound = old ? Object.keys(changed).length > 0 : !before && settings.emitExisting;
				// A slot can be in two chunks.
				if (isFound) found.set(id, { recordId: id, record, added: { changes: changed } });
				else found.delete(id);
			}
		}
		// The list begins with today in the workflow's time zone, which can be tomorrow in the studio's.
		const today = toDate(now, settings.timeZone);
		const isAhead = ({ start }: Slot) =>
			timeOf(start) > now && start.slice(0, today.length) >= today;
		const ids = [...known].filter(([, slot]) => isAhead(slot)).map(([id]) => id);
		const absence = judgeAbsence(ids, (id) => slots.has(id), decodeIds(before?.suspects));
		const { gone, suspects, warning } = absence;
		for (const id of gone) {
			if (settings.slotChanges.includes('canceled')) found.set(id, cancelation(id, known.get(id)));
		}
		for (const id of suspects) slots.set(id, known.get(id) as Slot);
		return {
			changes: [...found.values()],
			after: {
				slots: Object.fromEntries(slots),
				...(suspects.length > 0 && { suspects: encodeIds(suspects) }),
			},
			warning,
		};
	},
	async sample(reader, settings) {
		for await (const [record] of slotsFrom(reader, settings)) {
			if (!record) continue;
			const { free } = toSlot(record);
			const changes = { freePlaces: { before: 0, after: free } };
			return { recordId: idOf(record), record, added: { changes } };
		}
		return undefined;
	},
};

function slotsFrom(
	reader: PollReader,
	{ daysAhead, timeZone }: PollSettings,
): AsyncGenerator<IDataObject[], void> {
	const slotWindowStartDate = toDate(Date.now(), timeZone);
	return reader.list(LIST_SLOTS, { daysAhead, slotWindowStartDate });
}

function toSlot(record: IDataObject): Slot {
	const { maxParticipants, bookedParticipants, additionalParticipants, instructors } = record;
	const taken = Number(bookedParticipants ?? 0) + Number(additionalParticipants ?? 0);
	const info = isObject(record.classInformation) ? record.classInformation : {};
	const trainers = Array.isArray(instructors) ? instructors.filter(isObject) : [];
	return {
		...(typeof info.title === 'string' && { title: info.title }),
		classId: info.id,
		start: String(record.startDateTime ?? ''),
		end: String(record.endDateTime ?? ''),
		trainers: trainers.map(({ id, publicName, firstName, lastName }) =>
			String(publicName ?? (`${firstName ?? ''} ${lastName ?? ''}`.trim() || id)),
		),
		free: typeof maxParticipants === 'number' ? Math.max(0, maxParticipants - taken) : null,
	};
}

/** @returns for each property that was chosen and differs what it was and is */
function changesIn(before: Slot, after: Slot, { slotChanges }: PollSettings): IDataObject {
	const changes: IDataObject = {};
	const add = (name: string, one: IDataObject[string], other: IDataObject[string]) => {
		if (JSON.stringify(one) !== JSON.stringify(other)) {
			changes[name] = { before: one, after: other };
		}
	};
	if (slotChanges.includes('time')) {
		add('startDateTime', before.start, after.start);
		add('endDateTime', before.end, after.end);
	}
	if (slotChanges.includes('trainer')) add('instructors', before.trainers, after.trainers);
	const wasFull = before.free === 0;
	const isFull = after.free === 0;
	if (wasFull !== isFull && slotChanges.includes(isFull ? 'full' : 'freePlace')) {
		add('freePlaces', before.free, after.free);
	}
	return changes;
}

/** The API no longer lists a slot that is canceled. */
function cancelation(id: string, slot: Slot | undefined): Change {
	return {
		recordId: id,
		record: {
			startDateTime: slot?.start,
			endDateTime: slot?.end,
			classInformation: { id: slot?.classId as number, title: slot?.title },
		},
		added: { changes: { canceled: { before: false, after: true } } },
	};
}

/** A slot without a time counts as over. */
function timeOf(dateTime: string): number {
	return instantOf(dateTime.replace(ZONE, '')) || 0;
}
