import type { INodeProperties } from 'n8n-workflow';

import type { Check, OperationParameter } from '../transport/operations';

/** The operation that redeems a check-in voucher. */
export const checkinVoucherOperations: OperationParameter[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['checkinVoucher'] } },
		options: [
			{
				name: 'Redeem',
				value: 'redeemCheckinVoucher',
				action: 'Redeem a check in voucher',
				description: 'Turn the voucher of a guest into a code that opens the studio',
				routing: { request: { method: 'POST', url: '/v1/checkin-vouchers/redeem' } },
			},
		],
		default: 'redeemCheckinVoucher',
	},
];

/** The fields of a voucher and of the visitor who brings it. */
export const checkinVoucherFields: INodeProperties[] = [
	{
		displayName: 'Voucher Code',
		name: 'checkinVoucherCode',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. CHVB1-YL29-MYVA',
		description: 'The code that the voucher bears',
		displayOptions: { show: { operation: ['redeemCheckinVoucher'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'voucherCode' } },
	},
	{
		displayName: 'First Name',
		name: 'guestFirstName',
		type: 'string',
		required: true,
		default: '',
		description: 'First name of the guest who redeems the voucher',
		displayOptions: { show: { operation: ['redeemCheckinVoucher'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'firstname' } },
	},
	{
		displayName: 'Last Name',
		name: 'guestLastName',
		type: 'string',
		required: true,
		default: '',
		description: 'Last name of the guest who redeems the voucher',
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
		description: 'Email address of the guest who redeems the voucher',
		displayOptions: { show: { operation: ['redeemCheckinVoucher'], specifyBody: ['fields'] } },
		routing: { send: { type: 'body', property: 'email' } },
	},
];

/** No operation needs checks across its values. */
export const checkinVoucherChecks: Readonly<Record<string, Check>> = {};
