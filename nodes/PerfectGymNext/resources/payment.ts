import { fromListOrById } from '../fields/modes';
import type { Resource } from './resource';

/** The operation that creates a payment session. */
export const payment: Resource = {
	name: 'Payment',
	value: 'payment',
	operations: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['payment'] } },
		options: [
			{
				name: 'Create Session',
				value: 'userSession',
				action: 'Create a payment session',
				description:
					'Let a person enter a way to pay, or pay once, in the payment component of a website',
				routing: { request: { method: 'POST', url: '/v1/payments/user-session' } },
			},
		],
		default: 'userSession',
	},
	fields: [
		{
			displayName: 'Payer',
			name: 'sessionPayer',
			type: 'options',
			noDataExpression: true,
			default: 'existing',
			description: 'Who enters the payment details',
			displayOptions: { show: { operation: ['userSession'], specifyBody: ['fields'] } },
			options: [
				{ name: 'Existing Customer', value: 'existing' },
				{ name: 'New Person, First Session', value: 'new' },
				{ name: 'New Person, Further Session', value: 'returning' },
			],
		},
		{
			displayName: 'Existing Customer',
			name: 'sessionCustomerId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			description:
				'Who pays, from a list that searches by name, email or customer number, or by ID',
			displayOptions: {
				show: {
					operation: ['userSession'],
					specifyBody: ['fields'],
					sessionPayer: ['existing'],
				},
			},
			modes: fromListOrById('searchCustomers', { example: '1210656710' }),
			routing: { send: { type: 'body', property: 'customerId' } },
		},
		{
			displayName: 'Finion Pay Customer ID',
			name: 'finionPayCustomerUuid',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 753ea8ec-c2ec-4761-824b-bc46eda3f644',
			description: 'The ID that the first session of this person has answered with',
			displayOptions: {
				show: {
					operation: ['userSession'],
					specifyBody: ['fields'],
					sessionPayer: ['returning'],
				},
			},
			routing: { send: { type: 'body', property: 'finionPayCustomerId' } },
		},
		{
			displayName: 'Purpose',
			name: 'sessionScope',
			type: 'options',
			required: true,
			default: 'MEMBER_ACCOUNT',
			description: 'What the payment details are for, which also decides the ways to pay',
			displayOptions: { show: { operation: ['userSession'], specifyBody: ['fields'] } },
			options: [
				{
					name: 'Member Account',
					value: 'MEMBER_ACCOUNT',
					description: 'A way to pay for what falls due regularly',
				},
				{ name: 'Purchase', value: 'ECOM', description: 'A payment that is made now' },
			],
			routing: { send: { type: 'body', property: 'scope' } },
		},
		{
			displayName: 'Amount',
			name: 'sessionAmount',
			type: 'number',
			required: true,
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: 0,
			description:
				'What is to be paid, in the currency of the studio. 0 records a way to pay for later.',
			displayOptions: { show: { operation: ['userSession'], specifyBody: ['fields'] } },
			routing: { send: { type: 'body', property: 'amount' } },
		},
		{
			displayName: 'Reference Text',
			name: 'sessionReferenceText',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Joining fee 07/2026',
			description: 'What the customer reads on the bank statement',
			displayOptions: { show: { operation: ['userSession'], specifyBody: ['fields'] } },
			routing: { send: { type: 'body', property: 'referenceText' } },
		},
		{
			displayName: 'Additional Fields',
			name: 'sessionFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			displayOptions: { show: { operation: ['userSession'], specifyBody: ['fields'] } },
			options: [
				{
					displayName: 'Payment Methods',
					name: 'permittedPaymentChoices',
					type: 'multiOptions',
					default: [],
					description:
						'The ways to pay that may be chosen, out of those that the purpose allows. All of these if left out.',
					options: [
						{ name: 'Bacs', value: 'BACS' },
						{ name: 'Bancontact', value: 'BANCONTACT' },
						{ name: 'Bank Transfer', value: 'BANK_TRANSFER' },
						{ name: 'Cash', value: 'CASH' },
						{ name: 'Credit Card', value: 'CREDIT_CARD' },
						{ name: 'iDEAL', value: 'IDEAL' },
						{ name: 'LSV', value: 'LSV' },
						{ name: 'PayPal', value: 'PAYPAL' },
						{ name: 'SEPA', value: 'SEPA' },
						{ name: 'Swiss Direct Debit', value: 'CH_DD' },
						{ name: 'TWINT', value: 'TWINT' },
					],
					routing: { send: { type: 'body', property: 'permittedPaymentChoices' } },
				},
				{
					displayName: 'Require Signature',
					name: 'requireDirectDebitSignature',
					type: 'boolean',
					default: false,
					description:
						'Whether the form for a direct debit (SEPA, Swiss direct debit, LSV) must be signed',
					routing: { send: { type: 'body', property: 'requireDirectDebitSignature' } },
				},
				{
					displayName: 'Show Existing Payment Methods',
					name: 'showExistingPaymentInstruments',
					type: 'boolean',
					default: true,
					description: 'Whether the customer can choose from the ways to pay entered before',
					routing: { send: { type: 'body', property: 'showExistingPaymentInstruments' } },
				},
			],
		},
	],
	checks: {
		userSession({ body }) {
			if (!body || Array.isArray(body)) return undefined;
			const isBoth = Boolean(body.customerId) && Boolean(body.finionPayCustomerId);
			return isBoth
				? '"JSON Body" has both customerId and finionPayCustomerId, but a payment session has one of them at most'
				: undefined;
		},
	},
};
