import type { INodeProperties } from 'n8n-workflow';

/** What is known of a lead. */
export const leadPerson = {
	dateOfBirth: {
		displayName: 'Date of Birth',
		name: 'dateOfBirth',
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
		description: "The lead's date of birth",
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
		description: "The lead's gender",
	},
	secondFirstname: {
		displayName: 'Second First Name',
		name: 'secondFirstname',
		type: 'string',
		default: '',
		description: "The lead's second first name",
	},
	secondLastname: {
		displayName: 'Second Last Name',
		name: 'secondLastname',
		type: 'string',
		default: '',
		description: "The lead's second last name",
	},
} satisfies Record<string, INodeProperties>;
