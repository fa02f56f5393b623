import type { INodeProperties } from 'n8n-workflow';

import { sendFree } from '../transport/request';

/** A request of the user's own, for what PerfectGym adds to its API later. */
export const apiRequestOperations: INodeProperties[] = [
	{
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
				// Method and path are those that the user enters.
				routing: {
					request: { method: 'GET', url: '/v1/' },
					operations: { pagination: sendFree },
				},
			},
		],
		default: 'sendApiRequest',
	},
];

/** What a request consists of. */
export const apiRequestFields: INodeProperties[] = [
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
		default: {},
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
		description: 'What is written, as a JSON object or list; leave it empty to send none',
		displayOptions: {
			show: { operation: ['sendApiRequest'], requestMethod: ['DELETE', 'PATCH', 'POST', 'PUT'] },
		},
	},
];
