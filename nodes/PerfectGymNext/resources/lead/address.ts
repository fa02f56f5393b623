import type { INodeProperties } from 'n8n-workflow';

import { address, addressDetails } from '../../fields/address';

/** The address of a lead. It is optional, but an address needs its main parts. */
export const leadAddressFields: INodeProperties[] = [
	address.street,
	{ ...address.houseNumber, required: true },
	address.zipCode,
	address.city,
	address.countryCode,
	...addressDetails,
];
