import type { INodeProperties } from 'n8n-workflow';

import { cardNumberFormats } from '../fields/cardNumber';

/** Operations that find a customer by one of several identifiers. */
const identifying = [
	'getCrossStudioCustomerBy',
	'getCustomerBy',
	'getCustomerContractsBy',
	'getCustomerMeasurement',
];

/** The identifiers other than the ID by which a customer can be found, such as a card number. */
export const identifierParameters: INodeProperties[] = [
	{
		displayName: 'Identify By',
		name: 'identifyBy',
		type: 'options',
		noDataExpression: true,
		default: 'cardNumber',
		description: 'The identifier that you have',
		displayOptions: {
			show: {
				operation: identifying,
			},
		},
		options: [
			{ name: 'Barcode', value: 'barcode' },
			{ name: 'Card Number', value: 'cardNumber' },
			{
				name: 'Customer Number',
				value: 'customerNumber',
				displayOptions: { hide: { operation: ['getCustomerMeasurement'] } },
			},
			{
				name: 'Debtor ID',
				value: 'debtorId',
				displayOptions: { hide: { operation: ['getCustomerMeasurement'] } },
			},
			{ name: 'PIN', value: 'pin' },
			{ name: 'QR Code', value: 'qrCodeUuid' },
		],
	},
	{
		displayName: 'Barcode',
		name: 'barcode',
		type: 'string',
		required: true,
		default: '',
		description: 'The content of the barcode',
		displayOptions: {
			show: {
				operation: identifying,
				identifyBy: ['barcode'],
			},
		},
		routing: { send: { type: 'query', property: 'barcode' } },
	},
	{
		displayName: 'Card Number',
		name: 'cardNumber',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 0012345678',
		description: 'The card number, in the format that you choose below',
		displayOptions: {
			show: {
				operation: [
					'getBenefitsByCardNumber',
					'getCrossStudioCustomerBy',
					'getCustomerBy',
					'getCustomerContractsBy',
					'getCustomerMeasurement',
				],
			},
			hide: { identifyBy: ['barcode', 'customerNumber', 'debtorId', 'pin', 'qrCodeUuid'] },
		},
		routing: { send: { type: 'query', property: 'cardNumber' } },
	},
	{
		displayName: 'Customer Number',
		name: 'customerNumber',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. M-10042',
		displayOptions: {
			show: {
				operation: ['getCrossStudioCustomerBy', 'getCustomerBy', 'getCustomerContractsBy'],
				identifyBy: ['customerNumber'],
			},
		},
		routing: { send: { type: 'query', property: 'customerNumber' } },
	},
	{
		displayName: 'Debtor ID',
		name: 'debtorId',
		type: 'string',
		required: true,
		default: '',
		description: "The customer's ID in debt collection",
		displayOptions: {
			show: {
				operation: ['getCrossStudioCustomerBy', 'getCustomerBy', 'getCustomerContractsBy'],
				identifyBy: ['debtorId'],
			},
		},
		routing: { send: { type: 'query', property: 'debtorId' } },
	},
	{
		displayName: 'PIN',
		name: 'pin',
		type: 'string',
		required: true,
		default: '',
		description: "The customer's PIN",
		displayOptions: {
			show: {
				operation: identifying,
				identifyBy: ['pin'],
			},
		},
		routing: { send: { type: 'query', property: 'pin' } },
	},
	{
		displayName: 'QR Code',
		name: 'qrCodeUuid',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 095be615-a8ad-4c33-8e9c-c7612fbf6c9f',
		description: "The UUID in the customer's QR code",
		displayOptions: {
			show: {
				operation: identifying,
				identifyBy: ['qrCodeUuid'],
			},
		},
		routing: { send: { type: 'query', property: 'qrCodeUuid' } },
	},
	{
		displayName: 'Card Number Format',
		name: 'cardNumberFormat',
		type: 'options',
		default: 'DECIMAL',
		description: 'The format of the card number',
		displayOptions: {
			show: {
				operation: [
					'getBenefitsByCardNumber',
					'getCrossStudioCustomerBy',
					'getCustomerBy',
					'getCustomerContractsBy',
					'getCustomerMeasurement',
				],
			},
			hide: { identifyBy: ['barcode', 'customerNumber', 'debtorId', 'pin', 'qrCodeUuid'] },
		},
		options: [...cardNumberFormats],
		routing: { send: { type: 'query', property: 'cardNumberFormat' } },
	},
];
