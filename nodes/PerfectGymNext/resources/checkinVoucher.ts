import { fromListOrById } from '../fields/modes';
import type { Resource } from './resource';

/** The operation that redeems a check-in voucher. */
export const checkinVoucher: Resource = {
	name: 'Check-in Voucher',
	value: 'checkinVoucher',
	operations: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['checkinVoucher'] } },
		options: [
			{
				name: 'Redeem',
				value: 'redeemCheckinVoucher',
				action: 'Redeem a guest voucher',
				description: "Redeem a guest's voucher for a code that opens the studio",
				routing: { request: { method: 'POST', url: '/v1/checkin-vouchers/redeem' } },
			},
		],
		default: 'redeemCheckinVoucher',
	},
	fields: [
		// Buying an online offer shows it too.
		{
			displayName: 'Online Offer',
			name: 'onlineOfferId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			description: 'The online offer to buy',
			displayOptions: {
				show: {
					operation: ['postOnlineOfferPurchase', 'redeemCheckinVoucher'],
					specifyBody: ['fields'],
				},
			},
			modes: fromListOrById('searchOnlineOffers', { example: '1234567890' }),
			routing: { send: { type: 'body', property: 'onlineOfferId' } },
		},
		{
			displayName: 'Voucher Code',
			name: 'checkinVoucherCode',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. CHVB1-YL29-MYVA',
			description: 'The code on the voucher',
			displayOptions: { show: { operation: ['redeemCheckinVoucher'], specifyBody: ['fields'] } },
			routing: { send: { type: 'body', property: 'voucherCode' } },
		},
		{
			displayName: 'First Name',
			name: 'guestFirstName',
			type: 'string',
			required: true,
			default: '',
			displayOptions: { show: { operation: ['redeemCheckinVoucher'], specifyBody: ['fields'] } },
			routing: { send: { type: 'body', property: 'firstname' } },
		},
		{
			displayName: 'Last Name',
			name: 'guestLastName',
			type: 'string',
			required: true,
			default: '',
			displayOptions: { show: { operation: ['redeemCheckinVoucher'], specifyBody: ['fields'] } },
			routing: { send: { type: 'body', property: 'lastname' } },
		},
		{
			displayName: 'Email',
			name: 'guestEmail',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'name@email.com',
			displayOptions: { show: { operation: ['redeemCheckinVoucher'], specifyBody: ['fields'] } },
			routing: { send: { type: 'body', property: 'email' } },
		},
	],
};
