import type { INodeProperties } from 'n8n-workflow';

import type { Check } from '../transport/declarations';

export const studioOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['studio'] } },
		options: [
			{
				name: 'Confirm Activation',
				value: 'confirmActivation',
				action: 'Confirm activation',
				description: 'TODO confirmActivation',
				routing: { request: { method: 'POST', url: '/v1/studios/confirmActivation' } },
			},
			{
				name: 'Get All',
				value: 'getAll',
				action: 'Get all',
				description: 'TODO getAll',
				routing: { request: { method: 'GET', url: '/v1/studios/tags' } },
			},
			{
				name: 'Get Studio Information',
				value: 'getStudioInformation',
				action: 'Get studio information',
				description: 'TODO getStudioInformation',
				routing: { request: { method: 'GET', url: '/v1/studios/information' } },
			},
			{
				name: 'Get Utilization',
				value: 'getUtilization',
				action: 'Get utilization',
				description: 'TODO getUtilization',
				routing: { request: { method: 'GET', url: '/v1/studios/utilization' } },
			},
			{
				name: 'Update Studio Tags',
				value: 'updateStudioTags',
				action: 'Update studio tags',
				description: 'TODO updateStudioTags',
				routing: { request: { method: 'PUT', url: '/v1/studios/information/tags' } },
			},
		],
		default: 'confirmActivation',
	},
];

export const studioFields: INodeProperties[] = [];

export const studioChecks: Readonly<Record<string, Check>> = {};
