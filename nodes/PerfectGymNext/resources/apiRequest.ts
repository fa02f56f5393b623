import { customRequest } from './plans';
import type { Resource } from './resource';

/** The operation of API Request: for endpoints that PerfectGym adds to its API later. */
export const apiRequest: Resource = {
	name: 'API Request',
	value: 'apiRequest',
	operations: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['apiRequest'] } },
		options: [
			{
				name: 'Send',
				value: 'sendApiRequest',
				action: 'Send an API request',
				description: 'Send any request to the PerfectGym Next Open API',
				// The user enters the method and the path.
				routing: { request: { method: 'GET', url: '/v1/' } },
				plan: customRequest,
			},
		],
		default: 'sendApiRequest',
	},
	fields: [
		{
			displayName: 'Method',
			name: 'requestMethod',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'DELETE', value: 'DELETE' },
				{ name: 'GET', value: 'GET' },
				{ name: 'PATCH', value: 'PATCH' },
				{ name: 'POST', value: 'POST' },
				{ name: 'PUT', value: 'PUT' },
			],
			default: 'GET',
			description: 'GET reads; the others write and are not sent again where they may have arrived',
			displayOptions: { show: { operation: ['sendApiRequest'] } },
		},
		{
			displayName: 'Path',
			name: 'requestPath',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. /v1/studios/information',
			description: 'The path behind the address of the studio, from the documentation of the API',
			displayOptions: { show: { operation: ['sendApiRequest'] } },
		},
		{
			displayName: 'Query Parameters',
			name: 'requestQuery',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			// Tells no rows from rows that n8n has lost (transport/rows.ts).
			default: { parameter: [] },
			placeholder: 'Add Parameter',
			description: 'What follows the question mark; a name may come several times',
			displayOptions: { show: { operation: ['sendApiRequest'] } },
			options: [
				{
					displayName: 'Parameter',
					name: 'parameter',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. sliceSize',
							description: 'Name as the API has it',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							description: 'Value as the API takes it',
						},
					],
				},
			],
		},
		{
			displayName: 'Follow Chunks',
			name: 'followChunks',
			type: 'boolean',
			default: false,
			description:
				'Whether to read a list that comes in chunks to its end, and give its records one by one',
			displayOptions: { show: { operation: ['sendApiRequest'], requestMethod: ['GET'] } },
		},
		{
			displayName: 'Body',
			name: 'requestBody',
			type: 'json',
			default: '',
			description:
				'What is written, as a JSON object or list. It is sent exactly as it stands. Leave it empty to send none.',
			displayOptions: {
				show: { operation: ['sendApiRequest'], requestMethod: ['DELETE', 'PATCH', 'POST', 'PUT'] },
			},
		},
	],
};
