/** Finds out whose webhook a request is: PerfectGym Next signs in with the webhook key of a studio. */

import { createHash, timingSafeEqual } from 'crypto';

/**
 * Compares with every key in constant time, whatever the lengths and whether one was found already:
 * what is compared are digests.
 *
 * @param given the headers of the request as they arrived, name and value by turns
 * @param expected the digests of the credential's webhook keys; where there is none nothing matches
 * @returns which of them the request has, by their index
 */
export function matchingKeys(
	given: readonly string[],
	name: string,
	expected: ReadonlyArray<Buffer | undefined>,
): number[] {
	const keys = given.filter(
		(_value, index) => index % 2 === 1 && given[index - 1].toLowerCase() === name,
	);
	// Of two keys one could be anybody's.
	const key = digest(keys.length === 1 ? keys[0] : '');
	const isSame = expected.map((one) => one !== undefined && timingSafeEqual(key, one));
	return [...expected.keys()].filter((index) => isSame[index] && keys.length === 1);
}

/** @returns what a key is recognised by; undefined for none at all */
export function digestOf(key: string): Buffer | undefined {
	return key === '' ? undefined : digest(key);
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
