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
		'https://github.com/n8n-nodes-perfectgym-next/n8n-nodes-perfectgym-next#create-the-credential';

	httpRequestNode = {
		name: 'PerfectGym Next',
		docsUrl:
			'https://github.com/n8n-nodes-perfectgym-next/n8n-nodes-perfectgym-next#create-the-credential',
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
				'The second key from your activation email. PerfectGym Next uses it to sign in when it sends events. You only need it to receive events.',
		},
	];

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => authenticateRequest(credentials, requestOptions);
}
