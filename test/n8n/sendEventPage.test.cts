import type { Page } from 'playwright-core';
import { startSimulator, type Simulator } from '../simulator/server.cts';
import { openEditor, type Editor } from './browser.cts';
import { chain, node, running } from './fixture.cts';
import { itemsOf } from './instance.cts';
import { publish, runsOf, storeWebhookCredential, trigger } from './webhooks.cts';

const { n8n } = running();
const NEXT = 'Next';
const GOOD = 'The workflow received the event: 200';
/** Returns what has the focus in the browser. */
const FOCUSED = 'document.activeElement.id || document.activeElement.textContent';
let simulator: Simulator;
let editor: Editor;
let page: Page;
let workflowId: string;
/** The URLs that the page has requested. */
const requested: string[] = [];

beforeAll(async () => {
	simulator = await startSimulator({
		studios: [
			{ name: 'North', apiKey: 'key-north', webhookApiKey: 'demo-webhook-key', customers: 30 },
			{ name: 'South', apiKey: 'key-south', webhookApiKey: 'hook-south', customers: 30 },
			{ name: 'Without events', apiKey: 'key-without' },
		],
	});
	const credentialId = await storeWebhookCredential(n8n, simulator);
	const workflow = chain('Page', [
		trigger(credentialId, { events: ['CUSTOMER_CHECKIN', 'CONTRACT_CREATED'] }),
		node(NEXT, 'n8n-nodes-base.noOp', 1),
	]);
	const { id, url } = await publish(n8n, workflow);
	workflowId = id;
	simulator.registerWebhook({
		url,
		studio: 'North',
		events: ['CUSTOMER_CHECKIN', 'CONTRACT_CREATED'],
	});
	editor = await openEditor(n8n);
	({ page } = editor);
	page.on('request', (request) => requested.push(request.url()));
});
beforeEach(async () => {
	requested.length = 0;
	await page.goto(simulator.controlUrl);
	await page
		.getByLabel('What the event is about')
		.locator('option')
		.first()
		.waitFor({ state: 'attached' });
});
afterAll(async () => {
	await editor?.close();
	await simulator?.close();
});

async function optionsOf(label: string): Promise<string[]> {
	return await page.getByLabel(label).locator('option').allTextContents();
}

async function send(): Promise<string> {
	await page.getByRole('button', { name: 'Send event' }).click();
	const answer = page.getByRole('status');
	await answer.locator('p').first().waitFor();
	return (await answer.textContent()) ?? '';
}

describe('the page that sends events', () => {
	it('offers all types, the studios with a webhook key, and their records', async () => {
		expect((await optionsOf('Event')).length).toBeGreaterThan(40);
		expect(await optionsOf('Studio')).toEqual(['North', 'South']);
		const north = await optionsOf('What the event is about');
		expect(north[0]).toMatch(/^\S.* \(1-1\)$/);

		await page.getByLabel('Studio').selectOption('South');
		await page.getByText(/\(2-1\)$/).waitFor({ state: 'attached' });
	});

	it('sends the chosen event, and shows the answer', async () => {
		await page.getByLabel('Event', { exact: true }).selectOption('CONTRACT_CREATED');
		await page
			.getByText(/^\S.* \(1-2\), contract \w+ /)
			.first()
			.waitFor({ state: 'attached' });
		await page.getByLabel('What the event is about').selectOption({ index: 1 });

		expect(await send()).toContain(GOOD);

		const [run] = await runsOf(n8n, workflowId, 1);
		expect(itemsOf(run.data, NEXT).map(({ json }) => json)).toEqual([
			expect.objectContaining({
				event: 'CONTRACT_CREATED',
				customerId: 1_210_000_002,
				contractId: 1_310_000_020,
			}),
		]);
		const link = page.getByRole('link', { name: 'See the executions in n8n' });
		expect(await link.getAttribute('href')).toBe(`${n8n.baseUrl}/home/executions`);
	});

	it('says what to do when no workflow receives the event', async () => {
		await page.getByLabel('Event', { exact: true }).selectOption('CUSTOMER_CREATED');
		expect(await send()).toMatch(/^No published workflow receives this event from North\./);

		await page.getByLabel('Studio').selectOption('South');
		expect(await send()).toContain('The studio South has no receiver');
	});

	it('says when a workflow does not take the event', async () => {
		const [{ url }] = simulator.deliveries;
		simulator.registerWebhook({ url, studio: 'South' });
		await page.getByLabel('Studio').selectOption('South');
		await page.getByText(/\(2-1\)$/).waitFor({ state: 'attached' });

		expect(await send()).toContain('The workflow did not take the event: 401');

		simulator.unregisterWebhook({ url, studio: 'South' });
	});

	it('starts with the type and studio in its address', async () => {
		await page.goto(`${simulator.controlUrl}/?type=CUSTOMER_CREATED&studio=South`);
		await page.getByText(/\(2-1\)$/).waitFor({ state: 'attached' });
		expect(await page.getByLabel('Event', { exact: true }).inputValue()).toBe('CUSTOMER_CREATED');
		expect(await page.getByLabel('Studio').inputValue()).toBe('South');
	});

	it('works with the keyboard alone', async () => {
		const names: string[] = [];
		for (let i = 0; i < 4; i++) {
			await page.keyboard.press('Tab');
			names.push(await page.evaluate<string>(FOCUSED));
		}
		expect(names).toEqual(['type', 'studio', 'entity', 'Send event']);
	});

	it('loads nothing from elsewhere', async () => {
		await send();
		expect(requested.length).toBeGreaterThan(3);
		const { origin } = new URL(simulator.controlUrl);
		expect(requested.filter((url) => !url.startsWith(origin) && !url.startsWith('data:'))).toEqual(
			[],
		);
	});

	it.each(['light', 'dark'] as const)(
		'has readable colors in the %s theme',
		async (colorScheme) => {
			await page.emulateMedia({ colorScheme });
			const colorOf = async (name: 'color' | 'background-color') =>
				await page.evaluate<string>(`getComputedStyle(document.body)['${name}']`);
			const [text, back] = [await colorOf('color'), await colorOf('background-color')];
			expect(contrast(text, back)).toBeGreaterThan(7);
			expect(luminance(back) < 0.5).toBe(colorScheme === 'dark');
		},
	);
});

it('a customer who checks in at the simulated studio starts the workflow', async () => {
	const before = (await runsOf(n8n, workflowId, 0)).length;
	const customer = 1_210_000_003;
	const answer = await fetch(`${simulator.baseUrl}/v1/customers/${customer}/checkin`, {
		method: 'POST',
		headers: { 'x-api-key': 'key-north', 'content-type': 'application/json' },
		body: '{}',
	});
	expect(answer.ok).toBe(true);
	const runs = await runsOf(n8n, workflowId, before + 1);
	const items = itemsOf(runs.at(-1)?.data ?? runs[0].data, NEXT);
	expect(items.map(({ json }) => [json.event, json.customerId])).toEqual([
		['CUSTOMER_CHECKIN', customer],
	]);
});

/** The relative luminance of a color such as `rgb(1, 2, 3)`, from 0 to 1, as WCAG defines it. */
function luminance(color: string): number {
	const parts = color.split('(')[1].split(',').slice(0, 3).map(Number.parseFloat);
	const [red, green, blue] = parts.map((part) => {
		const share = part / 255;
		return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
	const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (lighter + 0.05) / (darker + 0.05);
}
