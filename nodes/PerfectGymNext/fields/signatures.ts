import type { INodeProperties } from 'n8n-workflow';

import { byId } from './modes';

/** The fields of a signature under a contract. */
export const signatureFields: INodeProperties[] = [
	{
		displayName: 'Signature',
		name: 'base64SvgSignature',
		type: 'string',
		required: true,
		default: '',
		description: 'As a Base64-encoded SVG image',
	},
];

/** The fields of a signature under one text block of an offer. */
export const textBlockSignatureFields: INodeProperties[] = [
	...signatureFields,
	{
		displayName: 'Text Block',
		name: 'textBlockId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'id', value: '' },
		description: 'The ID of the signed text block, from the membership offer',
		modes: byId({ example: '1234567890' }),
	},
];
