import { checkDays } from './customer/checks';
import { checkinDateRanges, readOnly } from './plans';
import type { Resource } from './resource';

/** Operations that read from all studios in which the integration is active. */
export const crossStudio: Resource = {
	name: 'Cross Studio',
	value: 'crossStudio',
	operations: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['crossStudio'] } },
		options: [
			{
				name: 'Get Customer',
				value: 'getCrossStudioCustomerById',
				action: 'Get a customer from any studio',
				description: 'Get one customer by ID, whichever studio they belong to',
				routing: { request: { method: 'GET', url: '/v1/cross-studio/customers/{customerId}' } },
			},
			{
				name: 'Get Customer by Identifier',
				value: 'getCrossStudioCustomerBy',
				action: 'Get a customer from any studio by identifier',
				description:
					'Get one customer of any studio by card, QR code, barcode, PIN, customer number or debtor ID',
				routing: { request: { method: 'GET', url: '/v1/cross-studio/customers/by' } },
			},
			{
				name: 'Get Customer Check-in History',
				value: 'getCrossStudioCustomersCheckinHistory',
				action: 'Get customer visits to all studios',
				description: "Get a customer's visits to all studios, by default in the last month",
				routing: {
					request: {
						method: 'GET',
						url: '/v1/cross-studio/customers/{customerId}/activities/checkins',
					},
				},
				plan: checkinDateRanges,
			},
			{
				name: 'Get Studios With Membership Offers',
				value: 'getStudiosWithActiveMembershipOffers',
				action: 'Get studios with membership offers',
				description: 'Get the studios that offer memberships now',
				routing: { request: { method: 'GET', url: '/v1/cross-studio/membership-offers/studios' } },
			},
			{
				name: 'Search Customers',
				value: 'searchCrossStudioCustomers',
				action: 'Search customers in all studios',
				description: 'Find customers in all studios by name, email, date of birth or phone number',
				routing: { request: { method: 'POST', url: '/v1/cross-studio/customers/search' } },
				plan: readOnly,
			},
		],
		default: 'searchCrossStudioCustomers',
	},
	checks: {
		getCrossStudioCustomersCheckinHistory: checkDays,
	},
};
