/** Makes sure that a key belongs to the studio that it was entered for. */

import { conceal } from './conceal';
import { ApiError, cut, UserInputError } from './errors';
import { request } from './request';
import type { Studio } from './studio';
import { isSameName } from './studio';
import type { ApiContext, ApiRequest, RequestSettings, WaitLimits } from './types';

/** Returns the name of the studio that a key belongs to, if the key has the scope STUDIO_READ. */
export const STUDIO_PATH = '/v1/studios/information';

const TIMEOUT_MS = 20_000;
const MAX_WAIT_MS = 10_000;
const REQUESTS_PER_MINUTE = 1000;
/** A studio can be renamed, so its name is read again after this time. */
const NAME_VALID_MS = 3_600_000;
/** How long a name that the key may not read is not tried again. */
const UNKNOWN_VALID_MS = 60_000;
/** How long another name than the expected one holds. The user can correct it in PerfectGym Next. */
const MISMATCH_VALID_MS = 10_000;
const MAX_NAMES = 1000;
/** In characters. Names of studios are far shorter. */
const MAX_SHOWN_LENGTH = 200;
const MAX_READ_LENGTH = 10_000;
/** The key is valid for requests, but may not read the studio. */
const FORBIDDEN: ReadonlySet<number> = new Set([401, 403, 404]);

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
 * @throws as {@link request} when the name cannot be read for another reason: a key that may be wrong
 *   is not used
 */
export async function checkStudio(
	context: ApiContext,
	studio: Studio,
	settings: RequestSettings = {},
): Promise<void> {
	const { expectedName, name } = studio;
	if (expectedName === undefined) return;
	const ownName = await ownNameOf(context, studio, settings);
	if (ownName === undefined || isSameName(ownName, expectedName)) return;
	const known = names.get(studio.fingerprint);
	if (known) known.validMs = MISMATCH_VALID_MS;
	throw new UserInputError(
		`The API key of "${name}" belongs to the studio that PerfectGym Next calls "${shownName(ownName, studio.apiKey)}"`,
		'Open the credential. Enter the right key, or enter the name that PerfectGym Next uses as "Name in PerfectGym Next".',
	);
}

const FAILED = Symbol('failed');

/** Requests of the same studio share one reading. */
async function ownNameOf(
	context: ApiContext,
	studio: Studio,
	settings: RequestSettings,
): Promise<string | undefined> {
	const { fingerprint } = studio;
	const known = names.get(fingerprint);
	if (known && performance.now() - known.readAt < known.validMs) {
		const shared = await known.name.catch((): typeof FAILED => FAILED);
		// The reading of another execution can fail because that one was canceled.
		if (shared !== FAILED) return shared;
	}

	const name = readName(context, studio, settings);
	const entry: KnownName = { name, readAt: performance.now(), validMs: NAME_VALID_MS };
	if (names.size >= MAX_NAMES) names.clear();
	names.set(fingerprint, entry);
	name.catch(() => {
		if (names.get(fingerprint) === entry) names.delete(fingerprint);
	});
	const ownName = await name;
	if (ownName === undefined) entry.validMs = UNKNOWN_VALID_MS;
	return ownName;
}

/** @returns undefined when the key may not read the name, or there is none */
async function readName(
	context: ApiContext,
	studio: Studio,
	settings: RequestSettings,
): Promise<string | undefined> {
	const apiRequest: ApiRequest = {
		method: 'GET',
		template: STUDIO_PATH,
		path: STUDIO_PATH,
		query: {},
		scopes: [],
		repeatable: true,
		settings: { ...settings, timeout: TIMEOUT_MS },
	};
	const limits: WaitLimits = { requestsPerMinute: REQUESTS_PER_MINUTE, maxWaitMs: MAX_WAIT_MS };
	const reading = request(context, studio, apiRequest, limits);
	return await reading.then(nameIn, async (error: unknown) => {
		const isForbidden = error instanceof ApiError && FORBIDDEN.has(error.statusCode);
		// Awaited again, it throws the same error.
		return isForbidden ? undefined : nameIn(await reading);
	});
}

/** @returns the name in the body of an answer, or undefined */
export function nameIn(body: unknown): string | undefined {
	const name = typeof body === 'object' && body !== null && 'name' in body && body.name;
	const read = typeof name === 'string' ? name.slice(0, MAX_READ_LENGTH).trim() : '';
	return read === '' ? undefined : read;
}

/** @returns the name that an answer gave, for a message: what answers may repeat the request */
export function shownName(name: string, apiKey: string): string {
	return cut(conceal(name, apiKey), MAX_SHOWN_LENGTH);
}
