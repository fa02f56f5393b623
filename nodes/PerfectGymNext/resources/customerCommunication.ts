import { preferenceFields } from '../fields/groups';
import { byId } from '../fields/modes';
import { WHOLE_BODY } from '../transport/operations';
import type { Resource } from './resource';

/** Messages with a customer, and on the channels that the customer allows. */
export const customerCommunication: Resource = {
	name: 'Customer Communication',
	value: 'customerCommunication',
	operations: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['customerCommunication'] } },
		options: [
			{
				name: 'Add to Thread',
				value: 'createCommunicationInExistingCommunicationThread',
				action: 'Add to a communication thread',
				description: 'Record another call, chat or message in a thread, and set its status',
				routing: {
					request: { method: 'PUT', url: '/v1/communications/{customerId}/threads/{threadId}' },
				},
			},
			{
				name: 'Get Preferences',
				value: 'getCommunicationPreferences',
				action: 'Get communication preferences',
				description: 'Get how a customer may be contacted, and about what',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/communications/{customerId}/communication-preferences',
					},
				},
			},
			{
				name: 'Start Thread',
				value: 'createCommunicationInNewCommunicationThread',
				action: 'Start a communication thread',
				description: 'Record a call, a chat or a message in a new thread',
				routing: { request: { method: 'POST', url: '/v1/communications/{customerId}/threads' } },
			},
			{
				name: 'Update Preferences',
				value: 'updateCommunicationPreferences',
				action: 'Update communication preferences',
				description: 'Set how a customer may be contacted, and about what',
				routing: {
					request: {
						method: 'PUT',
						url: '/v1/communications/{customerId}/communication-preferences',
					},
				},
			},
		],
		default: 'getCommunicationPreferences',
	},
	ids: [
		{
			displayName: 'Thread',
			name: 'threadId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'id', value: '' },
			description: 'The ID of the thread, from the output of Start Thread',
			modes: byId({ example: '1210656710' }),
		},
	],
	fields: [
		{
			displayName: 'Subject',
			name: 'communicationSubject',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Question about an invoice',
			description: 'What the communication is about, in a few words',
			displayOptions: {
				show: {
					operation: [
						'createCommunicationInExistingCommunicationThread',
						'createCommunicationInNewCommunicationThread',
					],
					specifyBody: ['fields'],
				},
			},
			routing: { send: { type: 'body', property: 'subject' } },
		},
		{
			displayName: 'Content',
			name: 'communicationContent',
			type: 'string',
			typeOptions: { rows: 4 },
			required: true,
			default: '',
			description: 'The text of the message or the notes of the conversation',
			displayOptions: {
				show: {
					operation: [
						'createCommunicationInExistingCommunicationThread',
						'createCommunicationInNewCommunicationThread',
					],
					specifyBody: ['fields'],
				},
			},
			routing: { send: { type: 'body', property: 'content' } },
		},
		{
			displayName: 'Channel',
			name: 'communicationChannel',
			type: 'options',
			required: true,
			default: 'EMAIL',
			description: 'How the communication took place',
			displayOptions: {
				show: {
					operation: [
						'createCommunicationInExistingCommunicationThread',
						'createCommunicationInNewCommunicationThread',
					],
					specifyBody: ['fields'],
				},
			},
			options: [
				{ name: 'Chat', value: 'CHAT' },
				{ name: 'Conversation', value: 'CONVERSATION' },
				{ name: 'Email', value: 'EMAIL' },
				{ name: 'Fax', value: 'FAX' },
				{ name: 'Letter', value: 'LETTER' },
				{ name: 'Other', value: 'OTHER' },
				{ name: 'Phone', value: 'PHONE' },
				{ name: 'Text Message', value: 'TEXT_MESSAGE' },
			],
			routing: { send: { type: 'body', property: 'communicationChannel' } },
		},
		{
			displayName: 'Direction',
			name: 'communicationDirection',
			type: 'options',
			required: true,
			default: 'INCOMING',
			description: 'Who contacted whom',
			displayOptions: {
				show: {
					operation: [
						'createCommunicationInExistingCommunicationThread',
						'createCommunicationInNewCommunicationThread',
					],
					specifyBody: ['fields'],
				},
			},
			options: [
				{ name: 'From the Customer', value: 'INCOMING' },
				{ name: 'To the Customer', value: 'OUTGOING' },
			],
			routing: { send: { type: 'body', property: 'communicationDirection' } },
		},
		{
			displayName: 'Thread Status',
			name: 'communicationThreadStatus',
			type: 'options',
			required: true,
			default: 'CREATED',
			description: 'The status of the thread',
			displayOptions: {
				show: {
					operation: [
						'createCommunicationInExistingCommunicationThread',
						'createCommunicationInNewCommunicationThread',
					],
					specifyBody: ['fields'],
				},
			},
			options: [
				{ name: 'Created', value: 'CREATED' },
				{ name: 'Ongoing', value: 'ONGOING' },
				{ name: 'Closed', value: 'CLOSED' },
			],
			routing: { send: { type: 'body', property: 'communicationThreadStatus' } },
		},
		{
			displayName: 'Additional Fields',
			name: 'communicationFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			displayOptions: {
				show: {
					operation: [
						'createCommunicationInExistingCommunicationThread',
						'createCommunicationInNewCommunicationThread',
					],
					specifyBody: ['fields'],
				},
			},
			options: [
				{
					displayName: 'Agent',
					name: 'agent',
					type: 'string',
					default: '',
					description: 'The employee or agent who handled the communication',
					routing: { send: { type: 'body', property: 'agent' } },
				},
				{
					displayName: 'Communication Time',
					name: 'communicationDateTime',
					type: 'dateTime',
					default: '',
					description: 'When the communication took place. The default is now.',
					routing: { send: { type: 'body', property: 'communicationDateTime' } },
				},
				{
					displayName: 'Ticket Link',
					name: 'ticketLink',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://tickets.example.com/A-1001',
					description: 'The link to the ticket in your own ticket system',
					routing: { send: { type: 'body', property: 'ticketLink' } },
				},
				{
					displayName: 'Ticket Number',
					name: 'ticketNumber',
					type: 'string',
					default: '',
					placeholder: 'e.g. A-1001',
					description: 'The ticket number in your own ticket system',
					routing: { send: { type: 'body', property: 'ticketNumber' } },
				},
			],
		},
		{
			displayName: 'Communication Preferences',
			name: 'communicationPreferences',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			required: true,
			default: {},
			placeholder: 'Add Category',
			description:
				'How the customer may be contacted, for each category of messages. Categories you leave out are not sent.',
			displayOptions: {
				show: { operation: ['updateCommunicationPreferences'], specifyBody: ['fields'] },
			},
			options: [
				{
					displayName: 'Category',
					name: 'preference',
					values: [...preferenceFields],
				},
			],
			routing: { send: { type: 'body', property: WHOLE_BODY } },
		},
	],
};
