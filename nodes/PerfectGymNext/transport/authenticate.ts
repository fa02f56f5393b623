/** Adds the studio's key to a request, and only to one that goes to the studio's own tenant. */

import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { normalizeBaseUrl, parseUrl } from './baseUrl';

/** The header that carries the key, for requests to the API and for webhooks from it. */
export const API_KEY_HEADER = 'x-api-key';

/**
 * As {@link authenticateRequest}, for a credential of many studios: it signs with the one that the
 * transport has put in the credential's place, and with none else.
 *
 * @throws {UserError} when no studio was chosen, as by n8n's HTTP Request node
 */
export function authenticateChosen(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
): IHttpRequestOptions {
	if (credentials.studios !== undefined || credentials.baseUrl === undefined) {
		throw new UserError(
			'This credential holds many studios, and only the PerfectGym Next nodes choose one of them. Use a credential of the type PerfectGym Next API here.',
		);
	}
	return authenticateRequest(credentials, requestOptions);
}

/**
 * Completes a request with the base URL and the key of a `perfectGymNextApi` credential.
 *
 * n8n's HTTP Request node may use the credential too and takes any URL from the user, so the host
 * is checked here. Redirects are switched off in the words of both of n8n's request helpers, since
 * a header of its own name would follow a redirect to another host.
 *
 * @param requestOptions as n8n hands them over; the address may be relative to the base URL. n8n's
 *   older request helper, which the HTTP Request node still uses, calls it `uri`
 * @throws {BaseUrlError} when the credential's base URL cannot be used
 * @throws {UserError} when the request goes to another host than the credential's
 */
export function authenticateRequest(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions & { uri?: string },
): IHttpRequestOptions {
	const baseUrl = normalizeBaseUrl(credentials.baseUrl);
	const { url, uri, baseURL = baseUrl } = requestOptions;
	// Both may be there: which of them is used is n8n's choice, so both must be the studio's.
	for (const address of [url, uri].filter((one) => one !== undefined)) {
		const origin = parseUrl(address, baseURL)?.origin ?? address;
		if (origin !== baseUrl) {
			throw new UserError(
				`The API key of ${baseUrl} is not sent to ${origin}. Use an address that begins with ${baseUrl}.`,
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
