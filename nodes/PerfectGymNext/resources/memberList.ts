import type { INodeProperties } from 'n8n-workflow';

import type { Check, OperationParameter } from '../transport/operations';

/** The operation that reads the member lists of a studio. */
export const memberListOperations: OperationParameter[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['memberList'] } },
		options: [
			{
				name: 'Get Many',
				value: 'getMemberLists',
				action: 'Get many member lists',
				description:
					'Get the names of the member lists of the studio and when each was last changed',
				routing: { request: { method: 'GET', url: '/v1/member-lists' } },
			},
		],
		default: 'getMemberLists',
	},
];

/** None: the operation takes no parameters. */
export const memberListFields: INodeProperties[] = [];

/** No operation needs checks across its values. */
export const memberListChecks: Readonly<Record<string, Check>> = {};
