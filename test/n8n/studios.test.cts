import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, INodeParameters } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../simulator/server.cts';
import { type StudiosCredential, studiosCredential } from '../studiosCredential.cts';
import { chain, manualTrigger, NODE, node, running } from './fixture.cts';
import { itemsOf, type CredentialTest, type WorkflowFile } from './instance.cts';
import { PROJECT } from './package.cts';
import { readSpreadsheet } from './spreadsheet.cts';
import { listCustomers } from './studio.cts';
import { ARRIVAL, eventOf, inParallel, publish, runsOf, sendEvent, TRIGGER } from './webhooks.cts';

const { n8n } = running();
const TYPE = 'perfectGymNextStudiosApi';
/** The folder in the examples. n8n's Docker image allows it. */
const FOLDER = '/home/node/.n8n-files';
const NEXT = 'Next';
const STUDIOS = 40;
const EACH = 12;
/** The studios that the examples use. They come first. */
const NAMES = ['Downtown', 'Riverside', 'Airport'];
const specs = Array.from({ length: STUDIOS }, (_, index) => ({
	name: NAMES[index] ?? `Studio ${index + 1}`,
	apiKey: `secret-api-${index + 1}-end`,
	webhookApiKey: `secret-hook-${index + 1}-end`,
	customers: EACH,
}));
/** All keys start with this, and nothing else does. */
const SECRET = /secret-(api|hook)/;

let simulator: Simulator;
let credentialId: string;

beforeAll(async () => {
	simulator = await startSimulator({ studios: specs });
	credentialId = await n8n.createCredential(TYPE, dataOf(specs.length));
});
beforeEach(() => simulator.clearRequests());
afterAll(async () => await simulator.close());

/** The credential as a user enters it, with the first `count` studios. */
function dataOf(count: number) {
	const studio = specs.slice(0, count).map(({ name, apiKey, webhookApiKey }) => ({
		name,
		baseUrl: simulator.baseUrl,
		apiKey,
		webhookApiKey,
	}));
	return studiosCredential(studio);
}

/** The simulator's customer ids are unique across studios. */
function customerOf(studio: number, n: number): number {
	return 1_210_000_001 + studio * 1_000_000 + n;
}

function withStudios(name: string, type: string, parameters: INodeParameters): INode {
	const credentials = { [TYPE]: { id: credentialId, name: TYPE } };
	const chosen = { authentication: 'studios', ...parameters };
	return node(name, type, 1, chosen, { credentials, webhookId: crypto.randomUUID() });
}

function example(name: string): WorkflowFile {
	const path = join(PROJECT, 'examples', `${name}.json`);
	const text = readFileSync(path, 'utf8').replaceAll(FOLDER, n8n.files);
	const workflow = JSON.parse(text) as WorkflowFile;
	for (const { credentials } of workflow.nodes) {
		if (credentials?.[TYPE]) credentials[TYPE].id = credentialId;
	}
	// The demo's import takes a workflow of the same name for the user's own.
	return { ...workflow, name: `Test of ${name}` };
}

describe('the credential for many studios', () => {
	interface Stored {
		name: string;
		type: string;
		data: StudiosCredential;
	}

	/** Returns the credential as the editor gets it: with placeholders for hidden values. */
	async function stored(id: string): Promise<Stored> {
		return await n8n.rest<Stored>('GET', `/credentials/${id}?includeData=true`);
	}

	it('is tested with every studio', async () => {
		expect(await n8n.testCredential(TYPE, dataOf(STUDIOS))).toEqual({
			status: 'OK',
			message: 'The API keys of all 40 studios are valid',
		});
		const tests = simulator.requests.filter(({ method }) => method === 'HEAD');
		expect(tests.map(({ studio }) => studio).sort()).toEqual(specs.map(({ name }) => name).sort());
		expect(simulator.peakConcurrency).toBeLessThanOrEqual(8);
	});

	it('reports which studios fail and why, without showing a key', async () => {
		const data = dataOf(5);
		data.studios.studio2.apiKey = 'secret-api-wrong';
		data.studios.studio4.baseUrl = 'my gym';
		const { status, message } = await n8n.testCredential(TYPE, data);
		expect(status).toBe('Error');
		expect(message).toMatch(
			/^2 of 5 studios do not work\. "Riverside": The API key is wrong for \S+ Copy it again .* "Studio 4": Base URL is not a valid URL\./,
		);
		expect(message).not.toMatch(SECRET);
	});

	it('hides its keys', async () => {
		const { data } = await stored(credentialId);
		expect(Object.values(data.studios).map(({ name }) => name)).toEqual(
			specs.map(({ name }) => name),
		);
		expect(JSON.stringify(data)).not.toMatch(SECRET);
	});

	it('keeps the keys of the other studios when one is removed', async () => {
		const id = await n8n.createCredential(TYPE, dataOf(3));
		const { name, type, data } = await stored(id);
		// The user removes the first studio in the editor, which gets placeholders for hidden values.
		delete data.studios.studio1;
		const body = { credentials: { id, name, type, data } };
		expect(await n8n.rest<CredentialTest>('POST', '/credentials/test', body)).toEqual({
			status: 'OK',
			message: 'The API keys of all 2 studios are valid',
		});
		await n8n.rest('PATCH', `/credentials/${id}`, { id, name, type, data });
		const parameters = { resource: 'studio', operation: 'getStudioInformation' };
		const studio = { __rl: true, mode: 'name', value: 'Riverside' };
		const get = withStudios('Get', NODE, { ...parameters, studio });
		get.credentials = { [TYPE]: { id, name: TYPE } };
		const { data: run } = await n8n.runWorkflow(
			await n8n.createWorkflow(chain('Riverside', [manualTrigger(), get])),
		);
		expect(itemsOf(run, 'Get').map(({ json }) => json.name)).toEqual(['Riverside']);
	});

	it('does not run with the key of another studio', async () => {
		const swapped = dataOf(2);
		const { studio1, studio2 } = swapped.studios;
		[studio1.apiKey, studio2.apiKey] = [studio2.apiKey, studio1.apiKey];
		const { status, message } = await n8n.testCredential(TYPE, swapped);
		expect(status).toBe('Error');
		expect(message).toContain('"Downtown": The API key belongs to "Riverside".');
		const id = await n8n.createCredential(TYPE, swapped);
		const studio = { __rl: true, mode: 'name', value: 'Downtown' };
		const get = withStudios('Get', NODE, {
			resource: 'customer',
			operation: 'getCustomers',
			studio,
		});
		get.credentials = { [TYPE]: { id, name: TYPE } };
		const run = await n8n.runWorkflow(
			await n8n.createWorkflow(chain('Swapped', [manualTrigger(), get])),
		);
		expect(run.data.resultData.error?.message).toBe(
			'The API key of "Downtown" belongs to the studio that PerfectGym Next calls "Riverside"',
		);
	});

	it('is not available to the HTTP Request node', async () => {
		const url = `${simulator.baseUrl}/v1/customers?sliceSize=50`;
		const workflow = chain('HTTP Request', [
			manualTrigger(),
			node(
				'Request',
				'n8n-nodes-base.httpRequest',
				4.2,
				{ url, authentication: 'predefinedCredentialType', nodeCredentialType: TYPE },
				{ credentials: { [TYPE]: { id: credentialId, name: TYPE } } },
			),
		]);
		const run = async () => {
			const { status, data } = await n8n.runWorkflow(await n8n.createWorkflow(workflow));
			if (status === 'error') throw new Error(data.resultData.error?.message);
		};
		await expect(run()).rejects.toThrow(
			/restricted to|cannot use|not allowed|can only be used|only the PerfectGym Next nodes can/,
		);
		expect(simulator.requests).toHaveLength(0);
	});
});

describe('the nodes with many studios', () => {
	it('never mix up the interleaved events of 40 studios', async () => {
		const { id, url } = await publish(
			n8n,
			chain('Many studios', [
				withStudios(ARRIVAL, TRIGGER, { includeEntity: true }),
				withStudios(NEXT, NODE, {
					studio: { __rl: true, mode: 'name', value: '={{ $json.studio.name }}' },
					resource: 'customer',
					operation: 'getCustomerById',
					customerId: { __rl: true, mode: 'id', value: '={{ $json.customerId }}' },
				}),
			]),
		);
		const sent = Array.from({ length: 1_000 }, (_, index) => {
			const studio = (index * 7) % STUDIOS;
			const customerId = customerOf(studio, Math.floor(index / STUDIOS) % EACH);
			return { studio, customerId, event: eventOf('CUSTOMER_UPDATED', customerId) };
		});

		const answers = await inParallel(sent, 20, async ({ studio, event }) =>
			sendEvent(url, specs[studio].webhookApiKey, event),
		);
		expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
		const runs = await runsOf(n8n, id, sent.length, 240_000);

		expect(runs).toHaveLength(sent.length);
		const seen = new Map(
			runs.map(({ data }) => {
				const [[event], [found]] = [itemsOf(data, ARRIVAL), itemsOf(data, NEXT)];
				return [event.json.uuid, { event: event.json, found: found?.json }];
			}),
		);
		for (const { studio, customerId, event } of sent) {
			const customerNumber = expect.stringMatching(new RegExp(`^${studio + 1}-`)) as string;
			expect(seen.get(event.uuid)).toMatchObject({
				event: {
					studio: { name: specs[studio].name, baseUrl: simulator.baseUrl },
					entity: { id: customerId, customerNumber },
				},
				found: { id: customerId, customerNumber },
			});
		}
		expect(JSON.stringify(runs)).not.toMatch(SECRET);
		expect(n8n.log()).not.toMatch(SECRET);
	});

	it('reject a key that does not belong to a studio', async () => {
		const { url } = await publish(
			n8n,
			chain('Rejected', [withStudios(ARRIVAL, TRIGGER, {}), node(NEXT, 'n8n-nodes-base.noOp', 1)]),
		);
		for (const key of ['wrong', undefined, specs[0].apiKey]) {
			expect((await sendEvent(url, key, eventOf('CUSTOMER_UPDATED'))).status).toBe(401);
		}
	});

	it('list the available studios if the name is unknown', async () => {
		const workflow = chain('Unknown studio', [
			manualTrigger(),
			withStudios(NEXT, NODE, {
				studio: { __rl: true, mode: 'name', value: 'Uptown' },
				resource: 'customer',
				operation: 'getCustomers',
			}),
		]);
		const { status, data } = await n8n.runWorkflow(await n8n.createWorkflow(workflow));
		expect(status).toBe('error');
		expect(data.resultData.error).toMatchObject({
			message: 'The credential has no studio with the name "Uptown"',
			description: expect.stringContaining(
				'It has: Downtown, Riverside, Airport, Studio 4',
			) as string,
		});
		expect(simulator.requests).toHaveLength(0);
	});
});

describe('the example "New customers of all studios to lists"', () => {
	it("adds each customer to their studio's list", async () => {
		const { id, url } = await publish(n8n, example('new-customers-of-all-studios'));
		const arrivals = [0, 1, 2, 1, 0, 3].map((studio, n) => ({
			studio,
			event: eventOf('CUSTOMER_CREATED', customerOf(studio, n)),
		}));
		for (const [index, { studio, event }] of arrivals.entries()) {
			expect((await sendEvent(url, specs[studio].webhookApiKey, event)).status).toBe(200);
			await runsOf(n8n, id, index + 1);
		}

		for (const { status, data } of await runsOf(n8n, id, arrivals.length)) {
			expect([status, data.resultData.error?.message]).toEqual(['success', undefined]);
		}
		for (const studio of [0, 1, 2, 3]) {
			const { name } = specs[studio];
			const file = join(n8n.files, `new-customers-${name}.csv`);
			const rows = readFileSync(file, 'utf8').trimEnd().split('\n');
			const expected = arrivals
				.map((arrival, n) => (arrival.studio === studio ? n : -1))
				.filter((n) => n >= 0);
			expect(rows.map((row) => row.split(',').slice(0, 2))).toEqual(
				expected.map((n) => [`"${name}"`, `"${studio + 1}-${n + 1}"`]),
			);
		}
	});
});

describe('the example "Customers of all studios to a spreadsheet"', () => {
	it('writes the customers of all studios to one file, with a studio column', async () => {
		const workflow = example('customers-of-all-studios-to-spreadsheet');
		const { status, data } = await n8n.runWorkflow(await n8n.createWorkflow(workflow));
		expect([status, data.resultData.error?.message]).toEqual(['success', undefined]);

		const path = join(n8n.files, 'customers-of-all-studios.xlsx');
		const { columns, rows } = await readSpreadsheet(path);
		const cells = rows.map((row) => [
			row[columns.indexOf('studio')],
			Number(row[columns.indexOf('id')]),
		]);
		const { baseUrl, controlUrl } = simulator;
		const lists = await Promise.all(
			NAMES.map(async (name, index) => {
				const studio = { baseUrl, controlUrl, apiKey: specs[index].apiKey };
				return (await listCustomers(studio)).map(({ id }) => [name, id]);
			}),
		);
		expect(cells).toEqual(lists.flat());
		expect(cells.length).toBeGreaterThan(3 * EACH * 0.5);
	});
});
