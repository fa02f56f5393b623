import fc from 'fast-check';

import type { ChunkQuery } from '../../../nodes/PerfectGymNext/transport/chunks';
import { readChunks } from '../../../nodes/PerfectGymNext/transport/chunks';
import { RequestError } from '../../../nodes/PerfectGymNext/transport/errors';
import type { SliceSizes } from '../../../nodes/PerfectGymNext/transport/plan';

// Many values or tasks: a slow machine needs more than the default of five seconds.
jest.setTimeout(60_000);

const CUSTOMERS = { min: 50, max: 500 };

type FetchChunk = (query: ChunkQuery) => Promise<unknown>;

/** A list of the API, and the queries it received. */
interface List {
	fetchChunk: FetchChunk;
	queries: ChunkQuery[];
}

/** @param answerTo returns the body of the answer to a query, or throws */
function listWith(answerTo: (query: ChunkQuery) => unknown): List {
	const queries: ChunkQuery[] = [];
	return {
		queries,
		fetchChunk: (query) => {
			queries.push(query);
			return new Promise((resolve) => resolve(answerTo(query)));
		},
	};
}

/** Returns records in chunks of the requested size. */
function listOf(count: number): List {
	return listWith((query) => {
		const from = Number(query.offset ?? 0);
		const to = Math.min(count, from + (query.sliceSize ?? 100));
		const result = Array.from({ length: to - from }, (_, index) => from + index);
		return { result, hasNext: to < count, offset: String(to) };
	});
}

/** Returns the given chunks, each for the offset that came with the chunk before it. */
function listOfChunks(chunks: unknown[][], offsets: string[]): List {
	return listWith((query) => {
		const index = query.offset === undefined ? 0 : offsets.indexOf(query.offset) + 1;
		if (index === 0 && query.offset !== undefined) throw new Error('unknown offset');
		const hasNext = index + 1 < chunks.length;
		return { result: chunks[index], hasNext, offset: hasNext ? offsets[index] : query.offset };
	});
}

/** Returns one answer after the other, and fails when there is no answer left. */
function listOfAnswers(...answers: unknown[]): List {
	const left = [...answers];
	return listWith(() => {
		if (left.length === 0) throw new Error('too many requests');
		return left.shift();
	});
}

/** Reads all chunks. @returns the records of all chunks */
async function collect(
	{ fetchChunk }: Pick<List, 'fetchChunk'>,
	sizes: SliceSizes | undefined = CUSTOMERS,
	limit = Infinity,
): Promise<unknown[]> {
	const records: unknown[] = [];
	for await (const chunk of readChunks(fetchChunk, sizes, limit)) {
		for (const record of chunk) records.push(record);
	}
	return records;
}

const chunked = fc
	.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 8 })
	.chain((chunks) =>
		fc.record({
			chunks: fc.constant(chunks),
			offsets: fc.uniqueArray(fc.string({ unit: 'binary' }), {
				minLength: chunks.length - 1,
				maxLength: chunks.length - 1,
			}),
		}),
	);

describe('Return All', () => {
	test('returns every record once and in order for any sizes of chunks, and sends each offset back unchanged', async () => {
		await fc.assert(
			fc.asyncProperty(chunked, async ({ chunks, offsets }) => {
				const list = listOfChunks(chunks, offsets);
				expect(await collect(list)).toEqual(chunks.flat());
				expect(list.queries.map(({ offset }) => offset)).toEqual([undefined, ...offsets]);
			}),
		);
	});

	test('requests the largest chunks, and the first one without an offset', async () => {
		const list = listOf(1200);
		expect(await collect(list)).toHaveLength(1200);
		expect(list.queries).toStrictEqual([
			{ sliceSize: 500 },
			{ sliceSize: 500, offset: '500' },
			{ sliceSize: 500, offset: '1000' },
		]);
	});

	test.each([
		['one chunk', 1],
		['many chunks', 400],
	])('reads a list of 200,000 records in %s', async (_how, count) => {
		const chunks = Array.from({ length: count }, () => Array<number>(200_000 / count).fill(1));
		const offsets = chunks.slice(1).map((_, index) => `after ${index}`);
		expect(await collect(listOfChunks(chunks, offsets))).toHaveLength(200_000);
	});

	test('returns nothing for an empty list', async () => {
		expect(await collect(listOfAnswers({ result: [], hasNext: false, offset: '0' }))).toEqual([]);
	});

	test('ends where the list ends, even if the last offset repeats', async () => {
		const list = listOfAnswers(
			{ result: [1], hasNext: true, offset: 'a' },
			{ result: [2], hasNext: false, offset: 'a' },
		);
		expect(await collect(list)).toEqual([1, 2]);
	});

	test('requests a chunk only when the caller wants it, and returns the records chunk by chunk', async () => {
		const list = listOfChunks([[1, 2], [], [3]], ['a', 'b']);
		const chunks = readChunks(list.fetchChunk, CUSTOMERS, Infinity);
		for (const [index, expected] of [[1, 2], [], [3]].entries()) {
			expect(list.queries).toHaveLength(index);
			expect(await chunks.next()).toEqual({ done: false, value: expected });
		}
		expect(await chunks.next()).toEqual({ done: true, value: undefined });
		expect(list.queries).toHaveLength(3);
	});
});

describe('Limit', () => {
	test.each([
		[1, [50]],
		[20, [50]],
		[50, [50]],
		[120, [120]],
		[500, [500]],
		[501, [500, 50]],
		[700, [500, 200]],
		[1000, [500, 500]],
	])('of %d requests chunks of %j', async (limit, sizes) => {
		const list = listOf(5000);
		const records = await collect(list, CUSTOMERS, limit);
		expect(records).toEqual(Array.from({ length: limit }, (_, index) => index));
		expect(list.queries.map(({ sliceSize }) => sliceSize)).toEqual(sizes);
	});

	test('never requests more than it needs, nor sizes that are not allowed', async () => {
		const allowedSizes = fc
			.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 500 }))
			.map(([min, more]) => ({ min, max: min + more }));
		await fc.assert(
			fc.asyncProperty(allowedSizes, fc.integer({ min: 1, max: 1500 }), async (sizes, limit) => {
				const list = listOf(2000);
				expect(await collect(list, sizes, limit)).toHaveLength(limit);

				const requested = list.queries.map(({ sliceSize = 0 }) => sliceSize);
				expect(requested).toHaveLength(Math.ceil(limit / sizes.max));
				expect(Math.min(...requested)).toBeGreaterThanOrEqual(sizes.min);
				expect(Math.max(...requested)).toBeLessThanOrEqual(sizes.max);
				const surplus = requested.reduce((sum, size) => sum + size) - limit;
				expect(surplus).toBeLessThan(sizes.min);
			}),
		);
	});

	test('continues after short chunks, and stops when the limit is reached', async () => {
		await fc.assert(
			fc.asyncProperty(
				chunked,
				fc.integer({ min: 1, max: 20 }),
				async ({ chunks, offsets }, limit) => {
					const list = listOfChunks(chunks, offsets);
					const records = await collect(list, { min: 1, max: 50 }, limit);
					expect(records).toEqual(chunks.flat().slice(0, limit));

					let needed = 1;
					while (needed < chunks.length && chunks.slice(0, needed).flat().length < limit) needed++;
					expect(list.queries).toHaveLength(needed);
				},
			),
		);
	});

	test('requests only the missing records after a short chunk', async () => {
		const list = listOfAnswers(
			{ result: Array(30).fill(1), hasNext: true, offset: 'a' },
			{ result: [], hasNext: true, offset: 'b' },
			{ result: Array(30).fill(1), hasNext: true, offset: 'c' },
		);
		expect(await collect(list, { min: 10, max: 50 }, 42)).toHaveLength(42);
		expect(list.queries).toEqual([
			{ sliceSize: 42 },
			{ sliceSize: 12, offset: 'a' },
			{ sliceSize: 12, offset: 'b' },
		]);
	});

	test('returns all records of a list that is shorter', async () => {
		expect(await collect(listOf(60), CUSTOMERS, 100)).toHaveLength(60);
	});
});

describe('a list that does not say where it goes on', () => {
	const chunk = (offset: unknown, result: unknown[] = [1]) => ({ result, hasNext: true, offset });
	const endless = (count: number) =>
		new RequestError(
			`PerfectGym Next says that the list continues after ${count} records, but not where`,
		);

	test.each([
		['repeats the offset that was sent', [chunk('a'), chunk('a')]],
		['repeats it with an empty chunk', [chunk('a'), chunk('a', [])]],
		['returns to the first chunk', [chunk('a'), chunk('b'), chunk('c'), chunk('a')]],
		['returns to the second chunk', [chunk('a'), chunk('b'), chunk('c'), chunk('b')]],
		['does not have an offset', [{ result: [1], hasNext: true }]],
		['has null as the offset', [chunk('a'), chunk(null)]],
		['has an object as the offset', [chunk({ after: 5 })]],
	])('ends with an error when it %s', async (_how, answers) => {
		const count = answers.reduce((sum, { result }) => sum + result.length, 0);
		await expect(collect(listOfAnswers(...answers))).rejects.toThrow(endless(count));
	});

	test('ends with an error after 101 empty chunks in a row, but not after 100', async () => {
		const empty = (count: number) =>
			Array.from({ length: count }, (_, index) => chunk(`empty ${index}`, []));
		const last = { result: [2], hasNext: false };
		const tolerated = listOfAnswers(chunk('a'), ...empty(100), last);
		expect(await collect(tolerated)).toEqual([1, 2]);
		await expect(collect(listOfAnswers(chunk('a'), ...empty(101)))).rejects.toThrow(endless(1));
	});

	test('is not an error when the limit is reached before', async () => {
		const list = listOfAnswers(chunk('a', [1, 2]), chunk('a', [3, 4]));
		expect(await collect(list, CUSTOMERS, 4)).toEqual([1, 2, 3, 4]);
	});
});

test.each([
	[undefined],
	[null],
	[''],
	['<html>'],
	[5],
	[[]],
	[[{ id: 1 }]],
	[{}],
	[{ hasNext: false }],
	[{ result: null, hasNext: false }],
	[{ result: { id: 1 }, hasNext: true, offset: 'a' }],
	[{ result: 'text', hasNext: false }],
])('an answer that is not a chunk ends with an error: %j', async (answer) => {
	const error = new RequestError('PerfectGym Next did not return a list');
	await expect(collect(listOfAnswers(answer))).rejects.toThrow(error);
	const later = listOfAnswers({ result: [1], hasNext: true, offset: 'a' }, answer);
	await expect(collect(later)).rejects.toThrow(error);
});

test('the error of a failed request passes through unchanged', async () => {
	const failure = new Error('connection lost');
	const list = listOf(2000);
	const failing = listWith((query) => {
		if (query.offset !== undefined) throw failure;
		return list.fetchChunk(query);
	});
	await expect(collect(failing)).rejects.toBe(failure);
});

test('an operation without sizes gets no size, and is read to the end', async () => {
	const list = listOf(250);
	const records: unknown[] = [];
	for await (const chunk of readChunks(list.fetchChunk, undefined, Infinity)) {
		records.push(...chunk);
	}
	expect(records).toHaveLength(250);
	expect(list.queries).toEqual([{}, { offset: '100' }, { offset: '200' }]);
});

test.each([
	['true', true],
	['false', false],
])('a hasNext given as the text %j counts', async (hasNext, goesOn) => {
	const list = listOfAnswers(
		{ result: [1], hasNext, offset: 'a' },
		{ result: [2], hasNext: false, offset: 'b' },
	);
	expect(await collect(list)).toEqual(goesOn ? [1, 2] : [1]);
});

test.each([[1], [0], [null], ['yes'], [''], [{}], [undefined]])(
	'a hasNext that is neither true nor false does not cut the list short: %j',
	async (hasNext) => {
		const list = listOfAnswers({ result: [1], hasNext, offset: 'a' });
		await expect(collect(list)).rejects.toThrow('does not say whether the list continues');
	},
);
