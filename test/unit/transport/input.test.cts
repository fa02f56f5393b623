import { UserInputError } from '../../../nodes/PerfectGymNext/transport/errors';
import { readIds } from '../../../nodes/PerfectGymNext/transport/input';
import type { ItemParameters } from '../../../nodes/PerfectGymNext/transport/parameters';

/** The parameters of an item with the given values, each named "Some ID" in the editor. */
function parametersWith(values: Record<string, unknown>): ItemParameters {
	return {
		get: (name: string) => values[name],
		operations: { parameter: () => ({ displayName: 'Some ID' }) },
	} as unknown as ItemParameters;
}

function idOf(value: unknown): unknown {
	return readIds(parametersWith({ customerId: value }), ['customerId']).customerId;
}

describe('an ID in the output of an empty answer', () => {
	test.each([
		['a number', 1210656710, 1210656710],
		['text with digits', '1210656710', 1210656710],
		['text with spaces around the digits', ' 1210656710 ', 1210656710],
		['text with one digit', '7', 7],
		['15 digits', '999999999999999', 999_999_999_999_999],
	])('is a number for %s: %j', (_what, value, id) => {
		expect(idOf(value)).toBe(id);
	});

	test.each([
		['16 digits', '1000000000000000'],
		['16 digits that a number cannot hold', '9007199254740993'],
		['19 digits', '9223372036854775807'],
		['a UUID', '095be615-a8ad-4c33-8e9c-c7612fbf6c9f'],
		['a negative number', '-5'],
		['a fraction', '1.5'],
		['digits with an exponent', '1e5'],
		['text with digits at its ends', '1a1'],
	])('stays text for %s: %j', (_what, value) => {
		expect(idOf(value)).toBe(value);
	});

	test.each([
		['nothing', undefined, 'is missing'],
		['spaces', ' ', 'is missing'],
		['a step in a path', '..', 'must be an ID'],
	])('must not be %s', (_what, value, problem) => {
		expect(() => idOf(value)).toThrow(UserInputError);
		expect(() => idOf(value)).toThrow(`"Some ID" ${problem}`);
	});
});

test('the IDs have the names of their places, in order', () => {
	const parameters = parametersWith({
		documentId: '9223372036854775807',
		customerId: '5',
		other: '6',
	});
	expect(Object.entries(readIds(parameters, ['customerId', 'documentId']))).toEqual([
		['customerId', 5],
		['documentId', '9223372036854775807'],
	]);
	expect(readIds(parameters, [])).toEqual({});
});
