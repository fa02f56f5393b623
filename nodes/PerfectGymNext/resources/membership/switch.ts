import type { INodeProperties } from 'n8n-workflow';

import { terms } from '../../fields/contractTerms';
import { fromListOrById } from '../../fields/modes';
import { sentInBody } from '../../fields/sent';

/** The fields of a membership switch and its preview: the old contract and the new offer. */
export const switchFields: INodeProperties[] = [
	{
		displayName: 'Switch Configuration',
		name: 'switchConfigId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		displayOptions: {
			show: {
				operation: ['postMembershipSwitchPreview', 'switchMembership'],
				specifyBody: ['fields'],
			},
		},
		modes: fromListOrById('searchConfigurations', { example: '1234567890' }),
		routing: { send: { type: 'body', property: 'configId' } },
	},
	{
		displayName: 'Current Contract',
		name: 'sourceContractId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The contract to replace',
		displayOptions: {
			show: {
				operation: ['postMembershipSwitchPreview', 'switchMembership'],
				specifyBody: ['fields'],
			},
		},
		modes: fromListOrById('searchSourceContracts', { example: '1234567890' }),
		routing: { send: { type: 'body', property: 'sourceContractId' } },
	},
	{
		displayName: 'New Offer and Term',
		name: 'switchOfferTermId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The new offer and its term. The ID is that of the term.',
		displayOptions: {
			show: {
				operation: ['postMembershipSwitchPreview', 'switchMembership'],
				specifyBody: ['fields'],
			},
		},
		modes: fromListOrById('searchSwitchOfferTerms', { example: '1234567890' }),
		routing: { send: { type: 'body', property: 'membershipOfferTermId' } },
	},
	{
		displayName: 'Start Date',
		name: 'switchStartDate',
		type: 'dateTime',
		required: true,
		typeOptions: { dateOnly: true },
		default: '',
		description: 'The day the new contract starts',
		displayOptions: {
			show: {
				operation: ['postMembershipSwitchPreview', 'switchMembership'],
				specifyBody: ['fields'],
			},
		},
		routing: { send: { type: 'body', property: 'startDate' } },
	},
	{
		displayName: 'Additional Fields',
		name: 'switchFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: {
			show: {
				operation: ['postMembershipSwitchPreview', 'switchMembership'],
				specifyBody: ['fields'],
			},
		},
		options: [
			...sentInBody([terms.initialPaymentRequestToken]),
			{
				displayName: 'Notes',
				name: 'notes',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				description: 'What the staff should know about the switch',
				routing: { send: { type: 'body', property: 'notes' } },
			},
			...sentInBody([terms.selectedOptionalModuleIds]),
			...sentInBody([terms.selectedSelectableModuleIds]),
			{
				displayName: 'Third-Party ID',
				name: 'thirdPartyId',
				type: 'string',
				default: '',
				description: "The new contract's ID in your own system",
				routing: { send: { type: 'body', property: 'thirdPartyId' } },
			},
		],
	},
	{
		displayName: 'Filters',
		name: 'switchFilters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: {
			show: {
				operation: [
					'getMembershipSwitchConfigurationForCustomer',
					'getMembershipSwitchConfigurationsForCustomer',
					'postMembershipSwitchPreview',
				],
			},
		},
		options: [
			{
				displayName: 'Studio',
				name: 'studioId',
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				description: "The studio whose offers and prices apply, instead of the customer's studio",
				modes: fromListOrById('searchStudios', { example: '1234567890' }),
				routing: { send: { type: 'query', property: 'studioId' } },
			},
		],
	},
];
