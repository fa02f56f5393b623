import type { INodeProperties } from 'n8n-workflow';

import { sendRead } from '../transport/request';

import type { Check } from '../transport/declarations';

export const membershipOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['membership'] } },
		options: [
			{
				name: 'Add Membership',
				value: 'addMembership',
				action: 'Add membership',
				description: 'TODO addMembership',
				routing: {
					request: { method: 'POST', url: '/v1/memberships/customers/{customerId}/add-membership' },
				},
			},
			{
				name: 'Get Membership Offer By Id',
				value: 'getMembershipOfferById',
				action: 'Get membership offer by id',
				description: 'TODO getMembershipOfferById',
				routing: {
					request: { method: 'GET', url: '/v1/memberships/membership-offers/{membershipOfferId}' },
				},
			},
			{
				name: 'Get Membership Offers',
				value: 'getMembershipOffers',
				action: 'Get membership offers',
				description: 'TODO getMembershipOffers',
				routing: { request: { method: 'GET', url: '/v1/memberships/membership-offers' } },
			},
			{
				name: 'Get Membership Switch Configuration For Customer',
				value: 'getMembershipSwitchConfigurationForCustomer',
				action: 'Get membership switch configuration for customer',
				description: 'TODO getMembershipSwitchConfigurationForCustomer',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/memberships/{customerId}/membership-switch/configs/{configId}',
					},
				},
			},
			{
				name: 'Get Membership Switch Configurations For Customer',
				value: 'getMembershipSwitchConfigurationsForCustomer',
				action: 'Get membership switch configurations for customer',
				description: 'TODO getMembershipSwitchConfigurationsForCustomer',
				routing: {
					request: { method: 'GET', url: '/v1/memberships/{customerId}/membership-switch/configs' },
				},
			},
			{
				name: 'Post Membership Preview',
				value: 'postMembershipPreview',
				action: 'Post membership preview',
				description: 'TODO postMembershipPreview',
				routing: {
					request: {
						method: 'POST',
						url: '/v1/memberships/customers/{customerId}/add-membership/preview',
					},
					operations: { pagination: sendRead },
				},
			},
			{
				name: 'Post Membership Switch Preview',
				value: 'postMembershipSwitchPreview',
				action: 'Post membership switch preview',
				description: 'TODO postMembershipSwitchPreview',
				routing: {
					request: {
						method: 'POST',
						url: '/v1/memberships/{customerId}/membership-switch/preview',
					},
					operations: { pagination: sendRead },
				},
			},
			{
				name: 'Post Signup Preview',
				value: 'postSignupPreview',
				action: 'Post signup preview',
				description: 'TODO postSignupPreview',
				routing: {
					request: { method: 'POST', url: '/v1/memberships/signup/preview' },
					operations: { pagination: sendRead },
				},
			},
			{
				name: 'Signup Membership',
				value: 'signupMembership',
				action: 'Signup membership',
				description: 'TODO signupMembership',
				routing: { request: { method: 'POST', url: '/v1/memberships/signup' } },
			},
			{
				name: 'Switch Membership',
				value: 'switchMembership',
				action: 'Switch membership',
				description: 'TODO switchMembership',
				routing: {
					request: { method: 'POST', url: '/v1/memberships/{customerId}/membership-switch' },
				},
			},
		],
		default: 'addMembership',
	},
];

export const membershipFields: INodeProperties[] = [];

export const membershipChecks: Readonly<Record<string, Check>> = {};
