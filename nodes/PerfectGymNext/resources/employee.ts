import type { INodeProperties } from 'n8n-workflow';

import { chunksOf100 } from '../transport/request';

import type { Check } from '../transport/declarations';

/** What can be learned of the people who work in a studio. */
export const employeeOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['employee'] } },
		options: [
			{
				name: 'Get',
				value: 'getEmployee',
				action: 'Get an employee',
				description: 'Get one employee by ID',
				routing: { request: { method: 'GET', url: '/v1/employees/{employeeId}' } },
			},
			{
				name: 'Get Many',
				value: 'getEmployees',
				action: 'Get many employees',
				description: 'Get the employees of the studio',
				routing: {
					request: { method: 'GET', url: '/v1/employees' },
					operations: { pagination: chunksOf100 },
				},
			},
		],
		default: 'getEmployees',
	},
];

/** Employees need nothing but the choice of one. */
export const employeeFields: INodeProperties[] = [];

export const employeeChecks: Readonly<Record<string, Check>> = {};
