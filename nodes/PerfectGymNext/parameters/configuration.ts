import type { INodeProperties } from 'n8n-workflow';

/** The choice of a configuration, of trial offers or of membership switches. */
export const configurationParameters: INodeProperties[] = [
	{
		displayName: 'Configuration',
		name: 'configId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The configuration, from a list or by ID',
		displayOptions: {
			show: {
				operation: ['getMembershipSwitchConfigurationForCustomer', 'getTrialOfferConfig'],
			},
		},
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchConfigurations', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 1210000001' },
		],
	},
];
