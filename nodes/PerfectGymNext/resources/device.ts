import type { INodeProperties } from 'n8n-workflow';

import type { Check } from '../transport/declarations';

export const deviceOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['device'] } },
		options: [
			{
				name: 'Activate Device',
				value: 'activateDevice',
				action: 'Activate device',
				description: 'TODO activateDevice',
				routing: { request: { method: 'PUT', url: '/v1/devices/{deviceId}/activate' } },
			},
			{
				name: 'Get Devices',
				value: 'getDevices',
				action: 'Get devices',
				description: 'TODO getDevices',
				routing: { request: { method: 'GET', url: '/v1/devices' } },
			},
		],
		default: 'activateDevice',
	},
];

export const deviceFields: INodeProperties[] = [];

export const deviceChecks: Readonly<Record<string, Check>> = {};
