import type { INodeProperties } from 'n8n-workflow';

import { fromListOrById } from './modes';

/** The fields of one value of additional information. */
export const assignmentFields: INodeProperties[] = [
	{
		displayName: 'Field',
		name: 'additionalInformationFieldId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		modes: fromListOrById('searchAdditionalInformationFields', { example: '1234567890' }),
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		required: true,
		default: '',
		description:
			'Text, a whole number, a date such as 2026-12-31, true or false, or the ID of a list item',
	},
];

/** The fields of one message category and of the channels allowed for it. */
export const preferenceFields: INodeProperties[] = [
	{
		displayName: 'Category',
		name: 'messageCategory',
		type: 'options',
		required: true,
		// A row that n8n makes up must not be valid (transport/rows.ts).
		default: '',
		description: 'What the messages are about',
		options: [
			{ name: '(Choose)', value: '' },
			{ name: 'Appointment', value: 'APPOINTMENT' },
			{ name: 'Contract', value: 'CONTRACT' },
			{ name: 'General', value: 'GENERAL' },
			{ name: 'Loyalty Program', value: 'LOYALTY_PROGRAM' },
			{ name: 'Newsletter', value: 'NEWSLETTER' },
		],
	},
	{
		displayName: 'Channels',
		name: 'channels',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		// Tells no rows from rows that n8n has lost (transport/rows.ts).
		default: { channel: [] },
		placeholder: 'Add Channel',
		description: 'The channels, and whether each may be used',
		options: [
			{
				displayName: 'Channel',
				name: 'channel',
				values: [
					{
						displayName: 'Channel',
						name: 'communicationChannel',
						type: 'options',
						required: true,
						// A row that n8n makes up must not be valid (transport/rows.ts).
						default: '',
						description: 'How the message is sent',
						options: [
							{ name: '(Choose)', value: '' },
							{ name: 'Chat', value: 'CHAT' },
							{ name: 'Conversation', value: 'CONVERSATION' },
							{ name: 'Email', value: 'EMAIL' },
							{ name: 'Fax', value: 'FAX' },
							{ name: 'Letter', value: 'LETTER' },
							{ name: 'Other', value: 'OTHER' },
							{ name: 'Phone', value: 'PHONE' },
							{ name: 'Text Message', value: 'TEXT_MESSAGE' },
						],
					},
					{
						displayName: 'Active',
						name: 'active',
						type: 'boolean',
						default: true,
						description: 'Whether the channel may be used',
					},
					{
						displayName: 'Customer Can Change',
						name: 'customerOverridable',
						type: 'boolean',
						default: true,
						description: 'Whether the customer may change this setting',
					},
				],
			},
		],
	},
];

/** The fields of an identity document. */
export const identityDocumentFields: INodeProperties[] = [
	{
		displayName: 'Number',
		name: 'documentNumber',
		type: 'string',
		required: true,
		default: '',
		description: 'The number of the document',
	},
	{
		displayName: 'Type',
		name: 'documentType',
		type: 'options',
		required: true,
		default: 'ID_CARD',
		description: 'The type of document',
		options: [
			{ name: 'Driver License', value: 'DRIVERS_LICENCE' },
			{ name: 'ID Card', value: 'ID_CARD' },
			{ name: 'National ID Number', value: 'NATIONAL_ID_NUMBER' },
			{ name: 'Other', value: 'OTHERS' },
			{ name: 'Passport', value: 'PASSPORT' },
			{ name: 'Residence Permit', value: 'RESIDENCE_PERMIT' },
		],
	},
];
