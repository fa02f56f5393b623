import fc from 'fast-check';

import type { ChunkQuery } from '../../../nodes/PerfectGymNext/transport/chunks';
import { followChunks } from '../../../nodes/PerfectGymNext/transport/chunks';
import { RequestFault } from '../../../nodes/PerfectGymNext/transport/fault';

const CUSTOMERS = { min: 50, max: 500 };
const ALL = { limit: Infinity, most: 1_000_000 };

/** A list of the API, and what it was asked for. */
interface List {
	ask(query: ChunkQuery): Promise<unknown>;
	queries: ChunkQuery[];
}

/** Hands out records in chunks of the size that is asked for. */
function listOf(count: number): List {
	const queries: ChunkQuery[] = [];
	return {
		queries,
		async ask(query) {
			queries.push(query);
			const from = Number(query.offset ?? 0);
			const to = Math.min(count, from + (query.sliceSize ?? 100));
			const result = Array.from({ length: to - from }, (_, index) => from + index);
			return { result, hasNext: to < count, offset: String(to) };
		},
	};
}

/** Hands out the given chunks, each for the offset that came with the one before. */
function listOfChunks(chunks: unknown[][], offsets: string[]): List {
	const queries: ChunkQuery[] = [];
	return {
		queries,
		async ask(query) {
			queries.push(query);
			const index = query.offset === undefined ? 0 : offsets.indexOf(query.offset) + 1;
			if (index === 0 && query.offset !== undefined) throw new Error('no such offset');
			const hasNext = index + 1 < chunks.length;
			return { result: chunks[index], hasNext, offset: hasNext ? offsets[index] : query.offset };
		},
	};
}

/** Gives one answer after the other, and fails when it is asked for more. */
function listOfAnswers(...answers: unknown[]): List {
	const queries: ChunkQuery[] = [];
	return {
		queries,
		async ask(query) {
			if (queries.length === answers.length) throw new Error('asked on and on');
			queries.push(query);
			return answers[queries.length - 1];
		},
	};
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
	test('gives every record once and in order, however the chunks are cut, and sends each offset back unchanged', async () => {
		await fc.assert(
			fc.asyncProperty(chunked, async ({ chunks, offsets }) => {
				const list = listOfChunks(chunks, offsets);
				expect(await followChunks(list.ask, CUSTOMERS, ALL)).toEqual(chunks.flat());
				expect(list.queries.map(({ offset }) => offset)).toEqual([undefined, ...offsets]);
			}),
		);
	});

	test('asks for the largest chunks, and for the first one without an offset', async () => {
		const list = listOf(1200);
		expect(await followChunks(list.ask, CUSTOMERS, ALL)).toHaveLength(1200);
		expect(list.queries).toStrictEqual([
			{ sliceSize: 500 },
			{ sliceSize: 500, offset: '500' },
			{ sliceSize: 500, offset: '1000' },
		]);
	});

	test.each([
		['comes at once', 1],
		['comes in many chunks', 400],
	])('takes a list of 200,000 records that %s', async (_how, count) => {
		const chunks = Array.from({ length: count }, () => Array<number>(200_000 / count).fill(1));
		const offsets = chunks.slice(1).map((_, index) => `after ${index}`);
		const records = await followChunks(listOfChunks(chunks, offsets).ask, CUSTOMERS, ALL);
		expect(records).toHaveLength(200_000);
	});

	test('gives nothing for an empty list', async () => {
		const list = listOfAnswers({ result: [], hasNext: false, offset: '0' });
		expect(await followChunks(list.ask, CUSTOMERS, ALL)).toEqual([]);
	});

	test('ends where the list ends, whatever is said of an offset', async () => {
		const list = listOfAnswers(
			{ result: [1], hasNext: true, offset: 'a' },
			{ result: [2], hasNext: false, offset: 'a' },
		);
		expect(await followChunks(list.ask, CUSTOMERS, ALL)).toEqual([1, 2]);
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
	])('of %d asks for chunks of %j', async (limit, sizes) => {
		const list = listOf(5000);
		const records = await followChunks(list.ask, CUSTOMERS, { ...ALL, limit });
		expect(records).toEqual(Array.from({ length: limit }, (_, index) => index));
		expect(list.queries.map(({ sliceSize }) => sliceSize)).toEqual(sizes);
	});

	test('never asks for more than is needed, nor in sizes that are not allowed', async () => {
		const sizesAllowed = fc
			.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 500 }))
			.map(([min, more]) => ({ min, max: min + more }));
		await fc.assert(
			fc.asyncProperty(sizesAllowed, fc.integer({ min: 1, max: 1500 }), async (sizes, limit) => {
				const list = listOf(2000);
				expect(await followChunks(list.ask, sizes, { ...ALL, limit })).toHaveLength(limit);

				const asked = list.queries.map(({ sliceSize = 0 }) => sliceSize);
				expect(asked).toHaveLength(Math.ceil(limit / sizes.max));
				expect(Math.min(...asked)).toBeGreaterThanOrEqual(sizes.min);
				expect(Math.max(...asked)).toBeLessThanOrEqual(sizes.max);
				const surplus = asked.reduce((sum, size) => sum + size) - limit;
				expect(surplus).toBeLessThan(sizes.min);
			}),
		);
	});

	test('keeps asking while chunks come back short, and no longer than until it is met', async () => {
		await fc.assert(
			fc.asyncProperty(
				chunked,
				fc.integer({ min: 1, max: 20 }),
				async ({ chunks, offsets }, limit) => {
					const list = listOfChunks(chunks, offsets);
					const records = await followChunks(list.ask, { min: 1, max: 50 }, { ...ALL, limit });
					expect(records).toEqual(chunks.flat().slice(0, limit));

					let needed = 1;
					while (needed < chunks.length && chunks.slice(0, needed).flat().length < limit) needed++;
					expect(list.queries).toHaveLength(needed);
				},
			),
		);
	});

	test('asks anew only for what is missing', async () => {
		const list = listOfAnswers(
			{ result: Array(30).fill(1), hasNext: true, offset: 'a' },
			{ result: [], hasNext: true, offset: 'b' },
			{ result: Array(30).fill(1), hasNext: true, offset: 'c' },
		);
		const records = await followChunks(list.ask, { min: 10, max: 50 }, { ...ALL, limit: 42 });
		expect(records).toHaveLength(42);
		expect(list.queries).toEqual([
			{ sliceSize: 42 },
			{ sliceSize: 12, offset: 'a' },
			{ sliceSize: 12, offset: 'b' },
		]);
	});

	test('beyond the end of the list gives what there is', async () => {
		expect(await followChunks(listOf(60).ask, CUSTOMERS, { ...ALL, limit: 100 })).toHaveLength(60);
	});
});

describe('a list that does not say where it goes on', () => {
	const chunk = (offset: unknown, result: unknown[] = [1]) => ({ result, hasNext: true, offset });

	test.each([
		['repeats the offset that was sent', [chunk('a'), chunk('a')]],
		['repeats it with an empty chunk', [chunk('a'), chunk('a', [])]],
		['goes round in a circle', [chunk('a'), chunk('b'), chunk('c'), chunk('a')]],
		['returns to the second chunk', [chunk('a'), chunk('b'), chunk('c'), chunk('b')]],
		['gives no offset', [{ result: [1], hasNext: true }]],
		['gives null for one', [chunk('a'), chunk(null)]],
		['gives an object for one', [chunk({ after: 5 })]],
	])('ends with a clear message when it %s', async (_how, answers) => {
		const list = listOfAnswers(...answers);
		const count = answers.reduce((sum, { result }) => sum + result.length, 0);
		await expect(followChunks(list.ask, CUSTOMERS, ALL)).rejects.toThrow(
			new RequestFault(
				`PerfectGym Next says that the list goes on after ${count} records, but does not say where`,
			),
		);
	});

	test('does no harm when the limit is met before', async () => {
		const list = listOfAnswers(chunk('a', [1, 2]), chunk('a', [3, 4]));
		expect(await followChunks(list.ask, CUSTOMERS, { ...ALL, limit: 4 })).toEqual([1, 2, 3, 4]);
	});
});

describe('a list that is too long', () => {
	const most = 1000;

	test('ends with a message that says what to do, without being read to its end', async () => {
		const list = listOf(100_000);
		const outcome = followChunks(list.ask, CUSTOMERS, { limit: Infinity, most });
		await expect(outcome).rejects.toThrow(
			new RequestFault(
				'The list has more than 1,000 records, which is more than n8n takes from one input item',
			),
		);
		await expect(outcome).rejects.toMatchObject({
			advice: 'Turn "Return All" off and set "Limit", or narrow the list with the filters.',
		});
		expect(list.queries).toHaveLength(3);
	});

	test('is not one of exactly so many records', async () => {
		const records = await followChunks(listOf(most).ask, CUSTOMERS, { limit: Infinity, most });
		expect(records).toHaveLength(most);
	});

	test('is read as far as the limit', async () => {
		const records = await followChunks(listOf(100_000).ask, CUSTOMERS, { limit: most, most });
		expect(records).toHaveLength(most);
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
])('an answer that is no chunk, %j, ends with a clear message', async (answer) => {
	const fault = new RequestFault(
		'The answer of PerfectGym Next is not the list that was asked for',
	);
	await expect(followChunks(listOfAnswers(answer).ask, CUSTOMERS, ALL)).rejects.toThrow(fault);
	const later = listOfAnswers({ result: [1], hasNext: true, offset: 'a' }, answer);
	await expect(followChunks(later.ask, CUSTOMERS, ALL)).rejects.toThrow(fault);
});

test('a chunk that cannot be had ends all with its own error', async () => {
	const failure = new Error('no connection');
	const list = listOf(2000);
	const outcome = followChunks(
		async (query) => {
			if (query.offset !== undefined) throw failure;
			return await list.ask(query);
		},
		CUSTOMERS,
		ALL,
	);
	await expect(outcome).rejects.toBe(failure);
});

test('asks for no size where none is known, and follows all the same', async () => {
	const list = listOf(250);
	expect(await followChunks(list.ask, undefined, ALL)).toHaveLength(250);
	expect(list.queries).toEqual([{}, { offset: '100' }, { offset: '200' }]);
});
