import fc from 'fast-check';

import { hasKey } from '../../../nodes/PerfectGymNext/trigger/key';

const NAME = 'x-api-key';
const KEY = 'webhook-key';

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
