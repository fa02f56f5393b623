import type { ICredentialTestFunctions, IDataObject } from 'n8n-workflow';

import { testStudioKey, testStudioKeys } from '../../nodes/PerfectGymNext/credentialTest';
import { studiosCredential } from '../studiosCredential.cts';

interface TestRequest {
	method: string;
	uri: string;
	headers: Record<string, string>;
}

/** Returns the answer of PerfectGym Next to a request, or throws. */
type Answer = (request: TestRequest) => unknown;

const CHECK_ADDRESS =
	'Check the Base URL in the credential, and that n8n can reach it through your firewall or proxy.';
const ACME = 'https://acme.open-api.perfectgym.com';
/** The node sends it to see whether the server checks keys at all. */
const NOT_A_KEY = 'test-of-the-credential';

/** The context of a credential test, the requests it sends, and how many are open at the same time. */
function fakeTest(answer: Answer, wrongKey: () => unknown = () => ({ statusCode: 401 })) {
	const state = { open: 0, peak: 0 };
	const requests: TestRequest[] = [];
	const request = async (sent: TestRequest) => {
		if (sent.headers['x-api-key'] === NOT_A_KEY) return wrongKey();
		requests.push(sent);
		state.peak = Math.max(state.peak, ++state.open);
		await new Promise((resolve) => setImmediate(resolve));
		state.open--;
		return answer(sent);
	};
	const context = { helpers: { request } } as unknown as ICredentialTestFunctions;
	return { context, requests, state };
}

/** Tests a credential of many studios: HEAD returns a status, GET the name of the key's studio. */
async function testMany(
	studios: IDataObject[],
	statusOf: (key: string) => number = () => 200,
	nameOf: (key: string) => string | undefined = () => undefined,
) {
	const { context, requests, state } = fakeTest(({ method, headers }) => {
		const key = headers['x-api-key'];
		if (key === 'unreachable') throw Object.assign(new Error('x'), { code: 'ENOTFOUND' });
		if (method === 'HEAD') return { statusCode: statusOf(key) };
		const name = nameOf(key);
		return name === undefined ? { statusCode: 403, body: {} } : { statusCode: 200, body: { name } };
	});
	const outcome = await testStudioKeys.call(context, {
		id: '',
		name: '',
		type: 'perfectGymNextStudiosApi',
		data: studiosCredential(studios),
	});
	return { ...outcome, requests, peak: state.peak };
}

/** Tests a credential of one studio. */
async function testOne(answer: Answer, data: IDataObject = { baseUrl: 'acme', apiKey: 'key' }) {
	const { context, requests } = fakeTest(answer);
	const outcome = await testStudioKey.call(context, {
		id: '',
		name: '',
		type: 'perfectGymNextApi',
		data: data as Record<string, string>,
	});
	return { ...outcome, requests };
}

function studio(name: string, values: IDataObject = {}): IDataObject {
	return { name, baseUrl: 'acme', apiKey: `key-${name}`, webhookApiKey: `hook-${name}`, ...values };
}

const forty = Array.from({ length: 40 }, (_, index) => studio(`Studio ${index + 1}`));

describe('a credential of one studio', () => {
	test('is valid when the key is, after one request with the key', async () => {
		const { status, message, requests } = await testOne(() => ({ statusCode: 200 }));
		expect([status, message]).toEqual(['OK', 'The API key is valid']);
		expect(requests).toMatchObject([
			{ method: 'HEAD', uri: `${ACME}/v1/customers`, headers: { 'x-api-key': 'key' } },
		]);
	});

	test.each([
		['200', () => ({ statusCode: 200 }), `${ACME} accepts any key`],
		['404', () => ({ statusCode: 404 }), `${ACME} accepts any key`],
		['429', () => ({ statusCode: 429 }), 'Too many requests in this minute'],
	])('is not valid when the server answers a wrong key with %s', async (_status, answer, text) => {
		const { context } = fakeTest(() => ({ statusCode: 200 }), answer);
		const outcome = await testStudioKey.call(context, {
			id: '',
			name: '',
			type: 'perfectGymNextApi',
			data: { baseUrl: 'acme', apiKey: 'key' },
		});
		expect(outcome).toMatchObject({ status: 'Error' });
		expect(outcome.message).toContain(text);
	});

	const unavailable = 'PerfectGym Next is not available at the moment. Test again later.';
	const unexpected = (code: number) => expect.stringContaining(`status ${code}`) as string;

	test.each([
		[
			401,
			`The API key is wrong for ${ACME}. Copy it again from PerfectGym's email, or check the Base URL.`,
		],
		[429, 'Too many requests in this minute. Test again in a minute.'],
		[500, unavailable],
		[503, unavailable],
		[302, unexpected(302)],
		[404, unexpected(404)],
		[502, unexpected(502)],
	])('is not valid after status %d, and the message says why', async (statusCode, expected) => {
		const outcome = await testOne(() => ({ statusCode }));
		expect(outcome).toMatchObject({ status: 'Error', message: expected });
		expect(outcome.requests).toHaveLength(1);
	});

	test.each([
		['with a status', Object.assign(new Error('302'), { statusCode: 302 })],
		['with a response', Object.assign(new Error('302'), { response: { status: 302 } })],
	])('is not valid after a redirect that n8n throws as an error %s', async (_how, error) => {
		const outcome = await testOne(() => {
			throw error;
		});
		expect(outcome).toMatchObject({ status: 'Error', message: unexpected(302) });
	});

	test.each([
		[
			'in words for a code',
			Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
			`acme.open-api.perfectgym.com refused the connection. ${CHECK_ADDRESS}`,
		],
		[
			'in words for the code of its cause',
			new Error('x', { cause: { code: 'ENOTFOUND' } }),
			`The host acme.open-api.perfectgym.com cannot be found. ${CHECK_ADDRESS}`,
		],
		['as the error does without a code', new Error('timeout'), 'timeout'],
	])('is not valid without an answer, and says why %s', async (_what, error, expected) => {
		const { status, message } = await testOne(() => {
			throw error;
		});
		expect([status, message]).toEqual(['Error', expected]);
	});

	test.each([
		['no base URL', { apiKey: 'key' }, /^Base URL is missing/],
		['no key', { baseUrl: 'acme', apiKey: ' ' }, /^API Key is missing/],
	])('is not valid with %s, and no request is sent', async (_what, data, expected) => {
		const { status, message, requests } = await testOne(() => ({ statusCode: 200 }), data);
		expect(status).toBe('Error');
		expect(message).toMatch(expected);
		expect(requests).toEqual([]);
	});
});

describe('a credential of many studios', () => {
	test('is tested with the key of each studio, up to eight at the same time', async () => {
		const { status, message, requests, peak } = await testMany(forty);
		expect([status, message]).toEqual(['OK', 'The API keys of all 40 studios are valid']);
		const heads = requests.filter(({ method }) => method === 'HEAD');
		expect(heads.map(({ headers }) => headers['x-api-key'])).toEqual(
			forty.map(({ apiKey }) => apiKey),
		);
		expect(peak).toBe(8);
	});

	test('is not valid when studios fail, which are named in order, each with the reason', async () => {
		const studios = [
			...forty.slice(0, 37),
			studio('Far', { apiKey: 'unreachable' }),
			studio('Bad', { baseUrl: 'http://acme.example' }),
			studio('Keyless', { apiKey: ' ' }),
		];
		const statuses: Record<string, number> = { 'key-Studio 2': 401, 'key-Studio 3': 429 };
		const { status, message } = await testMany(studios, (key) => statuses[key] ?? 200);
		expect(status).toBe('Error');
		expect(message).toBe(
			`5 of 40 studios do not work. "Studio 2": The API key is wrong for https://acme.open-api.perfectgym.com. Copy it again from PerfectGym's email, or check the Base URL. "Studio 3": Too many requests in this minute. Test again in a minute. "Far": The host acme.open-api.perfectgym.com cannot be found. Check the Base URL in the credential, and that n8n can reach it through your firewall or proxy. "Bad": Base URL must start with https://, so that the key is encrypted. "Keyless": API Key is missing. Enter the one from your activation email.`,
		);
	});

	test.each([
		['no studios', [], 'There are no studios. Add one.'],
		['a studio without a name', [studio('A'), studio(' ')], 'Studio 2 of the list has no name.'],
		['a name that is used twice', [studio('A'), studio('A ')], '2 studios have the name "A"'],
		[
			'an API key that is used twice',
			[studio('A'), studio('B', { apiKey: 'key-A' })],
			'"A" and "B" have the same API Key',
		],
		[
			'a webhook key that is used twice',
			[studio('A'), studio('B', { webhookApiKey: 'hook-A' })],
			'"A" and "B" have the same Webhook API Key',
		],
	])('is not valid with %s, and no request is sent', async (_what, studios, expected) => {
		const { status, message, requests } = await testMany(studios);
		expect(status).toBe('Error');
		expect(message).toContain(expected);
		expect(message).not.toMatch(/key-|hook-/);
		expect(requests).toEqual([]);
	});

	test('is valid without webhook keys', async () => {
		const studios = [studio('A', { webhookApiKey: '' }), studio('B', { webhookApiKey: '' })];
		expect((await testMany(studios)).status).toBe('OK');
	});

	test('is not valid when a studio has the valid key of another one', async () => {
		const studios = [studio('B', { apiKey: 'key-A' }), studio('C', { apiKey: 'key-B' })];
		const nameOf = (key: string) => key.replace('key-', 'Studio ').replace('Studio B', ' b');
		const { status, message } = await testMany(studios, () => 200, nameOf);
		expect(status).toBe('Error');
		expect(message).toBe(
			'2 of 2 studios do not work. "B": The API key belongs to the studio that PerfectGym Next calls "Studio A". If it is the right one, enter this name as "Name in PerfectGym Next". "C": The API key belongs to "B". Enter the key of "C" again.',
		);
	});

	test('is valid when the user has confirmed the name that PerfectGym Next uses', async () => {
		const studios = [studio('B', { perfectGymName: 'Acme  Fitness B GmbH' }), studio('C')];
		const nameOf = (key: string) => (key === 'key-B' ? 'acme fitness b gmbh' : 'C');
		expect(await testMany(studios, () => 200, nameOf)).toMatchObject({ status: 'OK' });
	});
});
