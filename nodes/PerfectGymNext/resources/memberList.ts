import type { INodeProperties } from 'n8n-workflow';

import type { Check } from '../transport/declarations';

/** What can be learned of the lists in which a studio gathers members. */
export const memberListOperations: INodeProperties[] = [
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

/** There is nothing to choose. */
export const memberListFields: INodeProperties[] = [];

export const memberListChecks: Readonly<Record<string, Check>> = {};
