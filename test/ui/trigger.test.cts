import { openEditor, type Editor } from '../n8n/browser.cts';
import { chain, node, running } from '../n8n/fixture.cts';
import { itemsOf } from '../n8n/instance.cts';
import { printPictureFolder, takePicture } from '../n8n/pictures.cts';
import { runsOf, storeWebhookCredential } from '../n8n/webhooks.cts';
import { Screen, stepsOn } from './screen.cts';

const NEXT = 'Then';

const { n8n, studio } = running();
let editor: Editor;
let screen: Screen;
let workflowId: string;
let productionUrl: string;
const step = stepsOn(() => editor);

beforeAll(async () => {
	await storeWebhookCredential(n8n, studio);
	workflowId = await n8n.createWorkflow(chain('Events', [node(NEXT, 'n8n-nodes-base.noOp', 1)]));
	editor = await openEditor(n8n);
	screen = new Screen(editor);
	await editor.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await editor.openWorkflow(workflowId);
});

afterAll(async () => {
	await fetch(`${studio.controlUrl}/webhooks`, { method: 'DELETE' });
	await editor?.close();
	printPictureFolder();
});

describe('the trigger', () => {
	step('is added for an event', async () => {
		await screen.addAction('On customer checked in');
		await screen.part('node-parameters').getByText('Customer Checked In').first().waitFor();
		await takePicture(editor, 'trigger-added');
	});

	step('has a production URL to copy', async () => {
		await screen.page.getByText('Webhook URLs').first().click();
		await screen.page.getByText('Production URL', { exact: true }).first().click();
		const url = screen.page.getByText(/^http.*\/webhook\//).first();
		await url.waitFor();
		await url.click();
		await takePicture(editor, 'trigger-copied');
		productionUrl = await screen.page.evaluate('navigator.clipboard.readText()');
		expect(productionUrl).toContain(`${n8n.baseUrl}/webhook/`);
		await editor.closePanel();
	});

	step('is connected and published', async () => {
		const trigger = screen.part('canvas-node').filter({ hasNotText: NEXT });
		const name = (await trigger.getAttribute('data-node-name')) ?? '';
		await screen.connect(name, NEXT);
		await takePicture(editor, 'trigger-connected');
		await screen.part('workflow-open-publish-modal-button').click();
		await screen.part('workflow-publish-button').click();
		const dialog = screen.page.getByRole('dialog').filter({ hasText: 'Workflow published' });
		await dialog.getByText('when PerfectGym Next sends an event to the Production URL').waitFor();
		await takePicture(editor, 'trigger-published');
		await dialog.getByRole('button', { name: 'Got it' }).click();
	});

	step("receives an event from the simulated studio's page", async () => {
		await fetch(`${studio.controlUrl}/webhooks`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ url: productionUrl }),
		});
		const page = await editor.page.context().browser()?.newPage();
		if (!page) throw new Error('The browser is closed');
		await page.goto(studio.controlUrl);
		await page.getByLabel('Event', { exact: true }).selectOption('CUSTOMER_CHECKIN');
		await page.getByRole('button', { name: 'Send event' }).click();
		await page.getByText('The workflow received the event: 200').waitFor();
		const [run] = await runsOf(n8n, workflowId, 1);
		expect(itemsOf(run.data, NEXT).map(({ json }) => json.event)).toEqual(['CUSTOMER_CHECKIN']);
		await page.close();
	});

	step('shows the event among the executions', async () => {
		await screen.part('radio-button-executions').click();
		await screen.page.getByText('Succeeded').first().waitFor();
		await takePicture(editor, 'trigger-execution');
	});
});
