import fc from 'fast-check';
import { CredentialTestContext } from 'n8n-core';
import type { INodeCredentialTestResult } from 'n8n-workflow';

import { testStudioKey, testStudioKeys } from '../../nodes/PerfectGymNext/credentialTest';
import { locator, prepareRun } from '../engine/harness.cts';
import { studiosCredential } from '../studiosCredential.cts';
import { expectInvariants, observe, type Rules, watchLog } from './invariants.cts';
import { type Answer, catchAllRequests, type SeenRequest } from './network.cts';
import { Odd, oddTexts, oddValues } from './odd.cts';
import { NO_WAITING } from './run.cts';
import { settings } from './settings.cts';

const RUNS = 700;
const PRODUCTION = '.open-api.perfectgym.com';
const IS_LOOPBACK = /^http:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/;
/** Nothing that ends a host, or looks as if it did. */
const HOST_ONLY = /^[\w.\-[\]:\u00c0-\u017f]+$/;
const ENDPOINTS = [
	{ method: 'GET', template: '/v1/customers/{customerId}' },
	{ method: 'GET', template: '/v1/studios/information' },
	{ method: 'HEAD', template: '/v1/customers' },
];

catchAllRequests();
watchLog();

/** Parts of addresses, put together in every way. */
const addresses = fc
	.tuple(
		fc.constantFrom(
			'',
			'',
			'https://',
			'HTTPS://',
			'http://',
			'ftp://',
			'javascript:',
			'//',
			'https:',
		),
		fc.constantFrom('', '', '', 'a:b@', 'evil.example@', '@', ':@', '%40'),
		fc.constantFrom(
			...['acme', 'Acme', 'acme.open-api.perfectgym.com', 'acme.example', 'localhost', '127.0.0.1'],
			...['[::1]', '[::ffff:7f00:1]', '0x7f.1', '2130706433', '127.1', 'acme..example', '-acme'],
			...[
				'acme.',
				'.acme',
				'acme\u2044x',
				'\u0430cme',
				'acme\u3002example',
				'acme\uff0fx',
				'ex\u00e4mple',
			],
			...['acme\u200b', 'acme\0', 'a cme', 'xn--80ak6aa92e.com', 'evil.example#', 'evil.example?'],
			...[
				'evil.example\\',
				'evil.example/',
				'evil.example%2f',
				'acme;evil.example',
				'a'.repeat(300),
			],
			...[
				'constructor',
				'__proto__',
				'evil.example,acme',
				'acme\r\nx: y',
				'*.example',
				'169.254.169.254',
			],
		),
		fc.constantFrom('', '', '', PRODUCTION, `@acme${PRODUCTION}`, `.acme${PRODUCTION}`),
		fc.constantFrom('', '', '', ':443', ':8443', ':99999', ':0', ':', ':a'),
		fc.constantFrom(
			'',
			'',
			'/',
			'/v1',
			'/v1/',
			'/v2',
			'/v1/..',
			'/%2e%2e',
			'?a=b',
			'#a',
			'\\',
			'//x',
		),
		fc.constantFrom('', '', ' ', '\n', '\t'),
	)
	.map((parts) => parts.join(''));
const baseUrls = fc.oneof(
	{ weight: 8, arbitrary: addresses },
	{ weight: 1, arbitrary: oddTexts },
	{ weight: 1, arbitrary: oddValues },
);

/** Answers as PerfectGym Next does: it knows the key of the run, and no other. */
function api({ headers }: SeenRequest): Answer {
	const isKnown = headers['x-api-key']?.includes('must-not-show');
	return isKnown ? { body: { id: 1, name: 'Alpha' } } : { status: 401, body: {} };
}

/** The host that a request went to is the one that a person reads in the entered text. */
function expectReadableHost(requests: readonly SeenRequest[], entered: unknown): void {
	for (const { origin } of requests) {
		expect(entered).toEqual(expect.any(String));
		const { protocol, hostname, host } = new URL(origin);
		if (protocol !== 'https:') expect(origin).toMatch(IS_LOOPBACK);
		const written = String(entered)
			.trim()
			.toLowerCase()
			.replace(/^https?:\/\//, '')
			.replace(/\/(v1\/?)?$/, '');
		const asTyped = [written, written.replace(/:(443|80)$/, ''), `${written}${PRODUCTION}`];
		// Letters with accents have another form on the wire, and so have addresses in numbers.
		const onTheWire = HOST_ONLY.test(written) ? new URL(`https://${written}`).hostname : '';
		expect([...asTyped, onTheWire]).toContain(asTyped.includes(host) ? host : hostname);
	}
}

test('requests go to the host that the user reads, from the node and from the tests', async () => {
	const property = fc.asyncProperty(
		baseUrls.map((value) => new Odd(value)),
		async ({ value: baseUrl }) => {
			const run = await observe(
				(apiKey) =>
					prepareRun({
						parameters: {
							resource: 'customer',
							operation: 'getCustomerById',
							customerId: locator('1'),
							options: NO_WAITING,
						},
						credential: { baseUrl: baseUrl as string, apiKey },
					}),
				() => api,
			);
			const one = await observe(
				(apiKey) => async () => await tested(testStudioKey, { baseUrl, apiKey }),
				() => api,
			);
			const many = await observe(
				(apiKey) => async () =>
					await tested(
						testStudioKeys,
						studiosCredential([{ name: 'Alpha', baseUrl, apiKey, webhookApiKey: '' }]),
					),
				() => api,
			);
			const origins = new Set<string | undefined>();
			for (const observation of [run, one, many]) {
				const { requests } = observation;
				const rules: Rules = { origin: requests[0]?.origin ?? '', endpoints: ENDPOINTS };
				expectInvariants(observation, rules);
				expectReadableHost(requests, baseUrl);
				origins.add(requests[0]?.origin);
			}
			// All of them send to one host, or refuse the address.
			expect([...origins]).toHaveLength(1);
			const isRefused = origins.has(undefined);
			expect(run.error !== undefined).toBe(isRefused);
			for (const { output } of [one, many]) {
				expect((output as INodeCredentialTestResult).status).toBe(isRefused ? 'Error' : 'OK');
			}
		},
	);
	await fc.assert(property, settings(RUNS, 'base URLs'));
});

async function tested(
	test: typeof testStudioKey,
	data: object,
): Promise<INodeCredentialTestResult> {
	const credential = { id: '', name: '', type: '', data: data as Record<string, string> };
	return await test.call(new CredentialTestContext(), credential);
}
