/** Finds out whether a request comes from PerfectGym Next, which signs in with the webhook key. */

import { createHash, timingSafeEqual } from 'crypto';

/**
 * Compares in constant time, whatever the lengths: what is compared are digests.
 *
 * @param given the headers of the request as they arrived, name and value by turns
 * @param expected the webhook key of the credential; without one nothing matches
 */
export function hasKey(given: readonly string[], name: string, expected: string): boolean {
	const keys = given.filter(
		(_value, index) => index % 2 === 1 && given[index - 1].toLowerCase() === name,
	);
	// Of two keys one could be anybody's.
	const key = keys.length === 1 ? keys[0] : '';
	const isSame = timingSafeEqual(digest(key), digest(expected));
	return isSame && expected !== '' && keys.length === 1;
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
