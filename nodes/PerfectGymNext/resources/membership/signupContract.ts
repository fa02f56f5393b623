import type { INodeProperties } from 'n8n-workflow';

import { fromListOrById } from '../../fields/modes';
import { signatureFields, textBlockSignatureFields } from './signatures';

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
		options: [
			{
				displayName: 'Contract Signature',
				name: 'contractSignature',
				type: 'fixedCollection',
				default: {},
				placeholder: 'Add Signature',
				description: 'The signature of the customer under the contract',
				options: [
					{
						displayName: 'Signature',
						name: 'signature',
						values: [...signatureFields],
					},
				],
				routing: { send: { type: 'body', property: 'contract.contractSignature' } },
			},
			{
				displayName: 'Employee',
				name: 'employeeId',
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				description: 'The employee who sold the membership, from a list or by ID',
				modes: fromListOrById('searchEmployees', { example: '1234567890' }),
				routing: { send: { type: 'body', property: 'contract.employeeId' } },
			},
			{
				displayName: 'Initial Payment Request Token',
				name: 'initialPaymentRequestToken',
				type: 'string',
				typeOptions: { password: true },
				default: '',
				description:
					'Token of the payment session in which the customer pays what is due at once. A preview does not need it.',
				routing: { send: { type: 'body', property: 'contract.initialPaymentRequestToken' } },
			},
			{
				displayName: 'Notes',
				name: 'notes',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				description: 'What the staff should know about the contract',
				routing: { send: { type: 'body', property: 'contract.notes' } },
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
				routing: { send: { type: 'body', property: 'contract.selectedOptionalModuleIds' } },
			},
			{
				displayName: 'Pre-Use Date',
				name: 'preuseDate',
				type: 'dateTime',
				typeOptions: { dateOnly: true },
				default: '',
				description:
					'Day from which the customer may train before the contract starts. If left out, the offer decides.',
				routing: { send: { type: 'body', property: 'contract.preuseDate' } },
			},
			{
				displayName: 'Referral Code',
				name: 'referralCode',
				type: 'string',
				default: '',
				placeholder: 'e.g. A500D',
				description: 'Code of the member who has recruited the customer',
				routing: { send: { type: 'body', property: 'contract.referralCode' } },
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
				routing: { send: { type: 'body', property: 'contract.selectedSelectableModuleIds' } },
			},
			{
				displayName: 'Text Block Signatures',
				name: 'textBlockSignatures',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				default: {},
				placeholder: 'Add Signature',
				description: 'The signatures under single texts of the offer',
				options: [
					{
						displayName: 'Signature',
						name: 'signature',
						values: [...textBlockSignatureFields],
					},
				],
				routing: { send: { type: 'body', property: 'contract.textBlockSignatures' } },
			},
			{
				displayName: 'Third-Party ID',
				name: 'thirdPartyId',
				type: 'string',
				default: '',
				description: 'ID of the contract in your own system',
				routing: { send: { type: 'body', property: 'contract.thirdPartyId' } },
			},
			{
				displayName: 'Voucher Code',
				name: 'voucherCode',
				type: 'string',
				default: '',
				description: 'Code of a voucher that gives credit or a discount',
				routing: { send: { type: 'body', property: 'contract.voucherCode' } },
			},
		],
	},
];
