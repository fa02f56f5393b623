import type { INodeProperties } from 'n8n-workflow';

import { address } from '../../fields/address';
import { language } from '../../fields/codes';
import { newCustomerFields } from '../../fields/newCustomer';
import { sentInBody } from '../../fields/sent';

/** The fields of a new customer. */
export const createFields: INodeProperties[] = [
	{
		displayName: 'First Name',
		name: 'firstName',
		type: 'string',
		required: true,
		default: '',
		description: "The customer's first name",
		displayOptions: { show: { operation: ['createCustomer'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'firstName' } },
	},
	{
		displayName: 'Last Name',
		name: 'lastName',
		type: 'string',
		required: true,
		default: '',
		description: "The customer's last name",
		displayOptions: { show: { operation: ['createCustomer'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'lastName' } },
	},
	{
		displayName: 'Date of Birth',
		name: 'dateOfBirth',
		type: 'dateTime',
		required: true,
		typeOptions: { dateOnly: true },
		default: '',
		description: "The customer's date of birth",
		displayOptions: { show: { operation: ['createCustomer'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'dateOfBirth' } },
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'name@email.com',
		description: "The customer's email address",
		displayOptions: { show: { operation: ['createCustomer'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'email' } },
	},
	{
		...address.street,
		displayOptions: { show: { operation: ['createCustomer'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'street' } },
	},
	{
		...address.zipCode,
		displayOptions: { show: { operation: ['createCustomer'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'zipCode' } },
	},
	{
		...address.city,
		displayOptions: { show: { operation: ['createCustomer'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'city' } },
	},
	{
		...address.countryCode,
		displayOptions: { show: { operation: ['createCustomer'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'countryCode' } },
	},
	{
		...language,
		required: true,
		displayOptions: { show: { operation: ['createCustomer'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'language.languageCode' } },
	},
	{
		displayName: 'Additional Fields',
		name: 'createCustomerFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: { show: { operation: ['createCustomer'], specifyBody: ['fields'] } },
		options: sentInBody(newCustomerFields),
	},
];
