import { ofIds } from '../transport/marks';
import { chunksOf50 } from './plans';
import type { Resource } from './resource';

/** Operations that read what a customer owes and has paid. */
export const customerAccount: Resource = {
	name: 'Customer Account',
	value: 'customerAccount',
	operations: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['customerAccount'] } },
		options: [
			{
				name: 'Get Balance',
				value: 'getCustomersAccountBalanceData',
				action: 'Get an account balance',
				description: 'Get balance, credit, dunning level, and whether debts are being collected',
				routing: { request: { method: 'GET', url: '/v1/customers/{customerId}/account/balances' } },
			},
			{
				name: 'Get Many Transactions',
				value: 'getCustomersAccountTransactionData',
				action: 'Get many account transactions',
				description: 'Get the transactions up to yesterday',
				routing: {
					request: { method: 'GET', url: '/v1/customers/{customerId}/account/transactions' },
				},
				plan: chunksOf50,
			},
			{
				name: 'Get Many Upcoming Transactions',
				value: 'getCustomersAccountUpcomingData',
				action: 'Get many upcoming account transactions',
				description: 'Get the transactions from today to a year ahead',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/customers/{customerId}/account/transactions/upcoming',
					},
				},
				plan: chunksOf50,
			},
			{
				name: 'Record Payment',
				value: 'bookCustomerPayment',
				action: 'Record a customer payment',
				description: 'Record what a customer paid in a payment session',
				routing: { request: { method: 'POST', url: '/v1/customers/{customerId}/account/payment' } },
			},
			{
				name: 'Update Payment Method',
				value: 'updateCustomerPaymentInstrument',
				action: 'Update a customer payment method',
				description: 'Change how a customer pays in the future',
				routing: {
					request: { method: 'POST', url: '/v1/customers/{customerId}/account/payment-instrument' },
				},
			},
		],
		default: 'getCustomersAccountBalanceData',
	},
	fields: [
		{
			displayName: 'Payment Request Token',
			name: 'accountPaymentRequestToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The token of a payment session for this customer',
			displayOptions: {
				show: {
					operation: ['bookCustomerPayment', 'updateCustomerPaymentInstrument'],
					specifyBody: ['fields'],
				},
			},
			routing: { send: { type: 'body', property: 'paymentRequestToken' } },
		},
		{
			displayName: 'Amount',
			name: 'accountPaymentAmount',
			type: 'number',
			typeOptions: { minValue: 0.01, numberPrecision: 2 },
			required: true,
			default: 0,
			description: 'The amount paid, such as 49.90',
			displayOptions: { show: { operation: ['bookCustomerPayment'], specifyBody: ['fields'] } },
			routing: { send: { type: 'body', property: 'amount.amount' } },
		},
		{
			displayName: 'Currency',
			name: 'accountPaymentCurrency',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. EUR',
			description: 'The currency, as an ISO 4217 code',
			displayOptions: { show: { operation: ['bookCustomerPayment'], specifyBody: ['fields'] } },
			routing: { send: { type: 'body', property: 'amount.currency' } },
		},
		{
			displayName: 'Additional Fields',
			name: 'accountPaymentFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			displayOptions: { show: { operation: ['bookCustomerPayment'], specifyBody: ['fields'] } },
			options: [
				{
					displayName: 'Debt Claim IDs',
					name: 'debtClaimIds',
					type: 'string',
					typeOptions: { multipleValues: true, ...ofIds },
					default: [],
					description:
						'The claims that the payment settles: one ID per row, or several separated by commas',
					routing: { send: { type: 'body', property: 'debtClaimIds' } },
				},
			],
		},
	],
};
