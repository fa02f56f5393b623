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
		description: 'First day whose bookings are exported',
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
		description: 'Last day, at most 90 days after the first and yesterday at the latest',
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
				description: 'Each booking on its own',
			},
			{
				name: 'Totals by Account',
				value: 'AGGREGATED',
				description: 'Bookings added up for each account number',
			},
		],
		default: 'SINGLE',
		description: 'Whether bookings are listed or added up',
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
		description: 'What kind of file to make',
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
				description: 'In which language the file is written',
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
				description: 'The change that the event of an updated case told of',
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
					'Cases by the IDs that the agency gave them, at most 50: one in each row, or several with commas',
				routing: { send: { type: 'query', property: 'agencyCollectionCaseId' } },
			},
			{
				displayName: 'Case IDs',
				name: 'collectionCaseId',
				type: 'string',
				typeOptions: { multipleValues: true, ...ofTextIds },
				default: [],
				description:
					'Cases by the IDs that came with the debtors of a run, at most 50: one in each row, or several with commas',
				routing: { send: { type: 'query', property: 'collectionCaseId' } },
			},
			{
				displayName: 'Debtor IDs',
				name: 'debtorId',
				type: 'string',
				typeOptions: { multipleValues: true, ...ofTextIds },
				default: [],
				description: 'Cases of these debtors, at most 50: one in each row, or several with commas',
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
				description: 'Look at these debtors only: one in each row, or several with commas',
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
				description: 'Look at these debts only: one UUID in each row, or several with commas',
				routing: { send: { type: 'query', property: 'debtId' } },
			},
		],
	},
	...debtCollectionFields,
];
