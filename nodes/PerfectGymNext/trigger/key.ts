/** Finds out whose webhook a request is: PerfectGym Next signs in with the webhook key of a studio. */

import { createHash, timingSafeEqual } from 'crypto';

/**
 * Compares with every key in constant time, whatever the lengths and whether one was found already:
 * what is compared are digests.
 *
 * @param given the headers of the request as they arrived, name and value by turns
 * @param expected the webhook keys of the credential; one that is empty matches nothing
 * @returns which of them the request has, by their index
 */
export function matchingKeys(
	given: readonly string[],
	name: string,
	expected: readonly string[],
): number[] {
	const keys = given.filter(
		(_value, index) => index % 2 === 1 && given[index - 1].toLowerCase() === name,
	);
	// Of two keys one could be anybody's.
	const key = digest(keys.length === 1 ? keys[0] : '');
	const isSame = expected.map((one) => timingSafeEqual(key, digest(one)));
	return [...expected.keys()].filter(
		(index) => isSame[index] && expected[index] !== '' && keys.length === 1,
	);
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
