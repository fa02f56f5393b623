import type { IHttpRequestOptions, IRequestOptions } from 'n8n-workflow';

import {
	API_KEY_HEADER,
	authenticateChosen,
	authenticateRequest,
} from '../../../nodes/PerfectGymNext/transport/authenticate';
import { BaseUrlError } from '../../../nodes/PerfectGymNext/transport/baseUrl';

const ACME = 'https://acme.open-api.perfectgym.com';
const API_KEY = 'key-that-must-not-show';
const LOCAL = 'http://127.0.0.1:5050';

function authenticate(
	options: IHttpRequestOptions,
	credential: { baseUrl?: string; apiKey?: string } = {},
): IHttpRequestOptions {
	return authenticateRequest({ baseUrl: 'acme', apiKey: API_KEY, ...credential }, options);
}

/** n8n's HTTP Request node still uses the older of n8n's two helpers, which calls `url` `uri`. */
function authenticateOlder(options: IRequestOptions): IHttpRequestOptions {
	return authenticate(options as unknown as IHttpRequestOptions);
}

function errorOf(action: () => unknown): unknown {
	try {
		action();
	} catch (error) {
		return error;
	}
	return undefined;
}

describe('a request to the studio', () => {
	test('gets the base URL and the key', () => {
		const { baseURL, headers, url } = authenticate({ url: '/v1/customers' });
		expect({ baseURL, headers, url }).toEqual({
			baseURL: ACME,
			headers: { 'x-api-key': API_KEY },
			url: '/v1/customers',
		});
	});

	test.each([
		['relative', { url: 'v1/customers' }],
		['with a query', { url: '/v1/customers?x=https://other.example' }],
		['absolute', { url: `${ACME}/v1/customers` }],
		['absolute in upper case', { url: `${ACME.toUpperCase()}/v1/customers` }],
		['absolute with the usual port', { url: `${ACME}:443/v1/customers` }],
		['absolute without a scheme', { url: '//acme.open-api.perfectgym.com/v1/customers' }],
		['relative, with its own base URL', { url: '/v1/customers', baseURL: ACME }],
		[
			'absolute, although it has another base URL',
			{ url: `${ACME}/v1`, baseURL: 'https://other.example' },
		],
	])('can be %s', (_how, options) => {
		expect(authenticate(options).headers).toEqual({ [API_KEY_HEADER]: API_KEY });
	});

	test('can come from the older helper', () => {
		const options = authenticateOlder({ uri: `${ACME}/v1/customers` });
		expect(options).toMatchObject({
			uri: `${ACME}/v1/customers`,
			headers: { [API_KEY_HEADER]: API_KEY },
		});
	});

	test('goes to the host of the credential even if it has another base URL', () => {
		const options = { url: `${ACME}/v1/customers`, baseURL: 'https://other.example' };
		expect(authenticate(options).baseURL).toBe(ACME);
	});

	test('keeps its headers and all other options of the caller', () => {
		const options: IHttpRequestOptions = {
			method: 'POST',
			url: '/v1/customers/search',
			headers: { 'accept-language': 'en', accept: 'application/json' },
			qs: { studioId: 1 },
			body: { email: 'jane@example.com' },
			timeout: 5000,
			ignoreHttpStatusErrors: true,
		};
		expect(authenticate(options)).toMatchObject({
			...options,
			headers: { ...options.headers, 'x-api-key': API_KEY },
		});
	});

	test('gets the key of the credential instead of any other key', () => {
		const { headers } = authenticate({ url: '/v1', headers: { 'x-api-key': 'other' } });
		expect(headers).toEqual({ 'x-api-key': API_KEY });
	});

	test('gets the key without spaces and line breaks around it', () => {
		const { headers } = authenticate({ url: '/v1' }, { apiKey: `\t ${API_KEY} \n` });
		expect(headers).toEqual({ 'x-api-key': API_KEY });
	});

	test('does not follow redirects, with the options of both request helpers of n8n', () => {
		const options = {
			url: '/v1/customers',
			disableFollowRedirect: false,
			followRedirect: true,
			followAllRedirects: true,
			maxRedirects: 21,
		};
		expect(authenticate(options)).toMatchObject({
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
			maxRedirects: 0,
		});
	});
});

describe('a request to another host', () => {
	test.each([
		['an absolute URL', { url: 'https://other.example/x' }],
		['an absolute URL in upper case', { url: 'HTTPS://OTHER.EXAMPLE/x' }],
		['an absolute URL after a space', { url: ' https://other.example/x' }],
		['a URL without a scheme', { url: '//other.example/x' }],
		['a URL without a scheme, with backslashes', { url: '\\\\other.example/x' }],
		['a URL without a scheme, with both kinds of slashes', { url: '/\\other.example/x' }],
		['a URL without a scheme, with a tab between the slashes', { url: '/\t/other.example/x' }],
		['another port', { url: `${ACME}:8443/v1/customers` }],
		['the studio over HTTP', { url: ACME.replace('https', 'http') }],
		['another tenant', { url: 'https://other.open-api.perfectgym.com/v1/customers' }],
		['a host that starts with the name of the studio', { url: `${ACME}.evil.example/v1` }],
		['a host after a user name that looks like the studio', { url: `${ACME}@evil.example/v1` }],
		['its own base URL', { url: '/v1/customers', baseURL: 'https://other.example' }],
		['its own base URL with another port', { url: 'v1', baseURL: `${ACME}:8443` }],
		['another scheme', { url: 'file:///etc/hosts' }],
	])('is refused without the key: %s', (_how, options) => {
		const error = errorOf(() => authenticate(options));
		expect(error).toMatchObject({
			message: expect.stringContaining(`The API key for ${ACME} is not sent to `) as unknown,
		});
		expect(String(error)).not.toContain(API_KEY);
	});

	test.each([
		['an absolute URL', { uri: 'https://other.example/x' }],
		['a URL without a scheme', { uri: '//other.example/x' }],
		['its own base URL', { uri: '/v1/customers', baseURL: 'https://other.example' }],
		[
			'`uri` leads elsewhere, `url` to the studio',
			{ url: '/v1/customers', uri: 'https://other.example/x' },
		],
		[
			'`url` leads elsewhere, `uri` to the studio',
			{ url: 'https://other.example/x', uri: '/v1/customers' },
		],
	])('from the older helper is refused: %s', (_how, options) => {
		expect(() => authenticateOlder(options)).toThrow(/is not sent to https:\/\/other\.example/);
	});

	test.each(['http://127.0.0.1:5051/x', 'http://localhost:5050/x', 'https://127.0.0.1:5050/x'])(
		'is refused on loopback too: %s',
		(url) => {
			expect(() => authenticate({ url }, { baseUrl: LOCAL })).toThrow(/is not sent to /);
			expect(authenticate({ url: `${LOCAL}/x` }, { baseUrl: LOCAL }).baseURL).toBe(LOCAL);
		},
	);

	test('gets a message that says which address to use', () => {
		expect(() => authenticate({ url: 'https://other.example/x' })).toThrow(
			`The API key for ${ACME} is not sent to https://other.example. Use a URL that starts with ${ACME}.`,
		);
	});
});

test('a long address is cut in the message', () => {
	const error = errorOf(() => authenticate({ url: `https://${'x'.repeat(1_000_000)}.example` }));
	expect(String(error).length).toBeLessThan(500);
});

test('a request without an address is refused', () => {
	expect(() => authenticateOlder({})).toThrow('The request has no address');
});

test.each([undefined, '', 'http://acme.open-api.perfectgym.com', 'my gym'])(
	'a credential with the base URL %j does not sign anything',
	(baseUrl) => {
		expect(() => authenticate({ url: '/v1/customers' }, { baseUrl })).toThrow(BaseUrlError);
		expect(() => authenticate({ url: 'https://other.example' }, { baseUrl })).toThrow(BaseUrlError);
	},
);

describe('a credential of many studios', () => {
	const studios = { studio: [{ name: 'North', baseUrl: 'acme', apiKey: API_KEY }] };

	test.each([
		['with its stored data', { studios }],
		['without a studio', { studios: {} }],
		['without data', {}],
		['with a studio next to the list', { studios, baseUrl: 'acme', apiKey: API_KEY }],
	])('%s does not sign anything', (_what, credential) => {
		expect(() => authenticateChosen(credential, { url: `${ACME}/v1/customers` })).toThrow(
			/contains many studios, and only the PerfectGym Next nodes can choose one/,
		);
	});

	test('signs with the chosen studio, for its own tenant only', () => {
		const chosen = { baseUrl: 'acme', apiKey: API_KEY };
		const { headers } = authenticateChosen(chosen, { url: '/v1/customers' });
		expect(headers).toEqual({ [API_KEY_HEADER]: API_KEY });
		expect(() => authenticateChosen(chosen, { url: 'https://other.example/x' })).toThrow(
			/is not sent to/,
		);
	});
});
