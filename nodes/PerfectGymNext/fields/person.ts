import type { INodeProperties } from 'n8n-workflow';

/** What every customer has. */
export const person = {
	firstName: {
		displayName: 'First Name',
		name: 'firstName',
		type: 'string',
		required: true,
		default: '',
		description: "The customer's first name",
	},
	lastName: {
		displayName: 'Last Name',
		name: 'lastName',
		type: 'string',
		required: true,
		default: '',
		description: "The customer's last name",
	},
	dateOfBirth: {
		displayName: 'Date of Birth',
		name: 'dateOfBirth',
		type: 'dateTime',
		required: true,
		typeOptions: { dateOnly: true },
		default: '',
		description: "The customer's date of birth",
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
		description: "The customer's gender",
	},
	email: {
		displayName: 'Email',
		name: 'email',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'name@email.com',
		description: "The customer's email address",
	},
} satisfies Record<string, INodeProperties>;
