import type { INodeProperties } from 'n8n-workflow';

import { preferenceFields } from '../../fields/groups';
import { leadPerson } from '../../fields/lead';
import { fromListOrById } from '../../fields/modes';
import { sentInBody } from '../../fields/sent';
import { leadAddressFields } from './address';

/** The fields of a lead, for creating one and for validating one. */
export const leadFields: INodeProperties[] = [
	{
		displayName: 'First Name',
		name: 'leadFirstName',
		type: 'string',
		required: true,
		default: '',
		displayOptions: {
			show: { operation: ['createLead', 'validateForLeadCreation'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'leadCustomer.firstname' } },
	},
	{
		displayName: 'Last Name',
		name: 'leadLastName',
		type: 'string',
		required: true,
		default: '',
		displayOptions: {
			show: { operation: ['createLead', 'validateForLeadCreation'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'leadCustomer.lastname' } },
	},
	{
		displayName: 'Email',
		name: 'leadEmail',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'name@email.com',
		displayOptions: {
			show: { operation: ['createLead', 'validateForLeadCreation'], specifyBody: ['fields'] },
		},
		routing: { send: { type: 'body', property: 'leadCustomer.email' } },
	},
	{
		displayName: 'Additional Fields',
		name: 'leadOptionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: {
			show: { operation: ['createLead', 'validateForLeadCreation'], specifyBody: ['fields'] },
		},
		options: [
			{
				displayName: 'Additional Information',
				name: 'additionalInformation',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				default: {},
				placeholder: 'Add Field',
				description: 'Values for the additional fields that the studio defined for its leads',
				options: [
					{
						displayName: 'Field',
						name: 'field',
						values: [
							{
								displayName: 'Field',
								name: 'additionalFieldId',
								type: 'resourceLocator',
								required: true,
								default: { mode: 'list', value: '' },
								modes: fromListOrById('searchLeadFields', { example: '1234567890' }),
							},
							{
								displayName: 'Value',
								name: 'value',
								type: 'string',
								default: '',
								description: 'Text, a whole number, a date such as 2026-12-31, true or false',
							},
							{
								displayName: 'Values',
								name: 'values',
								type: 'string',
								typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Value' },
								default: [],
								description:
									'For a field that allows several values: one per row, or several separated by commas',
							},
						],
					},
				],
				routing: { send: { type: 'body', property: 'additionalInformation' } },
			},
			{
				displayName: 'Address',
				name: 'address',
				type: 'fixedCollection',
				default: {},
				placeholder: 'Add Address',
				options: [
					{
						displayName: 'Address',
						name: 'address',
						values: [...leadAddressFields],
					},
				],
				routing: { send: { type: 'body', property: 'address' } },
			},
			{
				displayName: 'Campaign ID',
				name: 'externalIdentifier',
				type: 'string',
				default: '',
				placeholder: 'e.g. SPRING-2026',
				description: 'Your own ID of the campaign that brought the lead',
				routing: { send: { type: 'body', property: 'externalIdentifier' } },
			},
			{
				displayName: 'Communication Preferences',
				name: 'communicationPreferences',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				default: {},
				placeholder: 'Add Category',
				description: 'How the lead may be contacted, for each category of messages',
				options: [
					{
						displayName: 'Category',
						name: 'preference',
						values: [...preferenceFields],
					},
				],
				routing: { send: { type: 'body', property: 'communicationPreferences' } },
			},
			...sentInBody(
				[leadPerson.dateOfBirth, leadPerson.gender, leadPerson.language],
				'leadCustomer',
			),
			{
				displayName: 'Notes',
				name: 'notes',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				description: 'Anything the studio should know',
				routing: { send: { type: 'body', property: 'notes' } },
			},
			...sentInBody(
				[
					leadPerson.telephone,
					leadPerson.secondFirstname,
					leadPerson.secondLastname,
					leadPerson.thirdPartyId,
				],
				'leadCustomer',
			),
		],
	},
];
