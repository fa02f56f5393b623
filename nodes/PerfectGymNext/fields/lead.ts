import type { INodeProperties } from 'n8n-workflow';

import { language, languageCountry } from './codes';
import { person } from './person';

/** What is known of a lead. */
export const leadPerson = {
	dateOfBirth: {
		displayName: 'Date of Birth',
		name: 'dateOfBirth',
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
	},
	gender: {
		...person.gender,
	},
	language: {
		displayName: 'Language',
		name: 'language',
		type: 'fixedCollection',
		default: {},
		placeholder: 'Add Language',
		description: 'The language of messages to the lead',
		options: [
			{
				displayName: 'Language',
				name: 'language',
				values: [{ ...language, required: true }, languageCountry],
			},
		],
	},
	telephone: {
		displayName: 'Phone Number',
		name: 'telephone',
		type: 'string',
		default: '',
		placeholder: 'e.g. +44987654321',
		description: 'Phone number with the country code',
	},
	secondFirstname: {
		displayName: 'Second First Name',
		name: 'secondFirstname',
		type: 'string',
		default: '',
	},
	secondLastname: {
		displayName: 'Second Last Name',
		name: 'secondLastname',
		type: 'string',
		default: '',
	},
	thirdPartyId: {
		displayName: 'Third-Party ID',
		name: 'thirdPartyId',
		type: 'string',
		default: '',
		placeholder: 'e.g. A-1000',
		description: "The lead's ID in your own system",
	},
} satisfies Record<string, INodeProperties>;
