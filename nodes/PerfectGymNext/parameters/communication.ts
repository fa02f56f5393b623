import type { INodeProperties } from 'n8n-workflow';

/** The choice of a customer's thread or change request. */
export const communicationParameters: INodeProperties[] = [
	{
		displayName: 'Thread',
		name: 'threadId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'id', value: '' },
		description: 'The thread, by the ID that it got when it was started',
		displayOptions: {
			show: { operation: ['createCommunicationInExistingCommunicationThread'] },
		},
		modes: [
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 1210656710',
			},
		],
	},
	{
		displayName: 'Change Request',
		name: 'amendmentId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The change that waits for approval, from a list or by ID',
		displayOptions: { show: { operation: ['withdrawAmendment'] } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchAmendments', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 1210656710',
			},
		],
	},
];
