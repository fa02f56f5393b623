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
			action: 'Get customer address data',
			description: "Get a customer's address, and a change that is waiting for approval",
			routing: {
				request: { method: 'GET', url: '/v1/customers/{customerId}/self-service/address-data' },
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
			name: 'Get Master Data',
			value: 'getCustomerMasterData',
			action: 'Get customer master data',
			description: 'Get name, gender and date of birth, and a change that is waiting for approval',
			routing: {
				request: { method: 'GET', url: '/v1/customers/{customerId}/self-service/master-data' },
			},
		},
		{
			name: 'Get Payment Data',
			value: 'getCustomerPaymentData',
			action: 'Get customer payment data',
			description: 'Get the bank account, and a change that is waiting for approval',
			routing: {
				request: { method: 'GET', url: '/v1/customers/{customerId}/self-service/payment-data' },
			},
		},
		{
			name: 'Request Address Data Change',
			value: 'createCustomerAddressDataAmendment',
			action: 'Request a change of customer address data',
			description: 'Change the address. The studio may have to approve it.',
			routing: {
				request: { method: 'POST', url: '/v1/customers/{customerId}/self-service/address-data' },
			},
		},
		{
			name: 'Request Contact Data Change',
			value: 'createCustomerContactDataAmendment',
			action: 'Request a change of customer contact data',
			description: 'Change email and phone numbers. The studio may have to approve it.',
			routing: {
				request: { method: 'POST', url: '/v1/customers/{customerId}/self-service/contact-data' },
			},
		},
		{
			name: 'Request Master Data Change',
			value: 'createCustomerMasterDataAmendment',
			action: 'Request a change of customer master data',
			description: 'Change name, gender and date of birth. The studio may have to approve it.',
			routing: {
				request: { method: 'POST', url: '/v1/customers/{customerId}/self-service/master-data' },
			},
		},
		{
			name: 'Request Payment Data Change',
			value: 'createCustomerPaymentDataAmendment',
			action: 'Request a change of customer payment data',
			description: 'Change the bank account. The studio may have to approve it.',
			routing: {
				request: { method: 'POST', url: '/v1/customers/{customerId}/self-service/payment-data' },
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
};
