import type { INodeProperties } from 'n8n-workflow';

/** The choice between one studio and many. It decides which credential n8n shows. */
export const authenticationParameters: INodeProperties[] = [
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		noDataExpression: true,
		default: 'studio',
		options: [
			{
				name: 'One Studio',
				value: 'studio',
				description: 'The credential holds one studio',
			},
			{
				name: 'Many Studios',
				value: 'studios',
				description: 'The credential holds the studios of a chain',
			},
		],
	},
];

/** The choice of a studio by its name, which the trigger outputs as `studio.name`. */
export const chosenStudioParameters: INodeProperties[] = [
	{
		displayName: 'Studio',
		name: 'studio',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		displayOptions: { show: { authentication: ['studios'] } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchConfiguredStudios', searchable: true },
			},
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. Downtown',
				hint: 'A name from the credential. After the trigger, use the name from the event: {{ $json.studio.name }}',
			},
		],
	},
];
