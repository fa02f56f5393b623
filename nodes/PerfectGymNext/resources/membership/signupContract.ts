import type { INodeProperties } from 'n8n-workflow';

import { contractFields } from '../../fields/contractTerms';
import { sentInBody } from '../../fields/sent';

/** The optional fields of a new customer's contract. */
export const signupContractFields: INodeProperties[] = [
	{
		displayName: 'Additional Contract Fields',
		name: 'signupContractFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: {
			show: { operation: ['postSignupPreview', 'signupMembership'], specifyBody: ['fields'] },
		},
		options: sentInBody(contractFields, 'contract'),
	},
];
