import type { INodeProperties } from 'n8n-workflow';

import { address } from '../../fields/address';
import { sentInBody } from '../../fields/sent';

/** The fields of a customer's new address. */
export const addressChangeFields: INodeProperties[] = [
	{
		...address.street,
		name: 'addressStreet',
		displayOptions: {
			show: { operation: ['createCustomerAddressDataAmendment'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'street' } },
	},
	{
		...address.zipCode,
		name: 'addressZipCode',
		displayOptions: {
			show: { operation: ['createCustomerAddressDataAmendment'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'zipCode' } },
	},
	{
		...address.city,
		name: 'addressCity',
		displayOptions: {
			show: { operation: ['createCustomerAddressDataAmendment'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'city' } },
	},
	{
		...address.countryCode,
		name: 'addressCountryCode',
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
