/** Finds out which studio has sent a webhook. */

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
import { digestOf, matchingKeys } from './key';

/** A studio that may send, and by what its key is recognised: the key itself is not kept. */
interface Sender {
	studio: EventStudio;
	/** Without one it cannot send. */
	digest?: Buffer;
}

/**
 * To read a credential costs n8n as much as half an event. Under load it is read once in so many ms
 * for a workflow; a key that was not known is looked for in the credential at once.
 */
const KEPT_MS = 2000;
/** Beyond this many credentials those that are too old are forgotten. */
const MANY_CREDENTIALS = 100;

const kept = new Map<string, { senders: Promise<Sender[]>; until: number }>();

/** @returns the studio whose key the request has, or undefined when it is not one studio's */
export async function findSender(context: IWebhookFunctions): Promise<EventStudio | undefined> {
	const isMany = context.getNodeParameter('authentication', '') === MANY_STUDIOS;
	const place = placeOf(context, isMany ? STUDIOS_CREDENTIAL : STUDIO_CREDENTIAL);
	const known = kept.get(place ?? '');
	if (known && Date.now() < known.until) {
		const found = matching(context, await known.senders);
		if (found.length === 1) return found[0];
	}

	const reading = readSenders(context, isMany);
	if (place !== undefined) keep(place, reading);
	const found = matching(context, await reading);
	if (found.length > 1) {
		const names = found.map(({ name }) => `"${name}"`).join(' and ');
		context.logger.warn(
			`An event was refused: it could be of ${names}, which have the same Webhook API Key in the credential`,
		);
	}
	return found.length === 1 ? found[0] : undefined;
}

function placeOf(context: IWebhookFunctions, type: string): string | undefined {
	const { credentials, id } = context.getNode();
	const credentialId = credentials?.[type]?.id;
	return credentialId ? `${context.getWorkflow().id} ${id} ${type} ${credentialId}` : undefined;
}

/** Events that arrive while the credential is read wait for the same reading. */
function keep(place: string, senders: Promise<Sender[]>): void {
	const now = Date.now();
	if (kept.size >= MANY_CREDENTIALS) {
		for (const [other, { until }] of kept) if (until <= now) kept.delete(other);
	}
	kept.set(place, { senders, until: now + KEPT_MS });
	senders.catch(() => {
		if (kept.get(place)?.senders === senders) kept.delete(place);
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

/** A credential of one studio does not name it; its tenant stands in. */
function eventStudio({ name, baseUrl: entered }: StudioEntry, isMany: boolean): EventStudio {
	const baseUrl = readBaseUrl(entered);
	const address = typeof baseUrl === 'string' ? baseUrl : '';
	// The tenant of a studio without a name could be the name of another one.
	if (isMany) return { name, baseUrl: address };
	const host = address.replace(/^https?:\/\//, '');
	const tenant = /^([a-z][a-z0-9-]*)\./i.exec(host)?.[1];
	return { name: tenant ?? host, baseUrl: address };
}
