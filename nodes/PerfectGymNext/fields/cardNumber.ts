import type { INodePropertyOptions } from 'n8n-workflow';

/** The formats of a card number. */
export const cardNumberFormats: INodePropertyOptions[] = [
	{ name: 'Decimal', value: 'DECIMAL' },
	{ name: 'Hexadecimal, Least Significant Byte First', value: 'HEX_LSB' },
	{ name: 'Hexadecimal, Most Significant Byte First', value: 'HEX_MSB' },
];
