/** Compares the lists of customers with those of the last poll. */

import type { IDataObject } from 'n8n-workflow';

import type { Absence } from './absence';
import { judgeAbsence } from './absence';
import { LIST_CUSTOMERS, statusesOf } from './customers';
import { decodeIds, encodeIds } from './ids';
import type { PollReader } from './reader';
import { idOf } from './reader';
import type { PollSettings } from './settings';

/** What is kept of the lists. */
export interface ListsState {
	/** The IDs in each list, by its status. */
	lists: Record<string, string>;
	/** The IDs that a list which has shrunk by more than half does not have. */
	suspects?: string;
}

/** What has become of the lists. */
export interface ListsComparison {
	/** The IDs that are in no list any more. */
	gone: string[];
	after: ListsState;
	warning?: string;
}

/**
 * @param visit is called for each customer, twice for one who is in both lists
 * @returns what is kept. A customer in a list that has shrunk by more than half stays in it.
 */
export async function compareLists(
	reader: PollReader,
	settings: PollSettings,
	before: ListsState | undefined,
	visit: (id: string, record: IDataObject) => void,
): Promise<ListsComparison> {
	/** The list that each customer is in. */
	const now = new Map<string, string>();
	for (const customerStatus of statusesOf(settings)) {
		for await (const records of reader.list(LIST_CUSTOMERS, { customerStatus })) {
			for (const record of records) {
				const id = idOf(record);
				now.set(id, customerStatus);
				visit(id, record);
			}
		}
	}
	const absences: Absence[] = [];
	const suspectsBefore = decodeIds(before?.suspects);
	for (const [status, known] of Object.entries(before?.lists ?? {})) {
		const absence = judgeAbsence(decodeIds(known), (id) => now.has(id), suspectsBefore);
		absences.push(absence);
		for (const id of absence.suspects) now.set(id, status);
	}
	const suspects = absences.flatMap((absence) => absence.suspects);
	const warnings = absences.flatMap(({ warning }) => (warning === undefined ? [] : [warning]));
	return {
		gone: absences.flatMap(({ gone }) => gone),
		after: {
			lists: listsOf(now),
			...(suspects.length > 0 && { suspects: encodeIds(suspects) }),
		},
		...(warnings.length > 0 && { warning: warnings.join(' ') }),
	};
}

/** @returns the IDs in all lists, in an order that is always the same */
export function idsIn({ lists }: ListsState): string[] {
	return Object.values(lists).flatMap(decodeIds);
}

function listsOf(now: ReadonlyMap<string, string>): Record<string, string> {
	const byStatus = new Map<string, string[]>();
	for (const [id, status] of now) {
		const ids = byStatus.get(status);
		if (ids) ids.push(id);
		else byStatus.set(status, [id]);
	}
	return Object.fromEntries([...byStatus].map(([status, ids]) => [status, encodeIds(ids)]));
}
