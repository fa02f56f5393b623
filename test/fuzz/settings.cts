/** How much the fuzz tests try, and from which seed. */

import type { Parameters } from 'fast-check';

const DEFAULT_SEED = 20_260_131;

/** The same number tries the same input: `FUZZ_SEED=7 npm run test:fuzz` tries other input. */
const seed = Number(process.env.FUZZ_SEED ?? DEFAULT_SEED);
/** How many times as much to try, such as `FUZZ_FACTOR=10`. */
const factor = Number(process.env.FUZZ_FACTOR ?? 1);

/**
 * @param runs how often to try, with the usual amount
 * @param name of what is tried: each name has a seed of its own, which follows from FUZZ_SEED
 * @returns the settings of a fast-check assertion
 */
export function settings<T>(runs: number, name: string): Parameters<T> {
	let own = seed;
	for (const character of name) own = (Math.imul(own, 31) + character.charCodeAt(0)) | 0;
	// Shrinking runs the node again and again, and the first input that fails is short enough.
	return { seed: own, numRuns: Math.ceil(runs * factor), endOnFailure: true };
}
