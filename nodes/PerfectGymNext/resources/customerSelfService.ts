import { fromListOrById } from '../fields/modes';
import type { Resource } from './resource';

/**
 * Data that customers maintain themselves, with the changes that wait for the studio's approval. The
 * operations that request such changes belong to the resource Customer.
 */
export const customerSelfService: Resource = {
	name: 'Customer Self-Service',
	value: 'customerSelfService',
	operations: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['customerSelfService'] } },
		options: [
			{
				name: 'Get Address',
				value: 'getCustomerAddressData',
				action: 'Get a customer address',
				description: "Get a customer's address, and a change that is waiting for approval",
				routing: {
					request: { method: 'GET', url: '/v1/customers/{customerId}/self-service/address-data' },
				},
			},
			{
				name: 'Get Bank Account',
				value: 'getCustomerPaymentData',
				action: 'Get a customer bank account',
				description: 'Get the bank account, and a change that is waiting for approval',
				routing: {
					request: { method: 'GET', url: '/v1/customers/{customerId}/self-service/payment-data' },
				},
			},
			{
				name: 'Get Contact Data',
				value: 'getCustomerContactData',
				action: 'Get customer contact data',
				description: 'Get email and phone numbers, and a change that is waiting for approval',
				routing: {
					request: { method: 'GET', url: '/v1/customers/{customerId}/self-service/contact-data' },
				},
			},
			{
				name: 'Get Personal Data',
				value: 'getCustomerMasterData',
				action: 'Get customer personal data',
				description:
					'Get name, gender and date of birth, and a change that is waiting for approval',
				routing: {
					request: { method: 'GET', url: '/v1/customers/{customerId}/self-service/master-data' },
				},
			},
			{
				name: 'Withdraw Change Request',
				value: 'withdrawAmendment',
				action: 'Withdraw a change request',
				description: 'Withdraw a change that is waiting for approval',
				routing: {
					request: {
						method: 'DELETE',
						url: '/v1/customers/{customerId}/self-service/amendment/{amendmentId}',
					},
				},
			},
		],
		default: 'getCustomerContactData',
	},
	ids: [
		{
			displayName: 'Change Request',
			name: 'amendmentId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			description: 'The change that is waiting for approval',
			modes: fromListOrById('searchAmendments', { example: '1210656710' }),
		},
	],
};
