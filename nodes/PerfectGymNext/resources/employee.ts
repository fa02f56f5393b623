import { fromListOrById } from '../fields/modes';
import { chunksOf100 } from './plans';
import type { Resource } from './resource';

/** Operations that read the employees of a studio. */
export const employee: Resource = {
	name: 'Employee',
	value: 'employee',
	operations: {
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
				description: "Get the studio's employees",
				routing: { request: { method: 'GET', url: '/v1/employees' } },
				plan: chunksOf100,
			},
		],
		default: 'getEmployees',
	},
	ids: [
		{
			displayName: 'Employee',
			name: 'employeeId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			modes: fromListOrById('searchEmployees', { example: '1210000001' }),
		},
	],
};
