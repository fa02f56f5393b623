import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { authenticateChosen } from '../nodes/PerfectGymNext/transport/authenticate';

/** The credential of many studios. The nodes choose one of them for each request. */
export class PerfectGymNextStudiosApi implements ICredentialType {
	name = 'perfectGymNextStudiosApi';

	displayName = 'PerfectGym Next Studios API';

	icon: Icon = {
		light: 'file:../icons/perfectGymNext.svg',
		dark: 'file:../icons/perfectGymNext.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-perfectgym-next/n8n-nodes-perfectgym-next#many-studios';

	/** Only our nodes can choose a studio. n8n neither offers it to other nodes nor decrypts it for them. */
	restrictToSupportedNodes = true as const;

	hideDomainRestrictionFields = true;

	properties: INodeProperties[] = [
		{
			displayName:
				'After you have <b>removed</b> a studio, enter both keys of every studio below it again: n8n keeps hidden keys by their place in the list, so that each would get those of the studio before it. To take a studio out without this, enter the data of the last one in its place and remove the last.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Studios',
			name: 'studios',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Studio' },
			default: {},
			placeholder: 'Add Studio',
			description: 'The studios of your chain, each with the keys of its own',
			options: [
				{
					displayName: 'Studio',
					name: 'studio',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							required: true,
							default: '',
							placeholder: 'e.g. Downtown',
							description:
								'What you call the studio, best as PerfectGym Next does. Workflows choose it by this name.',
						},
						{
							displayName: 'Base URL',
							name: 'baseUrl',
							type: 'string',
							required: true,
							default: '',
							placeholder: 'e.g. https://acme.open-api.perfectgym.com',
							description:
								'The base URL from your activation e-mail. The name of your tenant alone, such as acme, works too.',
						},
						{
							displayName: 'API Key',
							name: 'apiKey',
							type: 'string',
							typeOptions: { password: true },
							required: true,
							default: '',
							description: 'The Open API key of the studio, from your activation e-mail',
						},
						{
							displayName: 'Webhook API Key',
							name: 'webhookApiKey',
							type: 'string',
							typeOptions: { password: true },
							default: '',
							description:
								'The second key from your activation e-mail, by which events are known to come from this studio. Only needed to receive events.',
						},
					],
				},
			],
		},
	];

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => authenticateChosen(credentials, requestOptions);
}
