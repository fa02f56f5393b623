import type { INodeProperties } from 'n8n-workflow';

import { ofIds } from '../transport/marks';
import { fromListOrById } from './modes';
import { signatureFields, textBlockSignatureFields } from './signatures';

/** What a new contract can have. */
export const terms = {
	contractSignature: {
		displayName: 'Contract Signature',
		name: 'contractSignature',
		type: 'fixedCollection',
		default: {},
		placeholder: 'Add Signature',
		description: "The customer's signature on the contract",
		options: [
			{
				displayName: 'Signature',
				name: 'signature',
				values: [...signatureFields],
			},
		],
	},
	employeeId: {
		displayName: 'Employee',
		name: 'employeeId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description: 'The employee who sold the membership',
		modes: fromListOrById('searchEmployees', { example: '1234567890' }),
	},
	initialPaymentRequestToken: {
		displayName: 'Initial Payment Request Token',
		name: 'initialPaymentRequestToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description:
			'The token of the payment session in which the customer paid the initial amount. A preview does not need it.',
	},
	notes: {
		displayName: 'Notes',
		name: 'notes',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		description: 'What the staff should know about the contract',
	},
	selectedOptionalModuleIds: {
		displayName: 'Optional Module IDs',
		name: 'selectedOptionalModuleIds',
		type: 'string',
		typeOptions: { multipleValues: true, ...ofIds },
		default: [],
		description: 'From the optional modules of the term',
	},
	preuseDate: {
		displayName: 'Pre-Use Date',
		name: 'preuseDate',
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
		description:
			'The first day the customer may train before the contract starts. If you leave it empty, the offer decides.',
	},
	referralCode: {
		displayName: 'Referral Code',
		name: 'referralCode',
		type: 'string',
		default: '',
		placeholder: 'e.g. A500D',
		description: 'The code of the member who referred the customer',
	},
	selectedSelectableModuleIds: {
		displayName: 'Selectable Module IDs',
		name: 'selectedSelectableModuleIds',
		type: 'string',
		typeOptions: { multipleValues: true, ...ofIds },
		default: [],
		description: 'From the selectable modules of the offer',
	},
	textBlockSignatures: {
		displayName: 'Text Block Signatures',
		name: 'textBlockSignatures',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Signature',
		description: 'The signatures on text blocks of the offer',
		options: [
			{
				displayName: 'Signature',
				name: 'signature',
				values: [...textBlockSignatureFields],
			},
		],
	},
	thirdPartyId: {
		displayName: 'Third-Party ID',
		name: 'thirdPartyId',
		type: 'string',
		default: '',
		description: "The contract's ID in your own system",
	},
	voucherCode: {
		displayName: 'Voucher Code',
		name: 'voucherCode',
		type: 'string',
		default: '',
		description: 'The code of a voucher for credit or a discount',
	},
} satisfies Record<string, INodeProperties>;

/** All of them, in the order of the editor. */
export const contractFields: INodeProperties[] = Object.values(terms);
