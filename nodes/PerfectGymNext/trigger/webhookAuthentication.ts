/** Authenticates a webhook: finds the studio that sent it. */

import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { API_KEY_HEADER } from '../transport/authenticate';
import { readBaseUrl } from '../transport/baseUrl';
import { UserInputError } from '../transport/errors';
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

/** One reading of a credential. The times are in ms of a clock that does not go back. */
interface Reading {
	senders: Promise<Sender[]>;
	/** A key that was replaced stays valid until then. */
	expiresAt: number;
	/** Until then, a key that is not in it is refused without another reading. */
	refusesUntil: number;
}

/**
 * Reading a credential costs n8n half as much as an event, so digests are kept for a short time. A key
 * that is not among them is looked up in the credential at once.
 */
const CACHE_MS = 2000;
/**
 * The time between two readings for unknown keys. Otherwise anyone who knows the URL could make n8n
 * read the credential with each request. A right key never waits: known keys need no reading, and the
 * first unknown key after a pause causes one. The price: while unknown keys keep arriving, a new key is
 * refused for up to this time after it was saved. The refused keys themselves are not remembered,
 * because one of them can be a right key that the user is about to enter.
 */
const UNKNOWN_KEY_PAUSE_MS = 1000;
/** With more credentials than this, expired ones are removed. */
const MAX_CREDENTIALS = 100;

const cache = new Map<string, Reading>();

/** @returns the studio whose key the request has, or undefined when there is not exactly one */
export async function authenticateWebhook(
	context: IWebhookFunctions,
): Promise<EventStudio | undefined> {
	const isMany = usesManyStudios(context);
	const cacheKey = cacheKeyOf(context, isMany ? STUDIOS_CREDENTIAL : STUDIO_CREDENTIAL);
	const read = (refusesForMs: number) =>
		remember(cacheKey, readSenders(context, isMany), refusesForMs);

	const cached = validReading(cacheKey);
	let found = matching(context, await (cached ?? read(0)).senders);
	if (cached && found.length !== 1) {
		const newer = newerThan(cached, cacheKey) ?? read(UNKNOWN_KEY_PAUSE_MS);
		found = matching(context, await newer.senders);
	}
	if (found.length > 1) {
		const names = found.map(({ name }) => `"${name}"`).join(' and ');
		context.logger.warn(
			`An event was rejected: ${names} have the same Webhook API Key in the credential, so it is not clear which studio sent it`,
		);
	}
	return found.length === 1 ? found[0] : undefined;
}

/**
 * Checks before events are received that they can be authenticated. With many studios, one key is
 * enough: the others may not have activated their events yet.
 *
 * @throws {UserInputError} when the credential has no webhook key, so that every event would be refused
 */
export async function requireWebhookKey(context: IHookFunctions): Promise<void> {
	const isMany = usesManyStudios(context);
	const senders = await readSenders(context, isMany);
	if (senders.some(({ digest }) => digest !== undefined)) return;
	throw new UserInputError(
		isMany
			? 'No studio in the credential has a "Webhook API Key"'
			: 'The credential has no "Webhook API Key"',
		'Open the credential and enter it. It is the second key from your activation email. Without it, every event is rejected.',
	);
}

function usesManyStudios(context: Pick<IHookFunctions, 'getNodeParameter'>): boolean {
	return context.getNodeParameter('authentication', '') === MANY_STUDIOS;
}

function cacheKeyOf(context: IWebhookFunctions, type: string): string | undefined {
	const { credentials, id } = context.getNode();
	const credentialId = credentials?.[type]?.id;
	return credentialId ? `${context.getWorkflow().id} ${id} ${type} ${credentialId}` : undefined;
}

function validReading(cacheKey = ''): Reading | undefined {
	const cached = cache.get(cacheKey);
	return cached && performance.now() < cached.expiresAt ? cached : undefined;
}

/**
 * @returns a reading that another request with an unknown key has started meanwhile; the same one when
 *   it still refuses unknown keys; undefined when the credential must be read again
 */
function newerThan(reading: Reading, cacheKey = ''): Reading | undefined {
	const latest = cache.get(cacheKey) ?? reading;
	return latest !== reading || performance.now() < reading.refusesUntil ? latest : undefined;
}

/** Events that arrive while the credential is read share this reading. */
function remember(
	cacheKey: string | undefined,
	senders: Promise<Sender[]>,
	refusesForMs: number,
): Reading {
	const now = performance.now();
	const reading = { senders, expiresAt: now + CACHE_MS, refusesUntil: now + refusesForMs };
	if (cacheKey === undefined) return reading;

	if (cache.size >= MAX_CREDENTIALS) {
		for (const [other, { expiresAt }] of cache) if (expiresAt <= now) cache.delete(other);
	}
	cache.set(cacheKey, reading);
	senders.catch(() => {
		if (cache.get(cacheKey) === reading) cache.delete(cacheKey);
	});
	return reading;
}

function matching(context: IWebhookFunctions, senders: readonly Sender[]): EventStudio[] {
	const digests = senders.map(({ digest }) => digest);
	const { rawHeaders } = context.getRequestObject();
	return matchingKeys(rawHeaders, API_KEY_HEADER, digests).map((index) => senders[index].studio);
}

async function readSenders(
	context: IWebhookFunctions | IHookFunctions,
	isMany: boolean,
): Promise<Sender[]> {
	const entries = isMany
		? await readStudios(context)
		: [toEntry(await context.getCredentials(STUDIO_CREDENTIAL))];
	return entries.map((entry) => ({
		studio: eventStudio(entry, isMany),
		digest: digestOf(entry.webhookApiKey),
	}));
}

/**
 * A credential of one studio does not name it, so its tenant is used instead.
 *
 * @returns the studio as items carry it
 */
export function eventStudio(
	{ name, baseUrl: entered }: Pick<StudioEntry, 'name' | 'baseUrl'>,
	isMany: boolean,
): EventStudio {
	const baseUrl = readBaseUrl(entered);
	const address = typeof baseUrl === 'string' ? baseUrl : '';
	// Not among many studios: the tenant of one could be the name of another.
	if (isMany) return { name, baseUrl: address };
	const host = address.replace(/^https?:\/\//, '');
	const tenant = /^([a-z][a-z0-9-]*)\./i.exec(host)?.[1];
	return { name: tenant ?? host, baseUrl: address };
}
