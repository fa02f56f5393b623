import type { INodeProperties } from 'n8n-workflow';

import { person } from './person';
import { address } from './address';
import { countryOfBirth, languageCountry } from './codes';
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
		description: 'Values for the additional fields that the studio defined for its customers',
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
		description: 'How the customer may be contacted, for each category of messages',
		options: [
			{
				displayName: 'Category',
				name: 'preference',
				values: [...preferenceFields],
			},
		],
	},
	{
		...countryOfBirth,
		description:
			'Required for customers of studios in Italy who are not Italian. In an expression: its two-letter ISO 3166-1 code, such as DE.',
	},
	address.district,
	address.door,
	address.floor,
	person.gender,
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
		...languageCountry,
		displayName: 'Language Country',
		name: 'languageCountryCode',
		routing: { send: { property: 'language.countryCode' } },
	},
	{
		displayName: 'Mobile Phone Number',
		name: 'phoneNumberMobile',
		type: 'string',
		default: '',
		placeholder: 'e.g. +44987654321',
		description: 'Mobile phone number with the country code',
	},
	{
		displayName: 'Payment Request Token',
		name: 'paymentRequestToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description:
			'The token of a payment session, which sets how the customer pays. Without it, the customer pays in cash.',
	},
	{
		displayName: 'Place of Birth',
		name: 'placeOfBirth',
		type: 'string',
		default: '',
		description: 'Required for Italian customers of studios in Italy',
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
	},
	{
		displayName: 'Second Last Name',
		name: 'secondLastName',
		type: 'string',
		default: '',
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
		description: 'Required by studios in Spain and Italy, unless you enter an identity document',
	},
	{
		displayName: 'Third-Party ID',
		name: 'thirdPartyId',
		type: 'string',
		default: '',
		description: "The customer's ID in your own system",
	},
];
