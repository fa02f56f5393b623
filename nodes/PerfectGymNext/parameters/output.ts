import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { recordOperations } from '../resources';

const forms: INodePropertyOptions[] = [
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
	{
		name: 'Simplified',
		value: 'simplified',
		description:
			'The most used fields of large records. Records with up to ten fields stay complete.',
	},
];

const output: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	noDataExpression: true,
	options: forms,
	default: 'full',
	description: 'The form of the output',
};

/** The shape of the output, for every operation that returns records. */
export const outputParameters: INodeProperties[] = [
	{
		...output,
		displayOptions: { show: { operation: recordOperations }, hide: { '@tool': [true] } },
	},
	{
		...output,
		// A language model reads less, and pays for each word.
		default: 'simplified',
		displayOptions: { show: { operation: recordOperations, '@tool': [true] } },
	},
	{
		displayName: 'Output Fields Names or IDs',
		name: 'outputFields',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getOutputFields', loadOptionsDependsOn: ['operation'] },
		default: [],
		description:
			'The fields to output in addition to the ID. Flat outputs all fields if you choose none. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		displayOptions: { show: { output: ['flat', 'selected'] } },
	},
];
