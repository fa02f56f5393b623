import type { INodeProperties } from 'n8n-workflow';

import type { Check } from '../transport/declarations';

/** What can be done with the readers and turnstiles of a studio. */
export const deviceOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['device'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getDevices',
				action: 'Get many devices',
				description: 'Get the devices of the studio and whether they are active',
				routing: { request: { method: 'GET', url: '/v1/devices' } },
			},
			{
				name: 'Activate',
				value: 'activateDevice',
				action: 'Activate a device',
				description: 'Take a device into service and get the access token that it needs',
				routing: { request: { method: 'PUT', url: '/v1/devices/{deviceId}/activate' } },
			},
		],
		default: 'getDevices',
	},
];

/** Devices need nothing but the choice of one. */
export const deviceFields: INodeProperties[] = [];

export const deviceChecks: Readonly<Record<string, Check>> = {};
