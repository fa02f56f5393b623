import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { authenticateChosen } from '../nodes/PerfectGymNext/transport/authenticate';

/**
 * n8n restores hidden values by their path. Each studio has a place of its own, so that removing one
 * does not move the keys of another, as it would in a list.
 */
const MAX_STUDIOS = 60;

const studioFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Downtown',
		description:
			"The studio's name. Use its name in PerfectGym Next. Workflows choose the studio by this name.",
	},
	{
		displayName: 'Base URL',
		name: 'baseUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://acme.open-api.perfectgym.com',
		description:
			'The base URL from your activation email. You can also enter only your tenant name, such as acme.',
	},
	{
		displayName: 'API Key',
		name: 'apiKey',
		type: 'string',
		typeOptions: { password: true },
		required: true,
		default: '',
		description: "The studio's Open API key, from your activation email",
	},
	{
		displayName: 'Webhook API Key',
		name: 'webhookApiKey',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description:
			'The second key from your activation email. It shows that an event comes from this studio. You only need it to receive events.',
	},
	{
		displayName: 'Name in PerfectGym Next',
		name: 'perfectGymName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Acme Fitness Downtown GmbH',
		description:
			"Only needed if PerfectGym Next has another name for the studio. The nodes compare it with the name of the API key's studio.",
	},
];

/** The credential of many studios. The nodes choose one of them for each request. */
export class PerfectGymNextStudiosApi implements ICredentialType {
	name = 'perfectGymNextStudiosApi';

	displayName = 'PerfectGym Next Studios API';

	icon: Icon = {
		light: 'file:../icons/perfectGymNext.svg',
		dark: 'file:../icons/perfectGymNext.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-perfectgym-next/n8n-nodes-perfectgym-next/blob/main/docs/many-studios.md';

	/** Only our nodes can choose a studio. n8n neither offers it to other nodes nor decrypts it for them. */
	restrictToSupportedNodes = true as const;

	hideDomainRestrictionFields = true;

	properties: INodeProperties[] = [
		{
			displayName: 'Studios',
			name: 'studios',
			type: 'fixedCollection',
			default: {},
			placeholder: 'Add Studio',
			description: 'The studios of your chain, each with its own keys',
			options: Array.from({ length: MAX_STUDIOS }, (_slot, index) => ({
				displayName: `Studio ${index + 1}`,
				name: `studio${index + 1}`,
				values: [...studioFields],
			})),
		},
	];

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => authenticateChosen(credentials, requestOptions);
}
