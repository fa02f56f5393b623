/** Trigger On > Customer Gone. */

import type { IDataObject } from 'n8n-workflow';

import { judgeAbsence, warnOf } from './absence';
import { allCustomers, LIST_CUSTOMERS, recentCustomer } from './customers';
import { decodeIds, encodeIds } from './ids';
import type { Change, PollKind } from './kind';
import { idOf } from './reader';

interface State {
	/** The IDs of the customers. */
	ids: string;
	/** The IDs that a list which has shrunk by more than half does not have. */
	suspects?: string;
}

const FORMER_MEMBER = 'FORMER_MEMBER';

/** Compares the whole list with the IDs of the last poll. */
export const customerGone: PollKind<State> = {
	option: {
		name: 'Customer Gone',
		value: 'customerGone',
		action: 'On customer gone',
		description: 'When a customer is no longer listed, or has become a former member',
	},
	operation: LIST_CUSTOMERS,
	idName: 'customerId',
	basis: ['customers'],
	async compare(reader, settings, before) {
		const known = decodeIds(before?.ids);
		const wasKnown = new Set(known);
		const now = new Set<string>();
		const former = new Map<string, IDataObject>();
		for await (const records of allCustomers(reader, settings)) {
			for (const record of records) {
				const id = idOf(record);
				if (record.status !== FORMER_MEMBER) now.add(id);
				else if (wasKnown.has(id)) former.set(id, record);
			}
		}
		const isListed = (id: string) => now.has(id) || former.has(id);
		const absence = judgeAbsence(known, isListed, decodeIds(before?.suspects));
		const { gone, suspects } = absence;
		for (const id of former.keys()) now.delete(id);
		return {
			changes: [
				...[...former].map(([id, record]) => changeOf(id, 'formerMember', record)),
				...gone.map((id) => changeOf(id, 'notListed')),
			],
			after: {
				ids: encodeIds([...now, ...suspects]),
				...(suspects.length > 0 && { suspects: encodeIds(suspects) }),
			},
			warning: warnOf(absence, known),
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
