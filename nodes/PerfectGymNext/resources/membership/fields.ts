import type { INodeProperties } from 'n8n-workflow';

import { fromListOrById } from '../../fields/modes';
import { signatureFields, textBlockSignatureFields } from './signatures';
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
		description: 'Which offer, and which of its terms, from a list or by the ID of the term',
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
		description: 'Day on which the contract starts',
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
				routing: { send: { type: 'body', property: 'contractSignature' } },
			},
			{
				displayName: 'Employee',
				name: 'employeeId',
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				description: 'The employee who sold the membership, from a list or by ID',
				modes: fromListOrById('searchEmployees', { example: '1234567890' }),
				routing: { send: { type: 'body', property: 'employeeId' } },
			},
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
				description: 'What the staff should know about the contract',
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
				displayName: 'Pre-Use Date',
				name: 'preuseDate',
				type: 'dateTime',
				typeOptions: { dateOnly: true },
				default: '',
				description:
					'Day from which the customer may train before the contract starts. If left out, the offer decides.',
				routing: { send: { type: 'body', property: 'preuseDate' } },
			},
			{
				displayName: 'Referral Code',
				name: 'referralCode',
				type: 'string',
				default: '',
				placeholder: 'e.g. A500D',
				description: 'Code of the member who has recruited the customer',
				routing: { send: { type: 'body', property: 'referralCode' } },
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
				routing: { send: { type: 'body', property: 'textBlockSignatures' } },
			},
			{
				displayName: 'Third-Party ID',
				name: 'thirdPartyId',
				type: 'string',
				default: '',
				description: 'ID of the contract in your own system',
				routing: { send: { type: 'body', property: 'thirdPartyId' } },
			},
			{
				displayName: 'Voucher Code',
				name: 'voucherCode',
				type: 'string',
				default: '',
				description: 'Code of a voucher that gives credit or a discount',
				routing: { send: { type: 'body', property: 'voucherCode' } },
			},
		],
	},
];
