import { fromListOrById } from '../fields/modes';
import type { Resource } from './resource';

/** A studio's card readers and turnstiles. */
export const device: Resource = {
	name: 'Device',
	value: 'device',
	operations: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['device'] } },
		options: [
			{
				name: 'Activate',
				value: 'activateDevice',
				action: 'Activate a device',
				description: 'Activate a device and get its access token',
				routing: { request: { method: 'PUT', url: '/v1/devices/{deviceId}/activate' } },
			},
			{
				name: 'Get Many',
				value: 'getDevices',
				action: 'Get many devices',
				description: "Get the studio's devices, and whether they are active",
				routing: { request: { method: 'GET', url: '/v1/devices' } },
			},
		],
		default: 'getDevices',
	},
	ids: [
		{
			displayName: 'Device',
			name: 'deviceId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			modes: fromListOrById('searchDevices', { example: '1210000001' }),
		},
	],
};
