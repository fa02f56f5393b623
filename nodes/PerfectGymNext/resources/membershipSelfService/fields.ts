import type { INodeProperties } from 'n8n-workflow';

import { fromListOrById } from '../../fields/modes';

/** The fields of single self-service operations on memberships. */
export const membershipSelfServiceFields: INodeProperties[] = [
	{
		displayName: 'Contract',
		name: 'cancelationContractId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description:
			'The contract that shall end, from a list of the contracts of the customer or by ID',
		displayOptions: {
			show: { operation: ['createContractCancelationAmendment'], specifyBody: ['fields'] },
		},
		modes: fromListOrById('searchCustomerContracts', { example: '1210000001' }),
		routing: { send: { type: 'body', property: 'contractId' } },
	},
	{
		displayName: 'Cancelation Date',
		name: 'cancelationDate',
		type: 'dateTime',
		required: true,
		typeOptions: { dateOnly: true },
		default: '',
		description:
			'The day that the contract or module shall end on, one of its available cancelation dates',
		displayOptions: {
			show: {
				operation: [
					'createContractCancelationAmendment',
					'createModuleContractCancelationAmendment',
				],
				specifyBody: ['fields'],
			},
		},
		routing: { send: { type: 'body', property: 'cancelationDate' } },
	},
	{
		displayName: 'Cancelation Reason',
		name: 'cancelationReasonId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'Why the contract or module is canceled, from the reasons of the studio or by ID',
		displayOptions: {
			show: {
				operation: [
					'createContractCancelationAmendment',
					'createModuleContractCancelationAmendment',
				],
				specifyBody: ['fields'],
			},
		},
		modes: fromListOrById('searchCancelationReasons', { example: '1210000001' }),
		routing: { send: { type: 'body', property: 'cancelationReasonId' } },
	},
	{
		displayName: 'Start Date',
		name: 'idlePeriodStartDate',
		type: 'dateTime',
		required: true,
		typeOptions: { dateOnly: true },
		default: '',
		description:
			'First day of the idle period. Where idle periods last whole weeks or months, it is the first day of one.',
		displayOptions: {
			show: {
				operation: [
					'createIdlePeriodAmendment',
					'idlePeriodUpdatePreview',
					'updateIdlePeriod',
					'validateIdlePeriodRequest',
				],
				specifyBody: ['fields'],
			},
		},
		routing: { send: { type: 'body', property: 'startDate' } },
	},
	{
		displayName: 'Reason',
		name: 'idlePeriodReasonId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description:
			'Why the contract is frozen, from a list of the reasons that its configuration has, or by ID',
		displayOptions: {
			show: {
				operation: ['createIdlePeriodAmendment', 'idlePeriodUpdatePreview', 'updateIdlePeriod'],
				specifyBody: ['fields'],
			},
		},
		modes: fromListOrById('searchIdlePeriodReasons', { example: '1210000001' }),
		routing: { send: { type: 'body', property: 'reasonId' } },
	},
	{
		displayName: 'Unlimited',
		name: 'idlePeriodUnlimited',
		type: 'boolean',
		// Decides which other fields are shown.
		noDataExpression: true,
		default: false,
		description: 'Whether the idle period goes on until it is ended, if the contract allows it',
		displayOptions: {
			show: {
				operation: [
					'createIdlePeriodAmendment',
					'idlePeriodUpdatePreview',
					'updateIdlePeriod',
					'validateIdlePeriodRequest',
				],
				specifyBody: ['fields'],
			},
		},
		routing: { send: { type: 'body', property: 'unlimited' } },
	},
	{
		displayName: 'Set Length By',
		name: 'idlePeriodLengthBy',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Duration', value: 'duration' },
			{ name: 'End Date', value: 'endDate' },
		],
		default: 'duration',
		description: 'Whether to give a new duration, or only an earlier end',
		displayOptions: {
			show: {
				operation: ['idlePeriodUpdatePreview', 'updateIdlePeriod'],
				specifyBody: ['fields'],
				idlePeriodUnlimited: [false],
			},
		},
	},
	{
		displayName: 'Duration',
		name: 'idlePeriodDuration',
		type: 'number',
		required: true,
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 1,
		description: 'For how many days, weeks or months the contract is frozen',
		displayOptions: {
			show: {
				operation: [
					'createIdlePeriodAmendment',
					'idlePeriodUpdatePreview',
					'updateIdlePeriod',
					'validateIdlePeriodRequest',
				],
				specifyBody: ['fields'],
				idlePeriodUnlimited: [false],
			},
			hide: { idlePeriodLengthBy: ['endDate'] },
		},
		routing: { send: { type: 'body', property: 'termValue' } },
	},
	{
		displayName: 'Duration Unit',
		name: 'idlePeriodDurationUnit',
		type: 'options',
		required: true,
		options: [
			{ name: 'Days', value: 'DAY' },
			{ name: 'Weeks', value: 'WEEK' },
			{ name: 'Months', value: 'MONTH' },
		],
		default: 'MONTH',
		description: 'What the duration counts: the unit that the contract has for its idle periods',
		displayOptions: {
			show: {
				operation: [
					'createIdlePeriodAmendment',
					'idlePeriodUpdatePreview',
					'updateIdlePeriod',
					'validateIdlePeriodRequest',
				],
				specifyBody: ['fields'],
				idlePeriodUnlimited: [false],
			},
			hide: { idlePeriodLengthBy: ['endDate'] },
		},
		routing: { send: { type: 'body', property: 'temporalUnit' } },
	},
	{
		displayName: 'End Date',
		name: 'idlePeriodEndDate',
		type: 'dateTime',
		required: true,
		typeOptions: { dateOnly: true },
		default: '',
		description: 'New last day, earlier than the present one, while the start date stays as it is',
		displayOptions: {
			show: {
				operation: ['idlePeriodUpdatePreview', 'updateIdlePeriod'],
				specifyBody: ['fields'],
				idlePeriodUnlimited: [false],
				idlePeriodLengthBy: ['endDate'],
			},
		},
		routing: { send: { type: 'body', property: 'endDate' } },
	},
	{
		displayName: 'Additional Module',
		name: 'additionalModuleId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The module, from a list of those that can be added to the contract, or by ID',
		displayOptions: {
			show: {
				operation: ['purchaseAdditionalModuleContract', 'validateAdditionalModuleContractRequest'],
				specifyBody: ['fields'],
			},
		},
		modes: fromListOrById('searchPurchasableModules', { example: '1210000001' }),
		routing: { send: { type: 'body', property: 'additionalModuleId' } },
	},
	{
		displayName: 'Payment Frequency',
		name: 'modulePaymentFrequencyId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'How often the module is paid for, from a list of what it offers, or by ID',
		displayOptions: {
			show: {
				operation: ['purchaseAdditionalModuleContract', 'validateAdditionalModuleContractRequest'],
				specifyBody: ['fields'],
			},
		},
		modes: fromListOrById('searchModulePaymentFrequencies', { example: '1210000001' }),
		routing: { send: { type: 'body', property: 'paymentFrequencyId' } },
	},
	{
		displayName: 'Book Trial Period',
		name: 'moduleTrialPeriod',
		type: 'boolean',
		required: true,
		default: false,
		description: 'Whether the contract begins with the trial period, which the module must offer',
		displayOptions: {
			show: {
				operation: ['purchaseAdditionalModuleContract', 'validateAdditionalModuleContractRequest'],
				specifyBody: ['fields'],
			},
		},
		routing: { send: { type: 'body', property: 'bookTrialPeriod' } },
	},
];
