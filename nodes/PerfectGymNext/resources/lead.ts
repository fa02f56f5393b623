import type { INodeProperties } from 'n8n-workflow';

import { sendRead } from '../transport/request';

import type { Check } from '../transport/declarations';

export const leadOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['lead'] } },
		options: [
			{
				name: 'Create Lead',
				value: 'createLead',
				action: 'Create lead',
				description: 'TODO createLead',
				routing: { request: { method: 'POST', url: '/v1/leads/create' } },
			},
			{
				name: 'Get Lead Config',
				value: 'getLeadConfig',
				action: 'Get lead config',
				description: 'TODO getLeadConfig',
				routing: { request: { method: 'GET', url: '/v1/leads/config' } },
			},
			{
				name: 'Validate For Lead Creation',
				value: 'validateForLeadCreation',
				action: 'Validate for lead creation',
				description: 'TODO validateForLeadCreation',
				routing: {
					request: { method: 'POST', url: '/v1/leads/validate' },
					operations: { pagination: sendRead },
				},
			},
		],
		default: 'createLead',
	},
];

export const leadFields: INodeProperties[] = [];

export const leadChecks: Readonly<Record<string, Check>> = {};
