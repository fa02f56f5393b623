import type { Resource } from './resource';

/** The operation that reads the member lists of a studio. */
export const memberList: Resource = {
	name: 'Member List',
	value: 'memberList',
	operations: {
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
				description: "Get the names of the studio's member lists, and when each was last changed",
				routing: { request: { method: 'GET', url: '/v1/member-lists' } },
			},
		],
		default: 'getMemberLists',
	},
};
