import type { INodeProperties } from 'n8n-workflow';

import { address } from '../../fields/address';
import { language } from '../../fields/codes';
import { fromListOrById } from '../../fields/modes';
import { newCustomerFields } from '../../fields/newCustomer';
import { person } from '../../fields/person';
import { sentInBody } from '../../fields/sent';
import { signupContractFields } from './signupContract';

/** The fields of a signup and its preview: the customer and the offer. */
export const signupFields: INodeProperties[] = [
	{
		displayName: 'Offer and Term',
		name: 'signupOfferTermId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The offer and its term. The ID is that of the term.',
		displayOptions: {
			show: { operation: ['postSignupPreview', 'signupMembership'], specifyBody: ['fields'] },
		},
		modes: fromListOrById('searchOfferTerms', { example: '1234567890' }),
		routing: { send: { type: 'body', property: 'contract.contractOfferTermId' } },
	},
	{
		displayName: 'Start Date',
		name: 'signupStartDate',
		type: 'dateTime',
		required: true,
		typeOptions: { dateOnly: true },
		default: '',
		description: 'The day the contract starts',
		displayOptions: {
			show: { operation: ['postSignupPreview', 'signupMembership'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'contract.startDate' } },
	},
	{
		...person.firstName,
		name: 'signupFirstName',
		displayOptions: {
			show: { operation: ['postSignupPreview', 'signupMembership'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'customer.firstName' } },
	},
	{
		...person.lastName,
		name: 'signupLastName',
		displayOptions: {
			show: { operation: ['postSignupPreview', 'signupMembership'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'customer.lastName' } },
	},
	{
		...person.dateOfBirth,
		name: 'signupDateOfBirth',
		displayOptions: {
			show: { operation: ['postSignupPreview', 'signupMembership'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'customer.dateOfBirth' } },
	},
	{
		...person.email,
		name: 'signupEmail',
		displayOptions: {
			show: { operation: ['postSignupPreview', 'signupMembership'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'customer.email' } },
	},
	{
		...address.street,
		name: 'signupStreet',
		displayOptions: {
			show: { operation: ['postSignupPreview', 'signupMembership'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'customer.street' } },
	},
	{
		...address.zipCode,
		name: 'signupZipCode',
		displayOptions: {
			show: { operation: ['postSignupPreview', 'signupMembership'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'customer.zipCode' } },
	},
	{
		...address.city,
		name: 'signupCity',
		displayOptions: {
			show: { operation: ['postSignupPreview', 'signupMembership'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'customer.city' } },
	},
	{
		...address.countryCode,
		name: 'signupCountryCode',
		displayOptions: {
			show: { operation: ['postSignupPreview', 'signupMembership'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'customer.countryCode' } },
	},
	{
		...language,
		name: 'signupLanguageCode',
		required: true,
		displayOptions: {
			show: { operation: ['postSignupPreview', 'signupMembership'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'customer.language.languageCode' } },
	},
	...signupContractFields,
	{
		displayName: 'Additional Customer Fields',
		name: 'signupCustomerFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: {
			show: { operation: ['postSignupPreview', 'signupMembership'], specifyBody: ['fields'] },
		},
		options: sentInBody(newCustomerFields, 'customer'),
	},
];
