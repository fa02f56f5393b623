import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** The formats of a card number. */
export const cardNumberFormats: INodePropertyOptions[] = [
	{ name: 'Decimal', value: 'DECIMAL' },
	{ name: 'Hexadecimal (Least Significant Byte First)', value: 'HEX_LSB' },
	{ name: 'Hexadecimal (Most Significant Byte First)', value: 'HEX_MSB' },
];

/** How a card number is written. */
export const cardNumberFormat: INodeProperties = {
	displayName: 'Card Number Format',
	name: 'cardNumberFormat',
	type: 'options',
	options: [...cardNumberFormats],
	default: 'DECIMAL',
	description: 'The format of card numbers in the output',
};
