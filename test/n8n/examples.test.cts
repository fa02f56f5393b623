import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
	type ICredentialDataDecryptedObject,
	type INodeParameters,
	NodeHelpers,
} from 'n8n-workflow';
import {
	exampleFiles,
	exampleWorkflow,
	importExamples,
	storeCredentials,
	type DemoExample,
} from '../../scripts/demo/content.cts';
import type { DemoMemory } from '../../scripts/demo/memory.cts';
import { WebhookRegistrar } from '../../scripts/demo/registrar.cts';
import { writeSampleFiles } from '../../scripts/demo/sampleFiles.cts';
import { chain, demoCredentials, demoStudios } from '../../scripts/demo/studios.cts';
import { startSimulator, type Simulator } from '../simulator/server.cts';
import { studiosCredential } from '../studiosCredential.cts';
import { fieldOf, openEditor, type Editor } from './browser.cts';
import { chain as workflowOf, running, TRIGGER } from './fixture.cts';
import { itemsOf, type WorkflowFile } from './instance.cts';
import { PROJECT } from './package.cts';
import { takePicture } from './pictures.cts';
import { publish, runsOf, trigger, urlsOf } from './webhooks.cts';

/** The step that each example ends with. Steps that are deactivated pass their input on. */
const lastSteps: Record<string, string> = {
	'add-membership-with-preview.json': 'Get the contracts',
	'archive-signed-contracts.json': 'Save the PDF',
	'birthday-check-in.json': 'Send the greeting',
	'book-a-class.json': 'Booked',
	'cancel-a-contract.json': 'Result',
	'contract-cancelled-to-task-list.json': 'Add the task to the file',
	'contracts-ending-soon.json': 'Send the message',
	'customer-photo-from-form.json': 'Update the picture',
	'customers-of-all-studios-to-spreadsheet.json': 'Save the file',
	'customers-to-google-sheets.json': 'Add or update the rows',
	'customers-to-spreadsheet.json': 'Save the file',
	'debt-collection-agency-report.json': 'Check the cases',
	'debt-collection-to-agency.json': 'Confirm the transfer',
	'doctors-note-to-idle-period.json': 'Freeze the contract',
	'find-or-create-lead.json': 'Lead created',
	'free-place-in-a-class.json': 'Send the message',
	'freeze-a-membership.json': 'Frozen',
	'front-desk-assistant.json': 'Reply',
	'members-to-data-table.json': 'Add the rows',
	'members-to-hubspot.json': '100 at a time',
	'members-with-contracts-to-spreadsheet.json': 'Save the file',
	'members-without-visit.json': 'Send the message',
	'monthly-tax-export.json': 'Save the file',
	'new-customer-to-google-sheets.json': 'Add or update the row',
	'new-customer-to-spreadsheet.json': 'Add the row to the file',
	'new-customers-of-all-studios.json': 'Add the row to the file',
	'new-members-to-data-table.json': 'Add the row',
	'new-members-without-webhooks.json': 'Send the message',
	'studio-traffic-light.json': 'Publish the color',
	'trial-session-from-form.json': 'Send the message',
};
/** It needs a language model; agent.test.cts runs it with one. */
const ASSISTANT = 'front-desk-assistant.json';
/** Where a pinned event can also end. */
const earlierEnds: Record<string, string> = {
	// The date of birth is fixed.
	'birthday-check-in.json': 'Birthday today?',
	// A run is confirmed once.
	'debt-collection-to-agency.json': 'Waiting for confirmation?',
};
/** The files that a person chooses in the forms. */
const uploads: Record<string, string> = {
	'customer-photo-from-form.json': 'photo.png',
	'doctors-note-to-idle-period.json': 'doctors-note.pdf',
};

const { n8n } = running();
const files = join(n8n.files, 'demo');
const memory: DemoMemory = { credentials: {}, examples: {} };
let simulator: Simulator;
let registrar: WebhookRegistrar;
let editor: Editor;
let examples: DemoExample[];

beforeAll(async () => {
	// Other test files publish examples at the same URLs, and store some under the same names, which
	// the import takes for the user's own.
	await archiveAll();
	simulator = await startSimulator({ customers: 200, studios: [...demoStudios] });
	registrar = new WebhookRegistrar(n8n, simulator);
	mkdirSync(files, { recursive: true });
	await writeSampleFiles(files, simulator);
	await storeCredentials(n8n, demoCredentials(simulator.baseUrl), memory);
	examples = await importExamples(n8n, memory, { files, pageUrl: simulator.controlUrl });
	editor = await openEditor(n8n);
});
afterAll(async () => {
	await editor?.close();
	await unpublishAll();
	await simulator?.close();
});

async function unpublishAll(): Promise<void> {
	for (const { id } of await n8n.publishedWorkflows()) await n8n.unpublishWorkflow(id);
}

async function archiveAll(): Promise<void> {
	await unpublishAll();
	const stored = await n8n.rest<Array<{ id: string; isArchived: boolean }>>('GET', '/workflows');
	for (const { id, isArchived } of stored) {
		if (!isArchived) await n8n.rest('POST', `/workflows/${id}/archive`, {});
	}
}

function exampleOf(file: string): DemoExample {
	const found = examples.find((example) => example.file === file);
	if (!found) throw new Error(`${file} was not imported`);
	return found;
}

/** The examples that start with an event, and the triggers that have one pinned. */
function withPinnedEvent(): Array<[file: string, trigger: string]> {
	return exampleFiles().flatMap((file) =>
		Object.keys(exampleWorkflow(file).pinData ?? {}).map((name): [string, string] => [file, name]),
	);
}

/** Fills nothing in but a file, submits the form and waits until it has been accepted. */
async function submitForm(file: string, webhookId: string): Promise<void> {
	const { page } = editor;
	await page.goto(`${n8n.baseUrl}/form/${webhookId}`);
	const upload = uploads[file];
	if (upload) await page.locator('input[type="file"]').setInputFiles(join(files, upload));
	const answer = page.waitForResponse((response) => response.request().method() === 'POST');
	await page.locator('button[type="submit"]').click();
	expect((await answer).status()).toBe(200);
}

/** Starts an example as its note says. Returns the number of executions to wait for. */
async function start(file: string, id: string): Promise<number> {
	const { nodes } = await n8n.rest<WorkflowFile>('GET', `/workflows/${id}`);
	const form = nodes.find(({ type }) => type.endsWith('.formTrigger'));
	const trigger = nodes.find(({ type }) => type === TRIGGER);
	if (!form && !trigger) {
		await n8n.runWorkflow(id);
		return 1;
	}
	await n8n.publishWorkflow(id);
	if (form) {
		await submitForm(file, form.webhookId ?? '');
		return 1;
	}
	await registrar.sync();
	if (nodes.some(({ type }) => type.endsWith('.scheduleTrigger'))) {
		// The run makes the studio send the event.
		await n8n.runWorkflow(id);
		return 2;
	}
	const [type] = trigger?.parameters.events as string[];
	const studios = trigger?.parameters.authentication === 'studios' ? ['Riverside'] : [undefined];
	for (const studio of studios) await simulator.sendEvent({ type, studio });
	return studios.length;
}

describe('the examples in the demo', () => {
	it('are all of the files', () => {
		expect(examples.map(({ file }) => file)).toEqual(Object.keys(lastSteps));
		expect(examples.every(({ isNew }) => isNew)).toBe(true);
	});

	const runnable = exampleFiles().filter((file) => file !== ASSISTANT);
	it.each(runnable)('%s runs to its end without a change', async (file) => {
		const { id } = exampleOf(file);

		const atLeast = await start(file, id);

		const runs = await runsOf(n8n, id, atLeast);
		for (const { status, data } of runs) {
			expect([status, data.resultData.error?.message]).toEqual(['success', undefined]);
		}
		const ends = runs.map(({ data }) => data.resultData.lastNodeExecuted);
		expect(ends.at(-1)).toBe(lastSteps[file]);
	});

	it.each(withPinnedEvent())('%s runs in the editor with its pinned event', async (file, name) => {
		const { id } = exampleOf(file);
		await n8n.unpublishWorkflow(id);

		const { status, data } = await n8n.runWorkflow(id, 120_000, name);

		expect([status, data.resultData.error?.message]).toEqual(['success', undefined]);
		const ends = [lastSteps[file], earlierEnds[file]];
		expect(ends).toContain(data.resultData.lastNodeExecuted);
		const { pinData = {} } = await n8n.rest<WorkflowFile>('GET', `/workflows/${id}`);
		expect(itemsOf(data, name).map(({ json }) => json)).toEqual(
			pinData[name].map(({ json }) => json),
		);
	});

	it('find the lead that they have created', async () => {
		const file = 'find-or-create-lead.json';
		const { id } = exampleOf(file);
		const before = (await n8n.executions(id)).length;
		await start(file, id);
		await start(file, id);

		const runs = await runsOf(n8n, id, before + 2);
		expect(runs.at(-1)?.data.resultData.lastNodeExecuted).toBe('Already known');
	});

	it('show the names of the records that they use', async () => {
		const chosen = exampleFiles().flatMap((file) =>
			exampleWorkflow(file).nodes.map(
				({ parameters }) => parameters.customerId as INodeParameters | undefined,
			),
		);
		const customers = chosen.filter((each) => each?.cachedResultName !== undefined);
		expect(customers).toHaveLength(2);
		for (const customer of customers) {
			const response = await fetch(
				`${simulator.baseUrl}/v1/customers/${customer?.value as string}`,
				{
					headers: { 'x-api-key': simulator.apiKey },
				},
			);
			const { firstName, lastName, customerNumber } = (await response.json()) as Record<
				string,
				string
			>;
			expect(customer?.cachedResultName).toBe(`${firstName} ${lastName} (${customerNumber})`);
		}
	});
});

describe('the next start of the demo', () => {
	it('keeps the examples as they are, and leaves out those that were deleted', async () => {
		const [changed, deleted, ...others] = examples;
		const path = `/workflows/${changed.id}`;
		const { versionId } = await n8n.rest<{ versionId: string }>('GET', path);
		await n8n.rest('PATCH', path, { name: 'My own', versionId });
		await n8n.rest('POST', `/workflows/${deleted.id}/archive`, {});

		const next = await importExamples(n8n, memory, { files, pageUrl: simulator.controlUrl });

		expect(next).toEqual([
			{ ...changed, name: 'My own', isNew: false },
			...others.map((example) => ({ ...example, isNew: false })),
		]);
	});

	it('takes over examples of a start that noted nothing', async () => {
		const kept = exampleOf('studio-traffic-light.json');
		const examplesWithout = { ...memory.examples };
		delete examplesWithout[kept.file];

		const next = await importExamples(
			n8n,
			{ ...memory, examples: examplesWithout },
			{ files, pageUrl: simulator.controlUrl },
		);

		expect(next).toContainEqual({ ...kept, isNew: false });
	});

	it('updates its credentials, and creates none', async () => {
		interface Stored {
			id: string;
			data: { baseUrl: string };
		}
		const before = { ...memory.credentials };
		const all = await n8n.rest<Stored[]>('GET', '/credentials');

		await storeCredentials(n8n, demoCredentials('http://127.0.0.1:9'), memory);

		expect(memory.credentials).toEqual(before);
		expect(await n8n.rest<Stored[]>('GET', '/credentials')).toHaveLength(all.length);
		const path = `/credentials/${before.perfectGymNextApi}?includeData=true`;
		expect((await n8n.rest<Stored>('GET', path)).data.baseUrl).toBe('http://127.0.0.1:9');
	});
});

describe('an example that is imported in the editor', () => {
	it('keeps One Studio and finds the credential by its name', async () => {
		const { page } = editor;
		await page.goto(`${n8n.baseUrl}/workflow/new`);
		await page
			.locator('[data-test-id="workflow-import-input"]')
			.setInputFiles(join(PROJECT, 'examples', 'customers-to-spreadsheet.json'));
		await page.locator('[data-test-id="canvas-node"]').nth(3).waitFor();
		await editor.openNode('Get all customers');

		const credential = page.locator('[data-test-id="node-credentials-select"] input');
		expect(await credential.inputValue()).toBe('PerfectGym Next account');
		// With Many Studios, the panel shows this parameter.
		expect(await page.locator(fieldOf('studio')).count()).toBe(0);
		await editor.closePanel();
	});
});

describe.each([
	['customers-to-google-sheets.json', 'Add or update the rows'],
	['new-customer-to-google-sheets.json', 'Add or update the row'],
])('%s', (file, name) => {
	it('has only parameters that the Google Sheets node shows', async () => {
		const sheets = exampleWorkflow(file).nodes.find((each) => each.name === name);
		if (!sheets) throw new Error(`${file} has no step "${name}"`);
		const type = (await n8n.nodeTypes()).find(
			(each) => each.name === sheets.type && [each.version].flat().includes(sheets.typeVersion),
		);
		if (!type) throw new Error(`n8n has no ${sheets.type} ${sheets.typeVersion}`);

		// n8n leaves out parameters that are unknown or hidden.
		const { parameters } = sheets;
		const known = NodeHelpers.getNodeParameters(
			...[type.properties, parameters, false, false, sheets, type],
		);
		expect(known).toEqual(parameters);
	});

	it('updates the row with the same ID, and keeps texts as they are', async () => {
		const { page } = editor;
		await editor.openWorkflow(exampleOf(file).id);
		await editor.openNode(name);

		const shown = async (parameter: string) =>
			await page.locator(fieldOf(parameter)).locator('input').first().inputValue();
		expect(await shown('operation')).toBe('Append or Update Row');
		expect(await shown('cellFormat')).toBe('Let n8n format');
		await takePicture(editor, file.replace('.json', ''));
		await editor.closePanel();
	});
});

it.each([
	['perfectGymNextApi', 'studio', ['Riverside']],
	['perfectGymNextStudiosApi', 'studios', ['Downtown', 'Riverside']],
])(
	'registers a trigger for the studios of its own credential: %s',
	async (type, authentication, names) => {
		const own = chain.filter(({ name }) => names.includes(name));
		const keys = own.map(({ name, apiKey, webhookApiKey }) => ({
			...{ name, apiKey, webhookApiKey },
			baseUrl: simulator.baseUrl,
		}));
		const data = authentication === 'studios' ? studiosCredential(keys) : keys[0];
		const id = await n8n.createCredential(type, data as ICredentialDataDecryptedObject);
		const events = ['CUSTOMER_CHECKIN'];
		const node = {
			...trigger(id, { authentication, events }),
			credentials: { [type]: { id, name: type } },
		};
		const { id: workflow, url } = await publish(n8n, workflowOf('Own credential', [node]));

		await registrar.sync();

		for (const { name } of demoStudios) {
			const sent = simulator.sendEvent({ type: 'CUSTOMER_CHECKIN', studio: name });
			const statuses = await sent.then(
				(deliveries) => deliveries.filter((each) => each.url === url).map(({ status }) => status),
				() => [],
			);
			expect([name, statuses]).toEqual([name, names.includes(name) ? [200] : []]);
		}
		await n8n.unpublishWorkflow(workflow);
		await registrar.sync();
	},
);

it('registers the URL of a trigger only while its workflow is published', async () => {
	const { id } = exampleOf('contract-cancelled-to-task-list.json');
	const registered: string[] = [];
	const removed: string[] = [];
	const own = new WebhookRegistrar(n8n, {
		registerWebhook: ({ url }) => registered.push(url),
		unregisterWebhook: ({ url }) => removed.push(url),
	});
	await n8n.publishWorkflow(id);
	await own.sync();
	const { url } = await urlsOf(n8n, id);
	expect([registered.includes(url), removed]).toEqual([true, []]);
	await n8n.unpublishWorkflow(id);
	await own.sync();
	expect(removed).toEqual([url]);
});
