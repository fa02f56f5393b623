import type { INodeProperties } from 'n8n-workflow';

/** The choice of a membership offer or online offer. */
export const membershipParameters: INodeProperties[] = [
	{
		displayName: 'Membership Offer',
		name: 'membershipOfferId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The membership that the studio offers, from a list or by ID',
		displayOptions: { show: { operation: ['getMembershipOfferById'] } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchMembershipOffers', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 1234567890' },
		],
	},
	{
		displayName: 'Online Offer',
		name: 'offerId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The online offer to read, from a list or by ID',
		displayOptions: { show: { operation: ['getPurchasableOnlineOffer'] } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchOnlineOffers', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 1234567890' },
		],
	},
	{
		displayName: 'Online Offer',
		name: 'onlineOfferId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The online offer that the customer gets, from a list or by ID',
		displayOptions: {
			show: {
				operation: ['postOnlineOfferPurchase', 'redeemCheckinVoucher'],
				specifyBody: ['fields'],
			},
		},
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchOnlineOffers', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 1234567890' },
		],
		routing: { send: { type: 'body', property: 'onlineOfferId' } },
	},
];
