import type { INodeProperties } from 'n8n-workflow';

import type { Check } from '../transport/declarations';

export const checkinVoucherOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['checkinVoucher'] } },
		options: [
			{
				name: 'Redeem Checkin Voucher',
				value: 'redeemCheckinVoucher',
				action: 'Redeem checkin voucher',
				description: 'TODO redeemCheckinVoucher',
				routing: { request: { method: 'POST', url: '/v1/checkin-vouchers/redeem' } },
			},
		],
		default: 'redeemCheckinVoucher',
	},
];

export const checkinVoucherFields: INodeProperties[] = [];

export const checkinVoucherChecks: Readonly<Record<string, Check>> = {};
