/** Replacements for n8n and for the data that it passes to the transport. */

import type {
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';

import type { Studio } from '../../nodes/PerfectGymNext/transport/studio';
import type { ApiRequest, NodeRun, RunContext } from '../../nodes/PerfectGymNext/transport/types';

/** How long a timer can remain after an abort with n8n before 2.34, in ms. */
export const LEFT_MS = 500;

let studioCount = 0;

/** @returns a studio with a key, and so a rate limiter, that no other test uses */
export function uniqueStudio(): Studio {
	studioCount += 1;
	const fingerprint = `fingerprint ${studioCount}`;
	return { baseUrl: 'https://acme.open-api.perfectgym.com', apiKey: 'key', fingerprint };
}

/** @returns a read without parameters, with the given changes */
export function apiRequest(changes: Partial<ApiRequest> = {}): ApiRequest {
	return {
		method: 'GET',
		template: '/v1/devices',
		path: '/v1/devices',
		query: {},
		scopes: [],
		repeatable: true,
		settings: {},
		...changes,
	};
}

/** A request as n8n receives it. */
export interface SentRequest {
	credentialType: string;
	options: IHttpRequestOptions;
	/** The address and the key that n8n signs the request with. */
	signedWith: unknown;
}

/**
 * @param answer returns what n8n's request helper returns, or throws what it throws
 * @returns the context of a node, and the requests that it has sent
 */
export function fakeContext(answer: (request: SentRequest) => unknown) {
	const sent: SentRequest[] = [];
	const httpRequestWithAuthentication = (
		credentialType: string,
		options: IHttpRequestOptions,
		additional?: { credentialsDecrypted?: { data?: object } },
	) => {
		// Read once, as n8n does when it signs the request.
		const signedWith = { ...additional?.credentialsDecrypted?.data };
		const request = { credentialType, options, signedWith };
		sent.push(request);
		return new Promise((resolve) => resolve(answer(request)));
	};
	const context = {
		helpers: { httpRequestWithAuthentication },
		getExecutionCancelSignal: () => undefined,
	} as unknown as RunContext;
	return { context, sent };
}

/** A node as a workflow runs it. */
export interface FakeRun {
	parameters: INodeParameters;
	items?: INodeExecutionData[];
	/** By type. */
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	context?: RunContext;
	continueOnFail?: boolean;
}

/** @returns what the executor gets from n8n; there are no expressions and no files */
export function fakeRun({
	parameters,
	items = [{ json: {} }],
	credentials = {},
	context = fakeContext(() => ({ statusCode: 200, headers: {}, body: {} })).context,
	continueOnFail = false,
}: FakeRun): NodeRun {
	return {
		context,
		node: fakeNode(parameters),
		timeZone: 'UTC',
		continueOnFail,
		items: items.map((data, index) => ({ index, data })),
		evaluate: (path) => {
			throw new Error(`There is no expression for ${path}`);
		},
		getCredentials: (type) => Promise.resolve(credentials[type]),
		getFile: (field) => {
			throw new Error(`There is no file in ${field}`);
		},
	};
}

/** @returns the node with the given parameters */
export function fakeNode(parameters: INodeParameters): INode {
	return {
		id: '1',
		name: 'PerfectGym Next',
		type: 'n8n-nodes-perfectgym-next.perfectGymNext',
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
}

/** @returns what the action throws, or undefined */
export function errorOf(action: () => unknown): unknown {
	try {
		action();
	} catch (error) {
		return error;
	}
	return undefined;
}
