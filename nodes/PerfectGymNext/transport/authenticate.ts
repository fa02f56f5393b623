/** Adds the studio's API key to requests that go to the studio's own tenant, and to no others. */

import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { normalizeBaseUrl, parseUrl } from './baseUrl';
import { cut } from './errors';

const MAX_SHOWN_LENGTH = 200;
/** The header with the key, in requests to the API and in webhooks from it. */
export const API_KEY_HEADER = 'x-api-key';

/**
 * Works like {@link authenticateRequest}, for a `perfectGymNextStudiosApi` credential. The transport
 * replaces the list of studios with the base URL and the key of the chosen studio.
 *
 * @returns the request options with the base URL and the key
 * @throws {UserError} when no studio was chosen, as in n8n's HTTP Request node
 */
export function authenticateChosen(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
): IHttpRequestOptions {
	if (credentials.studios !== undefined || credentials.baseUrl === undefined) {
		throw new UserError(
			'This credential contains many studios, and only the PerfectGym Next nodes can choose one of them. Use a credential of the type PerfectGym Next API here.',
		);
	}
	return authenticateRequest(credentials, requestOptions);
}

/**
 * Adds the base URL and the key of a `perfectGymNextApi` credential to a request.
 *
 * n8n's HTTP Request node can use the credential with any URL that the user enters, so this function
 * checks the host. It switches off redirects with the options of both of n8n's request helpers, because
 * a redirect to another host would keep a custom header.
 *
 * @param requestOptions from n8n; the URL may be relative to the base URL. n8n's older request
 *   helper, which the HTTP Request node still uses, calls it `uri`
 * @returns the request options with the base URL and the key
 * @throws {BaseUrlError} when the credential's base URL cannot be used
 * @throws {UserError} when the request has no URL, or its origin is not the credential's
 */
export function authenticateRequest(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions & { uri?: string },
): IHttpRequestOptions {
	const baseUrl = normalizeBaseUrl(credentials.baseUrl);
	const { url, uri, baseURL = baseUrl } = requestOptions;
	// A request may have both. n8n chooses which one it uses, so both must be the studio's.
	for (const address of [url, uri].filter((value) => value !== undefined)) {
		const origin = parseUrl(address, baseURL)?.origin ?? address;
		if (origin !== baseUrl) {
			throw new UserError(
				`The API key for ${baseUrl} is not sent to ${cut(origin, MAX_SHOWN_LENGTH)}. Use a URL that starts with ${baseUrl}.`,
			);
		}
	}
	if (url === undefined && uri === undefined) throw new UserError('The request has no address');

	const redirectsOff = {
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
		maxRedirects: 0,
	};
	return {
		...requestOptions,
		...redirectsOff,
		baseURL: baseUrl,
		headers: {
			...requestOptions.headers,
			[API_KEY_HEADER]: String(credentials.apiKey ?? '').trim(),
		},
	};
}
