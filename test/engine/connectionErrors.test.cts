/** A connection that fails: every part of the package says the same about it. */

import type { ExecuteContext } from 'n8n-core';
import { CredentialTestContext } from 'n8n-core';
import nock from 'nock';

import { testStudioKey } from '../../nodes/PerfectGymNext/credentialTest';
import { additionalData, API_KEY, loadOptionsContext, locator, node, runNode } from './harness.cts';
import { watchRequests } from './inFlight.cts';
import { inSimulatedTime } from './time.cts';
import { eventItem, runTrigger, useStore } from './triggerHarness.cts';
import { canCheckHosts } from './versions.cts';

const HOST = 'acme.open-api.perfectgym.com';
const FILES = 'files.example.com';
const ADVICE =
	'Check the Base URL in the credential, and that n8n can reach it through your firewall or proxy.';
const store = useStore();

/** Each test has its own key, because the rate limiters last for the whole process. */
let credential: { baseUrl: string; apiKey: string };
let testCount = 0;
beforeEach(() => {
	credential = { baseUrl: `https://${HOST}`, apiKey: `${API_KEY}-${testCount++}` };
});
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

/** Breaks every connection to the host. */
function breakConnections(host: string, code: string) {
	for (const method of ['GET', 'HEAD', 'POST']) {
		nock(`https://${host}`)
			.persist()
			.intercept(/.*/, method)
			.query(true)
			.replyWithError(Object.assign(new Error(`connect ${code} 192.0.2.1:443`), { code }));
	}
}

/** What the user sees of an error. */
interface Shown {
	message: string;
	description?: string | null;
}

const getCustomer = { resource: 'customer', operation: 'getCustomerById' };

/** Everything that needs the API, as it starts. @returns what it throws */
const parts: Record<string, () => Promise<unknown>> = {
	'an operation': async () =>
		await runNode({ parameters: { ...getCustomer, customerId: locator('1') }, credential }),
	'a pick list': async () => {
		const context = loadOptionsContext({}, credential);
		watchRequests(context as unknown as ExecuteContext);
		return await node.methods.listSearch.searchCustomers.call(context, 'a');
	},
	'the details of an event': async () =>
		await runTrigger({
			items: [eventItem()],
			parameters: { includeEntity: true },
			workflowId: store.workflowId,
			credential,
		}),
};

async function failureOf(part: () => Promise<unknown>): Promise<Shown> {
	const { outcome } = await inSimulatedTime(part);
	if (outcome.status === 'fulfilled') throw new Error('Nothing failed');
	return outcome.reason as Shown;
}

async function credentialMessage(): Promise<string> {
	const context = new CredentialTestContext(additionalData(credential));
	const test = { id: '', name: '', type: 'perfectGymNextApi', data: credential };
	return (await testStudioKey.call(context, test)).message;
}

describe.each([
	['ECONNREFUSED', `${HOST} refused the connection`, ADVICE],
	['ENOTFOUND', `The host ${HOST} cannot be found`, ADVICE],
	['ECONNABORTED', `${HOST} did not answer in time`, ADVICE],
	['ETIMEDOUT', `${HOST} did not answer in time`, ADVICE],
	['EHOSTUNREACH', `n8n cannot reach ${HOST}`, ADVICE],
	[
		'CERT_HAS_EXPIRED',
		`n8n does not trust the certificate of ${HOST}`,
		'Check the Base URL in the credential. A firewall or proxy may have answered instead.',
	],
	['EPROTO', `A secure connection to ${HOST} is not possible`, ADVICE],
	[
		'ECONNRESET',
		`${HOST} closed the connection before the answer was complete`,
		'A firewall or proxy may have closed it.',
	],
])('%s', (code, message, advice) => {
	test.each(Object.entries(parts))('is told in plain words by %s', async (_name, part) => {
		breakConnections(HOST, code);
		const shown = await failureOf(part);
		expect(shown.message).toBe(message);
		expect(shown.description).toBe(`${advice} connect ${code} 192.0.2.1:443`);
	});

	test('is told in the same words by the credential test', async () => {
		breakConnections(HOST, code);
		expect(await credentialMessage()).toBe(`${message}. ${advice}`);
	});

	test("is told in the same words by a download, with the file's host", async () => {
		nock(`https://${HOST}`)
			.get('/v1/customers/1')
			.reply(200, { id: 1, imageUrl: `https://${FILES}/a.png` });
		breakConnections(FILES, code);
		const parameters = {
			...{ ...getCustomer, customerId: locator('1'), download: true },
			options: { allowUncheckedHosts: !canCheckHosts },
		};
		const shown = await failureOf(async () => await runNode({ parameters, credential }));
		expect(shown.message).toBe(
			`The file in "imageUrl" could not be downloaded: ${message.replace(HOST, FILES)}`,
		);
		expect(shown.description).toBe(`connect ${code} 192.0.2.1:443`);
	});
});

test('the host is named when the name of a studio of many cannot be read', async () => {
	breakConnections(HOST, 'ENOTFOUND');
	const studios = { studios: { studio1: { name: 'Downtown', ...credential } } };
	const context = loadOptionsContext(
		{ authentication: 'studios', studio: locator('Downtown', 'list') },
		studios,
	);
	watchRequests(context as unknown as ExecuteContext);
	const search = async () => await node.methods.listSearch.searchCustomers.call(context);
	expect((await failureOf(search)).message).toBe(`The host ${HOST} cannot be found`);
});
