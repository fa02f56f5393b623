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
		description:
			'Empty fields are not sent, so they cannot clear a value. JSON is sent exactly as entered.',
		displayOptions: {
			show: {
				operation: jsonOperations,
			},
		},
		options: [
			{ name: 'Using Fields', value: 'fields' },
			{ name: 'Using JSON', value: 'json' },
		],
	},
	{
		displayName: 'JSON Body',
		name: 'jsonBody',
		type: 'json',
		required: true,
		default: '',
		description:
			'The body, as the PerfectGym Next Open API documents it. It is sent exactly as entered. If an expression returns a large number, return it as text.',
		displayOptions: {
			show: {
				operation: jsonOperations,
				specifyBody: ['json'],
			},
		},
	},
];
