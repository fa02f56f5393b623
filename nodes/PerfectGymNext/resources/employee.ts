import type { INodeProperties } from 'n8n-workflow';

import { chunksOf100 } from '../transport/request';

import type { Check } from '../transport/declarations';

export const employeeOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['employee'] } },
		options: [
			{
				name: 'Get Employee',
				value: 'getEmployee',
				action: 'Get employee',
				description: 'TODO getEmployee',
				routing: { request: { method: 'GET', url: '/v1/employees/{employeeId}' } },
			},
			{
				name: 'Get Employees',
				value: 'getEmployees',
				action: 'Get employees',
				description: 'TODO getEmployees',
				routing: {
					request: { method: 'GET', url: '/v1/employees' },
					operations: { pagination: chunksOf100 },
				},
			},
		],
		default: 'getEmployee',
	},
];

export const employeeFields: INodeProperties[] = [];

export const employeeChecks: Readonly<Record<string, Check>> = {};
