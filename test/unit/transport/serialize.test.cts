import { DateTime } from 'luxon';
import type { INodeProperties, NodePropertyTypes } from 'n8n-workflow';

import { UserInputError } from '../../../nodes/PerfectGymNext/transport/errors';
import { ofIds, nameLocator } from '../../../nodes/PerfectGymNext/transport/marks';
import {
	isEmpty,
	toPathId,
	serialize,
	unwrapLocator,
} from '../../../nodes/PerfectGymNext/transport/serialize';

const ZONE = 'Europe/Berlin';
/** The first integer that a JavaScript number cannot hold exactly. */
const BEYOND_NUMBERS = '9007199254740993';

function declared(type: NodePropertyTypes, more: Partial<INodeProperties> = {}): INodeProperties {
	return { displayName: 'Some Field', name: 'someField', type, default: '', ...more };
}

function serialized(parameter: INodeProperties, entered: unknown): unknown {
	return serialize(parameter, entered, ZONE);
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
const idRows = declared('string', {
	typeOptions: { multipleValues: true, ...ofIds },
});
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

const ALL_KINDS = Object.entries({
	...{ text, texts, number, flag, id, ids, day, time, choice, choices },
	...{ loadedChoice, details, rows, group },
});

describe('an empty value', () => {
	const emptyValues = [undefined, null, '', '  ', []];

	test.each(ALL_KINDS)('is left out where it is optional: %s', (_kind, parameter) => {
		for (const empty of emptyValues) expect(serialized(parameter, empty)).toBeUndefined();
	});

	test.each(ALL_KINDS)('is an error where it is required: %s', (_kind, parameter) => {
		for (const empty of emptyValues) {
			expect(() => serialized({ ...parameter, required: true }, empty)).toThrow(
				new UserInputError('"Some Field" is missing'),
			);
		}
	});

	test('can be a pick list without a choice', () => {
		for (const empty of emptyValues) {
			expect(serialized(id, locator(empty))).toBeUndefined();
			expect(() => serialized({ ...id, required: true }, locator(empty))).toThrow(
				new UserInputError('"Some Field" is missing'),
			);
		}
	});

	test.each([
		['a list of blanks', texts, ['', ' ', null]],
		['only commas', texts, ' , '],
		['a list of blank choices', choices, ['']],
		['an empty collection', notes, {}],
		['a collection of blanks', notes, { note: '' }],
		['a group without a row', rows, {}],
		['a group with no rows', rows, { row: [] }],
		['an empty group', group, {}],
	])('can be %s', (_what, parameter, empty) => {
		expect(serialized(parameter, empty)).toBeUndefined();
		expect(() => serialized({ ...parameter, required: true }, empty)).toThrow(
			new UserInputError('"Some Field" is missing'),
		);
	});

	test.each([0, false, 'false', '0'])('cannot be %j', (value) => {
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
		['+3', 3],
		['.5', 0.5],
		['1e3', 1000],
		['1234567890123.45', 1234567890123.45],
		['0.10', 0.1],
		['9007199254740991', 9007199254740991],
	])('%j is sent as %d', (entered, sent) => {
		expect(serialized(number, entered)).toBe(sent);
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
	])('cannot be %p', (entered, shown) => {
		expect(() => serialized(number, entered)).toThrow(
			new UserInputError(`"Some Field" must be a number, but it is "${shown}"`),
		);
	});

	test.each(['NaN', '-Infinity', '0x10', '0b11', '0o7', '1_000', '1e', '.', 'e5'])(
		'cannot be the text %s',
		(entered) => {
			expect(() => serialized(number, entered)).toThrow(
				new UserInputError(`"Some Field" must be a number, but it is "${entered}"`),
			);
		},
	);

	const limit = declared('number', {
		displayName: 'Limit',
		typeOptions: { minValue: 1, maxValue: 10, numberPrecision: 0 },
	});

	test.each([1, 10, '1', ' 10 '])('can be at its bounds: %j', (entered) => {
		expect(serialized(limit, entered)).toBe(Number(entered));
	});

	test.each([
		[0, 'at least 1'],
		[-1, 'at least 1'],
		['-1', 'at least 1'],
		[11, 'at most 10'],
		['11', 'at most 10'],
		[1.5, 'a whole number'],
		['1.5', 'a whole number'],
	])('that is not allowed is an error: %j must be %s', (entered, expected) => {
		expect(() => serialized(limit, entered)).toThrow(
			new UserInputError(`"Limit" must be ${expected}, but it is "${entered}"`),
		);
	});

	test.each([9007199254740992, -9007199254740992, 1e21, 1e308])(
		'that n8n rounds is refused: %d',
		(entered) => {
			const problem = `"Some Field" is ${entered}, a number that n8n rounds: enter it as text`;
			const kinds = [number, id, text, texts, ids, details];
			for (const kind of kinds) {
				const value = kind === details ? { amount: entered } : entered;
				const name = kind === details ? problem.replace('Some Field', 'Amount') : problem;
				expect(() => serialized(kind, value)).toThrow(new UserInputError(name));
			}
		},
	);

	test('that is whole keeps the digits of its text', () => {
		const whole = declared('number', { typeOptions: { numberPrecision: 0 } });
		expect(serialized(whole, BEYOND_NUMBERS)).toBe(BEYOND_NUMBERS);
	});

	test.each(['0.12345678901234567', '9007199254740993.5', BEYOND_NUMBERS, '1e21'])(
		'with more digits than a number holds is refused: %s',
		(entered) => {
			expect(() => serialized(number, entered)).toThrow(
				new UserInputError(
					`"Some Field" must be a number of at most 15 digits, but it is "${entered}"`,
				),
			);
		},
	);

	test('can have zero as a bound', () => {
		expect(() => serialized(declared('number', { typeOptions: { minValue: 0 } }), -1)).toThrow();
		expect(() => serialized(declared('number', { typeOptions: { maxValue: 0 } }), 1)).toThrow();
	});
});

describe('a boolean', () => {
	test.each([
		[true, true],
		[false, false],
		['true', true],
		['false', false],
		['TRUE', true],
		['FALSE', false],
		[' True ', true],
	])('%j is sent as %j', (entered, sent) => {
		expect(serialized(flag, entered)).toBe(sent);
	});

	test.each(['yes', 1, 0, 'on'])('cannot be %j', (entered) => {
		expect(() => serialized(flag, entered)).toThrow(
			new UserInputError(`"Some Field" must be true or false, but it is "${entered}"`),
		);
	});
});

describe('a choice', () => {
	test.each(['DECIMAL', 'HEX', 2])('from the list is sent: %j', (entered) => {
		expect(serialized(choice, entered)).toBe(entered);
	});

	test.each(['decimal', 'Decimal', 'OCTAL', 3, true])(
		'that is not in the list is refused: %j',
		(entered) => {
			expect(() => serialized(choice, entered)).toThrow(
				new UserInputError(
					`"Some Field" must be one of DECIMAL (Decimal), HEX (Hexadecimal), 2 (Both), but it is "${entered}"`,
				),
			);
		},
	);

	test('from a list that n8n loads is sent unchanged', () => {
		expect(serialized(loadedChoice, 'ANYTHING')).toBe('ANYTHING');
	});

	test.each([
		[['DECIMAL', 'HEX']],
		['DECIMAL, HEX'],
		['DECIMAL,HEX,'],
		[[['DECIMAL'], ['HEX']]],
		['["DECIMAL", "HEX"]'],
	])('of several can be %j', (entered) => {
		expect(serialized(choices, entered)).toEqual(['DECIMAL', 'HEX']);
	});

	test('of several is refused when one of them is not in the list', () => {
		expect(() => serialized(choices, ['DECIMAL', 'OCTAL'])).toThrow(
			new UserInputError(
				'"Some Field" must be one of DECIMAL (Decimal), HEX (Hexadecimal), 2 (Both), but it is "OCTAL"',
			),
		);
	});
});

describe('an ID', () => {
	test.each([
		['picked from a list', locator('1210656710'), 1210656710],
		['picked from a list, as a number', locator(1210656710), 1210656710],
		['as text', '1210656710', 1210656710],
		['as a number', 1210656710, 1210656710],
		['with spaces around it', ' 1210656710 ', 1210656710],
		['as the largest number that is exact', '9007199254740991', 9007199254740991],
		['larger than any exact number', BEYOND_NUMBERS, BEYOND_NUMBERS],
		['as the largest integer of 64 bits', locator('9223372036854775807'), '9223372036854775807'],
		['as a UUID', '095be615-a8ad-4c33-8e9c-c7612fbf6c9f', '095be615-a8ad-4c33-8e9c-c7612fbf6c9f'],
	])('is sent %s', (_how, entered, sent) => {
		expect(serialized(id, entered)).toBe(sent);
	});

	test.each([
		[true, 'true'],
		[{ id: 5 }, '{"id":5}'],
		[NaN, 'NaN'],
		[-1, '-1'],
		[1.5, '1.5'],
		['-1', '-1'],
		['1.5', '1.5'],
		['1e21', '1e21'],
		['1e308', '1e308'],
		['9223372036854775808', '9223372036854775808'],
		['x'.repeat(201), `${'x'.repeat(80)}…`],
	])('cannot be %p', (entered, shown) => {
		expect(() => serialized(id, entered)).toThrow(
			new UserInputError(`"Some Field" must be an ID, but it is "${shown}"`),
		);
		expect(() => serialized(id, locator(entered))).toThrow(
			new UserInputError(`"Some Field" must be an ID, but it is "${shown}"`),
		);
	});

	test.each([
		['a list', [5, '6', BEYOND_NUMBERS]],
		['text with commas', `5, 6,${BEYOND_NUMBERS}`],
		['rows that hold lists', [[5], ['6', BEYOND_NUMBERS]]],
	])('of several can be %s', (_how, entered) => {
		expect(serialized(ids, entered)).toEqual([5, 6, BEYOND_NUMBERS]);
	});

	test('of several can stand with others in a row, with commas', () => {
		expect(serialized(idRows, ['5, 6', BEYOND_NUMBERS])).toEqual([5, 6, BEYOND_NUMBERS]);
	});

	test('is read from a pick list, but not from other objects', () => {
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

	test.each([
		['.'],
		['..'],
		[' .. '],
		[true],
		[{ id: 5 }],
		[[5, 6]],
		['half a surrogate pair: \ud83d'],
		[-1],
		[1.5],
		['-1'],
		['1.5'],
		['1e21'],
		['+5'],
		['9223372036854775808'],
	])('cannot be %j', (entered) => {
		expect(() => toPathId('Customer', entered)).toThrow(/^"Customer" must be an ID, but it is /);
	});

	test.each([9007199254740992, 1e21, 1e308])(
		'cannot be a number that n8n rounds: %d',
		(entered) => {
			expect(() => toPathId('Customer', entered)).toThrow(
				new UserInputError(`"Customer" is ${entered}, a number that n8n rounds: enter it as text`),
			);
		},
	);

	test('cannot be NaN, which the error does not call null', () => {
		expect(() => toPathId('Customer', NaN)).toThrow(/^"Customer" must be an ID, .* "?NaN"?$/);
	});
});

describe('a text', () => {
	test.each([
		['Jane', 'Jane'],
		[' Jane ', 'Jane'],
		[5, '5'],
		[0, '0'],
		[false, 'false'],
		['0012345678', '0012345678'],
	])('%j is sent as %j', (entered, sent) => {
		expect(serialized(text, entered)).toBe(sent);
	});

	test.each([{ password: true }, { rows: 3 }])('keeps its blanks with %j', (typeOptions) => {
		expect(serialized(declared('string', { typeOptions }), ' Jane ')).toBe(' Jane ');
	});

	test('cannot be an object, which would be sent as [object Object]', () => {
		expect(() => serialized(text, { first: 'Jane' })).toThrow(
			new UserInputError('"Some Field" must be text, but it is "{"first":"Jane"}"'),
		);
	});

	test.each([
		['a list', ['a', 'b']],
		['text with commas', 'a, b'],
		['text with stray commas', ',a,,b,'],
		['rows that hold lists', [['a'], ['b']]],
		['JSON', ' ["a", "b"] '],
		['a row of JSON', ['["a","b"]']],
		['a list with blanks in it', ['a', '', null, 'b']],
	])('of several can be %s', (_how, entered) => {
		expect(serialized(texts, entered)).toEqual(['a', 'b']);
	});

	test.each([
		['a list', ['Smith, Jane', 'b'], ['Smith, Jane', 'b']],
		['JSON', '["Smith, Jane", "b"]', ['Smith, Jane', 'b']],
		['text that only looks like JSON', '[a, b', ['[a', 'b']],
	])('of several keeps the commas of its members: %s', (_how, entered, sent) => {
		expect(serialized(texts, entered)).toEqual(sent);
	});

	test('of several is a list even with one value', () => {
		expect(serialized(texts, 5)).toEqual(['5']);
	});

	test('that is refused is shortened in the error', () => {
		const long = { note: 'x'.repeat(500) };
		expect(() => serialized(text, long)).toThrow(
			new UserInputError(`"Some Field" must be text, but it is "{"note":"${'x'.repeat(71)}…"`),
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
		expect(serialized(parameter, entered)).toBe(sent);
	});

	test.each([
		[day, 'a date such as 2026-12-31'],
		[time, 'a time such as 2026-12-31T18:30:00'],
	])('that does not exist is refused with an example: %#', (parameter, example) => {
		expect(() => serialized(parameter, '2026-02-30')).toThrow(
			new UserInputError(`"Some Field" must be ${example}, but it is "2026-02-30"`),
		);
	});
});

describe('a collection', () => {
	test('sends its filled fields, each in its own form, and no others', () => {
		expect(serialized(details, { amount: '5', note: '', unknown: 'x' })).toEqual({ amount: 5 });
	});

	test('names the field that is wrong', () => {
		expect(() => serialized(details, { amount: 'five' })).toThrow(
			new UserInputError('"Amount" must be a number, but it is "five"'),
		);
	});

	test('names the field that is missing', () => {
		expect(() => serialized(details, { note: 'x' })).toThrow(
			new UserInputError('"Amount" is missing'),
		);
	});

	test.each(['some text', 5, [{ amount: 5 }]])('refuses %j instead of dropping it', (entered) => {
		expect(() => serialized(details, entered)).toThrow(/^"Some Field" must be /);
	});
});

describe('rows', () => {
	const sent = [{ amount: 5, note: 'x' }, { amount: 6 }];

	test.each([
		['entered in the editor', { row: [{ amount: 5, note: 'x' }, { amount: '6' }] }],
		[
			'from an expression',
			[
				{ amount: '5', note: 'x' },
				{ amount: 6, note: null },
			],
		],
	])('%s become a list', (_how, entered) => {
		expect(serialized(rows, entered)).toEqual(sent);
	});

	test('name the field that is missing in one of them', () => {
		expect(() => serialized(rows, { row: [{ amount: 5 }, { note: 'x' }] })).toThrow(
			new UserInputError('"Amount" is missing'),
		);
		expect(() => serialized(rows, [{}])).toThrow(new UserInputError('"Amount" is missing'));
	});

	test.each([[{ amount: 5 }], [{ row: { amount: 5 } }], ['some text']])(
		'are refused when they are not a list: %j',
		(entered) => {
			expect(() => serialized(rows, entered)).toThrow(/^"Some Field" must be a list, but it is /);
		},
	);

	test.each([[['some text']], [{ row: [5] }]])(
		'are refused when one of them does not have fields: %j',
		(entered) => {
			expect(() => serialized(rows, entered)).toThrow(/^"Some Field" must be /);
		},
	);
});

describe('a group', () => {
	test.each([
		['entered in the editor', { row: { amount: '5' } }],
		['from an expression', { amount: '5', note: '' }],
	])('%s becomes an object', (_how, entered) => {
		expect(serialized(group, entered)).toEqual({ amount: 5 });
	});

	test('names the field that is missing', () => {
		expect(() => serialized(group, { row: { note: 'x' } })).toThrow(
			new UserInputError('"Amount" is missing'),
		);
	});

	test.each(['some text', 5])('refuses %j instead of dropping it', (entered) => {
		expect(() => serialized(group, entered)).toThrow(/^"Some Field" must be /);
	});
});

test('wrong input is an error of the user, not of the node', () => {
	expect(() => serialized(number, 'five')).toThrow(UserInputError);
	expect(() => serialized({ ...number, required: true }, '')).toThrow(UserInputError);
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

	test('leaves out a field that another field hides, although n8n passes it', () => {
		expect(serialized(dependent, { row: { kind: 'ONE', reason: 'none' } })).toEqual({
			kind: 'ONE',
		});
		expect(serialized(dependent, { row: { kind: 'ONE' } })).toEqual({ kind: 'ONE' });
	});

	test('keeps a field when the other one is missing', () => {
		expect(serialized(dependent, { row: { reason: 'some' } })).toEqual({ reason: 'some' });
	});

	test('keeps the field and requires it when the other field shows it', () => {
		const row = { kind: 'OTHER', reason: 'some' };
		expect(serialized(dependent, { row })).toEqual(row);
		expect(() => serialized(dependent, { row: { kind: 'OTHER' } })).toThrow(
			'"Some Field" is missing',
		);
	});
});

test('a choice by name stays text, and a choice by ID becomes a number', () => {
	expect(serialized({ ...id, typeOptions: nameLocator }, locator('24'))).toBe('24');
	expect(serialized(id, locator('24'))).toBe(24);
});
