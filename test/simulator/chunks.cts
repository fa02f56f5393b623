import { invalid } from './errors.cts';

/** One chunk of a list, as the API answers it. `offset` is what to ask with next. */
export interface Chunk<T> {
	result: T[];
	hasNext: boolean;
	offset: string;
}

function wholeNumber(offset: string | undefined): number {
	if (offset === undefined) return 0;
	if (!/^\d{1,15}$/.test(offset)) throw invalid('offset is not a whole number', 'offset');
	return Number(offset);
}

/** The first index whose id is greater than `id`; the list must ascend. */
export function indexAfter<T>(items: readonly T[], id: number, idOf: (item: T) => number): number {
	let low = 0;
	let high = items.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (idOf(items[middle]) <= id) low = middle + 1;
		else high = middle;
	}
	return low;
}

/**
 * A chunk whose offset is the last id given out; the list must ascend by id.
 * @throws 400 when the offset is not a whole number
 */
export function chunkById<T>(
	items: readonly T[],
	offset: string | undefined,
	size: number,
	idOf: (item: T) => number,
	matches: (item: T) => boolean = () => true,
): Chunk<T> {
	const asked = wholeNumber(offset);
	const result: T[] = [];
	let hasNext = false;
	for (let i = indexAfter(items, asked, idOf); i < items.length; i++) {
		if (!matches(items[i])) continue;
		if (result.length === size) {
			hasNext = true;
			break;
		}
		result.push(items[i]);
	}
	const last = result.at(-1);
	return { result, hasNext, offset: String(last === undefined ? asked : idOf(last)) };
}

/**
 * A chunk whose offset is a running index: the asked one plus the slice size.
 * @throws 400 when the offset is not a whole number
 */
export function chunkByIndex<T>(
	items: readonly T[],
	offset: string | undefined,
	size: number,
): Chunk<T> {
	const start = wholeNumber(offset);
	const end = start + size;
	return { result: items.slice(start, end), hasNext: end < items.length, offset: String(end) };
}
