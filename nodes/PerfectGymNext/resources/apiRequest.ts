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
			required: true,
			noDataExpression: true,
			options: [
				{ name: 'DELETE', value: 'DELETE' },
				{ name: 'GET', value: 'GET' },
				{ name: 'PATCH', value: 'PATCH' },
				{ name: 'POST', value: 'POST' },
				{ name: 'PUT', value: 'PUT' },
			],
			default: 'GET',
			description:
				'GET reads. The other methods write, and are not repeated if they may have arrived.',
			displayOptions: { show: { operation: ['sendApiRequest'] } },
		},
		{
			displayName: 'Path',
			name: 'requestPath',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. /v1/studios/information',
			description: "The path of the endpoint, from PerfectGym Next's API documentation",
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
			description: 'The query parameters. A name can occur several times.',
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
							description: 'The name in the API',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
						},
					],
				},
			],
		},
		{
			displayName: 'Return All',
			name: 'followChunks',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results of a list that the API returns in chunks',
			displayOptions: { show: { operation: ['sendApiRequest'], requestMethod: ['GET'] } },
		},
		{
			displayName: 'Body',
			name: 'requestBody',
			type: 'json',
			default: '',
			description:
				'The body, as a JSON object or list. It is sent exactly as entered. Leave it empty to send none.',
			displayOptions: {
				show: { operation: ['sendApiRequest'], requestMethod: ['DELETE', 'PATCH', 'POST', 'PUT'] },
			},
		},
	],
};
