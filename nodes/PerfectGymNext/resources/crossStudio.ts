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
				action: 'Get a customer of any studio',
				description: 'Get one customer by ID, whichever studio they belong to',
				routing: { request: { method: 'GET', url: '/v1/cross-studio/customers/{customerId}' } },
			},
			{
				name: 'Get Customer by Identifier',
				value: 'getCrossStudioCustomerBy',
				action: 'Get a customer of any studio by identifier',
				description:
					'Get one customer of any studio by card, QR code, barcode, PIN, customer number or debtor ID',
				routing: { request: { method: 'GET', url: '/v1/cross-studio/customers/by' } },
			},
			{
				name: 'Get Customer Check-in History',
				value: 'getCrossStudioCustomersCheckinHistory',
				action: 'Get the check in history of a customer in all studios',
				description: 'Get when a customer has visited any studio, by default in the last month',
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
				description: 'Get the studios where a membership can be bought now',
				routing: { request: { method: 'GET', url: '/v1/cross-studio/membership-offers/studios' } },
			},
			{
				name: 'Search Customers',
				value: 'searchCrossStudioCustomers',
				action: 'Search customers of all studios',
				description: 'Find customers of any studio by name, email, date of birth or phone number',
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
