import type { INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { catchRequests } from '../contract/wire.cts';
import { itemsOf, loadOptionsContext, locator, node, runNode } from './harness.cts';

const HOST = 'https://acme.open-api.perfectgym.com';
const FIELDS = '/v1/customers/additional-information-fields';
const CUSTOMER = '/v1/customers/7';
const ASSIGNMENTS = `${CUSTOMER}/additional-information-field-assignments`;
const UPDATE = {
	resource: 'customer',
	operation: 'updateAdditionalInformation',
	customerId: locator('7'),
};
const SET = { ...UPDATE, operation: 'setAdditionalInformationFieldAssignments' };

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

const columns = [
	{ id: '1', displayName: 'Shoe size', type: 'number' },
	{ id: '2', displayName: 'Vegan', type: 'boolean' },
	{ id: '3', displayName: 'Since', type: 'dateTime' },
	{
		id: '4',
		displayName: 'Goal',
		type: 'options',
		options: [{ name: 'Strength', value: '41' }],
	},
	{ id: '5', displayName: 'Note', type: 'string' },
];

function mapped(value: object | null): INodeParameters {
	return {
		additionalInformation: {
			mappingMode: 'defineBelow',
			value,
			matchingColumns: [],
			schema: columns,
			attemptToConvertTypes: false,
			convertFieldsToString: false,
		} as never,
	};
}

function assignment(id: number | string, value: string) {
	return { additionalInformationFieldId: id, value };
}

/** Answers one update of a customer with these assignments. @returns the bodies that were sent */
function answerUpdate(record: object, definitions: [number, unknown] = [200, []]): unknown[] {
	const bodies: unknown[] = [];
	nock(HOST)
		.get(FIELDS)
		.reply(definitions[0], definitions[1] as nock.Body);
	nock(HOST)
		.get(CUSTOMER)
		.reply(200, { id: 7, ...record });
	nock(HOST)
		.put(ASSIGNMENTS, (body) => {
			bodies.push(body);
			return true;
		})
		.reply(200, (_uri, body) => body);
	return bodies;
}

async function run(parameters: INodeParameters) {
	const output = await runNode({ parameters, items: itemsOf([{}]) });
	return output.map(({ json }) => json);
}

describe('the values of columns', () => {
	test('go out as text, each in the form of its type', async () => {
		const sent = catchRequests([]);
		const value = {
			'1': 42,
			'2': false,
			'3': '2026-01-31T23:30:00.000+01:00',
			'4': '41',
			'5': ' a note ',
		};
		await run({ ...SET, ...mapped(value) });
		expect(sent.map(({ body }) => body)).toEqual([
			[
				assignment(1, '42'),
				assignment(2, 'false'),
				assignment(3, '2026-01-31'),
				assignment(4, '41'),
				assignment(5, 'a note'),
			],
		]);
	});

	test('are left out where nothing was entered', async () => {
		const sent = catchRequests([]);
		await run({ ...SET, ...mapped({ '1': null, '2': '', '5': 'x' }) });
		expect(sent.map(({ body }) => body)).toEqual([[assignment(5, 'x')]]);
	});

	test.each([
		[{ '1': 4.5 }, '"Additional Information: Shoe size" must be a whole number'],
		[{ '2': 'perhaps' }, '"Additional Information: Vegan" must be true or false'],
		[{ '3': 'soon' }, '"Additional Information: Since" must be a date'],
		[{ '4': 'Agility' }, '"Additional Information: Goal" must be one of 41 (Strength)'],
		[{ '5': {} }, '"Additional Information: Note" must be text'],
		[{}, '"Additional Information" is missing'],
		[null, '"Additional Information" is missing'],
	])('are checked before anything is sent: %j', async (value, message) => {
		const sent = catchRequests([]);
		await expect(run({ ...SET, ...mapped(value) })).rejects.toThrow(message);
		expect(sent).toEqual([]);
	});
});

describe('an update', () => {
	test('keeps what it does not name', async () => {
		const bodies = answerUpdate({
			additionalInformationFieldAssignments: [assignment(1, '40'), assignment(9, 'kept')],
		});
		expect(await run({ ...UPDATE, ...mapped({ '1': 42 }) })).toEqual([
			{ success: true, customerId: 7 },
		]);
		expect(bodies).toEqual([[assignment(9, 'kept'), assignment(1, '42')]]);
	});

	test.each([
		['an empty list', { additionalInformationFieldAssignments: [] }],
		['nothing', {}],
		['null', { additionalInformationFieldAssignments: null }],
	])('works for a customer with %s', async (_case, record) => {
		const bodies = answerUpdate(record);
		await run({ ...UPDATE, ...mapped({ '1': 42 }) });
		expect(bodies).toEqual([[assignment(1, '42')]]);
	});

	test('reads the definitions once for all items', async () => {
		answerUpdate({});
		nock(HOST).get(CUSTOMER).reply(200, { id: 7 }).put(ASSIGNMENTS).reply(200, []);
		const parameters = { ...UPDATE, ...mapped({ '1': 42 }) };
		await runNode({ parameters, items: itemsOf([{}, {}]) });
		expect(nock.isDone()).toBe(true);
	});

	test('merges JSON too', async () => {
		const bodies = answerUpdate({
			additionalInformationFieldAssignments: [assignment(1, '40'), assignment(9, 'kept')],
		});
		const jsonBody = ' [{"additionalInformationFieldId": "1", "value": "42"}]';
		await run({ ...UPDATE, specifyBody: 'json', jsonBody });
		expect(bodies).toEqual([[assignment(9, 'kept'), assignment('1', '42')]]);
	});

	test('changes nothing when the key may not see additional information', async () => {
		const bodies = answerUpdate({}, [403, { errorMessage: 'Forbidden' }]);
		await expect(run({ ...UPDATE, ...mapped({ '1': 42 }) })).rejects.toMatchObject({
			httpCode: '403',
			description: expect.stringContaining('ADDITIONAL_INFORMATION_READ') as string,
		});
		expect(bodies).toEqual([]);
	});

	test('changes nothing when the list cannot be read', async () => {
		const bodies = answerUpdate({ additionalInformationFieldAssignments: 'odd' });
		await expect(run({ ...UPDATE, ...mapped({ '1': 42 }) })).rejects.toThrow(
			'did not return a list',
		);
		expect(bodies).toEqual([]);
	});
});

test('the editor offers a column for each field of the studio', async () => {
	nock(HOST)
		.get(FIELDS)
		.reply(200, [
			{ id: 1, name: 'Shoe size', type: 'NUMERIC' },
			{ id: 2, name: 'Vegan', type: 'BOOLEAN' },
			{ id: 3, name: 'Since', type: 'DATE' },
			{ id: 4, name: 'Goal', type: 'LIST', listItems: [{ id: 41, name: 'Strength' }] },
			{ id: 5, name: '', type: 'TEXT' },
			{ id: 6, name: 'New', type: 'toString' },
		]);
	const { getAdditionalInformationColumns } = node.methods.resourceMapping;
	const { fields } = await getAdditionalInformationColumns.call(loadOptionsContext(SET));
	expect(
		fields.map(({ id, displayName, type, removed }) => [id, displayName, type, removed]),
	).toEqual([
		['1', 'Shoe size', 'number', true],
		['2', 'Vegan', 'boolean', true],
		['3', 'Since', 'dateTime', true],
		['4', 'Goal', 'options', true],
		['5', '5', 'string', true],
		['6', 'New', 'string', true],
	]);
	expect(fields[3].options).toEqual([{ name: 'Strength', value: '41' }]);
});
