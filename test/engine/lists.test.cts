import nock from 'nock';

import { runNode, runTool } from './harness.cts';

const HOST = 'https://acme.open-api.perfectgym.com';
const LIST = { resource: 'customer', operation: 'getCustomers', returnAll: true };

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

function records(from: number, count: number) {
	return Array.from({ length: count }, (_, index) => ({ id: from + index }));
}

/** Expects one request for a chunk with exactly this query, and answers it. */
function answerChunk(
	query: Record<string, string>,
	result: unknown[],
	next: { hasNext?: unknown; offset?: unknown },
) {
	nock(HOST)
		.get('/v1/customers')
		.query(query)
		.reply(200, { result, ...next } as nock.Body);
}

test('reads three chunks, each with the filters, and sends offsets back unchanged', async () => {
	const filters = { customerStatus: 'PROSPECT', cardNumberFormat: 'HEX_MSB' };
	const query = { ...filters, sliceSize: '500' };
	answerChunk(query, records(1, 500), { hasNext: true, offset: '0500' });
	answerChunk({ ...query, offset: '0500' }, records(501, 500), { hasNext: true, offset: 'a b&c' });
	answerChunk({ ...query, offset: 'a b&c' }, records(1001, 3), { hasNext: false, offset: 'a b&c' });

	const output = await runNode({ parameters: { ...LIST, customersFilters: filters } });

	expect(output.map(({ json }) => json.id)).toEqual(records(1, 1003).map(({ id }) => id));
	expect(output[1002].pairedItem).toEqual({ item: 0 });
	expect(nock.isDone()).toBe(true);
});

test('continues after an empty chunk in the middle', async () => {
	answerChunk({ sliceSize: '500' }, records(1, 2), { hasNext: true, offset: '2' });
	answerChunk({ sliceSize: '500', offset: '2' }, [], { hasNext: true, offset: '9' });
	answerChunk({ sliceSize: '500', offset: '9' }, records(10, 1), { hasNext: false, offset: '10' });
	const output = await runNode({ parameters: LIST });
	expect(output.map(({ json }) => json.id)).toEqual([1, 2, 10]);
});

test('reads on when "hasNext" is the text "true"', async () => {
	answerChunk({ sliceSize: '500' }, records(1, 2), { hasNext: 'true', offset: '2' });
	answerChunk({ sliceSize: '500', offset: '2' }, records(3, 1), { hasNext: 'false', offset: '3' });
	expect((await runNode({ parameters: LIST })).map(({ json }) => json.id)).toEqual([1, 2, 3]);
});

test.each([1, 'yes', null, undefined])(
	'does not cut a list short at "hasNext": %p',
	async (hasNext) => {
		answerChunk({ sliceSize: '500' }, records(1, 2), { hasNext, offset: '2' });
		await expect(runNode({ parameters: LIST })).rejects.toThrow('whether the list continues');
	},
);

test('accepts text for Return All, from an expression', async () => {
	answerChunk({ sliceSize: '500' }, records(1, 60), { hasNext: false, offset: '60' });
	expect(await runNode({ parameters: { ...LIST, returnAll: "={{ 'true' }}" } })).toHaveLength(60);
});

test('returns nothing for an empty list', async () => {
	answerChunk({ sliceSize: '500' }, [], { hasNext: false, offset: '0' });
	expect(await runNode({ parameters: LIST })).toEqual([]);
});

test.each([
	[120, ['120'], 120],
	[20, ['50'], 50],
	['20', ['50'], 50],
	[700, ['500', '200'], 500],
])('requests only the chunks that Limit %p needs', async (limit, sizes, chunkLength) => {
	sizes.forEach((sliceSize, index) => {
		const start = index * chunkLength;
		const query = { sliceSize, ...(index > 0 && { offset: String(start) }) };
		answerChunk(query, records(start, Number(sliceSize)), {
			hasNext: true,
			offset: String(start + Number(sliceSize)),
		});
	});
	const output = await runNode({ parameters: { ...LIST, returnAll: false, limit } });
	expect(output).toHaveLength(Number(limit));
	expect(nock.isDone()).toBe(true);
});

test.each([0, -1, NaN, 1.5, 'many', null])('refuses Limit %p by its name', async (limit) => {
	const parameters = { ...LIST, returnAll: false, limit: limit as number };
	await expect(runNode({ parameters })).rejects.toThrow(/"Limit"/);
});

test.each([
	['that does not move', '7'],
	['that comes back', '3'],
	['that is missing', undefined],
])('ends with a clear message at an offset %s', async (_which, offset) => {
	answerChunk({ sliceSize: '500' }, records(1, 3), { hasNext: true, offset: '3' });
	answerChunk({ sliceSize: '500', offset: '3' }, records(4, 4), { hasNext: true, offset: '7' });
	answerChunk({ sliceSize: '500', offset: '7' }, [], { hasNext: true, offset });
	await expect(runNode({ parameters: LIST })).rejects.toMatchObject({
		message: expect.stringContaining('continues after 7 records, but not where') as string,
		context: { itemIndex: 0 },
	});
});

test('ends with a clear message when only empty chunks come', async () => {
	let requests = 0;
	nock(HOST)
		.persist()
		.get('/v1/customers')
		.query(true)
		.reply(() => [200, { result: [], hasNext: true, offset: String(++requests) }]);
	await expect(runNode({ parameters: LIST })).rejects.toThrow(/continues after 0 records/);
	expect(requests).toBeLessThan(150);
});

test('reads lists with more records than one call takes as arguments', async () => {
	const result = records(0, 500);
	let requests = 0;
	const answer = () => {
		requests++;
		const chunk = { result, hasNext: requests < 300, offset: String(requests) };
		return Promise.resolve({ statusCode: 200, headers: {}, body: chunk });
	};
	expect(await runNode({ parameters: LIST, answer })).toHaveLength(150_000);

	requests = 0;
	const parameters = { ...LIST, returnAll: false, limit: 100_001 };
	expect(await runNode({ parameters, answer })).toHaveLength(100_001);
	expect(requests).toBe(201);
});

test('refuses a list with more records than a tool can return', async () => {
	const page = records(0, 500);
	let requests = 0;
	nock(HOST)
		.persist()
		.get('/v1/customers')
		.query(true)
		.reply(() => {
			requests++;
			return [200, { result: page, hasNext: requests < 201, offset: String(requests) }];
		});
	await expect(runTool({ parameters: LIST })).rejects.toMatchObject({
		message: 'The list has more than 100,000 records, which is more than a tool can return',
		context: { itemIndex: 0 },
	});
});

test('refuses an answer that is not a list', async () => {
	nock(HOST).get('/v1/customers').query(true).reply(200, { id: 1 });
	await expect(runNode({ parameters: LIST })).rejects.toThrow(/did not return a list/);
});

test('flat records have all columns, in the order of the contract', async () => {
	const rows = [
		{ status: 'MEMBER', id: 1, extra: 1 },
		{ id: 2, preferredLanguage: { languageCode: 'de' }, phonePrivate: '7', firstName: 'Alpha' },
	];
	answerChunk({ sliceSize: '500' }, rows, { hasNext: false, offset: '2' });
	const output = await runNode({ parameters: { ...LIST, output: 'flat' } });
	const columns = [
		'id',
		'firstName',
		'status',
		'phonePrivate',
		'preferredLanguage_languageCode',
		'extra',
	];
	expect(output.map(({ json }) => Object.keys(json))).toEqual([columns, columns]);
	expect(output[0].json.firstName).toBeNull();
});

test('selected fields come with the ID', async () => {
	answerChunk({ sliceSize: '500' }, [{ id: 1, email: 'a@example.com', city: 'X' }], {
		hasNext: false,
		offset: '1',
	});
	const parameters = { ...LIST, output: 'selected', outputFields: ['email', 'firstName'] };
	const [{ json }] = await runNode({ parameters });
	expect(json).toEqual({ id: 1, email: 'a@example.com', firstName: null });
});
