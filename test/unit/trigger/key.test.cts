import crypto from 'node:crypto';
import fc from 'fast-check';

import { matchingKeys } from '../../../nodes/PerfectGymNext/trigger/key';

const NAME = 'x-api-key';
const KEY = 'webhook-key';

function hasKey(headers: string[], name: string, expected: string): boolean {
	return matchingKeys(headers, name, [expected]).length === 1;
}

test.each([
	['alone', [NAME, KEY]],
	['in other letters', ['X-API-Key', KEY]],
	['among others', ['Host', 'n8n', NAME, KEY, 'Accept', KEY]],
])('the right key is found: %s', (_how, headers) => {
	expect(hasKey(headers, NAME, KEY)).toBe(true);
});

test.each([
	['no header', []],
	['another header with the key', ['x-other', KEY]],
	['the header as the value of another', [KEY, NAME]],
	['an empty key', [NAME, '']],
	['two keys', [NAME, KEY, NAME, KEY]],
	['a right and a wrong key', [NAME, KEY, 'X-Api-Key', 'other']],
	['two keys in one header', [NAME, `${KEY}, ${KEY}`]],
	['a shorter key', [NAME, KEY.slice(1)]],
	['a longer key', [NAME, `${KEY}x`]],
	['a key in other letters', [NAME, KEY.toUpperCase()]],
	['a key with a blank', [NAME, `${KEY} `]],
])('anything else is refused: %s', (_what, headers) => {
	expect(hasKey(headers, NAME, KEY)).toBe(false);
});

test('without a key in the credential nobody gets in', () => {
	for (const headers of [[], [NAME, ''], [NAME, KEY]])
		expect(hasKey(headers, NAME, '')).toBe(false);
});

test('no key but the right one gets in', () => {
	fc.assert(
		fc.property(fc.string(), fc.string({ minLength: 1 }), (given, expected) => {
			expect(hasKey([NAME, given], NAME, expected)).toBe(given === expected);
		}),
	);
});

test('the studio is the one whose key it is, wherever it stands', () => {
	const keys = ['a', '', 'b', 'c'];
	expect(matchingKeys([NAME, 'a'], NAME, keys)).toEqual([0]);
	expect(matchingKeys([NAME, 'c'], NAME, keys)).toEqual([3]);
	expect(matchingKeys([NAME, ''], NAME, keys)).toEqual([]);
	expect(matchingKeys([NAME, 'd'], NAME, keys)).toEqual([]);
});

test('studios that share a key are all found, so that none is taken for the other', () => {
	expect(matchingKeys([NAME, 'a'], NAME, ['a', 'b', 'a'])).toEqual([0, 2]);
});

test('every key is compared, a match before it or not', () => {
	const compare = jest.spyOn(crypto, 'timingSafeEqual');
	for (const given of ['a', 'c', 'wrong', '']) {
		compare.mockClear();
		matchingKeys([NAME, given], NAME, ['a', 'b', 'c']);
		expect(compare).toHaveBeenCalledTimes(3);
	}
	compare.mockRestore();
});
