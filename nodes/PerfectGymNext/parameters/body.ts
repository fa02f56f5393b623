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
			'How to enter what is written. A field that is left empty is not sent, so it cannot clear a value. Where PerfectGym says that what is left out is lost, the field says so. JSON is sent exactly as it is written, with null and empty text.',
		displayOptions: {
			show: {
				operation: jsonOperations,
			},
		},
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
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
			'What is written, in the form of the PerfectGym Next Open API. It is sent exactly as it stands. A large number that an expression gives must be text.',
		displayOptions: {
			show: {
				operation: jsonOperations,
				specifyBody: ['json'],
			},
		},
	},
];
