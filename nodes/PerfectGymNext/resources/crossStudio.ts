import type { INodeProperties } from 'n8n-workflow';

import { chunksOf50, sendRead } from '../transport/request';

import type { Check } from '../transport/declarations';

export const crossStudioOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['crossStudio'] } },
		options: [
			{
				name: 'Get Cross Studio Customer By',
				value: 'getCrossStudioCustomerBy',
				action: 'Get cross studio customer by',
				description: 'TODO getCrossStudioCustomerBy',
				routing: { request: { method: 'GET', url: '/v1/cross-studio/customers/by' } },
			},
			{
				name: 'Get Cross Studio Customer By Id',
				value: 'getCrossStudioCustomerById',
				action: 'Get cross studio customer by id',
				description: 'TODO getCrossStudioCustomerById',
				routing: { request: { method: 'GET', url: '/v1/cross-studio/customers/{customerId}' } },
			},
			{
				name: 'Get Cross Studio Customers Checkin History',
				value: 'getCrossStudioCustomersCheckinHistory',
				action: 'Get cross studio customers checkin history',
				description: 'TODO getCrossStudioCustomersCheckinHistory',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/cross-studio/customers/{customerId}/activities/checkins',
					},
					operations: { pagination: chunksOf50 },
				},
			},
			{
				name: 'Get Studios With Active Membership Offers',
				value: 'getStudiosWithActiveMembershipOffers',
				action: 'Get studios with active membership offers',
				description: 'TODO getStudiosWithActiveMembershipOffers',
				routing: { request: { method: 'GET', url: '/v1/cross-studio/membership-offers/studios' } },
			},
			{
				name: 'Search Cross Studio Customers',
				value: 'searchCrossStudioCustomers',
				action: 'Search cross studio customers',
				description: 'TODO searchCrossStudioCustomers',
				routing: {
					request: { method: 'POST', url: '/v1/cross-studio/customers/search' },
					operations: { pagination: sendRead },
				},
			},
		],
		default: 'getCrossStudioCustomerBy',
	},
];

export const crossStudioFields: INodeProperties[] = [];

export const crossStudioChecks: Readonly<Record<string, Check>> = {};
