import type { INodeProperties } from 'n8n-workflow';

import { checkinWindows, chunksOf50, chunksOf500, sendRead } from '../../transport/request';
import { sendDocument, sendImage } from '../uploads';

/** What can be done with customers: members, prospects and what belongs to them. */
export const customerOperations: INodeProperties[] = [
	{
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
				name: 'Anonymise',
				value: 'anonymiseCustomer',
				action: 'Anonymise a customer',
				description: 'Remove the personal data of an archived customer for good',
				routing: { request: { method: 'PUT', url: '/v1/customers/{customerId}/anonymise' } },
			},
			{
				name: 'Check In',
				value: 'checkin',
				action: 'Check in a customer',
				description: 'Check a customer in by hand at the studio of the API key',
				routing: { request: { method: 'POST', url: '/v1/customers/{customerId}/checkin' } },
			},
			{
				name: 'Check Out',
				value: 'checkout',
				action: 'Check out a customer',
				description: 'Check a customer out by hand',
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
				action: 'Delete an access medium of a customer',
				description: 'Take back an access medium that was added through the API',
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
				action: 'Delete the access restriction of a customer',
				description: 'Let a customer in again who was restricted through the API',
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
				action: 'Get the access code of a customer',
				description: 'Get the code with which a customer passes the door',
				routing: { request: { method: 'GET', url: '/v1/customers/{customerId}/access-code' } },
			},
			{
				name: 'Get Additional Information Fields',
				value: 'getAdditionalInformationFields',
				action: 'Get the additional information fields',
				description: 'Get the fields that the studio has added to its customers',
				routing: { request: { method: 'GET', url: '/v1/customers/additional-information-fields' } },
			},
			{
				name: 'Get Benefits',
				value: 'getBenefits',
				action: 'Get the benefits of a customer',
				description: 'Get which benefits a customer may use',
				routing: { request: { method: 'GET', url: '/v1/customers/{customerId}/benefits' } },
			},
			{
				name: 'Get Benefits by Card Number',
				value: 'getBenefitsByCardNumber',
				action: 'Get the benefits of a customer by card number',
				description: 'Get which benefits the holder of a card may use',
				routing: { request: { method: 'GET', url: '/v1/customers/benefits' } },
			},
			{
				name: 'Get by Identifier',
				value: 'getCustomerBy',
				action: 'Get a customer by identifier',
				description:
					'Get one customer by card, QR code, barcode, PIN, customer number or debtor ID',
				routing: { request: { method: 'GET', url: '/v1/customers/by' } },
			},
			{
				name: 'Get Check-in History',
				value: 'getCustomersCheckinHistory',
				action: 'Get the check in history of a customer',
				description: 'Get when a customer has visited, by default in the last month',
				routing: {
					request: { method: 'GET', url: '/v1/customers/{customerId}/activities/checkins' },
					operations: { pagination: checkinWindows },
				},
			},
			{
				name: 'Get Contracts',
				value: 'getCustomersContracts',
				action: 'Get the contracts of a customer',
				description: 'Get the membership contracts of a customer',
				routing: { request: { method: 'GET', url: '/v1/customers/{customerId}/contracts' } },
			},
			{
				name: 'Get Contracts by Identifier',
				value: 'getCustomerContractsBy',
				action: 'Get the contracts of a customer by identifier',
				description: 'Get contracts by card, QR code, barcode, PIN, customer number or debtor ID',
				routing: { request: { method: 'GET', url: '/v1/customers/contracts/by' } },
			},
			{
				name: 'Get Document',
				value: 'getDocumentById',
				action: 'Get a document of a customer',
				description: 'Get one document with a link to it that is valid for 15 minutes',
				routing: {
					request: { method: 'GET', url: '/v1/customers/{customerId}/documents/{documentId}' },
				},
			},
			{
				name: 'Get Latest Measurement',
				value: 'getCustomerMeasurement',
				action: 'Get the latest measurement of a customer',
				description: 'Get the body data that a training device asks for',
				routing: { request: { method: 'GET', url: '/v1/customers/measurement/latest' } },
			},
			{
				name: 'Get Many',
				value: 'getCustomers',
				action: 'Get many customers',
				description: 'Get the customers of the studio',
				routing: {
					request: { method: 'GET', url: '/v1/customers' },
					operations: { pagination: chunksOf500 },
				},
			},
			{
				name: 'Get Many Documents',
				value: 'getDocuments',
				action: 'Get many documents of a customer',
				description: 'Get the documents of a customer with links that are valid for 15 minutes',
				routing: {
					request: { method: 'GET', url: '/v1/customers/{customerId}/documents' },
					operations: { pagination: chunksOf50 },
				},
			},
			{
				name: 'Leave Family Contract',
				value: 'leaveFamilyContract',
				action: 'Leave a family contract',
				description: 'Take the contract of a customer out of a family contract',
				routing: {
					request: {
						method: 'POST',
						url: '/v1/customers/contracts/{contractId}/leave-family-contract',
					},
				},
			},
			{
				name: 'Save Weighing',
				value: 'createCustomerWeighing',
				action: 'Save a weighing of a customer',
				description: 'Save the results of a body scale',
				routing: { request: { method: 'POST', url: '/v1/customers/{customerId}/weighing' } },
			},
			{
				name: 'Search',
				value: 'searchCustomers',
				action: 'Search customers',
				description: 'Find customers by name, email, date of birth or phone number',
				routing: {
					request: { method: 'POST', url: '/v1/customers/search' },
					operations: { pagination: sendRead },
				},
			},
			{
				name: 'Set Access Restriction',
				value: 'setAccessRestriction',
				action: 'Set the access restriction of a customer',
				description: 'Keep a customer out, or change the restriction that was set through the API',
				routing: {
					request: { method: 'PUT', url: '/v1/customers/{customerId}/access-restrictions' },
				},
			},
			{
				name: 'Set Additional Information',
				value: 'setAdditionalInformationFieldAssignments',
				action: 'Set the additional information of a customer',
				description: 'Replace all additional information of a customer by what is given here',
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
				action: 'Switch the studio of a customer',
				description: 'Move a customer to another studio, with the API key of the present one',
				routing: { request: { method: 'POST', url: '/v1/customers/{customerId}/switch-studio' } },
			},
			{
				name: 'Update Access Medium',
				value: 'updateAccessMediums',
				action: 'Update an access medium of a customer',
				description: 'Change the value of an access medium that was added through the API',
				routing: {
					request: {
						method: 'PUT',
						url: '/v1/customers/{customerId}/access-mediums/{accessMediumId}',
					},
				},
			},
			{
				name: 'Update Image',
				value: 'updateImage',
				action: 'Update the image of a customer',
				description: 'Set the picture of a customer from a JPEG or PNG file',
				routing: {
					request: { method: 'PUT', url: '/v1/customers/{customerId}/images' },
					operations: { pagination: sendImage },
				},
			},
			{
				name: 'Upload Document',
				value: 'uploadDocument',
				action: 'Upload a document of a customer',
				description: 'Add a file to the documents of a customer',
				routing: {
					request: { method: 'POST', url: '/v1/customers/{customerId}/documents' },
					operations: { pagination: sendDocument },
				},
			},
			{
				name: 'Use Benefit',
				value: 'useBenefit',
				action: 'Use a benefit of a customer',
				description: 'Count one use of a benefit',
				routing: {
					request: { method: 'POST', url: '/v1/customers/{customerId}/benefits/{benefitKey}/use' },
				},
			},
		],
		default: 'getCustomers',
	},
];
