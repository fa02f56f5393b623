/** Authenticates a webhook: finds the studio that sent it. */

import type { IWebhookFunctions } from 'n8n-workflow';

import { API_KEY_HEADER } from '../transport/authenticate';
import { readBaseUrl } from '../transport/baseUrl';
import type { StudioEntry } from '../transport/studio';
import {
	MANY_STUDIOS,
	readStudios,
	STUDIO_CREDENTIAL,
	STUDIOS_CREDENTIAL,
	toEntry,
} from '../transport/studio';
import type { EventStudio } from './items';
import { digestOf, matchingKeys } from './webhookKey';

/** A studio that can send webhooks. Its key is not kept, only a digest of it. */
interface Sender {
	studio: EventStudio;
	/** Undefined when the credential has no webhook key for the studio. */
	digest?: Buffer;
}

/**
 * Reading a credential costs n8n half as much as an event, so digests are kept for a short time. A key
 * that is not among them is looked up in the credential at once.
 */
const CACHE_MS = 2000;
/** With more credentials than this, expired ones are removed. */
const MAX_CREDENTIALS = 100;

const cache = new Map<string, { senders: Promise<Sender[]>; expiresAt: number }>();

/** @returns the studio whose key the request has, or undefined when there is not exactly one */
export async function authenticateWebhook(
	context: IWebhookFunctions,
): Promise<EventStudio | undefined> {
	const isMany = context.getNodeParameter('authentication', '') === MANY_STUDIOS;
	const cacheKey = cacheKeyOf(context, isMany ? STUDIOS_CREDENTIAL : STUDIO_CREDENTIAL);
	const known = cache.get(cacheKey ?? '');
	if (known && Date.now() < known.expiresAt) {
		const found = matching(context, await known.senders);
		if (found.length === 1) return found[0];
	}

	const reading = readSenders(context, isMany);
	if (cacheKey !== undefined) remember(cacheKey, reading);
	const found = matching(context, await reading);
	if (found.length > 1) {
		const names = found.map(({ name }) => `"${name}"`).join(' and ');
		context.logger.warn(
			`An event was refused: ${names} have the same Webhook API Key in the credential, so its studio is not clear`,
		);
	}
	return found.length === 1 ? found[0] : undefined;
}

function cacheKeyOf(context: IWebhookFunctions, type: string): string | undefined {
	const { credentials, id } = context.getNode();
	const credentialId = credentials?.[type]?.id;
	return credentialId ? `${context.getWorkflow().id} ${id} ${type} ${credentialId}` : undefined;
}

/** Events that arrive while the credential is read share this reading. */
function remember(cacheKey: string, senders: Promise<Sender[]>): void {
	const now = Date.now();
	if (cache.size >= MAX_CREDENTIALS) {
		for (const [other, { expiresAt }] of cache) if (expiresAt <= now) cache.delete(other);
	}
	cache.set(cacheKey, { senders, expiresAt: now + CACHE_MS });
	senders.catch(() => {
		if (cache.get(cacheKey)?.senders === senders) cache.delete(cacheKey);
	});
}

function matching(context: IWebhookFunctions, senders: readonly Sender[]): EventStudio[] {
	const digests = senders.map(({ digest }) => digest);
	const { rawHeaders } = context.getRequestObject();
	return matchingKeys(rawHeaders, API_KEY_HEADER, digests).map((index) => senders[index].studio);
}

async function readSenders(context: IWebhookFunctions, isMany: boolean): Promise<Sender[]> {
	const entries = isMany
		? await readStudios(context)
		: [toEntry(await context.getCredentials(STUDIO_CREDENTIAL))];
	return entries.map((entry) => ({
		studio: eventStudio(entry, isMany),
		digest: digestOf(entry.webhookApiKey),
	}));
}

/** A credential of one studio does not name it, so its tenant is used instead. */
function eventStudio({ name, baseUrl: entered }: StudioEntry, isMany: boolean): EventStudio {
	const baseUrl = readBaseUrl(entered);
	const address = typeof baseUrl === 'string' ? baseUrl : '';
	// Not among many studios: the tenant of one could be the name of another.
	if (isMany) return { name, baseUrl: address };
	const host = address.replace(/^https?:\/\//, '');
	const tenant = /^([a-z][a-z0-9-]*)\./i.exec(host)?.[1];
	return { name: tenant ?? host, baseUrl: address };
}
