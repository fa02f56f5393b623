import type { INodeProperties } from 'n8n-workflow';

import type { Check, OperationParameter } from '../transport/operations';

/** The operations on a studio's card readers and turnstiles. */
export const deviceOperations: OperationParameter[] = [
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

/** None: parameters/studio.ts has the choice of a device. */
export const deviceFields: INodeProperties[] = [];

/** No operation needs checks across its values. */
export const deviceChecks: Readonly<Record<string, Check>> = {};
