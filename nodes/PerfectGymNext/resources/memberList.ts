import type { INodeProperties } from 'n8n-workflow';

import type { Check } from '../transport/declarations';

export const memberListOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['memberList'] } },
		options: [
			{
				name: 'Get Member Lists',
				value: 'getMemberLists',
				action: 'Get member lists',
				description: 'TODO getMemberLists',
				routing: { request: { method: 'GET', url: '/v1/member-lists' } },
			},
		],
		default: 'getMemberLists',
	},
];

export const memberListFields: INodeProperties[] = [];

export const memberListChecks: Readonly<Record<string, Check>> = {};
