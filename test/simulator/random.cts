/** Returns the next number from 0 (inclusive) to 1 (exclusive). */
export type Random = () => number;

/** A 32-bit FNV-1a hash of a string. */
export function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) {
		value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
	}
	return value >>> 0;
}

/** A mulberry32 generator: the same seed returns the same numbers. Strings are hashed first. */
export function randomFrom(seed: number | string): Random {
	let state = typeof seed === 'string' ? hash(seed) : seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

/** A random item of the list. */
export function pick<T>(random: Random, items: readonly T[]): T {
	return items[Math.floor(random() * items.length)];
}

/** A random integer from `low` to `high`, both inclusive. */
export function between(random: Random, low: number, high: number): number {
	return low + Math.floor(random() * (high - low + 1));
}

/** A random UUID in the format of version 4. */
export function uuid(random: Random): string {
	const word = () =>
		Math.floor(random() * 0x1_0000_0000)
			.toString(16)
			.padStart(8, '0');
	const hex = word() + word() + word() + word();
	const [variant, third] = [hex.slice(17, 20), hex.slice(13, 16)];
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${third}-a${variant}-${hex.slice(20)}`;
}
