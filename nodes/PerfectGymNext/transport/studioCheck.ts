/** Makes sure that a key belongs to the studio that it was entered for. */

import { messageOf, UserInputError } from './errors';
import { request } from './request';
import type { Studio } from './studio';
import { isSameName } from './studio';
import type { ApiContext, ApiRequest, WaitLimits } from './types';

/** Returns the name of the studio that a key belongs to, if the key has the scope STUDIO_READ. */
export const STUDIO_PATH = '/v1/studios/information';

const TIMEOUT_MS = 20_000;
const MAX_WAIT_MS = 10_000;
const REQUESTS_PER_MINUTE = 1000;
/** A studio can be renamed, so its name is read again after this time. */
const NAME_VALID_MS = 3_600_000;
/** How long a name that could not be read is not tried again. */
const UNKNOWN_VALID_MS = 60_000;
const MAX_NAMES = 1000;

interface KnownName {
	/** Undefined when the key may not read it. */
	name: Promise<string | undefined>;
	/** When it was read, in ms of a clock that does not go back. */
	readAt: number;
	validMs: number;
}

/** By the fingerprint of the studio. */
const names = new Map<string, KnownName>();

/**
 * Compares the studio's name in PerfectGym Next with the name in the credential, once an hour for
 * each key. Does nothing for a credential of one studio, which has no name, and for a key that may not
 * read the studio.
 *
 * @throws {UserInputError} when the key belongs to another studio
 */
export async function checkStudio(
	context: ApiContext,
	studio: Studio,
	signal?: AbortSignal,
): Promise<void> {
	const { expectedName, name } = studio;
	if (expectedName === undefined) return;
	const ownName = await ownNameOf(context, studio, signal);
	if (ownName === undefined || isSameName(ownName, expectedName)) return;
	// The user may change the name in PerfectGym Next rather than the credential.
	names.delete(studio.fingerprint);
	throw new UserInputError(
		`The API key of "${name}" belongs to the studio that PerfectGym Next calls "${ownName}"`,
		'Open the credential. Enter the right key, or enter the name that PerfectGym Next uses as "Name in PerfectGym Next".',
	);
}

/** Requests of the same studio share one reading. */
async function ownNameOf(
	context: ApiContext,
	studio: Studio,
	signal?: AbortSignal,
): Promise<string | undefined> {
	const { fingerprint } = studio;
	const known = names.get(fingerprint);
	if (known && performance.now() - known.readAt < known.validMs) return await known.name;

	const name = readName(context, studio, signal);
	const entry: KnownName = { name, readAt: performance.now(), validMs: NAME_VALID_MS };
	if (names.size >= MAX_NAMES) names.clear();
	names.set(fingerprint, entry);
	// A canceled execution must not leave its error for others.
	name.catch(() => names.delete(fingerprint));
	const ownName = await name;
	if (ownName === undefined) entry.validMs = UNKNOWN_VALID_MS;
	return ownName;
}

/** @returns undefined when the name cannot be read: the request itself then says what is wrong */
async function readName(
	context: ApiContext,
	studio: Studio,
	signal?: AbortSignal,
): Promise<string | undefined> {
	const apiRequest: ApiRequest = {
		method: 'GET',
		template: STUDIO_PATH,
		path: STUDIO_PATH,
		query: {},
		scopes: [],
		repeatable: true,
		settings: { timeout: TIMEOUT_MS },
	};
	const limits: WaitLimits = {
		requestsPerMinute: REQUESTS_PER_MINUTE,
		maxWaitMs: MAX_WAIT_MS,
		signal,
	};
	try {
		return nameIn(await request(context, studio, apiRequest, limits));
	} catch (error) {
		signal?.throwIfAborted();
		context.logger.debug(`The name of a studio could not be read: ${messageOf(error)}`);
		return undefined;
	}
}

/** @returns the name in the body of an answer, or undefined */
export function nameIn(body: unknown): string | undefined {
	const name = typeof body === 'object' && body !== null && 'name' in body && body.name;
	return typeof name === 'string' && name.trim() !== '' ? name : undefined;
}
