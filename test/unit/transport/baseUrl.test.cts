import fc from 'fast-check';

import {
	BaseUrlError,
	normalizeBaseUrl,
	readBaseUrl,
} from '../../../nodes/PerfectGymNext/transport/baseUrl';

// Many values or tasks: a slow machine needs more than the default of five seconds.
jest.setTimeout(60_000);

const ACME = 'https://acme.open-api.perfectgym.com';

describe('a base URL', () => {
	test.each([
		['a tenant name', 'acme', ACME],
		['a tenant name in upper case', 'ACME', ACME],
		['a tenant name with hyphens', 'acme-gym-2', 'https://acme-gym-2.open-api.perfectgym.com'],
		['a tenant name with spaces around it', '  acme\n', ACME],
		['a tenant name with a slash', 'acme/', ACME],
		['a tenant name with the version', 'acme/v1', ACME],
		['a tenant name with the version and a slash', 'acme/v1/', ACME],
		['a host', 'acme.open-api.perfectgym.com', ACME],
		['a host in upper case', 'ACME.Open-API.PerfectGym.com', ACME],
		['a host with a slash', 'acme.open-api.perfectgym.com/', ACME],
		['a host with the version', 'acme.open-api.perfectgym.com/v1', ACME],
		['a host with the version and a slash', 'acme.open-api.perfectgym.com/v1/', ACME],
		['a host with a port', 'gym.example:8443', 'https://gym.example:8443'],
		['a URL', ACME, ACME],
		['a URL in upper case', ACME.toUpperCase(), ACME],
		['a URL with spaces around it', ` ${ACME} `, ACME],
		['a URL with a slash', `${ACME}/`, ACME],
		['a URL with the version', `${ACME}/v1`, ACME],
		['a URL with the version and a slash', `${ACME}/v1/`, ACME],
		['a URL with the default port of HTTPS', `${ACME}:443`, ACME],
		[
			'another product of the same vendor',
			'https://acme.open-api.magicline.com/v1',
			'https://acme.open-api.magicline.com',
		],
		[
			'a sandbox',
			'https://acme.open-api.sandbox.perfectgym.com',
			'https://acme.open-api.sandbox.perfectgym.com',
		],
		['a host with an umlaut', 'https://münchen.example', 'https://xn--mnchen-3ya.example'],
		[
			'a host that starts like a loopback address',
			'127.0.0.1.gym.example',
			'https://127.0.0.1.gym.example',
		],
	])('can be %s', (_what, entered, origin) => {
		expect(normalizeBaseUrl(entered)).toBe(origin);
	});

	test.each([
		['http://127.0.0.1', 'http://127.0.0.1'],
		['http://127.0.0.1:5050/v1', 'http://127.0.0.1:5050'],
		['http://127.255.1.2:5050', 'http://127.255.1.2:5050'],
		['http://localhost:5050/', 'http://localhost:5050'],
		['http://LOCALHOST', 'http://localhost'],
		['http://[::1]:5050/v1/', 'http://[::1]:5050'],
		['http://[::1]', 'http://[::1]'],
		['https://localhost:5050', 'https://localhost:5050'],
		['localhost', 'http://localhost'],
		['localhost:5050/v1', 'http://localhost:5050'],
		['127.0.0.1:5050', 'http://127.0.0.1:5050'],
		['[::1]:5050', 'http://[::1]:5050'],
	])('can use HTTP on loopback: %s', (entered, origin) => {
		expect(normalizeBaseUrl(entered)).toBe(origin);
	});

	test.each([
		'http://acme.open-api.perfectgym.com',
		'http://127.0.0.1.evil.example',
		'http://localhost.evil.example',
		'http://evil.example/127.0.0.1',
		'http://evil.example#localhost',
		'http://localhost@evil.example',
		'http://[::2]',
		'http://10.0.0.1',
		'http://0.0.0.0',
		'ftp://acme.open-api.perfectgym.com',
		'ftp://localhost:5050',
		'ws://acme.open-api.perfectgym.com',
		'javascript://acme.open-api.perfectgym.com',
	])('must use HTTPS, except on loopback: %s', (entered) => {
		expect(() => normalizeBaseUrl(entered)).toThrow(
			new BaseUrlError('must start with https://, so that the key is encrypted.'),
		);
	});

	test.each([
		'https://user@acme.open-api.perfectgym.com',
		'https://user:secret@acme.open-api.perfectgym.com',
		'https://:secret@acme.open-api.perfectgym.com',
		'user@acme.open-api.perfectgym.com',
		'http://user@localhost:5050',
		'https://:@acme.open-api.perfectgym.com',
	])('must not have a user name or password: %s', (entered) => {
		expect(() => normalizeBaseUrl(entered)).toThrow(
			new BaseUrlError('must not contain a user name or password.'),
		);
	});

	test.each([
		`${ACME}?x=1`,
		`${ACME}/v1?x=1`,
		`${ACME}#x`,
		`${ACME}/v2`,
		`${ACME}/v1/customers`,
		`${ACME}/v11`,
		`${ACME}/v1//`,
		`${ACME}/v1/..`,
		`${ACME}/%2e%2e`,
		`${ACME}/customers`,
		'acme.open-api.perfectgym.com/v1/customers',
	])('must end with the version: %s', (entered) => {
		expect(() => normalizeBaseUrl(entered)).toThrow(
			new BaseUrlError('must only be the address of your tenant, with nothing after /v1.'),
		);
	});

	test.each([
		'my gym',
		'acme/customers',
		'https:/acme.open-api.perfectgym.com',
		'my_gym',
		'münchen',
		'https://my_gym.example',
		'https://',
		'/',
		'/v1',
		'?',
		'javascript:alert(1)',
		'https://acme.example:99999',
		'https://[::1',
		'{{ $json.baseUrl }}',
	])('must be an address: %j is refused', (entered) => {
		expect(() => normalizeBaseUrl(entered)).toThrow(/^Base URL is not a valid URL\./);
	});

	test.each([
		[`${ACME}\u2044evil.example`, '"\u2044" (U+2044)'],
		['acme\u2044v1', '"\u2044" (U+2044)'],
		[`${ACME}\\evil.example`, '"\\" (U+005C)'],
		['\uff41cme', '"\uff41" (U+FF41)'],
		['https://\uff41cme.open-api.perfectgym.com', '"\uff41" (U+FF41)'],
		['https://acme\uff0eopen-api.perfectgym.com', '"\uff0e" (U+FF0E)'],
		['https://acme\u3002open-api.perfectgym.com', '"\u3002" (U+3002)'],
		['https://\u0430cme.open-api.perfectgym.com', '"\u0430" (U+0430)'],
		['https://acme.\u03bfpen-api.perfectgym.com', '"\u03bf" (U+03BF)'],
		['https://acm\u0435.example', '"\u0435" (U+0435)'],
		['https://g\u0131m.example', '"\u0131" (U+0131)'],
		['https://\u{1d41a}cme.example', '"\u{1d41a}" (U+1D41A)'],
		['https://u\u0308.example', 'an invisible character (U+0308)'],
		['https://ac\u200bme.example', 'an invisible character (U+200B)'],
		['https://ac\u00adme.example', 'an invisible character (U+00AD)'],
		['https://ac\tme.example', 'an invisible character (U+0009)'],
		['https://acme.example/\u202e', 'an invisible character (U+202E)'],
		['https://acme\ud83d.example', 'an invisible character (U+D83D)'],
	])('must not have a character that can be mistaken for another: %j', (entered, character) => {
		const problem = readBaseUrl(entered);
		expect(String(problem)).toContain(`Base URL must not contain ${character}`);
	});

	test('may have letters with accents, and its encoded form', () => {
		expect(normalizeBaseUrl('https://Łódź-MÜNCHEN.example')).toBe(
			normalizeBaseUrl(normalizeBaseUrl('https://łódź-münchen.example')),
		);
		expect(normalizeBaseUrl('https://xn--cme-5cd.example')).toBe('https://xn--cme-5cd.example');
	});

	test.each(['a', '-', '.', '/', '[', ':', '@', ' .', '<', '\ud83d'])(
		'does not hold up n8n when it is a megabyte of %j',
		(character) => {
			expect(String(readBaseUrl(character.repeat(1_000_000)))).toMatch(
				/Base URL is longer than 500 characters/,
			);
		},
	);

	test.each([undefined, null, '', '   ', 5, {}, ['acme']])(
		'must not be empty: %j is refused',
		(entered) => {
			expect(() => normalizeBaseUrl(entered)).toThrow(/^Base URL is missing\./);
		},
	);
});

test('any input results in an origin that may get the key, or in an error', () => {
	const part = fc.constantFrom(
		...[
			'http',
			'https',
			'ftp',
			':',
			'/',
			'//',
			'\\',
			'@',
			'?',
			'#',
			'.',
			'%',
			' ',
			'\t',
			'v1',
			'[::1]',
		],
		...[
			'acme',
			'gym.example',
			'localhost',
			'127.0.0.1',
			'2130706433',
			'0x7f.1',
			':8080',
			'ü',
			'-',
			'_',
		],
	);
	const text = fc.oneof(
		fc.string(),
		fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
	);
	const loopback = /^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/;
	fc.assert(
		fc.property(text, (entered) => {
			const outcome = readBaseUrl(entered);
			if (outcome instanceof BaseUrlError) {
				expect(outcome.message).toMatch(/^Base URL (is|must) /);
				return;
			}
			expect(new URL(outcome).origin).toBe(outcome);
			expect(outcome).toMatch(outcome.startsWith('http:') ? loopback : /^https:\/\//);
			expect(readBaseUrl(outcome)).toBe(outcome);
		}),
		{ numRuns: 2000 },
	);
});

test('one function returns the error, the other throws it', () => {
	expect(readBaseUrl('my gym')).toBeInstanceOf(BaseUrlError);
	expect(() => normalizeBaseUrl('my gym')).toThrow(BaseUrlError);
});

// `URL.canParse` fails for umlauts, but only once Node has optimized it.
test('a host with an umlaut is read the same way 50,000 times', () => {
	const wrong = Array.from({ length: 50_000 }, () =>
		normalizeBaseUrl('https://münchen.example'),
	).find((origin) => origin !== 'https://xn--mnchen-3ya.example');
	expect(wrong).toBeUndefined();
});
