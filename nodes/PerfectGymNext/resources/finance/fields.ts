import type { INodeProperties } from 'n8n-workflow';

import { byId } from '../../fields/modes';
import { ofTextIds } from '../../transport/marks';
import { debtCollectionFields } from './debtCollection';

/** The fields of single operations on debt collection and exports, required ones first. */
export const financeFields: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'exportFromDate',
		type: 'dateTime',
		required: true,
		typeOptions: { dateOnly: true },
		default: '',
		description: 'The first day to export',
		displayOptions: { show: { operation: ['createExport'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'fromDate' } },
	},
	{
		displayName: 'To',
		name: 'exportToDate',
		type: 'dateTime',
		required: true,
		typeOptions: { dateOnly: true },
		default: '',
		description: 'The last day to export: at most 90 days after the first, and not after yesterday',
		displayOptions: { show: { operation: ['createExport'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'toDate' } },
	},
	{
		displayName: 'Level of Detail',
		name: 'exportFormat',
		type: 'options',
		required: true,
		options: [
			{
				name: 'Single Bookings',
				value: 'SINGLE',
				description: 'One row for each booking',
			},
			{
				name: 'Totals by Account',
				value: 'AGGREGATED',
				description: 'One total for each account number',
			},
		],
		default: 'SINGLE',
		description: 'Whether to list single bookings or totals',
		displayOptions: { show: { operation: ['createExport'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'exportFormat' } },
	},
	{
		displayName: 'File Format',
		name: 'exportFileFormat',
		type: 'options',
		required: true,
		options: [
			{ name: 'CSV', value: 'CSV' },
			{ name: 'Excel', value: 'XLSX' },
			{ name: 'JSON', value: 'JSON' },
		],
		default: 'CSV',
		description: 'The type of file',
		displayOptions: { show: { operation: ['createExport'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'exportFileFormat' } },
	},
	{
		displayName: 'Additional Fields',
		name: 'exportFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: { operation: ['createExport'], specifyBody: ['fields'] } },
		options: [
			{
				displayName: 'Language',
				name: 'exportLocale',
				type: 'options',
				options: [
					{ name: 'English', value: 'ENGLISH' },
					{ name: 'German', value: 'GERMAN' },
				],
				default: 'ENGLISH',
				description: 'The language of the file',
				routing: { send: { type: 'body', property: 'exportLocale' } },
			},
		],
	},
	{
		displayName: 'Filters',
		name: 'debtCollectionCaseFilters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: { operation: ['getDebtCollectionCases'] } },
		options: [
			{
				displayName: 'Adjustment Request ID',
				name: 'caseAdjustmentRequestId',
				type: 'resourceLocator',
				default: { mode: 'id', value: '' },
				description: 'The change that the event Finance Debt Collection Case Updated names',
				modes: byId({ example: '1210000001' }),
				routing: { send: { type: 'query', property: 'caseAdjustmentRequestId' } },
			},
			{
				displayName: 'Agency Case IDs',
				name: 'agencyCollectionCaseId',
				type: 'string',
				typeOptions: { multipleValues: true, ...ofTextIds },
				default: [],
				description:
					"Up to 50 cases by the agency's IDs: one per row, or several separated by commas",
				routing: { send: { type: 'query', property: 'agencyCollectionCaseId' } },
			},
			{
				displayName: 'Case IDs',
				name: 'collectionCaseId',
				type: 'string',
				typeOptions: { multipleValues: true, ...ofTextIds },
				default: [],
				description:
					'Up to 50 cases by the IDs that came with the debtors of a run: one per row, or several separated by commas',
				routing: { send: { type: 'query', property: 'collectionCaseId' } },
			},
			{
				displayName: 'Debtor IDs',
				name: 'debtorId',
				type: 'string',
				typeOptions: { multipleValues: true, ...ofTextIds },
				default: [],
				description: 'The cases of up to 50 debtors: one per row, or several separated by commas',
				routing: { send: { type: 'query', property: 'debtorId' } },
			},
		],
	},
	{
		displayName: 'Filters',
		name: 'blockedDebtorFilters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: { operation: ['getDebtCollectionBlockedDebtors'] } },
		options: [
			{
				displayName: 'Debtor IDs',
				name: 'debtorId',
				type: 'string',
				typeOptions: { multipleValues: true, ...ofTextIds },
				default: [],
				description: 'Only these debtors: one ID per row, or several separated by commas',
				routing: { send: { type: 'query', property: 'debtorId' } },
			},
		],
	},
	{
		displayName: 'Filters',
		name: 'blockedDebtFilters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: { operation: ['getDebtCollectionBlockedDebts'] } },
		options: [
			{
				displayName: 'Debt IDs',
				name: 'debtId',
				type: 'string',
				typeOptions: { multipleValues: true, ...ofTextIds },
				default: [],
				placeholder: 'e.g. 095be615-a8ad-4c33-8e9c-c7612fbf6c9f',
				description: 'Only these debts: one UUID per row, or several separated by commas',
				routing: { send: { type: 'query', property: 'debtId' } },
			},
		],
	},
	...debtCollectionFields,
];
