import type { INodeProperties } from 'n8n-workflow';

import type { Check, OperationParameter } from '../transport/operations';
import { chunksOf100 } from './plans';

/** The operations that read the employees of a studio. */
export const employeeOperations: OperationParameter[] = [
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
				routing: { request: { method: 'GET', url: '/v1/employees' } },
				plan: chunksOf100,
			},
		],
		default: 'getEmployees',
	},
];

/** None: parameters/studio.ts has the choice of an employee. */
export const employeeFields: INodeProperties[] = [];

/** No operation needs checks across its values. */
export const employeeChecks: Readonly<Record<string, Check>> = {};
