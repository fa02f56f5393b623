import type { ICredentialTestFunctions, IDataObject } from 'n8n-workflow';

import { testStudioKeys } from '../../nodes/PerfectGymNext/methods/credentialTest';

interface Knock {
	method: string;
	uri: string;
	headers: Record<string, string>;
}

/** Answers for a PerfectGym Next: HEAD with a status, GET with the name of the studio of a key. */
async function test40(
	studios: IDataObject[],
	statusOf: (key: string) => number = () => 200,
	nameOf: (key: string) => string | undefined = () => undefined,
) {
	let [open, peak] = [0, 0];
	const knocks: Knock[] = [];
	const request = async (knock: Knock) => {
		knocks.push(knock);
		peak = Math.max(peak, ++open);
		await new Promise((resolve) => setImmediate(resolve));
		open--;
		const key = knock.headers['x-api-key'];
		if (key === 'unreachable') throw Object.assign(new Error('x'), { code: 'ENOTFOUND' });
		if (knock.method === 'HEAD') return { statusCode: statusOf(key) };
		const name = nameOf(key);
		return name === undefined ? { statusCode: 403, body: {} } : { statusCode: 200, body: { name } };
	};
	const context = { helpers: { request } } as unknown as ICredentialTestFunctions;
	const outcome = await testStudioKeys.call(context, {
		id: '',
		name: '',
		type: 'perfectGymNextStudiosApi',
		data: { studios: { studio: studios } },
	});
	return { ...outcome, knocks, peak };
}

function studio(name: string, values: IDataObject = {}): IDataObject {
	return { name, baseUrl: 'acme', apiKey: `key-${name}`, webhookApiKey: `hook-${name}`, ...values };
}

const forty = Array.from({ length: 40 }, (_, index) => studio(`Studio ${index + 1}`));

test('asks every studio with its own key, eight at a time at most', async () => {
	const { status, message, knocks, peak } = await test40(forty);
	expect([status, message]).toEqual(['OK', 'The API keys of all 40 studios are valid']);
	const heads = knocks.filter(({ method }) => method === 'HEAD');
	expect(heads.map(({ headers }) => headers['x-api-key'])).toEqual(
		forty.map(({ apiKey }) => apiKey),
	);
	expect(peak).toBe(8);
});

test('names those that fail, in their order and each with the reason', async () => {
	const studios = [
		...forty.slice(0, 37),
		studio('Far', { apiKey: 'unreachable' }),
		studio('Bad', { baseUrl: 'http://acme.example' }),
		studio('Keyless', { apiKey: ' ' }),
	];
	const statusOf = (key: string) => (key === 'key-Studio 2' ? 401 : 200);
	const { status, message } = await test40(studios, statusOf);
	expect(status).toBe('Error');
	expect(message).toBe(
		'4 of 40 studios do not work. "Studio 2": The API key is wrong for https://acme.open-api.perfectgym.com. "Far": https://acme.open-api.perfectgym.com cannot be reached: ENOTFOUND. "Bad": Base URL must begin with https://, so that the key travels encrypted. "Keyless": API Key is missing. Enter the one from your activation e-mail.',
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
])('refuses %s before it asks anybody', async (_what, studios, told) => {
	const { status, message, knocks } = await test40(studios);
	expect(status).toBe('Error');
	expect(message).toContain(told);
	expect(message).not.toMatch(/key-|hook-/);
	expect(knocks).toEqual([]);
});

test('takes studios that have no webhook key', async () => {
	const studios = [studio('A', { webhookApiKey: '' }), studio('B', { webhookApiKey: '' })];
	expect((await test40(studios)).status).toBe('OK');
});

test('tells a valid key of another studio of the list', async () => {
	// What n8n makes of the list when a studio above these two was removed.
	const studios = [studio('B', { apiKey: 'key-A' }), studio('C', { apiKey: 'key-B' })];
	const nameOf = (key: string) => key.replace('key-', 'STUDIO ').replace('STUDIO B', 'b');
	const { message } = await test40(studios, () => 200, nameOf);
	expect(message).toBe(
		'1 of 2 studios does not work. "C": The API key is that of "B". Enter the key of "C" again.',
	);
});
