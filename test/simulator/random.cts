/** A stream of numbers from 0 (included) to 1 (excluded), the same for the same seed. */
export type Random = () => number;

/** A 32-bit hash (FNV-1a) of a text, to seed a stream from a name. */
export function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) {
		value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
	}
	return value >>> 0;
}

/** A stream (mulberry32) for a seed; texts are hashed first. */
export function randomFrom(seed: number | string): Random {
	let state = typeof seed === 'string' ? hash(seed) : seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

/** One of the items. */
export function pick<T>(random: Random, items: readonly T[]): T {
	return items[Math.floor(random() * items.length)];
}

/** A whole number from `low` to `high`, both included. */
export function between(random: Random, low: number, high: number): number {
	return low + Math.floor(random() * (high - low + 1));
}

/** A uuid (version 4 in form) from the stream. */
export function uuid(random: Random): string {
	const word = () =>
		Math.floor(random() * 0x1_0000_0000)
			.toString(16)
			.padStart(8, '0');
	const hex = word() + word() + word() + word();
	const [variant, third] = [hex.slice(17, 20), hex.slice(13, 16)];
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${third}-a${variant}-${hex.slice(20)}`;
}
