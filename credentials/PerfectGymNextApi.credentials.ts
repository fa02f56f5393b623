import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { authenticateRequest } from '../nodes/PerfectGymNext/transport/authenticate';

/** The credential of one studio. In PerfectGym Next, each studio has its own API key. */
export class PerfectGymNextApi implements ICredentialType {
	name = 'perfectGymNextApi';

	displayName = 'PerfectGym Next API';

	icon: Icon = {
		light: 'file:../icons/perfectGymNext.svg',
		dark: 'file:../icons/perfectGymNext.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-perfectgym-next/n8n-nodes-perfectgym-next#credential';

	httpRequestNode = {
		name: 'PerfectGym Next',
		docsUrl: 'https://github.com/n8n-nodes-perfectgym-next/n8n-nodes-perfectgym-next#credential',
		apiBaseUrlPlaceholder: 'https://acme.open-api.perfectgym.com/v1/studios/information',
	};

	properties: INodeProperties[] = [
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
				'The second key from your activation e-mail, with which PerfectGym Next signs in when it sends events to you. Only needed to receive events.',
		},
	];

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => authenticateRequest(credentials, requestOptions);
}
