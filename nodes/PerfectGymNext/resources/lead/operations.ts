import type { OperationParameter } from '../../transport/operations';
import { readOnly } from '../plans';

/** The operations on leads, which are people who may become members. */
export const leadOperations: OperationParameter = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['lead'] } },
	options: [
		{
			name: 'Create',
			value: 'createLead',
			action: 'Create a lead',
			description: 'Create a lead: a person who may become a member',
			routing: { request: { method: 'POST', url: '/v1/leads/create' } },
		},
		{
			name: 'Get Configuration',
			value: 'getLeadConfig',
			action: 'Get the lead configuration',
			description: 'Get the fields that the studio asks a lead for, and which are mandatory',
			routing: { request: { method: 'GET', url: '/v1/leads/config' } },
		},
		{
			name: 'Validate',
			value: 'validateForLeadCreation',
			action: 'Validate a lead',
			description: 'Check whether a lead can be created or is already a customer',
			routing: { request: { method: 'POST', url: '/v1/leads/validate' } },
			plan: readOnly,
		},
	],
	default: 'getLeadConfig',
};
