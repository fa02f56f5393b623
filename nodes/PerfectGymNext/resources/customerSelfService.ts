import type { INodeProperties } from 'n8n-workflow';

import type { Check } from '../transport/declarations';

export const customerSelfServiceOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['customerSelfService'] } },
		options: [
			{
				name: 'Create Customer Address Data Amendment',
				value: 'createCustomerAddressDataAmendment',
				action: 'Create customer address data amendment',
				description: 'TODO createCustomerAddressDataAmendment',
				routing: {
					request: { method: 'POST', url: '/v1/customers/{customerId}/self-service/address-data' },
				},
			},
			{
				name: 'Create Customer Contact Data Amendment',
				value: 'createCustomerContactDataAmendment',
				action: 'Create customer contact data amendment',
				description: 'TODO createCustomerContactDataAmendment',
				routing: {
					request: { method: 'POST', url: '/v1/customers/{customerId}/self-service/contact-data' },
				},
			},
			{
				name: 'Create Customer Master Data Amendment',
				value: 'createCustomerMasterDataAmendment',
				action: 'Create customer master data amendment',
				description: 'TODO createCustomerMasterDataAmendment',
				routing: {
					request: { method: 'POST', url: '/v1/customers/{customerId}/self-service/master-data' },
				},
			},
			{
				name: 'Create Customer Payment Data Amendment',
				value: 'createCustomerPaymentDataAmendment',
				action: 'Create customer payment data amendment',
				description: 'TODO createCustomerPaymentDataAmendment',
				routing: {
					request: { method: 'POST', url: '/v1/customers/{customerId}/self-service/payment-data' },
				},
			},
			{
				name: 'Get Customer Address Data',
				value: 'getCustomerAddressData',
				action: 'Get customer address data',
				description: 'TODO getCustomerAddressData',
				routing: {
					request: { method: 'GET', url: '/v1/customers/{customerId}/self-service/address-data' },
				},
			},
			{
				name: 'Get Customer Contact Data',
				value: 'getCustomerContactData',
				action: 'Get customer contact data',
				description: 'TODO getCustomerContactData',
				routing: {
					request: { method: 'GET', url: '/v1/customers/{customerId}/self-service/contact-data' },
				},
			},
			{
				name: 'Get Customer Master Data',
				value: 'getCustomerMasterData',
				action: 'Get customer master data',
				description: 'TODO getCustomerMasterData',
				routing: {
					request: { method: 'GET', url: '/v1/customers/{customerId}/self-service/master-data' },
				},
			},
			{
				name: 'Get Customer Payment Data',
				value: 'getCustomerPaymentData',
				action: 'Get customer payment data',
				description: 'TODO getCustomerPaymentData',
				routing: {
					request: { method: 'GET', url: '/v1/customers/{customerId}/self-service/payment-data' },
				},
			},
			{
				name: 'Withdraw Amendment',
				value: 'withdrawAmendment',
				action: 'Withdraw amendment',
				description: 'TODO withdrawAmendment',
				routing: {
					request: {
						method: 'DELETE',
						url: '/v1/customers/{customerId}/self-service/amendment/{amendmentId}',
					},
				},
			},
		],
		default: 'createCustomerAddressDataAmendment',
	},
];

export const customerSelfServiceFields: INodeProperties[] = [];

export const customerSelfServiceChecks: Readonly<Record<string, Check>> = {};
