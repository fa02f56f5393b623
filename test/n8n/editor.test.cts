import { openEditor, type Editor } from './browser.cts';
import { chain, manualTrigger, perfectGymNext, running, storeCredential } from './fixture.cts';
import { printPictureFolder, takePicture } from './pictures.cts';
import { listCustomers } from './studio.cts';

const { n8n, studio } = running();
let editor: Editor;

beforeAll(async () => {
	editor = await openEditor(n8n);
	const credentialId = await storeCredential(n8n, studio);
	const id = await n8n.createWorkflow(
		chain('In the editor', [
			manualTrigger(),
			perfectGymNext('Get customers', credentialId, {
				resource: 'customer',
				operation: 'getCustomers',
				returnAll: false,
				limit: 5,
				output: 'flat',
			}),
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

describe("the node in n8n's editor", () => {
	it('appears on the canvas with its icon', async () => {
		const icon = editor.page.locator('[data-test-id="canvas-node"] img');
		await icon.first().waitFor();
		const loaded = await icon
			.first()
			.evaluate((image: { naturalWidth?: number }) => Number(image.naturalWidth) > 0);
		expect(loaded).toBe(true);
		await picture('canvas');
	});

	it('shows its parameters in its panel', async () => {
		await editor.openNode('Get customers');
		const panel = editor.page.locator('[data-test-id="ndv"]');
		for (const label of ['Resource', 'Operation', 'Return All', 'Limit', 'Output']) {
			await panel.getByText(label, { exact: true }).first().waitFor();
		}
		const chosen = await panel
			.getByRole('combobox')
			.evaluateAll((fields: Array<{ value?: string }>) => fields.map((field) => field.value ?? ''));
		expect(chosen).toEqual(expect.arrayContaining(['Customer', 'Get Many']));
		await picture('panel');
	});

	it('says that it gets members only', async () => {
		const hint = editor.page.locator('[data-test-id="node-hint"]');
		await hint.getByText('Gets members only').waitFor();
		await picture('hint');
	});

	it('shows the customers in a table after it is executed', async () => {
		const panel = editor.page.locator('[data-test-id="ndv"]');
		await panel.getByRole('button', { name: 'Execute step' }).first().click();
		const table = editor.page.locator(
			'[data-test-id="ndv-output-panel"], [data-test-id="output-panel"]',
		);
		const [first] = await listCustomers(studio);
		await table.getByText(String(first.id)).first().waitFor();
		await picture('table');
		for (const column of ['id', 'firstName', 'lastName']) {
			await table.getByText(column, { exact: true }).first().waitFor();
		}
	});
});
