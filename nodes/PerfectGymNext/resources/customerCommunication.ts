import type { INodeProperties } from 'n8n-workflow';

import type { Check } from '../transport/declarations';

export const customerCommunicationOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['customerCommunication'] } },
		options: [
			{
				name: 'Create Communication In Existing Communication Thread',
				value: 'createCommunicationInExistingCommunicationThread',
				action: 'Create communication in existing communication thread',
				description: 'TODO createCommunicationInExistingCommunicationThread',
				routing: {
					request: { method: 'PUT', url: '/v1/communications/{customerId}/threads/{threadId}' },
				},
			},
			{
				name: 'Create Communication In New Communication Thread',
				value: 'createCommunicationInNewCommunicationThread',
				action: 'Create communication in new communication thread',
				description: 'TODO createCommunicationInNewCommunicationThread',
				routing: { request: { method: 'POST', url: '/v1/communications/{customerId}/threads' } },
			},
			{
				name: 'Get Communication Preferences',
				value: 'getCommunicationPreferences',
				action: 'Get communication preferences',
				description: 'TODO getCommunicationPreferences',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/communications/{customerId}/communication-preferences',
					},
				},
			},
			{
				name: 'Update Communication Preferences',
				value: 'updateCommunicationPreferences',
				action: 'Update communication preferences',
				description: 'TODO updateCommunicationPreferences',
				routing: {
					request: {
						method: 'PUT',
						url: '/v1/communications/{customerId}/communication-preferences',
					},
				},
			},
		],
		default: 'createCommunicationInExistingCommunicationThread',
	},
];

export const customerCommunicationFields: INodeProperties[] = [];

export const customerCommunicationChecks: Readonly<Record<string, Check>> = {};
