import type { INodeProperties } from 'n8n-workflow';

import { address } from '../../fields/address';
import { sentInBody } from '../../fields/sent';

/** The fields of a customer's new address. */
export const addressDataFields: INodeProperties[] = [
	{
		displayName: 'Street',
		name: 'addressStreet',
		type: 'string',
		required: true,
		default: '',
		description: 'Street of the new address',
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
		description: 'Postal code of the new address',
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
		description: 'City of the new address',
		displayOptions: {
			show: { operation: ['createCustomerAddressDataAmendment'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'city' } },
	},
	{
		displayName: 'Country Code',
		name: 'addressCountryCode',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. DE',
		description: 'Country of the new address as ISO 3166-1 code of two letters',
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
