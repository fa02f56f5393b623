import type { IDataObject, INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { itemsOf, locator, runNode } from './harness.cts';

const HOST = 'https://acme.open-api.perfectgym.com';
const FIELDS = '/v1/customers/additional-information-fields';
const LIST = { resource: 'customer', operation: 'getCustomers', returnAll: true };
const AS_COLUMNS = { additionalInformationAsColumns: true };

const definitions = [
	{ id: 1, name: 'Shoe size', type: 'NUMERIC' },
	{ id: 2, name: 'Vegan', type: 'BOOLEAN' },
	{
		id: 3,
		name: 'Goal',
		type: 'LIST',
		listItems: [
			{ id: 31, name: 'Strength' },
			{ id: 32, name: 'Endurance' },
		],
	},
	{ id: 4, name: 'Since', type: 'DATE' },
	{ id: 5, name: 'email', type: 'TEXT' },
	{ id: 6, name: 'Goal', type: 'TEXT' },
];
const assigned = [
	{ additionalInformationFieldId: 1, value: '42' },
	{ additionalInformationFieldId: 2, value: 'true' },
	{ additionalInformationFieldId: 3, value: '32' },
	{ additionalInformationFieldId: 4, value: '2026-01-31' },
	{ additionalInformationFieldId: 5, value: '=note' },
	{ additionalInformationFieldId: 99, value: 'removed' },
];
const customers = [
	{ id: 7, email: 'a@example.com', additionalInformationFieldAssignments: assigned, floor: '1' },
	{ id: 8, email: 'b@example.com', additionalInformationFieldAssignments: [] },
	{ id: 9, email: 'c@example.com' },
];

beforeEach(() => {
	nock(HOST)
		.persist()
		.get('/v1/customers')
		.query(true)
		.reply(200, {
			result: customers,
			hasNext: false,
			offset: '3',
		} as nock.Body);
});
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

/** Answers one request for the definitions; a second one would fail. */
function answerFields(status = 200, body: unknown = definitions): nock.Scope {
	return nock(HOST)
		.get(FIELDS)
		.reply(status, body as nock.Body);
}

async function run(parameters: INodeParameters, count = 1): Promise<IDataObject[]> {
	const items = itemsOf(Array.from({ length: count }, () => ({})));
	const output = await runNode({ parameters: { ...LIST, ...parameters }, items });
	return output.map(({ json }) => json);
}

test('flat output has a column for each field of the studio, typed and by name', async () => {
	answerFields();
	const [first, second, third] = await run({ output: 'flat' });
	const names = [
		'Shoe size',
		'Vegan',
		'Goal',
		'Since',
		'email (2)',
		'Goal (2)',
		'floor',
		'Field 99',
	];
	expect(Object.keys(first)).toEqual(['id', 'email', ...names]);
	expect(first).toEqual({
		id: 7,
		email: 'a@example.com',
		'Shoe size': 42,
		Vegan: true,
		Goal: 'Endurance',
		Since: '2026-01-31',
		'email (2)': '=note',
		'Goal (2)': null,
		floor: '1',
		'Field 99': 'removed',
	});
	expect(Object.keys(second)).toEqual(Object.keys(first));
	expect(second).toMatchObject({ id: 8, 'Shoe size': null, Vegan: null, 'Field 99': null });
	expect(third).toMatchObject({ id: 9, email: 'c@example.com', 'Shoe size': null });
});

test('full output has an object by name when the option is on', async () => {
	answerFields();
	const [first, second, third] = await run({ options: AS_COLUMNS });
	expect(first).toEqual({
		id: 7,
		email: 'a@example.com',
		additionalInformation: {
			'Shoe size': 42,
			Vegan: true,
			Goal: 'Endurance',
			Since: '2026-01-31',
			email: '=note',
			'Goal (2)': null,
			'Field 99': 'removed',
		},
		floor: '1',
	});
	expect(second.additionalInformation).toMatchObject({ Goal: null });
	expect(third).toEqual(customers[2]);
});

test('the definitions are read once for all items of a run', async () => {
	answerFields();
	expect(await run({ output: 'flat' }, 5)).toHaveLength(15);
	expect(nock.pendingMocks().filter((mock) => mock.includes(FIELDS))).toEqual([]);
});

test.each([
	['full output', {}],
	[
		'flat output with the option off',
		{ output: 'flat', options: { additionalInformationAsColumns: false } },
	],
	['simplified output', { output: 'simplified', options: AS_COLUMNS }],
	[
		'chosen fields without it',
		{ output: 'selected', outputFields: ['email'], options: AS_COLUMNS },
	],
	['flat output of other fields', { output: 'flat', outputFields: ['email'] }],
])('nothing is read for %s', async (_case, parameters) => {
	const fields = answerFields();
	expect(await run(parameters)).toHaveLength(3);
	expect(fields.isDone()).toBe(false);
});

test('the chosen field comes out by name', async () => {
	answerFields();
	const parameters = {
		output: 'selected',
		outputFields: ['additionalInformationFieldAssignments'],
		options: AS_COLUMNS,
	};
	const [first] = await run(parameters);
	expect(first).toMatchObject({ id: 7, additionalInformation: { Goal: 'Endurance' } });
});

test('flat output keeps the list when the key may not read the names', async () => {
	answerFields(403, { errorMessage: 'Forbidden' });
	const [first] = await run({ output: 'flat' });
	expect(first.additionalInformationFieldAssignments).toBe(JSON.stringify(assigned));
});

test('the run fails when the option was chosen and the key may not read the names', async () => {
	answerFields(403, { errorMessage: 'Forbidden' });
	await expect(run({ output: 'flat', options: AS_COLUMNS })).rejects.toMatchObject({
		httpCode: '403',
		description: expect.stringContaining('ADDITIONAL_INFORMATION_READ') as string,
	});
});

test('an error that is not about scopes is not hidden', async () => {
	answerFields(404, { errorMessage: 'No such path' });
	await expect(run({ output: 'flat' })).rejects.toMatchObject({ httpCode: '404' });
});

test('definitions that are not a list are an error', async () => {
	answerFields(200, { id: 1 });
	await expect(run({ output: 'flat' })).rejects.toThrow('did not return a list');
});

test.each([
	['NUMERIC', '12345678901234567890', '12345678901234567890'],
	['NUMERIC', '-5', -5],
	['NUMERIC', '1e3', '1e3'],
	['BOOLEAN', 'false', false],
	['BOOLEAN', 'maybe', 'maybe'],
	['LIST', '77', '77'],
	['TEXT', '42', '42'],
])('a value of type %s that is %j comes out as %j', async (type, value, expected) => {
	nock.cleanAll();
	nock(HOST)
		.get('/v1/customers/7')
		.reply(200, {
			id: 7,
			additionalInformationFieldAssignments: [{ additionalInformationFieldId: 1, value }],
		});
	answerFields(200, [{ id: 1, name: '__proto__', type, listItems: [] }]);
	const parameters = { operation: 'getCustomerById', customerId: locator('7'), output: 'flat' };
	expect(Object.entries((await run(parameters))[0])).toEqual([
		['id', 7],
		['__proto__', expected],
	]);
});
