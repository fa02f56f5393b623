import type { INodeProperties } from 'n8n-workflow';

import { chunksOf100 } from '../transport/request';

import type { Check } from '../transport/declarations';

export const onlineOfferOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['onlineOffer'] } },
		options: [
			{
				name: 'Get Online Offer Purchases',
				value: 'getOnlineOfferPurchases',
				action: 'Get online offer purchases',
				description: 'TODO getOnlineOfferPurchases',
				routing: { request: { method: 'GET', url: '/v1/online-offers/{customerId}/purchased' } },
			},
			{
				name: 'Get Purchasable Online Offer',
				value: 'getPurchasableOnlineOffer',
				action: 'Get purchasable online offer',
				description: 'TODO getPurchasableOnlineOffer',
				routing: { request: { method: 'GET', url: '/v1/online-offers/purchasable/{offerId}' } },
			},
			{
				name: 'Get Purchasable Online Offers',
				value: 'getPurchasableOnlineOffers',
				action: 'Get purchasable online offers',
				description: 'TODO getPurchasableOnlineOffers',
				routing: {
					request: { method: 'GET', url: '/v1/online-offers/purchasable' },
					operations: { pagination: chunksOf100 },
				},
			},
			{
				name: 'Post Online Offer Purchase',
				value: 'postOnlineOfferPurchase',
				action: 'Post online offer purchase',
				description: 'TODO postOnlineOfferPurchase',
				routing: { request: { method: 'POST', url: '/v1/online-offers/purchase' } },
			},
		],
		default: 'getOnlineOfferPurchases',
	},
];

export const onlineOfferFields: INodeProperties[] = [];

export const onlineOfferChecks: Readonly<Record<string, Check>> = {};
