import type { OperationParameter } from '../../transport/operations';
import { readOnly } from '../plans';

/** The operations on memberships and membership offers. */
export const membershipOperations: OperationParameter = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['membership'] } },
	options: [
		{
			name: 'Add',
			value: 'addMembership',
			action: 'Add a membership',
			description: 'Give an existing customer another membership',
			routing: {
				request: { method: 'POST', url: '/v1/memberships/customers/{customerId}/add-membership' },
			},
		},
		{
			name: 'Get Many Offers',
			value: 'getMembershipOffers',
			action: 'Get many membership offers',
			description: 'Get the memberships that the studio offers through the API, with their terms',
			routing: { request: { method: 'GET', url: '/v1/memberships/membership-offers' } },
		},
		{
			name: 'Get Many Switch Configurations',
			value: 'getMembershipSwitchConfigurationsForCustomer',
			action: 'Get many membership switch configurations',
			description: 'Get the ways a customer can switch to another membership',
			routing: {
				request: { method: 'GET', url: '/v1/memberships/{customerId}/membership-switch/configs' },
			},
		},
		{
			name: 'Get Offer',
			value: 'getMembershipOfferById',
			action: 'Get a membership offer',
			description: 'Get one membership offer with its terms, modules and texts',
			routing: {
				request: { method: 'GET', url: '/v1/memberships/membership-offers/{membershipOfferId}' },
			},
		},
		{
			name: 'Get Switch Configuration',
			value: 'getMembershipSwitchConfigurationForCustomer',
			action: 'Get a membership switch configuration',
			description: 'Get one switch configuration with the offers to switch to',
			routing: {
				request: {
					method: 'GET',
					url: '/v1/memberships/{customerId}/membership-switch/configs/{configId}',
				},
			},
		},
		{
			name: 'Preview Additional Membership',
			value: 'postMembershipPreview',
			action: 'Preview an additional membership',
			description: 'Get what another membership costs a customer, without adding it',
			routing: {
				request: {
					method: 'POST',
					url: '/v1/memberships/customers/{customerId}/add-membership/preview',
				},
			},
			plan: readOnly,
		},
		{
			name: 'Preview Sign-Up',
			value: 'postSignupPreview',
			action: 'Preview the membership of a new customer',
			description: 'Get what a membership costs a new customer, without signing anyone up',
			routing: { request: { method: 'POST', url: '/v1/memberships/signup/preview' } },
			plan: readOnly,
		},
		{
			name: 'Preview Switch',
			value: 'postMembershipSwitchPreview',
			action: 'Preview a membership switch',
			description: 'Get what a switch to another membership changes, without switching',
			routing: {
				request: {
					method: 'POST',
					url: '/v1/memberships/{customerId}/membership-switch/preview',
				},
			},
			plan: readOnly,
		},
		{
			name: 'Sign Up',
			value: 'signupMembership',
			action: 'Sign up a new customer',
			description: 'Create a customer and their membership in one step',
			routing: { request: { method: 'POST', url: '/v1/memberships/signup' } },
		},
		{
			name: 'Switch',
			value: 'switchMembership',
			action: 'Switch a membership',
			description: "Replace a customer's contract with one for another membership",
			routing: {
				request: { method: 'POST', url: '/v1/memberships/{customerId}/membership-switch' },
			},
		},
	],
	default: 'getMembershipOffers',
};
