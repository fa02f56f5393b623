import type { INodeProperties } from 'n8n-workflow';

/** What is known of a lead. */
export const leadPerson = {
	dateOfBirth: {
		displayName: 'Date of Birth',
		name: 'dateOfBirth',
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
		description: 'Day on which the lead was born',
	},
	gender: {
		displayName: 'Gender',
		name: 'gender',
		type: 'options',
		options: [
			{ name: 'Female', value: 'FEMALE' },
			{ name: 'Male', value: 'MALE' },
			{ name: 'Unisex', value: 'UNISEX' },
		],
		default: 'FEMALE',
		description: 'Gender of the lead',
	},
	secondFirstname: {
		displayName: 'Second First Name',
		name: 'secondFirstname',
		type: 'string',
		default: '',
		description: 'Further first name of the lead',
	},
	secondLastname: {
		displayName: 'Second Last Name',
		name: 'secondLastname',
		type: 'string',
		default: '',
		description: 'Further last name of the lead',
	},
} satisfies Record<string, INodeProperties>;

/** The country of a language. */
export const languageCountry: INodeProperties = {
	displayName: 'Country Code',
	name: 'countryCode',
	type: 'string',
	default: '',
	placeholder: 'e.g. CH',
	description: 'Country whose variant of the language is meant, as ISO 3166-1 code',
};
