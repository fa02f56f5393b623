import { conceal } from '../../../nodes/PerfectGymNext/transport/conceal';
import { errorIn } from '../../../nodes/PerfectGymNext/transport/nodeErrors';
import { apiRequest, uniqueStudio } from '../fakes.cts';

const KEY = '3f1c9a52-7b0e-4d6a-9c1f-5e8d2b7a4c10';
const SPECIAL = 'a&b<c>"d"/e+f g:h=i?j#k%l';

const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
	['the key', KEY],
	['in upper case', KEY.toUpperCase()],
	['its beginning', KEY.slice(0, 12)],
	['its end', KEY.slice(-12)],
	['its middle', KEY.slice(8, 20)],
	['in base64', base64(KEY)],
	['in base64 after other text', base64(`x-api-key: ${KEY}`).slice(16)],
	['in base64 after one more byte', base64(`x-api-key:  ${KEY}`).slice(20)],
	['in base64 after two more bytes', base64(`x-api-key:   ${KEY}`).slice(20)],
	['percent-encoded', [...KEY].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('')],
])('hides %s', (_what, text) => {
	const concealed = conceal(`before ${text} after ${text}`, KEY);
	expect(concealed).toMatch(/^before .{0,8}\*\*\*.{0,8} after .{0,8}\*\*\*.{0,8}$/);
	expect(concealed).not.toContain(text.slice(8, 16));
});

test.each([
	encodeURIComponent(SPECIAL),
	JSON.stringify(SPECIAL).slice(1, -1),
	'a&amp;b&lt;c&gt;&quot;d&quot;/e+f g:h=i?j#k%l',
	base64(SPECIAL).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
])('hides a key with special characters: %s', (text) => {
	expect(conceal(text, SPECIAL)).toMatch(/^\*\*\*.?$/);
});

test('hides each place once, and keeps what is between', () => {
	expect(conceal(`${KEY}${KEY}`, KEY)).toBe('***');
	expect(conceal(`${KEY} ${KEY}`, KEY)).toBe('*** ***');
	expect(conceal(`a${KEY}`, KEY)).toBe('a***');
	expect(conceal(`${KEY}b`, KEY)).toBe('***b');
});

test.each([
	['text', ''],
	['', KEY],
	['no key at all', KEY],
	['3f1c9a5', KEY],
])('keeps %j', (text, key) => {
	expect(conceal(text, key)).toBe(text);
});

test('hides a short key as a whole', () => {
	expect(conceal('the abc, not ab', 'abc')).toBe('the ***, not ab');
});

test('hides the key before a page is cut', () => {
	const studio = { ...uniqueStudio(), apiKey: KEY };
	for (let length = 150; length < 220; length++) {
		const body = `${'x'.repeat(length)}${KEY}`;
		const page = errorIn({ statusCode: 500, headers: {}, body }, apiRequest(), studio);
		const message = errorIn(
			{ statusCode: 500, headers: {}, body: { errorMessage: 'x'.repeat(800 + length) + KEY } },
			apiRequest(),
			studio,
		);
		expect(`${page?.message} ${message?.message}`).not.toMatch(/3f1c/);
	}
});
