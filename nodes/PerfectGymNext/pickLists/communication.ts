/** Lists of changes that wait for approval, and of the fields of leads. */

import type { ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { offered, pickList } from './pickList';
import { asRecord, asRecords, readRecord, textOf } from './read';
import { joined } from './texts';

/** A key may lack the permission for one kind of data, or a customer may not have it. */
const FORBIDDEN_OR_NOT_FOUND = ['403', '404'];

/** The kinds of data that can have a pending change, with the fields that the list shows of it. */
const CHANGEABLE_DATA: Array<{ kind: string; operation: string; shown: string[] }> = [
	{
		kind: 'Address data',
		operation: 'getCustomerAddressData',
		shown: ['street', 'houseNumber', 'zipCode', 'city'],
	},
	{
		kind: 'Contact data',
		operation: 'getCustomerContactData',
		shown: ['email', 'phonePrivateMobile', 'phonePrivate', 'phoneBusinessMobile', 'phoneBusiness'],
	},
	{
		kind: 'Master data',
		operation: 'getCustomerMasterData',
		shown: ['firstName', 'lastName', 'dateOfBirth'],
	},
	{
		kind: 'Payment data',
		operation: 'getCustomerPaymentData',
		// n8n stores the name of the picked item in the workflow, so it must not contain an IBAN.
		shown: ['accountHolder', 'bankName'],
	},
];

async function searchAmendments(this: ILoadOptionsFunctions, filter?: string) {
	const answers = await Promise.allSettled(
		CHANGEABLE_DATA.map(async ({ operation }) => await readRecord(this, operation)),
	);
	const failures = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer] : []));
	const unexpected = failures.find(({ reason }) => !isForbiddenOrNotFound(reason));
	const hasNoAnswer = failures.length === answers.length;
	if (unexpected || hasNoAnswer) throw (unexpected ?? failures[0]).reason;

	const items = answers.flatMap((answer, index): INodeListSearchItems[] => {
		if (answer.status === 'rejected') return [];
		const { kind, shown } = CHANGEABLE_DATA[index];
		const amendment = asRecord(answer.value.pendingAmendment);
		const id = textOf(amendment.id);
		const details = joined(
			shown.map((field) => amendment[field]),
			' ',
		);
		return id ? [{ name: `${kind}: ${details || id}`, value: id }] : [];
	});
	return { results: offered(items, filter) };
}

function isForbiddenOrNotFound(error: unknown): boolean {
	return error instanceof NodeApiError && FORBIDDEN_OR_NOT_FOUND.includes(error.httpCode ?? '');
}

/** List searches, by the names that the parameters use in `searchListMethod`. */
export const communicationLists = {
	searchAmendments,
	searchLeadFields: pickList(
		'getLeadConfig',
		({ additionalFieldId, mode, name }) => ({
			name: mode === 'MANDATORY' ? `${textOf(name)} (mandatory)` : textOf(name),
			value: textOf(additionalFieldId),
		}),
		// A studio does not use its inactive fields.
		(config) =>
			asRecords(asRecord(config).additionalInformation).filter(({ mode }) => mode !== 'INACTIVE'),
	),
};
