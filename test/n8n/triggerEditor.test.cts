import { PerfectGymNextTrigger } from '../../nodes/PerfectGymNext/PerfectGymNextTrigger.node';
import { openEditor, type Editor } from './browser.cts';
import { chain, node, running } from './fixture.cts';
import type { WorkflowFile } from './instance.cts';
import { printPictureFolder, takePicture } from './pictures.cts';
import {
	ARRIVAL,
	eventOf,
	sendEvent,
	storeWebhookCredential,
	TRIGGER,
	trigger,
	urlsOf,
	WEBHOOK_KEY,
} from './webhooks.cts';

const { n8n, studio } = running();
let editor: Editor;
let urls: { url: string; testUrl: string };

beforeAll(async () => {
	const credentialId = await storeWebhookCredential(n8n, studio);
	const id = await n8n.createWorkflow(
		chain('Events in the editor', [
			trigger(credentialId, { events: ['CUSTOMER_CHECKIN'] }),
			node('Next', 'n8n-nodes-base.noOp', 1),
		]),
	);
	urls = await urlsOf(n8n, id);
	editor = await openEditor(n8n);
	await editor.openWorkflow(id);
});

afterAll(async () => {
	await editor?.close();
	printPictureFolder();
});

async function picture(name: string): Promise<void> {
	await takePicture(editor, name);
}

describe("the trigger in n8n's editor", () => {
	it('explains in its panel how to set up the webhook', async () => {
		await editor.openNode(ARRIVAL);
		const panel = editor.page.locator('[data-test-id="ndv"]');
		await panel.getByText('Send the Production URL to PerfectGym').first().waitFor();
		for (const label of ['Trigger On', 'Include Details', 'Options']) {
			await panel.getByText(label, { exact: true }).first().waitFor();
		}
		await panel.getByText('Customer Checked In').first().waitFor();
		await panel.getByText('When will this node trigger my flow?').first().click();
		await panel.getByText('they register it for you').first().waitFor();
		await picture('trigger-panel');
	});

	it('shows the test URL and the production URL', async () => {
		const panel = editor.page.locator('[data-test-id="ndv"]');
		const addresses = panel.getByText(/\/webhook(-test)?\//);
		if ((await addresses.count()) === 0) await panel.getByText('Webhook URLs').first().click();
		await panel.getByText(urls.testUrl).first().waitFor();
		await picture('trigger-test-url');
		await panel.getByText('Production URL', { exact: true }).first().click();
		await panel.getByText(urls.url).first().waitFor();
		await picture('trigger-production-url');
	});

	it('shows a test event when it arrives', async () => {
		const panel = editor.page.locator('[data-test-id="ndv"]');
		await panel.getByRole('button', { name: 'Execute step' }).first().click();
		const event = eventOf('CUSTOMER_CHECKIN', 1_210_000_001);
		await panel
			.getByText(/listening for/i)
			.first()
			.waitFor();
		await picture('trigger-listening');

		const { status } = await sendEvent(urls.testUrl, WEBHOOK_KEY, event);

		expect(status).toBe(200);
		await panel.getByText(event.uuid).first().waitFor();
		await panel.getByText('2026-03-20T06:07:08.009Z').first().waitFor();
		await picture('trigger-event');
	});

	// The default version does not make n8n evaluate an expression for each event.
	it('is added to the canvas in the default version', async () => {
		const id = await n8n.createWorkflow(chain('Added', [node('Next', 'n8n-nodes-base.noOp', 1)]));
		await editor.openWorkflow(id);
		const { page } = editor;
		await page.locator('[data-test-id="node-creator-plus-button"]').click();
		await page.locator('[data-test-id="node-creator-search-bar"]').fill('PerfectGym Next');
		const entries = page.locator('[data-test-id="node-creator-item-name"]');
		await entries.filter({ hasText: 'PerfectGym Next' }).first().click();
		await entries.getByText('On contract canceled', { exact: true }).click();
		await page.locator('[data-test-id="ndv"]').getByText('Contract Canceled').first().waitFor();
		await picture('trigger-added');
		await editor.closePanel();
		await page.keyboard.press('Control+s');

		const added = async () => {
			const { nodes } = await n8n.rest<WorkflowFile>('GET', `/workflows/${id}`);
			return nodes.find(({ type }) => type === TRIGGER);
		};
		const deadline = Date.now() + 20_000;
		while (!(await added()) && Date.now() < deadline) await page.waitForTimeout(200);
		expect(await added()).toMatchObject({
			typeVersion: new PerfectGymNextTrigger().description.version,
			parameters: { events: ['CONTRACT_CANCELLED'] },
		});
	});
});
