import type { IHttpRequestOptions } from 'n8n-workflow';
import nock from 'nock';

import { studiosCredential } from '../studiosCredential.cts';
import { itemsOf, loadOptionsContext, node, runNode, runWorkflow, outputOf } from './harness.cts';

const HOST = 'https://acme.open-api.perfectgym.com';

let count = 0;
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

/** A credential whose keys no other test uses: a name is read once for each key. */
function credentialWith(changes: object = {}) {
	count += 1;
	return studiosCredential([
		{ name: 'Downtown', baseUrl: 'acme', apiKey: `key-${count}`, webhookApiKey: '', ...changes },
	]);
}

/** Answers the request for the studio, and counts it. */
function studioAnswers(status: number, body: object) {
	const state = { requests: 0 };
	nock(HOST)
		.persist()
		.get('/v1/studios/information')
		.reply(() => {
			state.requests++;
			return [status, body as nock.Body];
		});
	return state;
}

function customersAnswer() {
	const state = { requests: 0 };
	nock(HOST)
		.persist()
		.get(/^\/v1\/customers\/\d+$/)
		.reply((uri) => {
			state.requests++;
			return [200, { id: Number(uri.split('/').at(-1)) }];
		});
	return state;
}

const get = {
	authentication: 'studios',
	studio: { __rl: true, mode: 'name', value: 'Downtown' },
	resource: 'customer',
	operation: 'getCustomerById',
	customerId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
};
const items = itemsOf([{ id: 1 }, { id: 2 }, { id: 3 }]);

test.each([
	['the same name', 'Downtown', {}],
	['the same name in other letters and with blanks', ' DOWNTOWN ', {}],
	['the name that the user has confirmed', 'Acme GmbH', { perfectGymName: 'acme gmbh' }],
])('a key whose studio has %s is used, and its name is read once', async (_what, name, changes) => {
	const studio = studioAnswers(200, { name });
	const customers = customersAnswer();
	const credential = credentialWith(changes);
	for (let run = 0; run < 2; run++) {
		expect(await runNode({ parameters: get, items, credential })).toHaveLength(3);
	}
	expect(customers.requests).toBe(6);
	expect(studio.requests).toBe(1);
});

test.each([
	['another name', {}],
	['another name than the confirmed one', { perfectGymName: 'Acme GmbH' }],
])('a key whose studio has %s is not used', async (_what, changes) => {
	studioAnswers(200, { name: 'Riverside' });
	const customers = customersAnswer();
	const run = runNode({ parameters: get, items, credential: credentialWith(changes) });
	await expect(run).rejects.toMatchObject({
		message:
			'The API key of "Downtown" belongs to the studio that PerfectGym Next calls "Riverside"',
		description: expect.stringContaining('"Name in PerfectGym Next"') as unknown,
		context: { itemIndex: 0 },
	});
	expect(customers.requests).toBe(0);
});

test('a studio that was renamed after a refusal is accepted after ten seconds', async () => {
	const credential = credentialWith();
	const start = performance.now();
	const clock = jest.spyOn(performance, 'now').mockReturnValue(start);
	studioAnswers(200, { name: 'Riverside' });
	customersAnswer();
	await expect(runNode({ parameters: get, items, credential })).rejects.toThrow('Riverside');
	nock.cleanAll();
	studioAnswers(200, { name: 'Downtown' });
	customersAnswer();
	await expect(runNode({ parameters: get, items, credential })).rejects.toThrow('Riverside');
	clock.mockReturnValue(start + 10_001);
	expect(await runNode({ parameters: get, items, credential })).toHaveLength(3);
	clock.mockRestore();
});

test('a name that cannot be read for another reason keeps the key from being used', async () => {
	const studio = studioAnswers(400, { errorMessage: 'No studio today' });
	const customers = customersAnswer();
	const run = runNode({ parameters: get, items, credential: credentialWith() });
	await expect(run).rejects.toThrow('No studio today');
	expect(studio.requests).toBeGreaterThan(0);
	expect(customers.requests).toBe(0);
});

test('a key of another studio is refused for each of many items, after one reading', async () => {
	const studio = studioAnswers(200, { name: 'Riverside' });
	const customers = customersAnswer();
	const output = await runNode({
		parameters: get,
		items: itemsOf(Array.from({ length: 1005 }, (_, id) => ({ id }))),
		credential: credentialWith(),
		onError: 'continueRegularOutput',
	});
	expect(output).toHaveLength(1005);
	for (const { json } of output) expect(json.error).toContain('Riverside');
	expect(studio.requests).toBe(1);
	expect(customers.requests).toBe(0);
});

test('the name is read with the proxy and the TLS settings of the node', async () => {
	const requests: IHttpRequestOptions[] = [];
	const requestOptions = { proxy: 'http://proxy.example:8080', allowUnauthorizedCerts: true };
	await runNode({
		parameters: { ...get, requestOptions },
		items: itemsOf([{ id: 1 }]),
		credential: credentialWith(),
		answer: (request) => {
			requests.push(request);
			return Promise.resolve({ statusCode: 200, headers: {}, body: { id: 1, name: 'Downtown' } });
		},
	});
	expect(requests.map(({ url }) => url)).toEqual(['/v1/studios/information', '/v1/customers/1']);
	for (const request of requests) {
		expect(request).toMatchObject({
			proxy: { host: 'proxy.example', port: 8080 },
			skipSslCertificateValidation: true,
		});
	}
});

test('a key that belongs to another studio fails each item when the node continues', async () => {
	studioAnswers(200, { name: 'Riverside' });
	const customers = customersAnswer();
	const run = await runWorkflow({
		parameters: get,
		items,
		credential: credentialWith(),
		onError: 'continueErrorOutput',
	});
	const [good, bad] = outputOf(run, 'PerfectGym Next');
	expect(good).toEqual([]);
	expect(bad).toHaveLength(3);
	expect(customers.requests).toBe(0);
});

test.each([
	['may not read the studio', 403, { errorMessage: 'Missing scope' }],
	['gets no name', 200, { id: 5 }],
])('a key that %s is used', async (_what, status, body) => {
	const studio = studioAnswers(status, body);
	customersAnswer();
	const credential = credentialWith();
	expect(await runNode({ parameters: get, items, credential })).toHaveLength(3);
	expect(studio.requests).toBe(1);
});

test('a credential of one studio has no name to compare', async () => {
	const studio = studioAnswers(200, { name: 'Riverside' });
	customersAnswer();
	const parameters = { ...get, authentication: 'studio' };
	expect(await runNode({ parameters, items })).toHaveLength(3);
	expect(studio.requests).toBe(0);
});

test('a pick list does not show what belongs to another studio', async () => {
	studioAnswers(200, { name: 'Riverside' });
	const context = loadOptionsContext(get, credentialWith());
	await expect(node.methods.listSearch.searchDevices.call(context)).rejects.toThrow(
		'belongs to the studio that PerfectGym Next calls "Riverside"',
	);
});

test('a long name with the key in it is cut, and the key is hidden', async () => {
	const apiKey = 'key-that-must-not-show';
	studioAnswers(200, { name: `${apiKey} ${'x'.repeat(1_000_000)}` });
	const error = await runNode({
		parameters: get,
		items: itemsOf([{ id: 1 }]),
		credential: credentialWith({ apiKey }),
	}).catch((reason: Error) => reason);
	const { message } = error as Error;
	expect(message).toContain('calls "*** xxx');
	expect(message).not.toContain('key-that');
	expect(message.length).toBeLessThan(400);
});
