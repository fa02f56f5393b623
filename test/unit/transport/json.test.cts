import { parseJson } from '../../../nodes/PerfectGymNext/transport/json';

const LONG = '9007199254740993';

test.each<[string, string, unknown]>([
	['an ID beyond 2^53', `{"id":${LONG}}`, { id: LONG }],
	['the largest ID', '{"id":9223372036854775807}', { id: '9223372036854775807' }],
	['a negative number', `{"id":-${LONG}}`, { id: `-${LONG}` }],
	['one in a list', `[1,${LONG},2]`, [1, LONG, 2]],
	['the only one of a list', `[${LONG}]`, [LONG]],
	['one after line breaks', `{\n\t"id":\n${LONG}\n}`, { id: LONG }],
	['one after a text with quotation marks', `{"a\\"b\\\\":${LONG}}`, { 'a"b\\': LONG }],
	['one after a text of digits', `["${LONG}",${LONG}]`, [LONG, LONG]],
	['one after other digits', `{"a":12345678901,"b":${LONG}}`, { a: 12345678901, b: LONG }],
])('keeps the digits of %s', (_what, text, value) => {
	expect(parseJson(text)).toEqual(value);
});

test.each([
	'{"id":9007199254740991}',
	'{"id":1234567890123456}',
	`{"text":"a ${LONG} b, ${LONG}: [${LONG}"}`,
	`{"amount":9007199254740993.5,"share":0.1234567890123456789,"large":1e21,"id":1}`,
	`{"exponent":12345678901234567e3}`,
])('reads other numbers and texts as JSON.parse does: %s', (text) => {
	expect(parseJson(text)).toEqual(JSON.parse(text));
});

test('finds such a number wherever it stands', () => {
	for (let before = 0; before < 40; before++) {
		const text = `["${'x'.repeat(before)}",${LONG}]`;
		expect(parseJson(text)).toEqual(['x'.repeat(before), LONG]);
	}
});

test.each(['', '{', `[${LONG}`, `{"id":0${LONG}}`, '<html>'])('refuses %j', (text) => {
	expect(() => parseJson(text)).toThrow(SyntaxError);
});
