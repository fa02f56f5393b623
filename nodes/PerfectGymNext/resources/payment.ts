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
					'Start a session in which a person enters a payment method or pays once, on a website',
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
				{ name: 'New Person (First Session)', value: 'new' },
				{ name: 'New Person (Later Session)', value: 'returning' },
			],
		},
		{
			displayName: 'Existing Customer',
			name: 'sessionCustomerId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			description: 'The customer who pays. The list searches by name, email or customer number.',
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
			description: "The ID from the output of this person's first session",
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
			description: 'What the payment is for. It also decides which payment methods are offered.',
			displayOptions: { show: { operation: ['userSession'], specifyBody: ['fields'] } },
			options: [
				{
					name: 'Member Account',
					value: 'MEMBER_ACCOUNT',
					description: 'A payment method for recurring charges',
				},
				{ name: 'Purchase', value: 'ECOM', description: 'A payment now' },
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
				"The amount to pay, in the studio's currency. Enter 0 to only store a payment method.",
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
			description: "The text on the customer's bank statement",
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
						'The payment methods to offer. If you leave it empty, all methods that the purpose allows are offered.',
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
						'Whether the customer must sign the direct debit form (SEPA, Swiss direct debit, LSV)',
					routing: { send: { type: 'body', property: 'requireDirectDebitSignature' } },
				},
				{
					displayName: 'Show Existing Payment Methods',
					name: 'showExistingPaymentInstruments',
					type: 'boolean',
					default: true,
					description: 'Whether the customer can choose from saved payment methods',
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
				? '"JSON Body" has both customerId and finionPayCustomerId, but a payment session can have only one of them'
				: undefined;
		},
	},
};
