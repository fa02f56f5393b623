import type { INodeProperties } from 'n8n-workflow';

import {
	allOperations,
	linkOperations,
	recordOperations,
	studioFieldOperations,
	uploadOperations,
} from '../resources';

/** How long a request may wait for the rate limit and between attempts. */
export const maximumWait: INodeProperties = {
	displayName: 'Maximum Wait',
	name: 'maxWait',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 300,
	description: 'In seconds, per request',
};

/** An option, and the operations that have it. */
type Option = readonly [operations: readonly string[], option: INodeProperties];

/** In the order of the editor's list. */
const options: Option[] = [
	[
		studioFieldOperations,
		{
			displayName: 'Additional Information as Columns',
			name: 'additionalInformationAsColumns',
			type: 'boolean',
			default: true,
			description:
				"Whether to output the studio's own fields by name, and the items of lists by name. Flat does so unless you turn it off.",
		},
	],
	[
		linkOperations,
		{
			displayName: 'Allow Unchecked File Hosts',
			name: 'allowUncheckedHosts',
			type: 'boolean',
			default: false,
			description:
				'Whether to download files from hosts that n8n cannot check. n8n before 2.40 can only check the host in the Base URL.',
			displayOptions: { show: { '/download': [true] } },
		},
	],
	[
		recordOperations,
		{
			displayName: 'Escape Formulas',
			name: 'escapeFormulas',
			type: 'boolean',
			default: false,
			description: 'Whether to put an apostrophe before formulas, for CSV and Google Sheets',
			displayOptions: { show: { '/output': ['flat'] } },
		},
	],
	[
		uploadOperations,
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. contract.pdf',
			description: "The name to send instead of the file's name in n8n",
		},
	],
	[
		linkOperations,
		{
			displayName: 'Maximum File Size',
			name: 'maxFileSize',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 100,
			description: 'The largest linked file to download, in MB',
			displayOptions: { show: { '/download': [true] } },
		},
	],
	[allOperations, maximumWait],
	[
		uploadOperations,
		{
			displayName: 'Media Type',
			name: 'mimeType',
			type: 'string',
			default: '',
			placeholder: 'e.g. application/pdf',
			description: "The type to send instead of the file's type in n8n",
		},
	],
	[
		allOperations,
		{
			displayName: 'Requests per Minute',
			name: 'requestsPerMinute',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 1000,
			description: 'Enter less if others use the API key',
		},
	],
];

/** Operations with the same options share a declaration, since n8n describes a node by operation. */
export const optionsParameters: INodeProperties[] = groups().map(([own, operation]) => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions: { show: { operation } },
	options: own,
}));

function groups(): Array<[options: INodeProperties[], operations: string[]]> {
	const byNames = new Map<string, [INodeProperties[], string[]]>();
	for (const operation of allOperations) {
		const own = options.filter(([those]) => those.includes(operation)).map(([, one]) => one);
		const names = own.map(({ name }) => name).join();
		const [, others = []] = byNames.get(names) ?? [];
		byNames.set(names, [own, [...others, operation]]);
	}
	return [...byNames.values()];
}
