/** Makes short hashes. */

import { createHash } from 'crypto';

/** In characters of six bits each: two of a million values are equal with a chance of 1 in 10^20. */
const LENGTH = 22;

/** @returns a hash with the letters of base64url */
export function shortHash(text: string): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, LENGTH);
}
