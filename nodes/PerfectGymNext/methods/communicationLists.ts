/** Lists of pending changes of customer data, and of the fields of leads, to pick from. */

import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { asRecords, matching, read, textOf } from './lists';

/** A key may lack the permission for one kind of data, or a customer may not have it. */
const FORBIDDEN_OR_NOT_FOUND = ['403', '404'];

/** The kinds of data that can have a pending change, with the fields that the list shows of it. */
const CHANGEABLE_DATA: Array<{ kind: string; operation: string; path: string; shown: string[] }> = [
	{
		kind: 'Address data',
		operation: 'getCustomerAddressData',
		path: 'address-data',
		shown: ['street', 'houseNumber', 'zipCode', 'city'],
	},
	{
		kind: 'Contact data',
		operation: 'getCustomerContactData',
		path: 'contact-data',
		shown: ['email', 'phonePrivateMobile', 'phonePrivate', 'phoneBusinessMobile', 'phoneBusiness'],
	},
	{
		kind: 'Master data',
		operation: 'getCustomerMasterData',
		path: 'master-data',
		shown: ['firstName', 'lastName', 'dateOfBirth'],
	},
	{
		kind: 'Payment data',
		operation: 'getCustomerPaymentData',
		path: 'payment-data',
		// n8n stores the name of the picked item in the workflow, so it must not contain an IBAN.
		shown: ['accountHolder', 'bankName'],
	},
];

async function searchAmendments(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const answers = await Promise.allSettled(
		CHANGEABLE_DATA.map(async ({ operation, path }) => {
			const template = `/v1/customers/{customerId}/self-service/${path}`;
			return (await read(this, operation, template)) as IDataObject;
		}),
	);
	const failures = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer] : []));
	const unexpected = failures.find(({ reason }) => !isForbiddenOrNotFound(reason));
	const hasNoAnswer = failures.length === answers.length;
	if (unexpected || hasNoAnswer) throw (unexpected ?? failures[0]).reason;

	const items = answers.flatMap((answer, index): INodeListSearchItems[] => {
		if (answer.status === 'rejected') return [];
		const { kind, shown } = CHANGEABLE_DATA[index];
		const amendment = answer.value.pendingAmendment as IDataObject | null | undefined;
		const id = textOf(amendment?.id);
		const details = shown.map((field) => textOf(amendment?.[field])).filter(Boolean);
		return id ? [{ name: `${kind}: ${details.join(' ') || id}`, value: id }] : [];
	});
	return { results: matching(items, filter) };
}

function isForbiddenOrNotFound(error: unknown): boolean {
	return error instanceof NodeApiError && FORBIDDEN_OR_NOT_FOUND.includes(error.httpCode ?? '');
}

/** Leaves out the fields that the studio does not use. */
async function searchLeadFields(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const config = (await read(this, 'getLeadConfig', '/v1/leads/config')) as IDataObject;
	const items = asRecords(config.additionalInformation)
		.filter(({ mode }) => mode !== 'INACTIVE')
		.map(({ additionalFieldId, mode, name }) => ({
			name: mode === 'MANDATORY' ? `${textOf(name)} (mandatory)` : textOf(name),
			value: textOf(additionalFieldId),
		}));
	return { results: matching(items, filter) };
}

/** List searches, by the names that the parameters use in `searchListMethod`. */
export const communicationLists = { searchAmendments, searchLeadFields };
