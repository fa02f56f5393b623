/** Finds the studio whose webhook key a request has. PerfectGym Next signs its webhooks with this key. */

import { createHash, timingSafeEqual } from 'crypto';

/**
 * Compares digests, and always with every key, so that the time does not depend on their lengths or
 * on a match.
 *
 * @param given the headers of the request as they arrived, names and values in turn
 * @param name the header's name, in lower case
 * @param expected the digests of the credential's webhook keys; undefined matches nothing
 * @returns the indexes of the keys that match
 */
export function matchingKeys(
	given: readonly string[],
	name: string,
	expected: ReadonlyArray<Buffer | undefined>,
): number[] {
	const keys = given.filter(
		(_value, index) => index % 2 === 1 && given[index - 1].toLowerCase() === name,
	);
	// With two keys, one could come from anywhere.
	const key = digest(keys.length === 1 ? keys[0] : '');
	const isSame = expected.map((one) => one !== undefined && timingSafeEqual(key, one));
	return [...expected.keys()].filter((index) => isSame[index] && keys.length === 1);
}

/** @returns the digest that a key is recognized by, or undefined for an empty key */
export function digestOf(key: string): Buffer | undefined {
	return key === '' ? undefined : digest(key);
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
