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
		description: 'The signature as SVG image, encoded as Base64',
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
		description: 'The text that was signed, by the ID that the offer names',
		modes: byId({ example: '1234567890' }),
	},
];
