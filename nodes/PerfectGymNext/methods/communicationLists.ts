/** The lists from which a user picks what customers have asked for, and what leads are asked for. */

import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { asRecords, matching, read, textOf } from './lists';

/** The API may refuse one kind of data, or have none, and give another. */
const REFUSED_OR_NONE = ['403', '404'];

/** Each kind of data that can have a change waiting, and what tells its changes apart. */
const CHANGEABLE: Array<{ kind: string; operation: string; path: string; shown: string[] }> = [
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
		// A list keeps the name of what was picked in the workflow: no place for an IBAN.
		shown: ['accountHolder', 'bankName'],
	},
];

async function searchAmendments(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const answers = await Promise.allSettled(
		CHANGEABLE.map(async ({ operation, path }) => {
			const template = `/v1/customers/{customerId}/self-service/${path}`;
			return (await read(this, operation, template)) as IDataObject;
		}),
	);
	const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer] : []));
	const telling = refusals.find(({ reason }) => !isRefusedOrNone(reason));
	const isAll = refusals.length === answers.length;
	if (telling || isAll) throw (telling ?? refusals[0]).reason;

	const items = answers.flatMap((answer, index): INodeListSearchItems[] => {
		if (answer.status === 'rejected') return [];
		const { kind, shown } = CHANGEABLE[index];
		const amendment = answer.value.pendingAmendment as IDataObject | null | undefined;
		const id = textOf(amendment?.id);
		const details = shown.map((field) => textOf(amendment?.[field])).filter(Boolean);
		return id ? [{ name: `${kind}: ${details.join(' ') || id}`, value: id }] : [];
	});
	return { results: matching(items, filter) };
}

function isRefusedOrNone(error: unknown): boolean {
	return error instanceof NodeApiError && REFUSED_OR_NONE.includes(error.httpCode ?? '');
}

/** The fields that the studio does not use are left out. */
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

export const communicationLists = { searchAmendments, searchLeadFields };
