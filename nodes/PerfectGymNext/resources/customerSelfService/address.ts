import type { INodeProperties } from 'n8n-workflow';

import { address } from '../../fields/address';
import { country } from '../../fields/codes';
import { sentInBody } from '../../fields/sent';

/** The fields of a customer's new address. */
export const addressDataFields: INodeProperties[] = [
	{
		displayName: 'Street',
		name: 'addressStreet',
		type: 'string',
		required: true,
		default: '',
		description: 'The street in the new address',
		displayOptions: {
			show: { operation: ['createCustomerAddressDataAmendment'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'street' } },
	},
	{
		displayName: 'ZIP Code',
		name: 'addressZipCode',
		type: 'string',
		required: true,
		default: '',
		description: 'The postal code in the new address',
		displayOptions: {
			show: { operation: ['createCustomerAddressDataAmendment'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'zipCode' } },
	},
	{
		displayName: 'City',
		name: 'addressCity',
		type: 'string',
		required: true,
		default: '',
		description: 'The city in the new address',
		displayOptions: {
			show: { operation: ['createCustomerAddressDataAmendment'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'city' } },
	},
	{
		...country,
		name: 'addressCountryCode',
		required: true,
		displayOptions: {
			show: { operation: ['createCustomerAddressDataAmendment'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'countryCode' } },
	},
	{
		displayName: 'Additional Fields',
		name: 'addressFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: {
			show: { operation: ['createCustomerAddressDataAmendment'], specifyBody: ['fields'] },
		},
		options: sentInBody([
			address.additionalAddressInformation,
			address.buildingName,
			address.cityPart,
			address.district,
			address.door,
			address.floor,
			address.houseNumber,
			address.portal,
			address.province,
			address.provinceCode,
			address.secondStreet,
			address.stairway,
			address.streetBlock,
			address.streetType,
		]),
	},
];
