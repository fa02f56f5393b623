import type { INodeProperties } from 'n8n-workflow';

import type { Check } from '../transport/declarations';

export const paymentOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['payment'] } },
		options: [
			{
				name: 'User Session',
				value: 'userSession',
				action: 'User session',
				description: 'TODO userSession',
				routing: { request: { method: 'POST', url: '/v1/payments/user-session' } },
			},
		],
		default: 'userSession',
	},
];

export const paymentFields: INodeProperties[] = [];

export const paymentChecks: Readonly<Record<string, Check>> = {};
