import type { INodeProperties } from 'n8n-workflow';

import { chunksOf50 } from '../transport/request';

import type { Check } from '../transport/declarations';

export const customerAccountOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['customerAccount'] } },
		options: [
			{
				name: 'Book Customer Payment',
				value: 'bookCustomerPayment',
				action: 'Book customer payment',
				description: 'TODO bookCustomerPayment',
				routing: { request: { method: 'POST', url: '/v1/customers/{customerId}/account/payment' } },
			},
			{
				name: 'Get Customers Account Balance Data',
				value: 'getCustomersAccountBalanceData',
				action: 'Get customers account balance data',
				description: 'TODO getCustomersAccountBalanceData',
				routing: { request: { method: 'GET', url: '/v1/customers/{customerId}/account/balances' } },
			},
			{
				name: 'Get Customers Account Transaction Data',
				value: 'getCustomersAccountTransactionData',
				action: 'Get customers account transaction data',
				description: 'TODO getCustomersAccountTransactionData',
				routing: {
					request: { method: 'GET', url: '/v1/customers/{customerId}/account/transactions' },
					operations: { pagination: chunksOf50 },
				},
			},
			{
				name: 'Get Customers Account Upcoming Data',
				value: 'getCustomersAccountUpcomingData',
				action: 'Get customers account upcoming data',
				description: 'TODO getCustomersAccountUpcomingData',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/customers/{customerId}/account/transactions/upcoming',
					},
					operations: { pagination: chunksOf50 },
				},
			},
			{
				name: 'Update Customer Payment Instrument',
				value: 'updateCustomerPaymentInstrument',
				action: 'Update customer payment instrument',
				description: 'TODO updateCustomerPaymentInstrument',
				routing: {
					request: { method: 'POST', url: '/v1/customers/{customerId}/account/payment-instrument' },
				},
			},
		],
		default: 'bookCustomerPayment',
	},
];

export const customerAccountFields: INodeProperties[] = [];

export const customerAccountChecks: Readonly<Record<string, Check>> = {};
