/** Finds out with which studio's address and key a request is made. */

import { createHash } from 'crypto';

import { normalizeBaseUrl } from './baseUrl';
import type { ApiContext } from './types';

export const STUDIO_CREDENTIAL = 'perfectGymNextApi';

export interface Studio {
	/** The origin that the studio's requests go to. */
	baseUrl: string;
	apiKey: string;
	/** Tells keys apart without holding them. */
	fingerprint: string;
}

/**
 * @throws {BaseUrlError} when the credential's base URL cannot be used
 * @throws n8n's own error when the node has no credential
 */
export async function pickStudio(context: ApiContext): Promise<Studio> {
	const credential = await context.getCredentials(STUDIO_CREDENTIAL);
	const baseUrl = normalizeBaseUrl(credential.baseUrl);
	const apiKey = String(credential.apiKey ?? '').trim();
	const fingerprint = createHash('sha256').update(`${baseUrl} ${apiKey}`).digest('hex');
	return { baseUrl, apiKey, fingerprint };
}
