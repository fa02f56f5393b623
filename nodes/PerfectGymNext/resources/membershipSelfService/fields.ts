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
		description: 'The contract to cancel',
		displayOptions: {
			show: { operation: ['createContractCancelationAmendment'], specifyBody: ['fields'] },
		},
		modes: fromListOrById('searchCustomerContracts', { example: '1210000001' }),
		routing: { send: { type: 'body', property: 'contractId' } },
	},
	{
		displayName: 'Cancellation Date',
		name: 'cancelationDate',
		type: 'dateTime',
		required: true,
		typeOptions: { dateOnly: true },
		default: '',
		description: 'The day the contract or module ends: one of its available cancellation dates',
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
		displayName: 'Cancellation Reason',
		name: 'cancelationReasonId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'Why the contract or module is canceled',
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
			'The first day of the idle period. If idle periods last whole weeks or months, use the first day of a week or month.',
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
		description: 'Why the contract is frozen',
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
		description: 'Whether the idle period has no end date. The contract must allow it.',
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
		description: 'Whether to enter a new duration or only an earlier end',
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
		description: 'How many days, weeks or months to freeze the contract',
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
		description: 'Use the unit that the contract has for idle periods',
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
		description: 'The new last day, earlier than the current one. The start date does not change.',
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
		description: 'The module to add',
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
		description: 'How often the customer pays for the module',
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
		displayName: 'Start With Trial Period',
		name: 'moduleTrialPeriod',
		type: 'boolean',
		required: true,
		default: false,
		description: 'Whether the contract starts with a trial period. The module must offer one.',
		displayOptions: {
			show: {
				operation: ['purchaseAdditionalModuleContract', 'validateAdditionalModuleContractRequest'],
				specifyBody: ['fields'],
			},
		},
		routing: { send: { type: 'body', property: 'bookTrialPeriod' } },
	},
];
