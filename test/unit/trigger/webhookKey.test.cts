import crypto from 'node:crypto';
import fc from 'fast-check';

import { digestOf, matchingKeys } from '../../../nodes/PerfectGymNext/trigger/webhookKey';

const NAME = 'x-api-key';
const KEY = 'webhook-key';

function matches(headers: string[], keys: string[]): number[] {
	return matchingKeys(headers, NAME, keys.map(digestOf));
}

function hasKey(headers: string[], expected: string): boolean {
	return matches(headers, [expected]).length === 1;
}

test.each([
	['in the only header', [NAME, KEY]],
	['under a name in another case', ['X-API-Key', KEY]],
	['among other headers', ['Host', 'n8n', NAME, KEY, 'Accept', KEY]],
])('the right key is found: %s', (_how, headers) => {
	expect(hasKey(headers, KEY)).toBe(true);
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
	['a key in another case', [NAME, KEY.toUpperCase()]],
	['a key with a space', [NAME, `${KEY} `]],
])('anything else is refused: %s', (_what, headers) => {
	expect(hasKey(headers, KEY)).toBe(false);
});

test('without a key in the credential every request is refused', () => {
	for (const headers of [[], [NAME, ''], [NAME, KEY]]) expect(hasKey(headers, '')).toBe(false);
});

test('only the right key is accepted', () => {
	fc.assert(
		fc.property(fc.string(), fc.string({ minLength: 1 }), (given, expected) => {
			expect(hasKey([NAME, given], expected)).toBe(given === expected);
		}),
	);
});

test('the key finds its studio at any position', () => {
	const keys = ['a', '', 'b', 'c'];
	expect(matches([NAME, 'a'], keys)).toEqual([0]);
	expect(matches([NAME, 'c'], keys)).toEqual([3]);
	expect(matches([NAME, ''], keys)).toEqual([]);
	expect(matches([NAME, 'd'], keys)).toEqual([]);
});

test('all studios with the same key are found, so that the caller can refuse it', () => {
	expect(matches([NAME, 'a'], ['a', 'b', 'a'])).toEqual([0, 2]);
});

test('every key is compared, even after a match', () => {
	const compare = jest.spyOn(crypto, 'timingSafeEqual');
	for (const given of ['a', 'c', 'wrong', '']) {
		compare.mockClear();
		matches([NAME, given], ['a', 'b', 'c']);
		expect(compare).toHaveBeenCalledTimes(3);
	}
	compare.mockRestore();
});
