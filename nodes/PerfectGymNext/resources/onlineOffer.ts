import { fromListOrById } from '../fields/modes';
import { chunksOf100 } from './plans';
import type { Resource } from './resource';

/** Online offers and their purchases. */
export const onlineOffer: Resource = {
	name: 'Online Offer',
	value: 'onlineOffer',
	operations: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['onlineOffer'] } },
		options: [
			{
				name: 'Get',
				value: 'getPurchasableOnlineOffer',
				action: 'Get an online offer',
				description: 'Get one online offer',
				routing: { request: { method: 'GET', url: '/v1/online-offers/purchasable/{offerId}' } },
			},
			{
				name: 'Get Many',
				value: 'getPurchasableOnlineOffers',
				action: 'Get many online offers',
				description: 'Get what the studio sells online, such as day passes, with prices',
				routing: { request: { method: 'GET', url: '/v1/online-offers/purchasable' } },
				plan: chunksOf100,
			},
			{
				name: 'Get Many Purchases',
				value: 'getOnlineOfferPurchases',
				action: 'Get many online offer purchases',
				description: 'Get the online offers that a customer bought',
				routing: { request: { method: 'GET', url: '/v1/online-offers/{customerId}/purchased' } },
			},
			{
				name: 'Purchase',
				value: 'postOnlineOfferPurchase',
				action: 'Purchase an online offer',
				description: 'Buy an online offer for a customer',
				routing: { request: { method: 'POST', url: '/v1/online-offers/purchase' } },
			},
		],
		default: 'getPurchasableOnlineOffers',
	},
	ids: [
		{
			displayName: 'Online Offer',
			name: 'offerId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			modes: fromListOrById('searchOnlineOffers', { example: '1234567890' }),
		},
	],
	fields: [
		{
			displayName: 'Customer',
			name: 'purchaseCustomerId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			description:
				'The customer who gets the offer. The list searches by name, email or customer number.',
			displayOptions: { show: { operation: ['postOnlineOfferPurchase'], specifyBody: ['fields'] } },
			modes: fromListOrById('searchCustomers', { example: '1210656710' }),
			routing: { send: { type: 'body', property: 'customerId' } },
		},
		{
			displayName: 'Additional Fields',
			name: 'purchaseFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			displayOptions: { show: { operation: ['postOnlineOfferPurchase'], specifyBody: ['fields'] } },
			options: [
				{
					displayName: 'Payment Request Token',
					name: 'paymentRequestToken',
					type: 'string',
					typeOptions: { password: true },
					default: '',
					description:
						'The token of the payment session in which the customer paid. A free offer needs none.',
					routing: { send: { type: 'body', property: 'paymentRequestToken' } },
				},
				{
					displayName: 'Valid From',
					name: 'validFrom',
					type: 'dateTime',
					typeOptions: { dateOnly: true },
					default: '',
					description: 'The first day the offer can be used',
					routing: { send: { type: 'body', property: 'validFrom' } },
				},
			],
		},
	],
};
