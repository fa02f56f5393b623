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
			name: 'Get Configuration',
			value: 'getLeadConfig',
			action: 'Get the lead configuration',
			description: 'Get which fields the studio asks of a lead, and which of them are mandatory',
			routing: { request: { method: 'GET', url: '/v1/leads/config' } },
		},
		{
			name: 'Validate',
			value: 'validateForLeadCreation',
			action: 'Validate a lead',
			description: 'Find out whether a lead could be created, or is a customer already',
			routing: { request: { method: 'POST', url: '/v1/leads/validate' } },
			plan: readOnly,
		},
		{
			name: 'Create',
			value: 'createLead',
			action: 'Create a lead',
			description: 'Take in a person who may become a member',
			routing: { request: { method: 'POST', url: '/v1/leads/create' } },
		},
	],
	default: 'getLeadConfig',
};
