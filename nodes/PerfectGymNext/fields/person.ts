import type { INodeProperties } from 'n8n-workflow';

/** What every customer has. */
export const person = {
	firstName: {
		displayName: 'First Name',
		name: 'firstName',
		type: 'string',
		required: true,
		default: '',
	},
	lastName: {
		displayName: 'Last Name',
		name: 'lastName',
		type: 'string',
		required: true,
		default: '',
	},
	dateOfBirth: {
		displayName: 'Date of Birth',
		name: 'dateOfBirth',
		type: 'dateTime',
		required: true,
		typeOptions: { dateOnly: true },
		default: '',
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
	},
	email: {
		displayName: 'Email',
		name: 'email',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'name@email.com',
	},
} satisfies Record<string, INodeProperties>;
