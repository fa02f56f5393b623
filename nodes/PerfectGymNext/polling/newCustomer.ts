/** Trigger On > New Customer. */

import type { IDataObject } from 'n8n-workflow';

import { LIST_CUSTOMERS, recentCustomer, statusesOf } from './customers';
import { decodeIds, encodeIds, sortIds } from './ids';
import type { Change, PollKind } from './kind';
import { idOf } from './reader';

/** How far one list was read. */
interface ListState {
	/** The offset of its last chunk; missing when that is the first one. */
	offset?: string;
	/** The latest IDs. */
	seen: string;
}

/** By the status of the list. */
type State = Record<string, ListState>;

/** More than the last chunk has, so that IDs which one answer lacks are known in the next. */
const REMEMBERED = 1000;

/**
 * Reads on from the last chunk, which is read again: an ID can become visible after a higher one, and
 * it does not matter whether the offset is inclusive.
 */
export const newCustomer: PollKind<State> = {
	option: {
		name: 'New Customer',
		value: 'newCustomer',
		action: 'On new customer',
		description: 'When a member or a prospect was created',
	},
	operation: LIST_CUSTOMERS,
	idName: 'customerId',
	basis: ['customers'],
	async compare(reader, settings, before) {
		const known = new Set(Object.values(before ?? {}).flatMap(({ seen }) => decodeIds(seen)));
		const found = new Map<string, Change>();
		const after: State = {};
		for (const customerStatus of statusesOf(settings)) {
			const { offset: from, seen } = before?.[customerStatus] ?? {};
			const ids = decodeIds(seen);
			for await (const records of reader.list(LIST_CUSTOMERS, { customerStatus }, from)) {
				for (const record of records) {
					const id = idOf(record);
					ids.push(id);
					const isNew = before ? !known.has(id) : settings.emitExisting;
					if (isNew) found.set(id, changeOf(record));
				}
			}
			after[customerStatus] = {
				...(reader.offset !== undefined && { offset: reader.offset }),
				seen: encodeIds(sortIds(ids).slice(-REMEMBERED)),
			};
		}
		return { changes: [...found.values()], after };
	},
	async sample(reader, settings) {
		const record = await recentCustomer(reader, settings);
		return record && changeOf(record);
	},
};

function changeOf(record: IDataObject): Change {
	return { recordId: idOf(record), record, isUnique: true };
}
