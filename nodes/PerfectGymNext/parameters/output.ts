import type { INodeProperties } from 'n8n-workflow';

import { recordOperations } from '../resources';

/** The shape of the output, for every operation that returns records. */
export const outputParameters: INodeProperties[] = [
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		noDataExpression: true,
		default: 'full',
		description: 'The form of the output',
		displayOptions: {
			show: {
				operation: recordOperations,
			},
		},
		options: [
			{
				name: 'Flat (for Spreadsheets)',
				value: 'flat',
				description: 'One column for each value, and the same columns for all records',
			},
			{
				name: 'Full',
				value: 'full',
				description: 'The complete record from PerfectGym Next',
			},
			{
				name: 'Selected Fields',
				value: 'selected',
				description: 'Only the ID and the fields you choose',
			},
		],
	},
	{
		displayName: 'Output Fields Names or IDs',
		name: 'outputFields',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getOutputFields', loadOptionsDependsOn: ['operation'] },
		default: [],
		description:
			'The fields to output in addition to the ID. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		displayOptions: { show: { output: ['selected'] } },
	},
];
