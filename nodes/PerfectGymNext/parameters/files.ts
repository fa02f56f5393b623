import type { INodeProperties } from 'n8n-workflow';

import { linkOperations, uploadOperations } from '../resources';

/** The binary field and the name of a file, for every operation that sends one. */
export const uploadParameters: INodeProperties[] = [
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the binary field of the item that holds the file',
		description:
			'Which file of the item is sent. With an idle period the file is optional: leave the field empty to send none.',
		displayOptions: { show: { operation: uploadOperations } },
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. Signed at the front desk',
		description: 'What staff see beside the document',
		displayOptions: { show: { operation: ['uploadDocument'] } },
		routing: { send: { type: 'query', property: 'description' } },
	},
	{
		displayName: 'File Options',
		name: 'fileOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: { operation: uploadOperations } },
		options: [
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. contract.pdf',
				description: 'Sent instead of the name that the file has in n8n',
			},
			{
				displayName: 'Media Type',
				name: 'mimeType',
				type: 'string',
				default: '',
				placeholder: 'e.g. application/pdf',
				description: 'Sent instead of the type that the file has in n8n',
			},
		],
	},
];

/** Whether to download linked files and where to put them, for every operation with such links. */
export const downloadParameters: INodeProperties[] = [
	{
		displayName: 'Download Files',
		name: 'download',
		type: 'boolean',
		default: false,
		description:
			'Whether to fetch the linked files at once, since the links expire after 15 minutes to 5 hours',
		displayOptions: { show: { operation: linkOperations } },
	},
	{
		displayName: 'Put Output File in Field',
		name: 'outputBinaryPropertyName',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the output binary field to put the file in',
		description:
			'Where a fetched file goes. If a record has several, each goes to a field of its own, such as data_imageUrl.',
		displayOptions: { show: { operation: linkOperations, download: [true] } },
	},
];
