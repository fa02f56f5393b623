import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { studiosCredential } from '../studiosCredential.cts';
import {
	itemsOf,
	loadOptionsContext,
	locator,
	node,
	NODE_NAME,
	outputOf,
	prepareRun,
	runNode,
	runWorkflow,
} from './harness.cts';
import { finish, startClock } from './time.cts';
import { receiveWebhook, runTrigger, useStore } from './triggerHarness.cts';

const STUDIOS = 40;
const CUSTOMERS_PER_STUDIO = 25;
const specs = Array.from({ length: STUDIOS }, (_, index) => ({
	name: `Studio ${index + 1}`,
	apiKey: `secret-api-${index + 1}-end`,
	webhookApiKey: `secret-hook-${index + 1}-end`,
	customers: CUSTOMERS_PER_STUDIO,
}));
/** Matches all keys, and nothing else. */
const SECRET = /secret-(api|hook)/;

let simulator: Simulator;
let credential: ICredentialDataDecryptedObject;

beforeAll(async () => {
	simulator = await startSimulator({ studios: specs });
	const { baseUrl } = simulator;
	const studio = specs.map(({ name, apiKey, webhookApiKey }) => ({
		name,
		baseUrl,
		apiKey,
		webhookApiKey,
	}));
	credential = studiosCredential(studio);
	// The nodes compare the names of the studios once for each key.
	const items = itemsOf(interleaved(STUDIOS));
	await runNode({ parameters: getCustomer, items, credential });
});
beforeEach(() => {
	simulator.clearFaults();
	simulator.clearRequests();
});
afterAll(async () => await simulator.close());

/** @returns the id of a customer: the simulator numbers the customers of each studio apart */
function customerOf(studio: number, n: number): number {
	const first = 1_210_000_001;
	const apart = 1_000_000;
	return first + studio * apart + n;
}

const byName = (name: string) => locator(name, 'name');

const getCustomer: INodeParameters = {
	authentication: 'studios',
	studio: byName('={{ $json.studio.name }}'),
	resource: 'customer',
	operation: 'getCustomerById',
	customerId: locator('={{ $json.customerId }}'),
};

/** A customer, with the studio that it belongs to. */
interface StudioCustomer {
	studio: { name: string };
	customerId: number;
}

/** @returns different customers of all studios, one studio after the other */
function interleaved(count: number): Array<IDataObject & StudioCustomer> {
	return Array.from({ length: count }, (_, index) => {
		const studio = index % STUDIOS;
		const customerId = customerOf(studio, Math.floor(index / STUDIOS) % CUSTOMERS_PER_STUDIO);
		return { studio: { name: specs[studio].name }, customerId };
	});
}

describe('the items of one run', () => {
	test('go to the studio that each item names, with its key', async () => {
		const records = interleaved(80);
		const output = await runNode({ parameters: getCustomer, items: itemsOf(records), credential });
		expect(output.map(({ json }) => json.id)).toEqual(records.map(({ customerId }) => customerId));
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
			records.map((_record, item) => ({ item })),
		);
		const sent = simulator.requests.map(({ studio, url }) => `${studio} ${url.split('/').at(-1)}`);
		expect(sent.sort()).toEqual(
			records.map(({ studio, customerId }) => `${studio.name} ${customerId}`).sort(),
		);
		expect(JSON.stringify(output)).not.toMatch(SECRET);
	});

	test('write one by one in their order, also to different studios', async () => {
		const records = interleaved(15);
		const parameters = { ...getCustomer, operation: 'setAccessRestriction', reason: 'Sample' };
		await runNode({ parameters, items: itemsOf(records), credential });
		expect(simulator.requests.map(({ studio }) => studio)).toEqual(
			records.map(({ studio }) => studio.name),
		);
		expect(simulator.peakConcurrency).toBeGreaterThanOrEqual(1);
	});

	test('have one rate limit for each studio', async () => {
		const parameters = {
			...getCustomer,
			operation: 'getCustomers',
			limit: 1,
			options: { requestsPerMinute: 2, maxWait: 0 },
		};
		const items = itemsOf(interleaved(2 * STUDIOS));
		expect(await runNode({ parameters, items, credential })).toHaveLength(2 * STUDIOS);
		await expect(
			runNode({ parameters, items: itemsOf(interleaved(1)), credential }),
		).rejects.toThrow(/rate limit is reached/);
	});

	test('find a studio in upper or lower case, and with spaces around its name', async () => {
		const records = [{ studio: { name: ' STUDIO 7 ' }, customerId: customerOf(6, 0) }];
		const [item] = await runNode({ parameters: getCustomer, items: itemsOf(records), credential });
		expect(item.json.id).toBe(customerOf(6, 0));
	});

	test('are not sent at all when one names an unknown studio', async () => {
		const records = [...interleaved(9), { studio: { name: 'Studio' }, customerId: 1 }];
		await expect(
			runNode({ parameters: getCustomer, items: itemsOf(records), credential }),
		).rejects.toMatchObject({
			message: 'The credential has no studio with the name "Studio"',
			description: expect.stringContaining('It has: Studio 1, Studio 2, ') as string,
			context: { itemIndex: 9 },
		});
		expect(simulator.requests).toHaveLength(0);
	});

	test('of an unknown studio go to the error output, and the others to their studios', async () => {
		const records = [...interleaved(3), { studio: {}, customerId: 1 }, { studio: { name: 'x' } }];
		const run = await runWorkflow({
			parameters: getCustomer,
			items: itemsOf(records),
			credential,
			onError: 'continueErrorOutput',
		});
		const [good, bad] = outputOf(run, NODE_NAME);
		expect(good.map(({ json }) => json.id)).toEqual(
			records.slice(0, 3).map(({ customerId }) => customerId),
		);
		expect(bad.map(({ json }) => json.error)).toEqual([
			'"Studio" is missing',
			'"Customer" is missing',
		]);
	});

	test('can be sent again by "Retry On Fail"', async () => {
		simulator.injectFault({ kind: 'status', status: 403 });
		const items = itemsOf(interleaved(5));
		const run = prepareRun({ parameters: getCustomer, items, credential });
		await expect(run()).rejects.toThrow();
		simulator.clearFaults();
		expect(await run()).toHaveLength(5);
	});
});

test('a name that two studios share is refused, even with different keys', async () => {
	const [first, second] = Object.values(credential.studios as Record<string, IDataObject>);
	const doubled = studiosCredential([first, { ...second, name: first.name }]);
	const items = itemsOf(interleaved(1));
	await expect(runNode({ parameters: getCustomer, items, credential: doubled })).rejects.toThrow(
		'The credential has 2 studios with the name "Studio 1"',
	);
	expect(simulator.requests).toHaveLength(0);
});

describe('an error', () => {
	test('names the studio and the scope, and does not contain a key', async () => {
		simulator.injectFault({ kind: 'status', status: 403 });
		const items = itemsOf(interleaved(1));
		const failure = await runNode({ parameters: getCustomer, items, credential }).catch(
			(error: unknown) => error,
		);
		expect(failure).toMatchObject({
			description: expect.stringMatching(/scope CUSTOMER_READ.*Studio: Studio 1\./) as string,
		});
		expect(JSON.stringify(failure)).not.toMatch(SECRET);
	});

	test('hides the key when the answer repeats it', async () => {
		const echo = createServer(({ headers }, response) => {
			response.writeHead(400, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ errorMessage: `Bad key ${String(headers['x-api-key'])}` }));
		});
		await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
		try {
			const { port } = echo.address() as AddressInfo;
			const studio = Object.values(credential.studios as Record<string, IDataObject>);
			const baseUrl = `http://127.0.0.1:${port}`;
			const echoing = { name: 'Echo', baseUrl, apiKey: 'secret-api-echo-end' };
			await expect(
				runNode({
					parameters: { ...getCustomer, studio: byName('Echo') },
					items: itemsOf(interleaved(1)),
					credential: studiosCredential([...studio, echoing]),
				}),
			).rejects.toThrow('Bad key ***');
		} finally {
			echo.close();
		}
	});
});

describe('in the editor', () => {
	const chosen = (studio: string): INodeParameters => ({
		authentication: 'studios',
		studio: locator(studio, 'list'),
	});

	test('the list of studios comes from the credential, without a request', async () => {
		const context = loadOptionsContext(chosen(''), credential);
		const { searchConfiguredStudios } = node.methods.listSearch;
		const { results } = await searchConfiguredStudios.call(context, '');
		expect(results).toEqual(specs.map(({ name }) => ({ name, value: name })));
		const narrowed = await searchConfiguredStudios.call(context, 'studio 40');
		expect(narrowed.results).toEqual([{ name: 'Studio 40', value: 'Studio 40' }]);
		expect(simulator.requests).toHaveLength(0);
	});

	test('the list of studios is an error when the credential has none', async () => {
		const context = loadOptionsContext(chosen(''), { studios: {} });
		await expect(node.methods.listSearch.searchConfiguredStudios.call(context)).rejects.toThrow(
			'The credential has no studios',
		);
	});

	test('other lists come from the chosen studio', async () => {
		const context = loadOptionsContext(chosen('Studio 3'), credential);
		const { results } = await node.methods.listSearch.searchCustomers.call(context, '');
		expect(results[0].value).toBe(String(customerOf(2, 0)));
		expect(simulator.requests.map(({ studio }) => studio)).toEqual(['Studio 3']);
	});

	test.each([
		['no studio', '', 'Choose "Studio" first'],
		['an expression', '={{ $json.studio.name }}', '"Studio" is an expression'],
		['an unknown studio', 'Studio 41', 'no studio with the name "Studio 41"'],
	])('other lists are an error for %s', async (_what, studio, message) => {
		const context = loadOptionsContext(chosen(studio), credential);
		await expect(node.methods.listSearch.searchCustomers.call(context, '')).rejects.toThrow(
			message,
		);
		expect(simulator.requests).toHaveLength(0);
	});
});

describe('the trigger', () => {
	const parameters = { authentication: 'studios', includeEntity: true };
	const store = useStore();
	beforeEach(() => startClock());

	async function run(items: INodeExecutionData[], used = credential) {
		return await runTrigger({ items, parameters, credential: used, workflowId: store.workflowId });
	}

	/** @returns an event of one of the studios, and the index of the studio */
	function eventOf(index: number, uuid = `event-${index}`) {
		const studio = index % STUDIOS;
		const n = Math.floor(index / STUDIOS) % CUSTOMERS_PER_STUDIO;
		const payload = [{ timestamp: 1_642_779_144_176, type: 'CUSTOMER_UPDATED' }];
		return { studio, body: { uuid, entityId: customerOf(studio, n), payload } };
	}

	test('never mixes up 1,000 events of 40 studios', async () => {
		const numbers = Array.from({ length: 1000 }, (_, index) => index);
		// A fixed order in which the studios do not follow one another.
		numbers.sort((one, other) => ((one * 7919) % 1000) - ((other * 7919) % 1000));
		const seen = new Map<string, IDataObject>();
		const runNext = async () => {
			for (let index = numbers.pop(); index !== undefined; index = numbers.pop()) {
				const { studio, body } = eventOf(index);
				const key = specs[studio].webhookApiKey;
				const { items } = await receiveWebhook({ key, body, parameters, credential });
				const [item] = await run(items);
				seen.set(body.uuid, item.json);
			}
		};
		await finish(async () => await Promise.all(Array.from({ length: 20 }, runNext)));

		expect(seen.size).toBe(1000);
		for (let index = 0; index < 1000; index++) {
			const { studio, body } = eventOf(index);
			expect(seen.get(body.uuid)).toMatchObject({
				studio: { name: specs[studio].name, baseUrl: simulator.baseUrl },
				customerId: body.entityId,
				entity: {
					id: body.entityId,
					customerNumber: expect.stringMatching(new RegExp(`^${studio + 1}-`)) as string,
				},
			});
		}
		expect(simulator.requests).toHaveLength(1000);
		for (const { studio, url } of simulator.requests) {
			const index = specs.findIndex(({ name }) => name === studio);
			const id = Number(url.split('/').at(-1));
			expect([id >= customerOf(index, 0), id < customerOf(index, CUSTOMERS_PER_STUDIO)]).toEqual([
				true,
				true,
			]);
		}
		expect(JSON.stringify([...seen.values()])).not.toMatch(SECRET);
	});

	test.each([
		['an unknown key', 'wrong'],
		['no key', ''],
		['the API key of a studio', specs[0].apiKey],
	])('refuses %s', async (_what, key) => {
		const { items, refused } = await receiveWebhook({
			key,
			body: eventOf(0).body,
			parameters,
			credential,
		});
		expect([items, refused]).toEqual([[], 401]);
	});

	test('refuses the key of another credential, for one studio and for many', async () => {
		const key = specs[0].webhookApiKey;
		const one = { baseUrl: simulator.baseUrl, apiKey: specs[0].apiKey, webhookApiKey: key };
		const { body } = eventOf(0);
		expect((await receiveWebhook({ key, body, parameters, credential: one })).refused).toBe(401);
		expect((await receiveWebhook({ key, body, credential: { ...credential } })).refused).toBe(401);
		expect((await receiveWebhook({ key, body, credential: one })).items).toHaveLength(1);
	});

	test('runs an event once for each studio that sends it', async () => {
		const once = async (index: number) => {
			const { studio, body } = eventOf(index, 'the-same');
			const key = specs[studio].webhookApiKey;
			const { items } = await receiveWebhook({ key, body, parameters, credential });
			return (await finish(async () => await run(items))).length;
		};
		expect([await once(0), await once(1), await once(0), await once(1)]).toEqual([1, 1, 0, 0]);
	});

	test('lists the studios of the credential when the studio of an event is missing', async () => {
		const { items } = await receiveWebhook({
			key: specs[0].webhookApiKey,
			body: eventOf(0).body,
			parameters,
			credential,
		});
		const studio = Object.values(credential.studios as Record<string, IDataObject>);
		const remaining = studiosCredential(studio.slice(1, 3));
		await expect(finish(async () => await run(items, remaining))).rejects.toMatchObject({
			message: 'The credential has no studio with the name "Studio 1"',
			description: 'It has: Studio 2, Studio 3.',
		});
		expect(simulator.requests).toHaveLength(0);
	});

	test('sends nothing for an event of a studio without a name', async () => {
		const studio = Object.values(credential.studios as Record<string, IDataObject>);
		const unnamed = studiosCredential([{ ...studio[0], name: '' }, ...studio.slice(1)]);
		const { items } = await receiveWebhook({
			key: specs[0].webhookApiKey,
			body: eventOf(0).body,
			parameters,
			credential: unnamed,
		});
		await expect(finish(async () => await run(items, unnamed))).rejects.toThrow(
			'The studio that sent the event has no name',
		);
		expect(simulator.requests).toHaveLength(0);
	});
});
