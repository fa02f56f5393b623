import type { OperationParameter } from '../../transport/operations';

/** The operations on data that customers maintain themselves. A studio can require approval of changes. */
export const customerSelfServiceOperations: OperationParameter = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['customerSelfService'] } },
	options: [
		{
			name: 'Get Address Data',
			value: 'getCustomerAddressData',
			action: 'Get the address data of a customer',
			description: 'Get the address of a customer, and the change of it that waits for approval',
			routing: {
				request: { method: 'GET', url: '/v1/customers/{customerId}/self-service/address-data' },
			},
		},
		{
			name: 'Get Contact Data',
			value: 'getCustomerContactData',
			action: 'Get the contact data of a customer',
			description: 'Get email and phone numbers, and the change of them that waits for approval',
			routing: {
				request: { method: 'GET', url: '/v1/customers/{customerId}/self-service/contact-data' },
			},
		},
		{
			name: 'Get Master Data',
			value: 'getCustomerMasterData',
			action: 'Get the master data of a customer',
			description: 'Get name, gender and birth, and the change of them that waits for approval',
			routing: {
				request: { method: 'GET', url: '/v1/customers/{customerId}/self-service/master-data' },
			},
		},
		{
			name: 'Get Payment Data',
			value: 'getCustomerPaymentData',
			action: 'Get the payment data of a customer',
			description: 'Get the bank account, and the change of it that waits for approval',
			routing: {
				request: { method: 'GET', url: '/v1/customers/{customerId}/self-service/payment-data' },
			},
		},
		{
			name: 'Request Address Data Change',
			value: 'createCustomerAddressDataAmendment',
			action: 'Request a change of the address data of a customer',
			description: 'Change the address, after approval where the studio wants it',
			routing: {
				request: { method: 'POST', url: '/v1/customers/{customerId}/self-service/address-data' },
			},
		},
		{
			name: 'Request Contact Data Change',
			value: 'createCustomerContactDataAmendment',
			action: 'Request a change of the contact data of a customer',
			description: 'Change email and phone numbers, after approval where the studio wants it',
			routing: {
				request: { method: 'POST', url: '/v1/customers/{customerId}/self-service/contact-data' },
			},
		},
		{
			name: 'Request Master Data Change',
			value: 'createCustomerMasterDataAmendment',
			action: 'Request a change of the master data of a customer',
			description: 'Change name, gender and birth, after approval where the studio wants it',
			routing: {
				request: { method: 'POST', url: '/v1/customers/{customerId}/self-service/master-data' },
			},
		},
		{
			name: 'Request Payment Data Change',
			value: 'createCustomerPaymentDataAmendment',
			action: 'Request a change of the payment data of a customer',
			description: 'Change the bank account, after approval where the studio wants it',
			routing: {
				request: { method: 'POST', url: '/v1/customers/{customerId}/self-service/payment-data' },
			},
		},
		{
			name: 'Withdraw Change Request',
			value: 'withdrawAmendment',
			action: 'Withdraw a change request of a customer',
			description: 'Take back a change of data that waits for approval',
			routing: {
				request: {
					method: 'DELETE',
					url: '/v1/customers/{customerId}/self-service/amendment/{amendmentId}',
				},
			},
		},
	],
	default: 'getCustomerContactData',
};
