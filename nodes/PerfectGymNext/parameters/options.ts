import type { INodeProperties } from 'n8n-workflow';

import { studioFieldOperations, uploadOperations } from '../resources';

/** The wait limits and the rate limit, for every operation, and options for output and files. */
export const optionsParameters: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Additional Information as Columns',
				name: 'additionalInformationAsColumns',
				type: 'boolean',
				default: true,
				description:
					"Whether to output the studio's own fields by name, and the items of lists by name. Flat does so unless you turn it off.",
				displayOptions: { show: { '/operation': studioFieldOperations } },
			},
			{
				displayName: 'Escape Formulas',
				name: 'escapeFormulas',
				type: 'boolean',
				default: false,
				description:
					'Whether to put an apostrophe before text that a spreadsheet would read as a formula, such as =1+1. Numbers and phone numbers do not change. Turn it on for CSV files and Google Sheets.',
				displayOptions: { show: { '/output': ['flat'] } },
			},
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. contract.pdf',
				description: "The name to send instead of the file's name in n8n",
				displayOptions: { show: { '/operation': uploadOperations } },
			},
			{
				displayName: 'Maximum File Size',
				name: 'maxFileSize',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 100,
				description: 'The largest linked file to download, in MB',
				displayOptions: { show: { '/download': [true] } },
			},
			{
				displayName: 'Maximum Wait',
				name: 'maxWait',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 300,
				description:
					'The longest time that a request may wait in total, in seconds, because of the rate limit or while PerfectGym Next is under load',
			},
			{
				displayName: 'Media Type',
				name: 'mimeType',
				type: 'string',
				default: '',
				placeholder: 'e.g. application/pdf',
				description: "The type to send instead of the file's type in n8n",
				displayOptions: { show: { '/operation': uploadOperations } },
			},
			{
				displayName: 'Requests per Minute',
				name: 'requestsPerMinute',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 1000,
				description:
					'The most requests in any 60 seconds to one endpoint with one API key. PerfectGym Next allows 1,000. Enter less if something else uses the same key.',
			},
		],
	},
];
