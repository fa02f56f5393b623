import type { INodePropertyOptions } from 'n8n-workflow';
import { PerfectGymNext } from '../../nodes/PerfectGymNext/PerfectGymNext.node';
import { fieldOf, openEditor, type Editor } from './browser.cts';
import {
	chain,
	manualTrigger,
	NODE,
	node,
	perfectGymNext,
	running,
	storeCredential,
} from './fixture.cts';
import { printPictureFolder, takePicture } from './pictures.cts';

const { n8n, studio } = running();
const BOOK = 'Book a class';
/** Of nodes on the canvas. */
const COLUMNS = 12;
const properties = new PerfectGymNext().description.properties;
let editor: Editor;

/** The options of a parameter, from all of its declarations. */
function optionsOf(name: string): INodePropertyOptions[] {
	return properties
		.filter((property) => property.name === name)
		.flatMap(({ options = [] }) => options)
		.filter((option): option is INodePropertyOptions => 'value' in option);
}

/** The operations that the node declares for a resource. */
function operationsOf(resource: string): INodePropertyOptions[] {
	return properties
		.filter(
			({ name, displayOptions }) =>
				name === 'operation' && displayOptions?.show?.resource?.includes(resource),
		)
		.flatMap(({ options = [] }) => options)
		.filter((option): option is INodePropertyOptions => 'value' in option);
}

beforeAll(async () => {
	editor = await openEditor(n8n);
	const credentialId = await storeCredential(n8n, studio);
	const id = await n8n.createWorkflow(
		chain('All operations', [
			manualTrigger(),
			perfectGymNext('Any', credentialId, { resource: 'customer', operation: 'getCustomers' }),
			perfectGymNext(BOOK, credentialId, { resource: 'class', operation: 'bookClassSlot' }),
		]),
	);
	await editor.openWorkflow(id);
});

afterAll(async () => {
	await editor?.close();
	printPictureFolder();
});

async function picture(name: string): Promise<void> {
	await takePicture(editor, name);
}

/** The field of a parameter in the open panel of a node. */
function field(name: string) {
	return editor.page.locator(fieldOf(name));
}

/** Opens a parameter's dropdown list and returns its options. */
async function openList(name: string) {
	await field(name).first().click();
	const options = editor.page.locator('[role="option"]:visible');
	await options.first().waitFor();
	return options;
}

/** The names in an open list, without n8n's own Custom API Call. */
async function namesIn(options: Awaited<ReturnType<typeof openList>>): Promise<string[]> {
	const names = await options.evaluateAll((elements: Array<{ innerText?: string }>) =>
		elements.map((element) => (element.innerText ?? '').split('\n')[0].trim()),
	);
	return names.filter((name) => name !== 'Custom API Call');
}

/** Opens the list of a resource locator. */
async function openPickList(name: string): Promise<void> {
	await field(name).locator('[data-test-id="rlc-input"]').click();
}

/** The text that a resource locator shows. */
async function picked(name: string): Promise<string> {
	return await field(name).locator('[data-test-id="rlc-input"]').inputValue();
}

/** Reads from the studio's API without our node. */
async function read<T>(path: string): Promise<T> {
	const response = await fetch(new URL(path, studio.baseUrl), {
		headers: { 'x-api-key': studio.apiKey },
	});
	if (!response.ok) throw new Error(`GET ${path} returned ${response.status}`);
	return (await response.json()) as T;
}

async function search(text: string): Promise<void> {
	await editor.page.locator('[data-test-id="node-creator-search-bar"]').fill(text);
}

/** Our node's entry in the node creator. */
function entry() {
	return editor.page
		.locator('[data-test-id="node-creator-item-name"]')
		.filter({ hasText: /^\s*PerfectGym Next\s*$/ });
}

jest.setTimeout(45_000);

describe("all operations in n8n's editor", () => {
	it('offers every resource', async () => {
		await editor.openNode('Any');
		expect(await namesIn(await openList('resource'))).toEqual(
			optionsOf('resource').map(({ name }) => name),
		);
		await picture('resources');

		await editor.page.keyboard.press('Escape');
		await editor.closePanel();
	});

	it('offers every operation of the selected resource', async () => {
		await editor.openNode(BOOK);
		expect(await namesIn(await openList('operation'))).toEqual(
			operationsOf('class').map(({ name }) => name),
		);
		await picture('operations');
		await editor.page.keyboard.press('Escape');
		await editor.closePanel();
	});

	it.each(['book a class', 'freeze', 'idle', 'debt', 'gym'])(
		'is found by a search for "%s"',
		async (words) => {
			const bar = editor.page.locator('[data-test-id="node-creator-search-bar"]');
			if (!(await bar.isVisible())) {
				await editor.page.locator('[data-test-id="node-creator-plus-button"]').click();
			}
			await search(words);
			await entry().first().waitFor();
			await picture(`search-${words.replaceAll(' ', '-')}`);
		},
	);

	it('lists every operation as an action', async () => {
		await entry().first().click();
		const panel = editor.page.locator('[data-test-id="node-creator"]');
		const actions = optionsOf('operation').map(({ action }) => action ?? '');
		const heading = panel.getByText(/Actions \(\d+\)/).first();
		await heading.waitFor();
		const count = Number(/\((\d+)\)/.exec((await heading.textContent()) ?? '')?.[1]);
		expect(count).toBeGreaterThanOrEqual(new Set(actions).size);
		await picture('actions');
	});

	it('is added to the canvas with the operation of the selected action', async () => {
		await editor.page
			.locator('[data-test-id="node-creator-item-name"]')
			.getByText('Create an idle period to freeze a contract', { exact: true })
			.click();
		await field('idlePeriodStartDate').waitFor();
		const chosen = await editor.page
			.locator('[data-test-id="node-parameters"]')
			.getByRole('combobox')
			.evaluateAll((fields: Array<{ value?: string }>) => fields.map((each) => each.value ?? ''));
		expect(chosen).toEqual(
			expect.arrayContaining(['Membership Self-Service', 'Create Idle Period']),
		);
		await picture('action');
		await editor.closePanel();
	});

	it('lists the classes of the studio, then the slots of the selected class', async () => {
		const { result } = await read<{ result: Array<{ id: number; title: string }> }>('/v1/classes');
		const [{ id, title }] = result;
		await editor.openNode(BOOK);
		const items = editor.page.locator('[data-test-id="rlc-item"]:visible');

		await openPickList('slotClassId');
		await items.filter({ hasText: title }).first().click();
		await expect(picked('slotClassId')).resolves.toContain(title);

		const slots = await read<{ result: unknown[] }>(`/v1/classes/${id}/slots`);
		expect(slots.result.length).toBeGreaterThan(0);
		await openPickList('bookedClassSlotId');
		await items.first().waitFor();
		// The list does not offer slots that have started.
		const count = await items.count();
		expect(count).toBeGreaterThan(0);
		expect(count).toBeLessThanOrEqual(slots.result.length);
		await picture('slots');
		const slot = ((await items.first().textContent()) ?? '').trim();
		await items.first().click();
		await expect(picked('bookedClassSlotId')).resolves.toBe(slot);
	});

	it('shows the action of every operation under the name of its node', async () => {
		const operations = optionsOf('resource').flatMap(({ value }) =>
			operationsOf(String(value)).map((operation) => ({ ...operation, resource: String(value) })),
		);
		const nodes = operations.map(({ resource, value }, index) =>
			node(
				String(value),
				NODE,
				1,
				{ resource, operation: value as string },
				{
					position: [(index % COLUMNS) * 220, Math.floor(index / COLUMNS) * 180],
				},
			),
		);
		const id = await n8n.createWorkflow({ name: 'Subtitles', nodes, connections: {} });
		await editor.openWorkflow(id);
		await editor.page.keyboard.press('1');
		const cards = editor.page.locator('[data-test-id="canvas-node"]');
		await expect(cards.count()).resolves.toBe(operations.length);
		const texts = await cards.evaluateAll((elements: Array<{ innerText?: string }>) =>
			elements.map((element) => (element.innerText ?? '').split('\n').map((line) => line.trim())),
		);
		const shown = new Map(texts.map(([name, ...lines]) => [name, lines.join(' ')]));
		const expected = operations.map(({ value, action }) => [String(value), action]);
		expect(expected.map(([name]) => [name, shown.get(name ?? '')])).toEqual(expected);
		await picture('subtitles');
	});
});
