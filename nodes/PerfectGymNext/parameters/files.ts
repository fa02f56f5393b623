import type { INodeProperties } from 'n8n-workflow';

import { linkOperations, uploadOperations } from '../resources';

/** The binary field of a file and its description, for the operations that send one. */
export const uploadParameters: INodeProperties[] = [
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the input binary field containing the file to be uploaded',
		description: 'For an idle period the file is optional. Leave the field empty to send none.',
		displayOptions: { show: { operation: uploadOperations } },
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. Signed at the front desk',
		description: 'The description that staff see next to the document',
		displayOptions: { show: { operation: ['uploadDocument'] } },
		routing: { send: { type: 'query', property: 'description' } },
	},
];

/** Whether to download linked files and where to put them, for every operation with such links. */
export const downloadParameters: INodeProperties[] = [
	{
		displayName: 'Download Files',
		name: 'download',
		type: 'boolean',
		default: false,
		description: 'Whether to download the linked files. The links expire soon.',
		displayOptions: { show: { operation: linkOperations } },
	},
	{
		displayName: 'Put Output File in Field',
		name: 'outputBinaryPropertyName',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the output binary field to put the file in',
		description: 'Several files go into fields of their own, such as data_imageUrl',
		displayOptions: { show: { operation: linkOperations, download: [true] } },
	},
];
