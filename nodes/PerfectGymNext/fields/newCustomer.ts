import type { INodeProperties } from 'n8n-workflow';

import { address } from './address';
import { assignmentFields, identityDocumentFields, preferenceFields } from './groups';

/** What else a new customer can have: alone, or with a membership. */
export const newCustomerFields: INodeProperties[] = [
	address.additionalAddressInformation,
	{
		displayName: 'Additional Information',
		name: 'additionalInformationFieldAssignments',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Field',
		description: 'Values for the fields that the studio has added to its customers',
		options: [
			{
				displayName: 'Field',
				name: 'assignment',
				values: [...assignmentFields],
			},
		],
	},
	address.buildingName,
	address.cityPart,
	{
		displayName: 'Communication Preferences',
		name: 'communicationPreferences',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Category',
		description:
			'Through which channels the customer may be written to, for each category of messages',
		options: [
			{
				displayName: 'Category',
				name: 'preference',
				values: [...preferenceFields],
			},
		],
	},
	{
		displayName: 'Country of Birth',
		name: 'countryOfBirth',
		type: 'string',
		default: '',
		placeholder: 'e.g. IT',
		description: 'Needed by studios in Italy for customers who are not Italian',
	},
	address.district,
	address.door,
	address.floor,
	{
		displayName: 'Gender',
		name: 'gender',
		type: 'options',
		options: [
			{ name: 'Female', value: 'FEMALE' },
			{ name: 'Male', value: 'MALE' },
			{ name: 'Unisex', value: 'UNISEX' },
		],
		default: 'FEMALE',
		description: 'Gender of the customer',
	},
	address.houseNumber,
	{
		displayName: 'Identity Document',
		name: 'documentIdentification',
		type: 'fixedCollection',
		default: {},
		placeholder: 'Add Document',
		options: [
			{
				displayName: 'Document',
				name: 'document',
				values: [...identityDocumentFields],
			},
		],
	},
	{
		displayName: 'Language Country Code',
		name: 'languageCountryCode',
		type: 'string',
		default: '',
		placeholder: 'e.g. CH',
		description: 'Country whose variant of the language is meant, as ISO 3166-1 code',
		routing: { send: { property: 'language.countryCode' } },
	},
	{
		displayName: 'Mobile Phone Number',
		name: 'phoneNumberMobile',
		type: 'string',
		default: '',
		placeholder: 'e.g. +44987654321',
		description: 'Mobile number with the country code',
	},
	{
		displayName: 'Payment Request Token',
		name: 'paymentRequestToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description:
			'Token of a payment session, which sets how the customer pays. Without it the customer pays in cash.',
	},
	{
		displayName: 'Place of Birth',
		name: 'placeOfBirth',
		type: 'string',
		default: '',
		description: 'Needed by studios in Italy for customers who are Italian',
	},
	address.portal,
	{
		displayName: 'Private Phone Number',
		name: 'phoneNumberPrivate',
		type: 'string',
		default: '',
		placeholder: 'e.g. +44123456789',
		description: 'Private number with the country code',
	},
	address.province,
	{
		displayName: 'Second First Name',
		name: 'secondFirstName',
		type: 'string',
		default: '',
		description: 'Further first name of the customer',
	},
	{
		displayName: 'Second Last Name',
		name: 'secondLastName',
		type: 'string',
		default: '',
		description: 'Further last name of the customer',
	},
	address.secondStreet,
	address.stairway,
	address.streetBlock,
	address.streetType,
	{
		displayName: 'Tax ID',
		name: 'taxId',
		type: 'string',
		default: '',
		description: 'Needed by studios in Spain and Italy, unless an identity document is given',
	},
	{
		displayName: 'Third-Party ID',
		name: 'thirdPartyId',
		type: 'string',
		default: '',
		description: 'ID of the customer in your own system',
	},
];
