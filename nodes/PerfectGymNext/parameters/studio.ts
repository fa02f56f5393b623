import type { INodeProperties } from 'n8n-workflow';

/** The choice of a device, employee, export or debt collection run. */
export const studioParameters: INodeProperties[] = [
	{
		displayName: 'Device',
		name: 'deviceId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The device, from the list of the studio or by ID',
		displayOptions: { show: { operation: ['activateDevice'] } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchDevices', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 1210000001' },
		],
	},
	{
		displayName: 'Employee',
		name: 'employeeId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The employee, from the list of the studio or by ID',
		displayOptions: { show: { operation: ['getEmployee'] } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchEmployees', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 1210000001' },
		],
	},
	{
		displayName: 'Debt Collection Run',
		name: 'debtCollectionRunId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'id', value: '' },
		description:
			'ID of the run in which debts were handed over; the event of a new debt collection run brings it',
		displayOptions: {
			show: { operation: ['confirmTransfer', 'getDebtors', 'getTransferDetails'] },
		},
		modes: [
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 1210000001',
				validation: [
					{
						type: 'regex',
						properties: { regex: '^\\d+$', errorMessage: 'The ID of a run has digits only' },
					},
				],
			},
		],
	},
	{
		displayName: 'Export',
		name: 'exportId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'id', value: '' },
		description:
			'ID that the creation of the export gave; the export can be had once the event of its creation has come',
		displayOptions: { show: { operation: ['getExport'] } },
		modes: [
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 1210000001',
				validation: [
					{
						type: 'regex',
						properties: { regex: '^\\d+$', errorMessage: 'The ID of an export has digits only' },
					},
				],
			},
		],
	},
];
