import type { INodeProperties } from 'n8n-workflow';

import { contractFields } from '../../fields/contractTerms';
import { fromListOrById } from '../../fields/modes';
import { sentInBody } from '../../fields/sent';
import { signupFields } from './signup';
import { switchFields } from './switch';

/** The fields of operations on memberships, required ones first. */
export const membershipFields: INodeProperties[] = [
	...signupFields,
	...switchFields,
	{
		displayName: 'Offer and Term',
		name: 'contractOfferTermId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The offer and its term. The ID is that of the term.',
		displayOptions: {
			show: { operation: ['addMembership', 'postMembershipPreview'], specifyBody: ['fields'] },
		},
		modes: fromListOrById('searchOfferTerms', { example: '1234567890' }),
		routing: { send: { type: 'body', property: 'contractOfferTermId' } },
	},
	{
		displayName: 'Start Date',
		name: 'membershipStartDate',
		type: 'dateTime',
		required: true,
		typeOptions: { dateOnly: true },
		default: '',
		description: 'The day the contract starts',
		displayOptions: {
			show: { operation: ['addMembership', 'postMembershipPreview'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'startDate' } },
	},
	{
		displayName: 'Additional Fields',
		name: 'addMembershipFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: {
			show: { operation: ['addMembership', 'postMembershipPreview'], specifyBody: ['fields'] },
		},
		options: sentInBody(contractFields),
	},
];
