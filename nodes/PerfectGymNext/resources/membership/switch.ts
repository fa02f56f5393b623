import type { INodeProperties } from 'n8n-workflow';

import { fromListOrById } from '../../fields/modes';
/** The fields of a membership switch and its preview: the old contract and the new offer. */
export const switchFields: INodeProperties[] = [
	{
		displayName: 'Switch Configuration',
		name: 'switchConfigId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The way to switch, from a list or by ID',
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
		displayName: 'Present Contract',
		name: 'sourceContractId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The contract of the customer that the new one replaces, from a list or by ID',
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
		description:
			'Which offer that the configuration leads to, and which of its terms, from a list or by the ID of the term',
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
		description: 'Day on which the new contract starts',
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
			{
				displayName: 'Initial Payment Request Token',
				name: 'initialPaymentRequestToken',
				type: 'string',
				typeOptions: { password: true },
				default: '',
				description:
					'Token of the payment session in which the customer pays what is due at once. A preview does not need it.',
				routing: { send: { type: 'body', property: 'initialPaymentRequestToken' } },
			},
			{
				displayName: 'Notes',
				name: 'notes',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				description: 'What the staff should know about the switch',
				routing: { send: { type: 'body', property: 'notes' } },
			},
			{
				displayName: 'Optional Module IDs',
				name: 'selectedOptionalModuleIds',
				type: 'string',
				typeOptions: {
					multipleValues: true,
					multipleValueButtonText: 'Add ID',
					numberPrecision: 0,
				},
				default: [],
				description:
					'The modules that the customer books on top, out of the optional ones of the term',
				routing: { send: { type: 'body', property: 'selectedOptionalModuleIds' } },
			},
			{
				displayName: 'Selectable Module IDs',
				name: 'selectedSelectableModuleIds',
				type: 'string',
				typeOptions: {
					multipleValues: true,
					multipleValueButtonText: 'Add ID',
					numberPrecision: 0,
				},
				default: [],
				description:
					'The modules that the customer picks, out of those that the offer lets one choose from',
				routing: { send: { type: 'body', property: 'selectedSelectableModuleIds' } },
			},
			{
				displayName: 'Third-Party ID',
				name: 'thirdPartyId',
				type: 'string',
				default: '',
				description: 'ID of the new contract in your own system',
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
				description:
					'The studio whose offers and prices count, instead of those of the studio of the customer',
				modes: fromListOrById('searchStudios', { example: '1234567890' }),
				routing: { send: { type: 'query', property: 'studioId' } },
			},
		],
	},
];
