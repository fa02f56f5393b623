import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { catchRequests } from '../contract/wire.cts';
import { itemsOf, locator, runNode, runTool } from './harness.cts';

const HOST = 'https://acme.open-api.perfectgym.com';
const BAD_ID = 99;

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

const get = {
	resource: 'customer',
	operation: 'getCustomerById',
	customerId: locator('={{ $json.id }}'),
};

/** Answers reads of one customer. One customer does not exist. */
function answerCustomers(): void {
	nock(HOST)
		.persist()
		.get(/^\/v1\/customers\/\d+$/)
		.reply((uri) => {
			const id = Number(uri.split('/').at(-1));
			return id === BAD_ID ? [404, { errorMessage: 'No such customer' }] : [200, { id }];
		});
}

test('an item is linked to its input item', async () => {
	answerCustomers();
	const output = await runTool({ parameters: get, items: itemsOf([{ id: 7 }, { id: 8 }]) });
	expect(output).toEqual([
		{ json: { id: 7 }, pairedItem: { item: 0 } },
		{ json: { id: 8 }, pairedItem: { item: 1 } },
	]);
});

test('an error has the index of its item', async () => {
	answerCustomers();
	const items = itemsOf([{ id: 7 }, { id: BAD_ID }]);
	await expect(runTool({ parameters: get, items })).rejects.toMatchObject({
		message: 'No such customer',
		httpCode: '404',
		context: { itemIndex: 1 },
	});
});

test('with continue on fail, an item that fails becomes an error item', async () => {
	answerCustomers();
	const items = itemsOf([{ id: 7 }, { id: BAD_ID }, { id: '' }, { id: 8 }]);
	const output = await runTool({ parameters: get, items, onError: 'continueRegularOutput' });
	expect(output).toEqual([
		{ json: { id: 7 }, pairedItem: { item: 0 } },
		{ json: { error: 'No such customer', details: { httpStatus: 404 } }, pairedItem: { item: 1 } },
		{ json: { error: '"Customer" is missing' }, pairedItem: { item: 2 } },
		{ json: { id: 8 }, pairedItem: { item: 3 } },
	]);
});

test.each([
	['n8n runs the node itself', runNode],
	["n8n's declarative engine runs the node", runTool],
])('the input of an agent is read when %s', async (_how, run) => {
	answerCustomers();
	const items = itemsOf([{ id: 7 }]);
	const output = await run({ parameters: get, items, connection: 'ai_tool' });
	expect(output).toEqual([{ json: { id: 7 }, pairedItem: { item: 0 } }]);
});

test('an empty answer has the ids of the request', async () => {
	catchRequests('');
	const parameters = {
		resource: 'customer',
		operation: 'deleteAccessMediums',
		customerId: locator('7'),
		accessMediumId: locator('8'),
	};
	expect(await runTool({ parameters })).toEqual([
		{ json: { deleted: true, customerId: 7, accessMediumId: 8 }, pairedItem: { item: 0 } },
	]);
});

describe('a file', () => {
	const upload: INodeParameters = {
		resource: 'customer',
		operation: 'uploadDocument',
		customerId: locator('7'),
	};
	const file = {
		data: Buffer.from('a file').toString('base64'),
		mimeType: 'text/plain',
		fileName: 'a.txt',
	};
	const otherField: INodeExecutionData = { json: {}, binary: { note: file } };

	test.each([
		['no file', { json: {} }, 'the item has no binary field'],
		['a file in another field', otherField, 'the item has "note" (a.txt, text/plain)'],
	])(
		'is missing from an item with %s: the message says what the item has',
		async (_what, item, has) => {
			const sent = catchRequests({ id: 1 });
			await expect(runTool({ parameters: upload, items: [item] })).rejects.toMatchObject({
				message: `"Input Binary Field" names "data", but the item has no such file; ${has}`,
				context: { itemIndex: 0 },
			});
			expect(sent).toEqual([]);
		},
	);

	test('is sent', async () => {
		const sent = catchRequests({ id: 1 });
		const parameters = { ...upload, binaryPropertyName: 'note' };
		const output = await runTool({ parameters, items: [otherField] });
		expect(output).toEqual([{ json: { id: 1 }, pairedItem: { item: 0 } }]);
		expect(sent.map(({ body }) => body)).toEqual([{ file: 'a file' }]);
	});
});

describe('a list', () => {
	const list = { resource: 'customer', operation: 'getCustomers' };

	/** Expects one request for a chunk, and answers it. */
	function answerChunk(query: Record<string, string>, ids: number[], hasNext: boolean): void {
		const last = String(ids.at(-1));
		const body = { result: ids.map((id) => ({ id })), hasNext, offset: last };
		nock(HOST).get('/v1/customers').query(query).reply(200, body);
	}

	test('with Return All is read to its end', async () => {
		answerChunk({ sliceSize: '500' }, [1, 2], true);
		answerChunk({ sliceSize: '500', offset: '2' }, [3], false);
		const output = await runTool({ parameters: { ...list, returnAll: true } });
		expect(output).toEqual([1, 2, 3].map((id) => ({ json: { id }, pairedItem: { item: 0 } })));
		expect(nock.isDone()).toBe(true);
	});

	test('with Limit is read up to the limit', async () => {
		answerChunk({ sliceSize: '50' }, [1, 2, 3], true);
		const output = await runTool({ parameters: { ...list, returnAll: false, limit: 2 } });
		expect(output.map(({ json }) => json)).toEqual([{ id: 1 }, { id: 2 }]);
	});
});

describe.each([
	['an agent since version 3', runNode],
	['an earlier agent, or an MCP client', runTool],
])('what %s is told', (_who, run) => {
	const asTool = { isTool: true, connection: 'ai_tool' } as const;

	test('the message says all that is known of an error', async () => {
		answerCustomers();
		const parameters = { ...get, customerId: locator(String(BAD_ID)) };
		const told =
			'No such customer. Status 404: This studio has no such record. Check the ID, or choose the record from the list. A customer number is not an ID.';
		await expect(run({ parameters, ...asTool })).rejects.toMatchObject({ message: told });

		const [{ json }] = await run({ parameters, ...asTool, onError: 'continueRegularOutput' });
		expect(json).toEqual({ error: told, details: { httpStatus: 404 } });
	});

	test('the message says what to do about wrong input', async () => {
		const parameters = { resource: 'customer', operation: 'searchCustomers', searchFields: {} };
		await expect(run({ parameters, ...asTool })).rejects.toMatchObject({
			message: '"Search For" is empty. Add at least one field to it.',
		});
	});

	test('a list without records says so', async () => {
		catchRequests([]);
		const parameters = {
			resource: 'customer',
			operation: 'searchCustomers',
			searchFields: { firstName: 'A' },
		};
		expect(await run({ parameters, ...asTool })).toEqual([
			{ json: { message: 'Nothing was found' }, pairedItem: { item: 0 } },
		]);
		catchRequests([]);
		expect(await run({ parameters })).toEqual([]);
	});
});
