/** Trigger On > Customer Changed. */

import type { IDataObject } from 'n8n-workflow';

import { judgeAbsence, warnOf } from './absence';
import { allCustomers, LIST_CUSTOMERS, recentCustomer } from './customers';
import { shortHash } from './hash';
import { decodeIds, encodeIds, sortIds } from './ids';
import type { Change, PollKind } from './kind';
import { idOf } from './reader';

interface State {
	/** The IDs of the customers, in the order of `rows`. */
	ids: string;
	/** The watched values of each customer. */
	rows: Row[];
	/** The IDs that a list which has shrunk by more than half does not have. */
	suspects?: string;
}

/** The values of the watched fields, in their order. A long value is a hash. */
type Row = unknown[];

/** In characters of JSON. */
const MAX_KEPT_LENGTH = 500;
/** Begins the hash that stands for a long value. */
const HASH_MARK = '\0';

/** Compares the whole list with the values of the last poll. */
export const customerChanged: PollKind<State> = {
	option: {
		name: 'Customer Changed',
		value: 'customerChanged',
		action: 'On customer changed',
		description: 'When a field that you choose has another value',
	},
	operation: LIST_CUSTOMERS,
	idName: 'customerId',
	basis: ['customers', 'watchedFields'],
	async compare(reader, settings, before) {
		const { watchedFields, emitExisting } = settings;
		const known = decodeIds(before?.ids);
		const rows = new Map(known.map((id, index) => [id, before?.rows[index] ?? []]));
		const now = new Map<string, Row>();
		const found = new Map<string, Change>();
		for await (const records of allCustomers(reader, settings)) {
			for (const record of records) {
				const id = idOf(record);
				const row = watchedFields.map((field) => kept(record[field]));
				now.set(id, row);
				const old = rows.get(id);
				const changes = old ? changesIn(record, watchedFields, old, row) : {};
				const isFound = old ? Object.keys(changes).length > 0 : !before && emitExisting;
				if (isFound) found.set(id, { recordId: id, record, added: { changes } });
				else found.delete(id);
			}
		}
		const absence = judgeAbsence(known, (id) => now.has(id), decodeIds(before?.suspects));
		for (const id of absence.suspects) now.set(id, rows.get(id) ?? []);
		const ids = sortIds(now.keys());
		const { suspects } = absence;
		return {
			changes: [...found.values()],
			after: {
				ids: encodeIds(ids),
				rows: ids.map((id) => now.get(id) ?? []),
				...(suspects.length > 0 && { suspects: encodeIds(suspects) }),
			},
			warning: warnOf(absence, known),
		};
	},
	async sample(reader, settings) {
		const record = await recentCustomer(reader, settings);
		if (!record) return undefined;
		const [field] = settings.watchedFields;
		const changes: IDataObject = { [field]: { before: null, after: record[field] ?? null } };
		return { recordId: idOf(record), record, added: { changes } };
	},
};

/** @returns the value as the state keeps it */
function kept(value: unknown): unknown {
	const text = JSON.stringify(value ?? null);
	return text.length > MAX_KEPT_LENGTH ? HASH_MARK + shortHash(text) : (value ?? null);
}

/** @returns for each field with another value what it was and is; what was too long to keep is null */
function changesIn(
	record: IDataObject,
	fields: readonly string[],
	before: Row,
	after: Row,
): IDataObject {
	const changed = fields.flatMap((field, index) => {
		const old = before[index] ?? null;
		if (JSON.stringify(old) === JSON.stringify(after[index])) return [];
		const isHash = typeof old === 'string' && old.startsWith(HASH_MARK);
		return [[field, { before: isHash ? null : old, after: record[field] ?? null }] as const];
	});
	return Object.fromEntries(changed) as IDataObject;
}
