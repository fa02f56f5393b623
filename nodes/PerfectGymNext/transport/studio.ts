/** Finds the address and the key of the studio that a request goes to. */

import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { normalizeBaseUrl } from './baseUrl';
import { UserInputError } from './errors';
import type { ApiContext } from './types';
import { isEmpty, isObject, unwrapLocator } from './serialize';

/** The credential of one studio. */
export const STUDIO_CREDENTIAL = 'perfectGymNextApi';
/** The credential of many studios. */
export const STUDIOS_CREDENTIAL = 'perfectGymNextStudiosApi';
/** The value of the parameter "authentication" for a credential of many studios. */
export const MANY_STUDIOS = 'studios';

/** A studio whose base URL has been checked. */
export interface Studio {
	/** Its name in the credential; missing for a credential of one studio. */
	name?: string;
	/** The origin that the studio's requests go to. */
	baseUrl: string;
	apiKey: string;
	/** The name that PerfectGym Next must have for the key's studio; missing if any will do. */
	expectedName?: string;
	/** Identifies the base URL and the key without revealing the key. */
	fingerprint: string;
}

/** A studio as the user entered it in the credential. */
export interface StudioEntry {
	name: string;
	baseUrl: unknown;
	apiKey: string;
	webhookApiKey: string;
	/** Its name in PerfectGym Next, if that is not `name`. */
	perfectGymName: string;
}

/** The places of the studios in the credential: `studio1`, `studio2` and so on. */
const PLACE = /^studio(\d{1,3})$/;
/** The number of names that a message lists. */
const MAX_NAMES = 50;

/** @returns the studios of the node's credential of many studios, in their order */
export async function readStudios(
	context: Pick<ApiContext, 'getCredentials'>,
): Promise<StudioEntry[]> {
	return studiosIn(await context.getCredentials(STUDIOS_CREDENTIAL));
}

/**
 * @param name of the studio; undefined for a credential of one studio
 * @throws {UserInputError} when no studio or more than one has the name
 * @throws {BaseUrlError} when its base URL cannot be used
 */
export async function readStudio(
	context: Pick<ApiContext, 'getCredentials'>,
	name: string | undefined,
): Promise<Studio> {
	if (name !== undefined) return studioFrom(studioNamed(await readStudios(context), name));
	return studioFrom(toEntry(await context.getCredentials(STUDIO_CREDENTIAL)));
}

/**
 * @param entered the value of the parameter "studio"
 * @returns the name of the studio
 * @throws {UserInputError} when the value is empty or not text
 */
export function toStudioName(entered: unknown): string {
	const value = unwrapLocator(entered);
	if (isEmpty(value)) {
		throw new UserInputError(
			'"Studio" is missing',
			'Choose a studio from the list, or enter an expression that gives its name.',
		);
	}
	if (typeof value !== 'string' && typeof value !== 'number') {
		throw new UserInputError('"Studio" must be the name of a studio', 'It is not text.');
	}
	return String(value).trim();
}

/** @returns the studios in the data of a credential of many studios, in the order of their places */
export function studiosIn({ studios }: ICredentialDataDecryptedObject): StudioEntry[] {
	if (!isObject(studios)) return [];
	return Object.entries(studios)
		.map(([place, entered]) => ({ number: Number(PLACE.exec(place)?.[1]), entered }))
		.filter(({ number }) => number > 0)
		.sort((one, other) => one.number - other.number)
		.flatMap(({ entered }) => (isObject(entered) ? [toEntry(entered)] : []));
}

/**
 * Ignores case, unless a name matches exactly.
 *
 * @returns the studio with the name
 * @throws {UserInputError} when no studio or more than one has the name
 */
export function studioNamed(studios: readonly StudioEntry[], name: string): StudioEntry {
	const exact = studios.filter((studio) => studio.name === name);
	const similar = studios.filter(({ name: other }) => other.toLowerCase() === name.toLowerCase());
	const found = exact.length > 0 ? exact : similar;
	if (found.length === 1) return found[0];
	if (found.length > 1) {
		throw new UserInputError(
			`The credential has ${found.length} studios with the name "${name}"`,
			'Open the credential and give each studio its own name.',
		);
	}
	const names = studios.slice(0, MAX_NAMES).map((studio) => studio.name);
	const more = studios.length > names.length ? ` and ${studios.length - names.length} more` : '';
	throw new UserInputError(
		`The credential has no studio with the name "${name}"`,
		names.length === 0 ? 'It has no studios.' : `It has: ${names.join(', ')}${more}.`,
	);
}

/**
 * @returns the studio with its origin and fingerprint
 * @throws {BaseUrlError} when the base URL cannot be used
 */
export function studioFrom(entry: StudioEntry): Studio {
	const { name, apiKey } = entry;
	const baseUrl = normalizeBaseUrl(entry.baseUrl);
	const fingerprint = createHash('sha256').update(`${baseUrl} ${apiKey}`).digest('hex');
	const expectedName = expectedNameOf(entry);
	return {
		...(name !== '' && { name }),
		baseUrl,
		apiKey,
		...(expectedName !== '' && { expectedName }),
		fingerprint,
	};
}

/** @returns the name that the studio must have in PerfectGym Next; empty if any will do */
export function expectedNameOf({ name, perfectGymName }: StudioEntry): string {
	return perfectGymName === '' ? name : perfectGymName;
}

/** @returns whether two names are the same apart from case and blanks */
export function isSameName(one: string, other: string): boolean {
	const plain = (name: string) => name.trim().replace(/\s+/g, ' ').toLowerCase();
	return plain(one) === plain(other);
}

/** @returns the trimmed values of one studio; the name is empty for a credential of one studio */
export function toEntry(entered: ICredentialDataDecryptedObject | IDataObject): StudioEntry {
	const text = (value: unknown) =>
		typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return {
		name: text(entered.name),
		baseUrl: entered.baseUrl,
		apiKey: text(entered.apiKey),
		webhookApiKey: text(entered.webhookApiKey),
		perfectGymName: text(entered.perfectGymName),
	};
}
