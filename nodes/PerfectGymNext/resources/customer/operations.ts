import type { OperationParameter } from '../../transport/operations';
import {
	checkinDateRanges,
	chunksOf50,
	chunksOf500,
	documentUpload,
	imageUpload,
	mergedInformation,
	readOnly,
} from '../plans';

/** The operations on customers (members and prospects) and their data. */
export const customerOperations: OperationParameter = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['customer'] } },
	options: [
		{
			name: 'Add Access Medium',
			value: 'addAccessMediums',
			action: 'Add an access medium to a customer',
			description: 'Give a customer a card, PIN, barcode or wallet pass',
			routing: { request: { method: 'POST', url: '/v1/customers/{customerId}/access-mediums' } },
		},
		{
			name: 'Anonymize',
			value: 'anonymiseCustomer',
			action: 'Anonymize a customer',
			description: 'Permanently remove the personal data of an archived customer',
			routing: { request: { method: 'PUT', url: '/v1/customers/{customerId}/anonymise' } },
		},
		{
			name: 'Check In',
			value: 'checkin',
			action: 'Check in a customer',
			description: "Check a customer in manually at the API key's studio",
			routing: { request: { method: 'POST', url: '/v1/customers/{customerId}/checkin' } },
		},
		{
			name: 'Check Out',
			value: 'checkout',
			action: 'Check out a customer',
			description: 'Check a customer out manually',
			routing: { request: { method: 'POST', url: '/v1/customers/{customerId}/checkout' } },
		},
		{
			name: 'Create',
			value: 'createCustomer',
			action: 'Create a customer',
			description: 'Create a prospect, who can become a member later',
			routing: { request: { method: 'POST', url: '/v1/customers/create' } },
		},
		{
			name: 'Delete Access Medium',
			value: 'deleteAccessMediums',
			action: 'Delete an access medium',
			description: 'Delete an access medium that was added through the API',
			routing: {
				request: {
					method: 'DELETE',
					url: '/v1/customers/{customerId}/access-mediums/{accessMediumId}',
				},
			},
		},
		{
			name: 'Delete Access Restriction',
			value: 'deleteAccessRestriction',
			action: 'Delete an access restriction',
			description: 'Unblock a customer whose access was restricted through the API',
			routing: {
				request: { method: 'DELETE', url: '/v1/customers/{customerId}/access-restrictions' },
			},
		},
		{
			name: 'Get',
			value: 'getCustomerById',
			action: 'Get a customer',
			description: 'Get one customer by ID',
			routing: { request: { method: 'GET', url: '/v1/customers/{customerId}' } },
		},
		{
			name: 'Get Access Code',
			value: 'getCustomerAccessCode',
			action: 'Get a customer access code',
			description: 'Get the code that opens the door for a customer',
			routing: { request: { method: 'GET', url: '/v1/customers/{customerId}/access-code' } },
		},
		{
			name: 'Get Additional Information Fields',
			value: 'getAdditionalInformationFields',
			action: 'Get the additional information fields',
			description: 'Get the additional fields that the studio defined for its customers',
			routing: { request: { method: 'GET', url: '/v1/customers/additional-information-fields' } },
		},
		{
			name: 'Get Benefits',
			value: 'getBenefits',
			action: 'Get customer benefits',
			description: 'Get the benefits that a customer may use',
			routing: { request: { method: 'GET', url: '/v1/customers/{customerId}/benefits' } },
		},
		{
			name: 'Get Benefits by Card Number',
			value: 'getBenefitsByCardNumber',
			action: 'Get customer benefits by card number',
			description: 'Get the benefits that the holder of a card may use',
			routing: { request: { method: 'GET', url: '/v1/customers/benefits' } },
		},
		{
			name: 'Get by Identifier',
			value: 'getCustomerBy',
			action: 'Get a customer by identifier',
			description: 'Get one customer by card, QR code, barcode, PIN, customer number or debtor ID',
			routing: { request: { method: 'GET', url: '/v1/customers/by' } },
		},
		{
			name: 'Get Check-in History',
			value: 'getCustomersCheckinHistory',
			action: 'Get customer visits',
			description: "Get a customer's visits, by default in the last month",
			routing: {
				request: { method: 'GET', url: '/v1/customers/{customerId}/activities/checkins' },
			},
			plan: checkinDateRanges,
		},
		{
			name: 'Get Contracts',
			value: 'getCustomersContracts',
			action: 'Get customer contracts',
			description: "Get a customer's membership contracts",
			routing: { request: { method: 'GET', url: '/v1/customers/{customerId}/contracts' } },
		},
		{
			name: 'Get Contracts by Identifier',
			value: 'getCustomerContractsBy',
			action: 'Get customer contracts by identifier',
			description: 'Get contracts by card, QR code, barcode, PIN, customer number or debtor ID',
			routing: { request: { method: 'GET', url: '/v1/customers/contracts/by' } },
		},
		{
			name: 'Get Document',
			value: 'getDocumentById',
			action: 'Get a customer document',
			description: 'Get one document, with a link that is valid for 15 minutes',
			routing: {
				request: { method: 'GET', url: '/v1/customers/{customerId}/documents/{documentId}' },
			},
		},
		{
			name: 'Get Latest Measurement',
			value: 'getCustomerMeasurement',
			action: 'Get the latest body measurement',
			description: 'Get the body data that a training device needs',
			routing: { request: { method: 'GET', url: '/v1/customers/measurement/latest' } },
		},
		{
			name: 'Get Many',
			value: 'getCustomers',
			action: 'Get many customers',
			description: "Get the studio's customers",
			routing: { request: { method: 'GET', url: '/v1/customers' } },
			plan: chunksOf500,
		},
		{
			name: 'Get Many Documents',
			value: 'getDocuments',
			action: 'Get many customer documents',
			description: "Get a customer's documents, with links that are valid for 15 minutes",
			routing: { request: { method: 'GET', url: '/v1/customers/{customerId}/documents' } },
			plan: chunksOf50,
		},
		{
			name: 'Leave Family Contract',
			value: 'leaveFamilyContract',
			action: 'Leave a family contract',
			description: "Remove a customer's contract from a family contract",
			routing: {
				request: {
					method: 'POST',
					url: '/v1/customers/contracts/{contractId}/leave-family-contract',
				},
			},
		},
		{
			name: 'Record Body Measurement',
			value: 'createCustomerWeighing',
			action: 'Record a body measurement',
			description: 'Save the results from a body scale',
			routing: { request: { method: 'POST', url: '/v1/customers/{customerId}/weighing' } },
		},
		{
			name: 'Search',
			value: 'searchCustomers',
			action: 'Search customers',
			description: 'Find customers by name, email, date of birth or phone number',
			routing: { request: { method: 'POST', url: '/v1/customers/search' } },
			plan: readOnly,
		},
		{
			name: 'Set Access Restriction',
			value: 'setAccessRestriction',
			action: 'Set an access restriction',
			description:
				"Block a customer's access, or change a restriction that was set through the API",
			routing: {
				request: { method: 'PUT', url: '/v1/customers/{customerId}/access-restrictions' },
			},
		},
		{
			name: 'Set Additional Information',
			value: 'setAdditionalInformationFieldAssignments',
			action: 'Set additional information of a customer',
			description: "Replace all of a customer's additional information",
			routing: {
				request: {
					method: 'PUT',
					url: '/v1/customers/{customerId}/additional-information-field-assignments',
				},
			},
		},
		{
			name: 'Switch Studio',
			value: 'switchStudio',
			action: 'Move a customer to another studio',
			description: 'Move a customer to another studio, with the API key of the current one',
			routing: { request: { method: 'POST', url: '/v1/customers/{customerId}/switch-studio' } },
		},
		{
			name: 'Update Access Medium',
			value: 'updateAccessMediums',
			action: 'Update an access medium',
			description: 'Change the value of an access medium that was added through the API',
			routing: {
				request: {
					method: 'PUT',
					url: '/v1/customers/{customerId}/access-mediums/{accessMediumId}',
				},
			},
		},
		{
			name: 'Update Additional Information',
			value: 'updateAdditionalInformation',
			action: 'Update additional information of a customer',
			description: "Change some of a customer's additional information and keep the rest",
			routing: {
				request: {
					method: 'PUT',
					url: '/v1/customers/{customerId}/additional-information-field-assignments',
				},
			},
			plan: mergedInformation,
		},
		{
			name: 'Update Address',
			value: 'createCustomerAddressDataAmendment',
			action: 'Update a customer address',
			description: "Change a customer's address. The studio may have to approve it.",
			routing: {
				request: { method: 'POST', url: '/v1/customers/{customerId}/self-service/address-data' },
			},
			formerResource: 'customerSelfService',
		},
		{
			name: 'Update Bank Account',
			value: 'createCustomerPaymentDataAmendment',
			action: 'Update a customer bank account',
			description: "Change a customer's bank account. The studio may have to approve it.",
			routing: {
				request: { method: 'POST', url: '/v1/customers/{customerId}/self-service/payment-data' },
			},
			formerResource: 'customerSelfService',
		},
		{
			name: 'Update Contact Data',
			value: 'createCustomerContactDataAmendment',
			action: 'Update customer contact data',
			description: 'Change email and phone numbers. The studio may have to approve it.',
			routing: {
				request: { method: 'POST', url: '/v1/customers/{customerId}/self-service/contact-data' },
			},
			formerResource: 'customerSelfService',
		},
		{
			name: 'Update Image',
			value: 'updateImage',
			action: 'Update a customer image',
			description: "Set a customer's picture from a JPEG or PNG file",
			routing: { request: { method: 'PUT', url: '/v1/customers/{customerId}/images' } },
			plan: imageUpload,
		},
		{
			name: 'Update Personal Data',
			value: 'createCustomerMasterDataAmendment',
			action: 'Update customer personal data',
			description:
				'Change name, title, gender and date of birth. The studio may have to approve it.',
			routing: {
				request: { method: 'POST', url: '/v1/customers/{customerId}/self-service/master-data' },
			},
			formerResource: 'customerSelfService',
		},
		{
			name: 'Upload Document',
			value: 'uploadDocument',
			action: 'Upload a customer document',
			description: "Add a file to a customer's documents",
			routing: { request: { method: 'POST', url: '/v1/customers/{customerId}/documents' } },
			plan: documentUpload,
		},
		{
			name: 'Use Benefit',
			value: 'useBenefit',
			action: 'Use a benefit',
			description: 'Record one use of a benefit',
			routing: {
				request: { method: 'POST', url: '/v1/customers/{customerId}/benefits/{benefitKey}/use' },
			},
		},
	],
	default: 'getCustomers',
};
