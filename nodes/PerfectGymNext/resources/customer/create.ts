import type { INodeProperties } from 'n8n-workflow';

import { address } from '../../fields/address';
import { language } from '../../fields/codes';
import { newCustomerFields } from '../../fields/newCustomer';
import { person } from '../../fields/person';
import { sentInBody } from '../../fields/sent';

/** The fields of a new customer. */
export const createFields: INodeProperties[] = [
	{
		...person.firstName,
		displayOptions: { show: { operation: ['createCustomer'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'firstName' } },
	},
	{
		...person.lastName,
		displayOptions: { show: { operation: ['createCustomer'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'lastName' } },
	},
	{
		...person.dateOfBirth,
		displayOptions: { show: { operation: ['createCustomer'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'dateOfBirth' } },
	},
	{
		...person.email,
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
