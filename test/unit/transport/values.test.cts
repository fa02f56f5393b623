import { DateTime } from 'luxon';
import type { INodeProperties, NodePropertyTypes } from 'n8n-workflow';

import { RequestFault } from '../../../nodes/PerfectGymNext/transport/fault';
import {
	isEmpty,
	toPathId,
	toWire,
	unwrapLocator,
} from '../../../nodes/PerfectGymNext/transport/values';

const ZONE = 'Europe/Berlin';
/** One more than a JavaScript number holds exactly. */
const BEYOND_NUMBERS = '9007199254740993';

function declared(type: NodePropertyTypes, more: Partial<INodeProperties> = {}): INodeProperties {
	return { displayName: 'Some Field', name: 'someField', type, default: '', ...more };
}

function wire(parameter: INodeProperties, entered: unknown): unknown {
	return toWire(parameter, entered, ZONE);
}

function locator(value: unknown) {
	return { __rl: true, mode: 'list', value, cachedResultName: 'Jane Sample' };
}

const text = declared('string');
const texts = declared('string', { typeOptions: { multipleValues: true } });
const number = declared('number');
const flag = declared('boolean');
const id = declared('resourceLocator');
const ids = declared('resourceLocator', { typeOptions: { multipleValues: true } });
const day = declared('dateTime', { typeOptions: { dateOnly: true } });
const time = declared('dateTime');
const choice = declared('options', {
	options: [
		{ name: 'Decimal', value: 'DECIMAL' },
		{ name: 'Hexadecimal', value: 'HEX' },
		{ name: 'Both', value: 2 },
	],
});
const choices = declared('multiOptions', { options: choice.options });
const loadedChoice = declared('options', { typeOptions: { loadOptionsMethod: 'getChoices' } });

const amount = declared('number', { displayName: 'Amount', name: 'amount', required: true });
const note = declared('string', { displayName: 'Note', name: 'note' });
const details = declared('collection', { options: [amount, note] });
const notes = declared('collection', { options: [note] });
const row = { displayName: 'Row', name: 'row', values: [amount, note] };
const rows = declared('fixedCollection', {
	typeOptions: { multipleValues: true },
	options: [row],
});
const group = declared('fixedCollection', { options: [row] });

const EVERY_KIND = Object.entries({
	...{ text, texts, number, flag, id, ids, day, time, choice, choices },
	...{ loadedChoice, details, rows, group },
});

describe('nothing entered', () => {
	const nothings = [undefined, null, '', '  ', []];

	test.each(EVERY_KIND)('is left out where it is optional: %s', (_kind, parameter) => {
		for (const nothing of nothings) expect(wire(parameter, nothing)).toBeUndefined();
	});

	test.each(EVERY_KIND)('is named to the user where it is required: %s', (_kind, parameter) => {
		for (const nothing of nothings) {
			expect(() => wire({ ...parameter, required: true }, nothing)).toThrow(
				new RequestFault('"Some Field" is missing'),
			);
		}
	});

	test('is also a pick list in which nothing was picked', () => {
		for (const nothing of nothings) {
			expect(wire(id, locator(nothing))).toBeUndefined();
			expect(() => wire({ ...id, required: true }, locator(nothing))).toThrow(
				new RequestFault('"Some Field" is missing'),
			);
		}
	});

	test.each([
		['a list of blanks', texts, ['', ' ', null]],
		['commas alone', texts, ' , '],
		['a list of blanks to choose from', choices, ['']],
		['an empty collection', notes, {}],
		['a collection of blanks', notes, { note: '' }],
		['a group without a row', rows, {}],
		['a group with no rows', rows, { row: [] }],
		['a group that was not filled', group, {}],
	])('is also %s', (_what, parameter, nothing) => {
		expect(wire(parameter, nothing)).toBeUndefined();
		expect(() => wire({ ...parameter, required: true }, nothing)).toThrow(
			new RequestFault('"Some Field" is missing'),
		);
	});

	test.each([0, false, 'false', '0'])('is not %j', (value) => {
		expect(isEmpty(value)).toBe(false);
	});
});

describe('a number', () => {
	test.each([
		[5, 5],
		[0, 0],
		[-1.5, -1.5],
		['5', 5],
		[' 5.25 ', 5.25],
		['-3', -3],
	])('%j is sent as %d', (entered, sent) => {
		expect(wire(number, entered)).toBe(sent);
	});

	test.each([
		['five', 'five'],
		['1,5', '1,5'],
		['5 EUR', '5 EUR'],
		[true, 'true'],
		['Infinity', 'Infinity'],
		[{ amount: 5 }, '{"amount":5}'],
		[[5], '[5]'],
		[NaN, 'NaN'],
	])('is not %p', (entered, shown) => {
		expect(() => wire(number, entered)).toThrow(
			new RequestFault(`"Some Field" must be a number, but it is "${shown}"`),
		);
	});

	const limit = declared('number', {
		displayName: 'Limit',
		typeOptions: { minValue: 1, maxValue: 10, numberPrecision: 0 },
	});

	test.each([1, 10, '1', ' 10 '])('may be at its bounds: %j', (entered) => {
		expect(wire(limit, entered)).toBe(Number(entered));
	});

	test.each([
		[0, 'at least 1'],
		[-1, 'at least 1'],
		['-1', 'at least 1'],
		[11, 'at most 10'],
		['11', 'at most 10'],
		[1.5, 'a whole number'],
		['1.5', 'a whole number'],
	])('outside of what is allowed, %j, must be %s', (entered, expected) => {
		expect(() => wire(limit, entered)).toThrow(
			new RequestFault(`"Limit" must be ${expected}, but it is "${entered}"`),
		);
	});

	test('keeps its bounds when zero is one of them', () => {
		expect(() => wire(declared('number', { typeOptions: { minValue: 0 } }), -1)).toThrow();
		expect(() => wire(declared('number', { typeOptions: { maxValue: 0 } }), 1)).toThrow();
	});
});

describe('a boolean', () => {
	test.each([
		[true, true],
		[false, false],
		['true', true],
		['false', false],
	])('%j is sent as %j', (entered, sent) => {
		expect(wire(flag, entered)).toBe(sent);
	});

	test.each(['yes', 1, 0, 'on'])('is not %j', (entered) => {
		expect(() => wire(flag, entered)).toThrow(
			new RequestFault(`"Some Field" must be true or false, but it is "${entered}"`),
		);
	});
});

describe('a choice', () => {
	test.each(['DECIMAL', 'HEX', 2])('that is offered is sent: %j', (entered) => {
		expect(wire(choice, entered)).toBe(entered);
	});

	test.each(['decimal', 'Decimal', 'OCTAL', 3, true])(
		'that is not offered is refused: %j',
		(entered) => {
			expect(() => wire(choice, entered)).toThrow(
				new RequestFault(
					`"Some Field" must be one of DECIMAL (Decimal), HEX (Hexadecimal), 2 (Both), but it is "${entered}"`,
				),
			);
		},
	);

	test('from a list that is not known here is sent as it is', () => {
		expect(wire(loadedChoice, 'ANYTHING')).toBe('ANYTHING');
	});

	test.each([[['DECIMAL', 'HEX']], ['DECIMAL, HEX'], ['DECIMAL,HEX,'], [[['DECIMAL'], ['HEX']]]])(
		'of several may come as %j',
		(entered) => {
			expect(wire(choices, entered)).toEqual(['DECIMAL', 'HEX']);
		},
	);

	test('of several is refused when one of them is not offered', () => {
		expect(() => wire(choices, ['DECIMAL', 'OCTAL'])).toThrow(
			new RequestFault(
				'"Some Field" must be one of DECIMAL (Decimal), HEX (Hexadecimal), 2 (Both), but it is "OCTAL"',
			),
		);
	});
});

describe('an ID', () => {
	test.each([
		['picked from a list', locator('1210656710'), 1210656710],
		['picked from a list, as a number', locator(1210656710), 1210656710],
		['bare, as text', '1210656710', 1210656710],
		['bare, as a number', 1210656710, 1210656710],
		['with spaces around', ' 1210656710 ', 1210656710],
		['the largest that a number holds', '9007199254740991', 9007199254740991],
		['beyond what a number holds', BEYOND_NUMBERS, BEYOND_NUMBERS],
		['the largest of 64 bits', locator('9223372036854775807'), '9223372036854775807'],
		['a UUID', '095be615-a8ad-4c33-8e9c-c7612fbf6c9f', '095be615-a8ad-4c33-8e9c-c7612fbf6c9f'],
	])('%s is sent', (_how, entered, sent) => {
		expect(wire(id, entered)).toBe(sent);
	});

	test.each([
		[true, 'true'],
		[{ id: 5 }, '{"id":5}'],
		[NaN, 'NaN'],
	])('is not %p', (entered, shown) => {
		expect(() => wire(id, entered)).toThrow(
			new RequestFault(`"Some Field" must be an ID, but it is "${shown}"`),
		);
		expect(() => wire(id, locator(entered))).toThrow(
			new RequestFault(`"Some Field" must be an ID, but it is "${shown}"`),
		);
	});

	test.each([
		['a list', [5, '6', BEYOND_NUMBERS]],
		['text with commas', `5, 6,${BEYOND_NUMBERS}`],
		['rows that hold lists', [[5], ['6', BEYOND_NUMBERS]]],
	])('of several may come as %s', (_how, entered) => {
		expect(wire(ids, entered)).toEqual([5, 6, BEYOND_NUMBERS]);
	});

	test('is taken out of a pick list, and only out of one', () => {
		expect(unwrapLocator(locator('5'))).toBe('5');
		expect(unwrapLocator({ value: '5' })).toEqual({ value: '5' });
		expect(unwrapLocator('5')).toBe('5');
		expect(unwrapLocator(null)).toBeNull();
	});
});

describe('an ID in a path', () => {
	test.each([
		['1210656710', '1210656710'],
		[' 1210656710 ', '1210656710'],
		[1210656710, '1210656710'],
		[BEYOND_NUMBERS, BEYOND_NUMBERS],
		['007', '007'],
		['a/b', 'a/b'],
	])('%j is sent as %j', (entered, sent) => {
		expect(toPathId('Customer', entered)).toBe(sent);
	});

	test.each([['.'], ['..'], [' .. '], [true], [{ id: 5 }], [[5, 6]], ['half a sign: \ud83d']])(
		'is not %j',
		(entered) => {
			expect(() => toPathId('Customer', entered)).toThrow(/^"Customer" must be an ID, but it is /);
		},
	);

	test('is not NaN, and is not said to be null then', () => {
		expect(() => toPathId('Customer', NaN)).toThrow(/^"Customer" must be an ID, .* "?NaN"?$/);
	});
});

describe('a text', () => {
	test.each([
		['Jane', 'Jane'],
		[' Jane ', ' Jane '],
		[5, '5'],
		[0, '0'],
		[false, 'false'],
		['0012345678', '0012345678'],
	])('%j is sent as %j', (entered, sent) => {
		expect(wire(text, entered)).toBe(sent);
	});

	test('is no object, which would be sent as [object Object]', () => {
		expect(() => wire(text, { first: 'Jane' })).toThrow(
			new RequestFault('"Some Field" must be text, but it is "{"first":"Jane"}"'),
		);
	});

	test.each([
		['a list', ['a', 'b']],
		['text with commas', 'a, b'],
		['text with stray commas', ',a,,b,'],
		['rows that hold lists', [['a'], ['b']]],
		['rows that hold text with commas', ['a,b']],
		['a list with blanks in it', ['a', '', null, 'b']],
	])('of several may come as %s', (_how, entered) => {
		expect(wire(texts, entered)).toEqual(['a', 'b']);
	});

	test('of several keeps what is one value a list', () => {
		expect(wire(texts, 5)).toEqual(['5']);
	});

	test('that is refused is shown in short', () => {
		const long = { note: 'x'.repeat(500) };
		expect(() => wire(text, long)).toThrow(
			new RequestFault(`"Some Field" must be text, but it is "{"note":"${'x'.repeat(71)}…"`),
		);
	});
});

describe('a date or time', () => {
	test.each([
		[day, '2026-12-31T23:30:00Z', '2026-12-31'],
		[day, '31.12.2026', '2026-12-31'],
		[day, new Date('2026-12-31T23:30:00Z'), '2027-01-01'],
		[time, '2026-12-31T23:30:00', '2026-12-31T23:30:00+01:00'],
		[time, '2026-12-31T23:30:00Z', '2026-12-31T23:30:00Z'],
		[time, DateTime.fromISO('2026-12-31T23:30:00', { zone: 'UTC' }), '2026-12-31T23:30:00.000Z'],
	])('is sent in the form of the API: %#', (parameter, entered, sent) => {
		expect(wire(parameter, entered)).toBe(sent);
	});

	test.each([
		[day, 'a date such as 2026-12-31'],
		[time, 'a time such as 2026-12-31T18:30:00'],
	])('that does not exist is refused with an example: %#', (parameter, example) => {
		expect(() => wire(parameter, '2026-02-30')).toThrow(
			new RequestFault(`"Some Field" must be ${example}, but it is "2026-02-30"`),
		);
	});
});

describe('a collection', () => {
	test('sends the fields that were filled, each in its own form, and no others', () => {
		expect(wire(details, { amount: '5', note: '', unknown: 'x' })).toEqual({ amount: 5 });
	});

	test('names the field that is wrong', () => {
		expect(() => wire(details, { amount: 'five' })).toThrow(
			new RequestFault('"Amount" must be a number, but it is "five"'),
		);
	});

	test('names the field that is missing', () => {
		expect(() => wire(details, { note: 'x' })).toThrow(new RequestFault('"Amount" is missing'));
	});

	test.each(['some text', 5, [{ amount: 5 }]])('refuses %j rather than to lose it', (entered) => {
		expect(() => wire(details, entered)).toThrow(/^"Some Field" must be /);
	});
});

describe('rows', () => {
	const sent = [{ amount: 5, note: 'x' }, { amount: 6 }];

	test.each([
		['entered in the editor', { row: [{ amount: 5, note: 'x' }, { amount: '6' }] }],
		[
			'of an expression',
			[
				{ amount: '5', note: 'x' },
				{ amount: 6, note: null },
			],
		],
	])('%s become a list', (_how, entered) => {
		expect(wire(rows, entered)).toEqual(sent);
	});

	test('name the field that is missing in one of them', () => {
		expect(() => wire(rows, { row: [{ amount: 5 }, { note: 'x' }] })).toThrow(
			new RequestFault('"Amount" is missing'),
		);
		expect(() => wire(rows, [{}])).toThrow(new RequestFault('"Amount" is missing'));
	});

	test.each([[{ amount: 5 }], [{ row: { amount: 5 } }], ['some text']])(
		'are refused when they are no list: %j',
		(entered) => {
			expect(() => wire(rows, entered)).toThrow(/^"Some Field" must be a list, but it is /);
		},
	);

	test.each([[['some text']], [{ row: [5] }]])(
		'are refused when one of them has no fields: %j',
		(entered) => {
			expect(() => wire(rows, entered)).toThrow(/^"Some Field" must be /);
		},
	);
});

describe('a group', () => {
	test.each([
		['entered in the editor', { row: { amount: '5' } }],
		['of an expression', { amount: '5', note: '' }],
	])('%s becomes an object', (_how, entered) => {
		expect(wire(group, entered)).toEqual({ amount: 5 });
	});

	test('names the field that is missing', () => {
		expect(() => wire(group, { row: { note: 'x' } })).toThrow(
			new RequestFault('"Amount" is missing'),
		);
	});

	test.each(['some text', 5])('refuses %j rather than to lose it', (entered) => {
		expect(() => wire(group, entered)).toThrow(/^"Some Field" must be /);
	});
});

test('a fault is one of the user, not of the node', () => {
	expect(() => wire(number, 'five')).toThrow(RequestFault);
	expect(() => wire({ ...number, required: true }, '')).toThrow(RequestFault);
});

describe('a row', () => {
	const kind = declared('options', {
		name: 'kind',
		options: [
			{ name: 'One', value: 'ONE' },
			{ name: 'Other', value: 'OTHER' },
		],
	});
	const displayOptions = { show: { kind: ['OTHER'] } };
	const reason = declared('string', { name: 'reason', required: true, displayOptions });
	const values = [kind, reason];
	const dependent = declared('fixedCollection', {
		options: [{ displayName: 'Row', name: 'row', values }],
	});

	test('leaves out a field that another field of it rules out, though n8n hands it over', () => {
		expect(wire(dependent, { row: { kind: 'ONE', reason: 'none' } })).toEqual({ kind: 'ONE' });
		expect(wire(dependent, { row: { kind: 'ONE' } })).toEqual({ kind: 'ONE' });
	});

	test('keeps the field, and asks for it, where the other wants it', () => {
		const row = { kind: 'OTHER', reason: 'some' };
		expect(wire(dependent, { row })).toEqual(row);
		expect(() => wire(dependent, { row: { kind: 'OTHER' } })).toThrow('"Some Field" is missing');
	});
});

test('what is picked by name stays text, what is picked by ID becomes a number', () => {
	const modes = (...names: string[]) =>
		names.map((name) => ({ displayName: name, name, type: 'string' as const }));
	expect(wire({ ...id, modes: modes('list', 'name') }, locator('24'))).toBe('24');
	expect(wire({ ...id, modes: modes('list', 'id') }, locator('24'))).toBe(24);
});
