/** Reads a long list, which the API returns in chunks. */

import { RequestError } from './errors';
import type { SliceSizes } from './plan';

/** A list can have a long gap, but not an endless one. */
const MAX_EMPTY_CHUNKS = 100;

/** The part of the query that asks for a chunk. */
export interface ChunkQuery {
	/** In records. Left out where the operation does not take it. */
	sliceSize?: number;
	/** Left out for the first chunk. */
	offset?: string;
}

/**
 * Reads chunk after chunk. The offset of one chunk is sent back unchanged to get the next: in some
 * lists it is a last id, in others a running index.
 *
 * @param fetchChunk requests one chunk and returns the body of the answer
 * @param sizes the sizes that the operation allows; without them `sliceSize` is not sent
 * @param limit the number of records to return; Infinity for all
 * @param from the offset of an earlier chunk to start with; the beginning of the list by default
 * @returns the records of each chunk in turn, up to `limit`; the next chunk is requested when the
 *   caller wants it
 * @throws {RequestError} when an answer is not a chunk, or an offset repeats
 */
export async function* readChunks(
	fetchChunk: (query: ChunkQuery) => Promise<unknown>,
	sizes: SliceSizes | undefined,
	limit: number,
	from?: string,
): AsyncGenerator<unknown[], void> {
	const seen = new Set<string>();
	let offset = from;
	let count = 0;
	let emptyInARow = 0;

	for (;;) {
		const missing = limit - count;
		const sliceSize = sizes && Math.min(sizes.max, Math.max(sizes.min, missing));
		const query: ChunkQuery = sliceSize === undefined ? {} : { sliceSize };
		const chunk = toChunk(await fetchChunk(offset === undefined ? query : { ...query, offset }));

		const wanted = missing < chunk.result.length ? chunk.result.slice(0, missing) : chunk.result;
		count += wanted.length;
		yield wanted;
		if (!chunk.hasNext || count >= limit) return;

		emptyInARow = chunk.result.length === 0 ? emptyInARow + 1 : 0;
		if (offset !== undefined) seen.add(offset);
		if (chunk.offset === undefined || seen.has(chunk.offset) || emptyInARow > MAX_EMPTY_CHUNKS) {
			throw new RequestError(
				`PerfectGym Next says that the list continues after ${count} records, but not where`,
				'Its answers repeat an offset or are empty. Try again later. If it happens again, contact PerfectGym support.',
			);
		}
		offset = chunk.offset;
	}
}

/** One answer of a list in chunks. */
export interface Chunk {
	result: unknown[];
	hasNext: boolean;
	offset?: string;
}

/** @returns the chunk in an answer. @throws {RequestError} for anything else */
export function toChunk(body: unknown): Chunk {
	const result =
		typeof body === 'object' && body !== null && 'result' in body ? body.result : undefined;
	if (typeof body !== 'object' || body === null || !Array.isArray(result)) {
		throw notAList();
	}
	const hasNext = toHasNext('hasNext' in body ? body.hasNext : undefined);
	const offset = 'offset' in body ? body.offset : undefined;
	const isKnown = typeof offset === 'string' || typeof offset === 'number';
	return { result, hasNext, offset: isKnown ? String(offset) : undefined };
}

/** @returns the error for an answer that is not a list */
export function notAList(): RequestError {
	return new RequestError('PerfectGym Next did not return a list');
}

/** Anything but true or false could cut the list short without a word. */
function toHasNext(value: unknown): boolean {
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw new RequestError(
		'PerfectGym Next does not say whether the list continues',
		'Its "hasNext" is neither true nor false. Try again later. If it happens again, contact PerfectGym support.',
	);
}
