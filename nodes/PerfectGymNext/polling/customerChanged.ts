/** Trigger On > Customer Changed. */

import type { IDataObject } from 'n8n-workflow';

import { operations } from '../properties';
import { UserInputError } from '../transport/errors';
import { shown } from '../transport/serialize';
import type { ListsState } from './customerLists';
import { compareLists, idsIn } from './customerLists';
import { LIST_CUSTOMERS, recentCustomer } from './customers';
import { shortHash } from './hash';
import type { Change, PollKind } from './kind';
import { idOf } from './reader';

interface State extends ListsState {
	/** The watched values of each customer, in the order of the IDs in the lists. */
	rows: Row[];
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
		checkFields(watchedFields);
		const rows = new Map(before && idsIn(before).map((id, index) => [id, before.rows[index]]));
		const now = new Map<string, Row>();
		const found = new Map<string, Change>();
		const { after, warning } = await compareLists(reader, settings, before, (id, record) => {
			const row = watchedFields.map((field) => kept(record[field]));
			now.set(id, row);
			const old = rows.get(id);
			const changes = old ? changesIn(record, watchedFields, old, row) : {};
			const isFound = old ? Object.keys(changes).length > 0 : !before && emitExisting;
			if (isFound) found.set(id, { recordId: id, record, added: { changes } });
			else found.delete(id);
		});
		return {
			changes: [...found.values()],
			after: { ...after, rows: idsIn(after).map((id) => now.get(id) ?? rows.get(id) ?? []) },
			warning,
		};
	},
	async sample(reader, settings) {
		checkFields(settings.watchedFields);
		const record = await recentCustomer(reader, settings);
		if (!record) return undefined;
		const [field] = settings.watchedFields;
		const changes: IDataObject = { [field]: { before: null, after: record[field] ?? null } };
		return { recordId: idOf(record), record, added: { changes } };
	},
};

/** An expression can name any. @throws {UserInputError} for a name that no customer has */
function checkFields(watchedFields: readonly string[]): void {
	const { fields } = operations.get(LIST_CUSTOMERS);
	const unknown = watchedFields.find((field) => !fields.includes(field));
	if (unknown === undefined) return;
	throw new UserInputError(
		`"Fields to Watch" contains ${shown(unknown)}, which is not a field of customers`,
		'Choose the fields from the list.',
	);
}

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
