/** Trigger On > Customer Gone. */

import type { IDataObject } from 'n8n-workflow';

import type { ListsState } from './customerLists';
import { compareLists, idsIn } from './customerLists';
import { LIST_CUSTOMERS, recentCustomer } from './customers';
import { decodeIds, encodeIds } from './ids';
import type { Change, PollKind } from './kind';
import { idOf } from './reader';

interface State extends ListsState {
	/** The IDs of former members who are still listed. */
	former?: string;
}

const FORMER_MEMBER = 'FORMER_MEMBER';

/** Compares the whole list with the IDs of the last poll. */
export const customerGone: PollKind<State> = {
	option: {
		name: 'Customer Gone',
		value: 'customerGone',
		action: 'On customer gone',
		description: 'When a customer disappears from the list or becomes a former member',
	},
	operation: LIST_CUSTOMERS,
	idName: 'customerId',
	basis: ['customers'],
	async compare(reader, settings, before) {
		const known = new Set(before && idsIn(before));
		const formerBefore = new Set(decodeIds(before?.former));
		const former = new Map<string, IDataObject>();
		const { gone, after, warning } = await compareLists(reader, settings, before, (id, record) => {
			if (record.status === FORMER_MEMBER) former.set(id, record);
		});
		const left = [...former].filter(([id]) => known.has(id) && !formerBefore.has(id));
		// Former members in a list that was cut short have been reported already.
		const suspects = decodeIds(after.suspects).filter((id) => formerBefore.has(id));
		const formerIds = [...former.keys(), ...suspects];
		return {
			changes: [
				...left.map(([id, record]) => changeOf(id, 'formerMember', record)),
				...gone.filter((id) => !formerBefore.has(id)).map((id) => changeOf(id, 'notListed')),
			],
			after: { ...after, ...(formerIds.length > 0 && { former: encodeIds(formerIds) }) },
			warning,
		};
	},
	async sample(reader, settings) {
		const record = await recentCustomer(reader, settings);
		return record && changeOf(idOf(record), 'notListed');
	},
};

function changeOf(id: string, reason: string, record: IDataObject = {}): Change {
	return { recordId: id, record, added: { reason } };
}
