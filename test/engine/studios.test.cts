import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DataDeduplicationService } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataDeduplicator,
	IDataObject,
	INodeParameters,
} from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import {
	itemsOf,
	loadOptionsContext,
	node,
	outputOf,
	prepareRun,
	runNode,
	runWorkflow,
} from './harness.cts';
import { arrive, runTrigger, Store } from './triggerHarness.cts';

jest.setTimeout(120_000);

const STUDIOS = 40;
const EACH = 25;
const specs = Array.from({ length: STUDIOS }, (_, index) => ({
	name: `Studio ${index + 1}`,
	apiKey: `secret-api-${index + 1}-end`,
	webhookApiKey: `secret-hook-${index + 1}-end`,
	customers: EACH,
}));
/** All keys begin so, and nothing else does. */
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
	credential = { studios: { studio } };
});
beforeEach(() => {
	simulator.clearFaults();
	simulator.clearRequests();
});
afterAll(async () => await simulator.close());

/** The simulator gives customers of different studios different ids. */
function customerOf(studio: number, n: number): number {
	const first = 1_210_000_001;
	const apart = 1_000_000;
	return first + studio * apart + n;
}

const byName = (value: string) => ({ __rl: true, mode: 'name', value });

const getCustomer: INodeParameters = {
	authentication: 'studios',
	studio: byName('={{ $json.studio.name }}'),
	resource: 'customer',
	operation: 'getCustomerById',
	customerId: { __rl: true, mode: 'id', value: '={{ $json.customerId }}' },
};

/** Items that are told apart by studio and customer, the studios by turns. */
function interleaved(count: number): IDataObject[] {
	return Array.from({ length: count }, (_, index) => {
		const studio = index % STUDIOS;
		const customerId = customerOf(studio, Math.floor(index / STUDIOS) % EACH);
		return { studio: { name: specs[studio].name }, customerId };
	});
}

describe('the items of one run', () => {
	test('go to the studio that each names, with its key', async () => {
		const records = interleaved(80);
		const output = await runNode({ parameters: getCustomer, items: itemsOf(records), credential });
		expect(output.map(({ json }) => json.id)).toEqual(records.map(({ customerId }) => customerId));
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
			records.map((_record, item) => ({ item })),
		);
		const asked = simulator.requests.map(({ studio, url }) => `${studio} ${url.split('/').at(-1)}`);
		expect(asked.sort()).toEqual(
			records
				.map(({ studio, customerId }) => `${(studio as IDataObject).name} ${String(customerId)}`)
				.sort(),
		);
		expect(JSON.stringify(output)).not.toMatch(SECRET);
	});

	test('write one by one in their order, whichever studio it is', async () => {
		const records = interleaved(15);
		const parameters = { ...getCustomer, operation: 'setAccessRestriction', reason: 'Sample' };
		await runNode({ parameters, items: itemsOf(records), credential });
		expect(simulator.requests.map(({ studio }) => studio)).toEqual(
			records.map(({ studio }) => (studio as IDataObject).name),
		);
		expect(simulator.peakConcurrency).toBeGreaterThanOrEqual(1);
	});

	test('keep the pace of each studio apart', async () => {
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
		).rejects.toThrow(/limit of requests a minute/);
	});

	test('take the name in other letters and with blanks around', async () => {
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
			description: expect.stringContaining('It has: Studio 1, Studio 2, '),
			context: expect.objectContaining({ itemIndex: 9 }),
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
		const [good, bad] = outputOf(run, 'PerfectGym Next');
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

test('a name that two studios have is nobody, whatever their keys', async () => {
	const [first, second] = (credential.studios as { studio: IDataObject[] }).studio;
	const doubled = { studios: { studio: [first, { ...second, name: first.name }] } };
	const items = itemsOf(interleaved(1));
	await expect(runNode({ parameters: getCustomer, items, credential: doubled })).rejects.toThrow(
		'The credential has 2 studios with the name "Studio 1"',
	);
	expect(simulator.requests).toHaveLength(0);
});

describe('an error', () => {
	test('names the studio and the scope, and holds no key', async () => {
		simulator.injectFault({ kind: 'status', status: 403 });
		const items = itemsOf(interleaved(1));
		const failure = await runNode({ parameters: getCustomer, items, credential }).catch(
			(error: unknown) => error,
		);
		expect(failure).toMatchObject({
			description: expect.stringMatching(/scope CUSTOMER_READ.*Studio: Studio 1\./),
		});
		expect(JSON.stringify(failure)).not.toMatch(SECRET);
	});

	test('hides the key of the studio that repeats it', async () => {
		const echo = createServer(({ headers }, response) => {
			response.writeHead(400, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ errorMessage: `Bad key ${String(headers['x-api-key'])}` }));
		});
		await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
		try {
			const { port } = echo.address() as AddressInfo;
			const { studio } = credential.studios as { studio: IDataObject[] };
			const baseUrl = `http://127.0.0.1:${port}`;
			const echoing = { name: 'Echo', baseUrl, apiKey: 'secret-api-echo-end' };
			await expect(
				runNode({
					parameters: { ...getCustomer, studio: byName('Echo') },
					items: itemsOf(interleaved(1)),
					credential: { studios: { studio: [...studio, echoing] } },
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
		studio: { __rl: true, mode: 'list', value: studio },
	});

	test('the list of studios comes from the credential, without asking anybody', async () => {
		const context = loadOptionsContext(chosen(''), credential);
		const { searchConfiguredStudios } = node.methods.listSearch;
		const { results } = await searchConfiguredStudios.call(context, '');
		expect(results).toEqual(specs.map(({ name }) => ({ name, value: name })));
		const narrowed = await searchConfiguredStudios.call(context, 'studio 40');
		expect(narrowed.results).toEqual([{ name: 'Studio 40', value: 'Studio 40' }]);
		expect(simulator.requests).toHaveLength(0);
	});

	test('the list of studios says when there are none', async () => {
		const context = loadOptionsContext(chosen(''), { studios: {} });
		await expect(node.methods.listSearch.searchConfiguredStudios.call(context)).rejects.toThrow(
			'The credential has no studios',
		);
	});

	test('other lists show what the chosen studio has', async () => {
		const context = loadOptionsContext(chosen('Studio 3'), credential);
		const { results } = await node.methods.listSearch.searchCustomers.call(context, '');
		expect(results[0].value).toBe(String(customerOf(2, 0)));
		expect(simulator.requests.map(({ studio }) => studio)).toEqual(['Studio 3']);
	});

	test.each([
		['no studio', '', 'Choose "Studio" first'],
		['an expression', '={{ $json.studio.name }}', '"Studio" is an expression'],
		['an unknown studio', 'Studio 41', 'no studio with the name "Studio 41"'],
	])('other lists say that %s cannot be asked', async (_what, studio, told) => {
		const context = loadOptionsContext(chosen(studio), credential);
		await expect(node.methods.listSearch.searchCustomers.call(context, '')).rejects.toThrow(told);
		expect(simulator.requests).toHaveLength(0);
	});
});

describe('the trigger', () => {
	const parameters = { authentication: 'studios', includeEntity: true };
	const store = new Store();
	beforeAll(async () => await DataDeduplicationService.init(store as unknown as IDataDeduplicator));
	beforeEach(() => {
		Object.assign(store, { known: [], faults: [], calls: 0 });
	});

	function eventOf(index: number, uuid = `event-${index}`) {
		const studio = index % STUDIOS;
		const n = Math.floor(index / STUDIOS) % EACH;
		const payload = [{ timestamp: 1_642_779_144_176, type: 'CUSTOMER_UPDATED' }];
		return { studio, body: { uuid, entityId: customerOf(studio, n), payload } };
	}

	test('never mixes up 1,000 interleaved events of 40 studios', async () => {
		const numbers = Array.from({ length: 1000 }, (_, index) => index);
		// Neighbours arrive together, but not in an order that repeats.
		numbers.sort((one, other) => ((one * 7919) % 1000) - ((other * 7919) % 1000));
		const seen = new Map<string, IDataObject>();
		const deliver = async () => {
			for (let index = numbers.pop(); index !== undefined; index = numbers.pop()) {
				const { studio, body } = eventOf(index);
				const key = specs[studio].webhookApiKey;
				const { items } = await arrive({ key, body, parameters, credential });
				const [item] = await runTrigger({ items, parameters, credential });
				seen.set(body.uuid, item.json);
			}
		};
		await Promise.all(Array.from({ length: 20 }, deliver));

		expect(seen.size).toBe(1000);
		for (let index = 0; index < 1000; index++) {
			const { studio, body } = eventOf(index);
			expect(seen.get(body.uuid)).toMatchObject({
				studio: { name: specs[studio].name, baseUrl: simulator.baseUrl },
				customerId: body.entityId,
				entity: {
					id: body.entityId,
					customerNumber: expect.stringMatching(new RegExp(`^${studio + 1}-`)),
				},
			});
		}
		expect(simulator.requests).toHaveLength(1000);
		for (const { studio, url } of simulator.requests) {
			const index = specs.findIndex(({ name }) => name === studio);
			const id = Number(url.split('/').at(-1));
			expect([id >= customerOf(index, 0), id < customerOf(index, EACH)]).toEqual([true, true]);
		}
		expect(JSON.stringify([...seen.values()])).not.toMatch(SECRET);
	});

	test.each([
		['an unknown key', 'wrong'],
		['no key', ''],
		['the API key of a studio', specs[0].apiKey],
	])('refuses %s', async (_what, key) => {
		const { items, refused } = await arrive({ key, body: eventOf(0).body, parameters, credential });
		expect([items, refused]).toEqual([[], 401]);
	});

	test('does not know one key for many: that of another credential is refused', async () => {
		const key = specs[0].webhookApiKey;
		const one = { baseUrl: simulator.baseUrl, apiKey: specs[0].apiKey, webhookApiKey: key };
		const { body } = eventOf(0);
		expect((await arrive({ key, body, parameters, credential: one })).refused).toBe(401);
		expect((await arrive({ key, body, credential: { ...credential } })).refused).toBe(401);
		expect((await arrive({ key, body, credential: one })).items).toHaveLength(1);
	});

	test('runs an event once for each studio that sends it', async () => {
		const once = async (index: number) => {
			const { studio, body } = eventOf(index, 'the-same');
			const key = specs[studio].webhookApiKey;
			const { items } = await arrive({ key, body, parameters, credential });
			return (await runTrigger({ items, parameters, credential })).length;
		};
		expect([await once(0), await once(1), await once(0), await once(1)]).toEqual([1, 1, 0, 0]);
	});

	test('says which studios there are when that of an event has gone', async () => {
		const { items } = await arrive({
			key: specs[0].webhookApiKey,
			body: eventOf(0).body,
			parameters,
			credential,
		});
		const { studio } = credential.studios as { studio: IDataObject[] };
		const left = { studios: { studio: studio.slice(1, 3) } };
		await expect(runTrigger({ items, parameters, credential: left })).rejects.toMatchObject({
			message: 'The credential has no studio with the name "Studio 1"',
			description: 'It has: Studio 2, Studio 3.',
		});
		expect(simulator.requests).toHaveLength(0);
	});

	test('asks nobody for an event of a studio without a name', async () => {
		const { studio } = credential.studios as { studio: IDataObject[] };
		const unnamed = { studios: { studio: [{ ...studio[0], name: '' }, ...studio.slice(1)] } };
		const { items } = await arrive({
			key: specs[0].webhookApiKey,
			body: eventOf(0).body,
			parameters,
			credential: unnamed,
		});
		await expect(runTrigger({ items, parameters, credential: unnamed })).rejects.toThrow(
			'The studio that has sent the event has no name',
		);
		expect(simulator.requests).toHaveLength(0);
	});
});
