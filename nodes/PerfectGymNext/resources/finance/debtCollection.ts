import type { INodeProperties } from 'n8n-workflow';

import { ofTextIds } from '../../transport/marks';

/** How long a debtor or a debt is blocked from debt collection. */
const blockFields: INodeProperties[] = [
	{
		displayName: 'Kind',
		name: 'limitType',
		type: 'options',
		required: true,
		options: [
			{ name: 'Until a Date', value: 'LIMITED' },
			{ name: 'Permanent', value: 'UNLIMITED' },
			{ name: 'Not Blocked', value: 'DISABLED' },
		],
		default: 'LIMITED',
		description: 'How long the block lasts, or that it ends',
	},
	{
		displayName: 'End Date',
		name: 'endDate',
		type: 'dateTime',
		required: true,
		typeOptions: { dateOnly: true },
		default: '',
		description: 'The last day of the block. PerfectGym Next requires it for every kind.',
	},
];

/** What happened to a debt after its transfer to the agency. */
const debtFields: INodeProperties[] = [
	{
		displayName: 'Debt ID',
		name: 'debtId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 095be615-a8ad-4c33-8e9c-c7612fbf6c9f',
		description: 'The UUID that came with the debtors of the run',
	},
	{
		displayName: 'Original Amount',
		name: 'originalAmount',
		type: 'number',
		required: true,
		default: 0,
		description: 'The amount that was handed over to the agency',
	},
	{
		displayName: 'Paid Amount',
		name: 'paidAmount',
		type: 'number',
		required: true,
		default: 0,
		description: 'How much the agency received in total, not only since the last update',
	},
	{
		displayName: 'Canceled Amount',
		name: 'canceledAmount',
		type: 'number',
		required: true,
		default: 0,
		description: 'How much of the debt the agency does not recognize',
	},
	{
		displayName: 'Currency',
		name: 'currency',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. EUR',
		description: 'The currency, as an ISO 4217 code',
	},
	{
		displayName: 'Block',
		name: 'block',
		type: 'fixedCollection',
		default: {},
		placeholder: 'Add Block',
		description:
			'Blocks this debt from future collections. If you leave it out, an existing block ends.',
		options: [{ displayName: 'Block', name: 'details', values: [...blockFields] }],
	},
];

/** How a case was closed. A closed case stays closed. */
const closureFields: INodeProperties[] = [
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		required: true,
		options: [
			{ name: 'Positive', value: 'POSITIVE', description: 'All or almost all was paid' },
			{
				name: 'Negative',
				value: 'NEGATIVE',
				description: 'Nothing was paid, or no more payments are expected',
			},
			{
				name: 'Reversal',
				value: 'REVERSAL',
				description: 'Returned after work on it. The debts are open again.',
			},
			{
				name: 'Rejection',
				value: 'REJECTION',
				description: 'Rejected by the agency. The debts are open again.',
			},
		],
		default: 'POSITIVE',
		description: 'How the case was closed',
	},
	{
		displayName: 'Rejection Reason',
		name: 'rejectionReason',
		type: 'options',
		required: true,
		displayOptions: { show: { type: ['REJECTION'] } },
		options: [
			{ name: 'Case Already in Court', value: 'CLAIMS_ALREADY_IN_COURT' },
			{
				name: 'Claim Depends on a Service Not Rendered',
				value: 'MISSING_COMPENSATION_BLOCKING_DUNNING_PROCESS',
			},
			{ name: 'Claim Increased or Imported', value: 'CLAIM_INCREASE_IMPORTED_SYSTEM' },
			{
				name: 'Claim Time-Barred or Debtor Discharged',
				value: 'CLAIMS_TIME_BARRED_OR_RESIDUAL_DEBT_DISCHARGE_GRANTED',
			},
			{ name: 'Conflict of Interest', value: 'CONFLICT_OF_INTEREST' },
			{
				name: 'Debtor Already Has Hard Negative Entries',
				value: 'HARD_NEGATIVES_IN_DEBTOR_REGISTER',
			},
			{ name: 'Debtor Lives Abroad', value: 'NO_COLLECTION_ABROAD_POSSIBLE' },
			{ name: 'Fraud', value: 'FRAUD' },
			{ name: 'Heir Cannot Be Found', value: 'COLLECTING_FROM_INHERIT_NOT_POSSIBLE' },
			{
				name: 'Legal Representative Unknown',
				value: 'NO_INFORMATION_ABOUT_LEGAL_REPRESENTATIVE',
			},
			{ name: 'Mail Cannot Be Delivered', value: 'POSTAL_DELIVERY_NOT_POSSIBLE' },
			{ name: 'Remaining Claim Too Small', value: 'REMAINING_CLAIM_BELOW_LIMIT' },
			{
				name: 'Required Notices Cannot Be Given',
				value: 'NOTIFICATION_OBLIGATIONS_NOT_POSSIBLE',
			},
			{ name: 'Withdrawn Before Processing', value: 'NO_PROCESSING_AT_ALL' },
			{ name: 'Withdrawn by Studio', value: 'WITHDRAWN_BY_STUDIO' },
		],
		default: 'WITHDRAWN_BY_STUDIO',
		description: 'Why the agency rejects the case',
	},
	{
		displayName: 'Date',
		name: 'date',
		type: 'dateTime',
		required: true,
		typeOptions: { dateOnly: true },
		default: '',
		description: 'The day the case was closed',
	},
	{
		displayName: 'Remark',
		name: 'closureReason',
		type: 'string',
		default: '',
		placeholder: 'e.g. Address unknown',
		description: 'Why the case was closed, as a note for the studio',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		// Tells no rows from rows that n8n has lost (transport/rows.ts).
		default: { option: [] },
		placeholder: 'Add Option',
		description:
			'What happens to the remaining debts. It applies to positive and negative closures.',
		options: [
			{
				displayName: 'Option',
				name: 'option',
				values: [
					{
						displayName: 'Option',
						name: 'key',
						type: 'options',
						required: true,
						options: [
							{ name: '(Choose)', value: '' },
							{ name: 'Write Off Remaining Debts', value: 'WRITE_OFF_REMAINING_DEBTS' },
						],
						// A row that n8n makes up must not be valid (transport/rows.ts).
						default: '',
						description: 'What to get from or change in PerfectGym Next',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'options',
						required: true,
						options: [
							{ name: 'Yes', value: 'true' },
							{ name: 'No', value: 'false' },
						],
						default: 'true',
						description: 'Whether the field is active',
					},
				],
			},
		],
	},
];

/** An agency's case, which can combine several of the studio's cases. */
const caseFields: INodeProperties[] = [
	{
		displayName: 'Agency Case ID',
		name: 'agencyCollectionCaseId',
		type: 'string',
		required: true,
		default: '',
		description: "The agency's ID for the case",
	},
	{
		displayName: 'Case IDs',
		name: 'collectionCaseIds',
		type: 'string',
		typeOptions: { multipleValues: true, ...ofTextIds },
		required: true,
		default: [],
		description:
			'The IDs of all cases that this case combines, as they came with the debtors of the run: one per row, or several separated by commas',
	},
	{
		displayName: 'Closure',
		name: 'closure',
		type: 'fixedCollection',
		default: {},
		placeholder: 'Add Closure',
		description: 'Only for a closed case. A closed case cannot be reopened.',
		options: [{ displayName: 'Closure', name: 'details', values: [...closureFields] }],
	},
	{
		displayName: 'Debts',
		name: 'debts',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		required: true,
		default: {},
		placeholder: 'Add Debt',
		description: 'At least all debts that changed',
		options: [{ displayName: 'Debt', name: 'debt', values: [...debtFields] }],
	},
	{
		displayName: 'Public Case ID',
		name: 'publicCollectionCaseId',
		type: 'string',
		default: '',
		description: "The case ID in the agency's letters to the debtor, if it differs",
	},
];

/** The fields of a collection agency's report: debtors, their cases, and the debts of each case. */
export const debtCollectionFields: INodeProperties[] = [
	{
		displayName: 'Request ID',
		name: 'debtCollectionRequestId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 095be615-a8ad-4c33-8e9c-c7612fbf6c9f',
		description: 'A UUID that you create for this update. Use a new one for each update.',
		displayOptions: { show: { operation: ['updateDebtCollection'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'requestId' } },
	},
	{
		displayName: 'Debtors',
		name: 'debtCollectionDebtors',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		required: true,
		default: {},
		placeholder: 'Add Debtor',
		description: 'The debtors, with the complete current state of their cases',
		displayOptions: { show: { operation: ['updateDebtCollection'], specifyBody: ['fields'] } },
		options: [
			{
				displayName: 'Debtor',
				name: 'debtor',
				values: [
					{
						displayName: 'Debtor ID',
						name: 'debtorId',
						type: 'string',
						required: true,
						default: '',
						placeholder: 'e.g. 2334545',
						description: 'The ID that came with the debtors of the run',
					},
					{
						displayName: 'Cases',
						name: 'agencyCollectionCases',
						type: 'fixedCollection',
						typeOptions: { multipleValues: true },
						required: true,
						default: {},
						placeholder: 'Add Case',
						description: "The agency's cases against this debtor",
						options: [{ displayName: 'Case', name: 'case', values: [...caseFields] }],
					},
					{
						displayName: 'Block',
						name: 'block',
						type: 'fixedCollection',
						default: {},
						placeholder: 'Add Block',
						description:
							'Blocks this debtor from future collections. If you leave it out, an existing block ends.',
						options: [{ displayName: 'Block', name: 'details', values: [...blockFields] }],
					},
				],
			},
		],
		routing: { send: { type: 'body', property: 'debtors' } },
	},
];
