import { invalid } from './errors.cts';

/** One chunk of a list, as the API answers it. `offset` is the one for the next request. */
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

/** The index of the first item with an id above `id`; the list must ascend by id. */
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
 * The chunk of up to `size` matching items after `offset`, which is the last id of the chunk
 * before. The list must ascend by id.
 * @throws ApiError 400 when the offset is not a whole number
 */
export function chunkById<T>(
	items: readonly T[],
	offset: string | undefined,
	size: number,
	idOf: (item: T) => number,
	matches: (item: T) => boolean = () => true,
): Chunk<T> {
	const start = wholeNumber(offset);
	const result: T[] = [];
	let hasNext = false;
	for (let i = indexAfter(items, start, idOf); i < items.length; i++) {
		if (!matches(items[i])) continue;
		if (result.length === size) {
			hasNext = true;
			break;
		}
		result.push(items[i]);
	}
	const last = result.at(-1);
	return { result, hasNext, offset: String(last === undefined ? start : idOf(last)) };
}

/**
 * The chunk of up to `size` items from the index `offset` on; the next offset is the index plus
 * `size`.
 * @throws ApiError 400 when the offset is not a whole number
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
