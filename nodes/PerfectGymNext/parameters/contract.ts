import type { INodeProperties } from 'n8n-workflow';

/** The choice of a contract's idle period or additional module. */
export const contractParameters: INodeProperties[] = [
	{
		displayName: 'Idle Period',
		name: 'idlePeriodId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The idle period of the contract, from a list or by ID',
		displayOptions: {
			show: {
				operation: [
					'getIdlePeriodById',
					'idlePeriodUpdatePreview',
					'updateIdlePeriod',
					'withdrawIdlePeriod',
				],
			},
		},
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchIdlePeriods', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 1210000001' },
		],
	},
	{
		displayName: 'Additional Module Contract',
		name: 'additionalModuleContractId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description:
			'The module that was added to the contract, from a list that searches by the name of the customer, or by the ID of its own contract',
		displayOptions: {
			show: {
				operation: [
					'createModuleContractCancelationAmendment',
					'getAdditionalModuleContract',
					'withdrawAdditionalModuleContractCancelation',
				],
			},
		},
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				// The API lists a contract's modules only among its customer's contracts.
				typeOptions: {
					searchListMethod: 'searchModuleContracts',
					searchable: true,
					searchFilterRequired: true,
				},
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 1210000001' },
		],
	},
];
