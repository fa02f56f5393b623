import type { INodeProperties } from 'n8n-workflow';

import { jsonOperations } from '../resources';

/** The choice between fields and a JSON body, for every operation that sends a body. */
export const bodyParameters: INodeProperties[] = [
	{
		displayName: 'Specify Body',
		name: 'specifyBody',
		type: 'options',
		noDataExpression: true,
		default: 'fields',
		displayOptions: {
			show: {
				operation: jsonOperations,
			},
		},
		options: [
			{
				name: 'Using Fields',
				value: 'fields',
				description: 'Empty fields are not sent, so they cannot clear a value',
			},
			{ name: 'Using JSON', value: 'json', description: 'JSON is sent exactly as entered' },
		],
	},
	{
		displayName: 'JSON Body',
		name: 'jsonBody',
		type: 'json',
		required: true,
		default: '',
		description:
			'As the API documents it, and sent exactly as entered. Enter large numbers from expressions as text.',
		displayOptions: {
			show: {
				operation: jsonOperations,
				specifyBody: ['json'],
			},
		},
	},
];
