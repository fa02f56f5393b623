import type { INodeProperties } from 'n8n-workflow';

import { country } from './codes';

/** The parts of an address. */
export const address = {
	street: {
		displayName: 'Street',
		name: 'street',
		type: 'string',
		required: true,
		default: '',
	},
	zipCode: {
		displayName: 'ZIP Code',
		name: 'zipCode',
		type: 'string',
		required: true,
		default: '',
	},
	city: {
		displayName: 'City',
		name: 'city',
		type: 'string',
		required: true,
		default: '',
	},
	countryCode: { ...country, required: true },
	additionalAddressInformation: {
		displayName: 'Additional Address Information',
		name: 'additionalAddressInformation',
		type: 'string',
		default: '',
	},
	buildingName: {
		displayName: 'Building Name',
		name: 'buildingName',
		type: 'string',
		default: '',
	},
	cityPart: {
		displayName: 'City Part',
		name: 'cityPart',
		type: 'string',
		default: '',
	},
	district: {
		displayName: 'District',
		name: 'district',
		type: 'string',
		default: '',
	},
	door: {
		displayName: 'Door',
		name: 'door',
		type: 'string',
		default: '',
	},
	floor: {
		displayName: 'Floor',
		name: 'floor',
		type: 'string',
		default: '',
	},
	houseNumber: {
		displayName: 'House Number',
		name: 'houseNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. 12a',
	},
	portal: {
		displayName: 'Portal',
		name: 'portal',
		type: 'string',
		default: '',
	},
	province: {
		displayName: 'Province',
		name: 'province',
		type: 'string',
		default: '',
		description: 'The province or state',
	},
	provinceCode: {
		displayName: 'Province Code',
		name: 'provinceCode',
		type: 'string',
		default: '',
		placeholder: 'e.g. CA',
		description: 'The abbreviation of the province or state',
	},
	secondStreet: {
		displayName: 'Second Street Line',
		name: 'secondStreet',
		type: 'string',
		default: '',
	},
	stairway: {
		displayName: 'Stairway',
		name: 'stairway',
		type: 'string',
		default: '',
	},
	streetBlock: {
		displayName: 'Street Block',
		name: 'streetBlock',
		type: 'string',
		default: '',
	},
	streetType: {
		displayName: 'Street Type',
		name: 'streetType',
		type: 'string',
		default: '',
		placeholder: 'e.g. Avenue',
	},
} satisfies Record<string, INodeProperties>;

/** The parts that an address can do without, apart from the house number. */
export const addressDetails: INodeProperties[] = [
	address.additionalAddressInformation,
	address.buildingName,
	address.cityPart,
	address.district,
	address.door,
	address.floor,
	address.portal,
	address.province,
	address.provinceCode,
	address.secondStreet,
	address.stairway,
	address.streetBlock,
	address.streetType,
];
