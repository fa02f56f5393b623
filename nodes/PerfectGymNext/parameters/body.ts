import type { INodeProperties } from 'n8n-workflow';

/** The operations that send a body. */
const writingOperations = [
	'addAccessMediums',
	'checkin',
	'checkout',
	'createCustomer',
	'createCustomerWeighing',
	'setAccessRestriction',
	'setAdditionalInformationFieldAssignments',
	'switchStudio',
	'updateAccessMediums',
];

/** For every operation that writes: its fields one by one, or all at once as JSON. */
export const bodyParameters: INodeProperties[] = [
	{
		displayName: 'Specify Body',
		name: 'specifyBody',
		type: 'options',
		noDataExpression: true,
		default: 'fields',
		description: 'How to enter what is written',
		displayOptions: {
			show: {
				operation: [...writingOperations],
			},
		},
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json' },
		],
	},
	{
		displayName: 'JSON Body',
		name: 'jsonBody',
		type: 'json',
		required: true,
		default: '',
		description: 'What is written, in the form of the PerfectGym Next Open API',
		displayOptions: {
			show: {
				operation: [...writingOperations],
				specifyBody: ['json'],
			},
		},
	},
];
