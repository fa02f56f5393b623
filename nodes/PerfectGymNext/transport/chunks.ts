/** Follows a long list, which the API hands out in chunks. */

import { RequestFault } from './fault';

/** The sizes of a chunk (`sliceSize`) that an operation allows. */
export interface SliceSizes {
	min: number;
	max: number;
}

/** A gap in a list can be long, but not without end. */
const MOST_EMPTY_CHUNKS = 100;

/** How much of a list is wanted. */
export interface Want {
	/** Records to give back; Infinity for all. */
	limit: number;
	/** More records than this are an error rather than an answer. */
	most: number;
}

/** The part of the query by which chunks are asked for. */
export interface ChunkQuery {
	/** Left out where the operation's own size is used. */
	sliceSize?: number;
	/** Left out for the first chunk. */
	offset?: string;
}

/**
 * Asks for chunk after chunk with the offset that came with the one before, sent back unchanged: it
 * is a last id in some lists and a running index in others.
 *
 * @param ask asks for one chunk and gives the answer's body
 * @param sizes the sizes that the operation allows; without them it is not asked for any
 * @param received is told of the records of each chunk that are wanted, before the next is asked for
 * @returns the records in the order they came, no more than `want.limit`
 * @throws {RequestFault} when the answer is no chunk, the offset repeats, or there are more records
 *   than `want.most`
 */
export async function followChunks(
	ask: (query: ChunkQuery) => Promise<unknown>,
	sizes: SliceSizes | undefined,
	want: Want,
	received: (records: unknown[]) => Promise<void> = async () => undefined,
): Promise<unknown[]> {
	const records: unknown[] = [];
	const seen = new Set<string>();
	let offset: string | undefined;
	let emptyInARow = 0;

	for (;;) {
		const missing = want.limit - records.length;
		const sliceSize = sizes && Math.min(sizes.max, Math.max(sizes.min, missing));
		const query: ChunkQuery = sliceSize === undefined ? {} : { sliceSize };
		const chunk = asChunk(await ask(offset === undefined ? query : { ...query, offset }));

		const wanted = missing < chunk.result.length ? chunk.result.slice(0, missing) : chunk.result;
		for (const record of wanted) records.push(record);
		if (records.length > want.most) {
			throw tooMany(want.most);
		}
		await received(wanted);
		if (!chunk.hasNext || records.length >= want.limit) return records;

		emptyInARow = chunk.result.length === 0 ? emptyInARow + 1 : 0;
		if (offset !== undefined) seen.add(offset);
		if (chunk.offset === undefined || seen.has(chunk.offset) || emptyInARow > MOST_EMPTY_CHUNKS) {
			throw new RequestFault(
				`PerfectGym Next says that the list goes on after ${records.length} records, but does not say where`,
				'Its answers repeat an offset, or hold nothing. Try again later; if it stays, tell PerfectGym support.',
			);
		}
		offset = chunk.offset;
	}
}

/** @param most how many records n8n takes */
export function tooMany(most: number): RequestFault {
	return new RequestFault(
		`The list has more than ${most.toLocaleString('en')} records, which is more than n8n takes from one input item`,
		'Turn "Return All" off and set "Limit", or narrow the list with the filters.',
	);
}

interface Chunk {
	result: unknown[];
	hasNext: boolean;
	offset?: string;
}

function asChunk(body: unknown): Chunk {
	if (typeof body !== 'object' || body === null || !('result' in body)) {
		throw new RequestFault('The answer of PerfectGym Next is not the list that was asked for');
	}
	const { result } = body;
	if (!Array.isArray(result)) {
		throw new RequestFault('The answer of PerfectGym Next is not the list that was asked for');
	}
	const hasNext = 'hasNext' in body && body.hasNext === true;
	const offset = 'offset' in body ? body.offset : undefined;
	const known = typeof offset === 'string' || typeof offset === 'number';
	return { result, hasNext, offset: known ? String(offset) : undefined };
}
