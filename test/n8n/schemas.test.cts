import { schemaFiles, SCHEMAS } from '../../scripts/generate/schemas.cts';
import { openEditor, type Editor } from './browser.cts';
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
/** As the editor asks for it: the version of the node with three numbers, without a letter. */
const VERSION = '1.0.0';

test('n8n serves the schema of every operation', async () => {
	const missing: string[] = [];
	for (const [path, text] of schemaFiles()) {
		const [resource, operation] = path
			.slice(SCHEMAS.length + 1)
			.split('/')
			.slice(1);
		const url = new URL(`/schemas/${NODE}/${VERSION}/${resource}/${operation}`, n8n.baseUrl);
		const response = await fetch(url);
		const served = response.status === 200 ? await response.text() : '{}';
		const { $comment } = JSON.parse(text) as { $comment: string };
		const inSource = { $comment, ...(JSON.parse(served) as object) };
		if (`${JSON.stringify(inSource)}\n` !== text) missing.push(url.pathname);
	}
	expect(missing).toEqual([]);
});

describe('the editor', () => {
	let editor: Editor;
	beforeAll(async () => {
		editor = await openEditor(n8n);
	});
	afterAll(async () => {
		await editor?.close();
		printPictureFolder();
	});

	it('shows the fields of an operation before it has run', async () => {
		const credentialId = await storeCredential(n8n, studio);
		const parameters = { resource: 'customer', operation: 'getCustomers' };
		const workflow = chain('Fields before the run', [
			manualTrigger(),
			perfectGymNext('Get', credentialId, parameters),
			node('Next', 'n8n-nodes-base.noOp', 1),
		]);
		await editor.openWorkflow(await n8n.createWorkflow(workflow));
		await editor.openNode('Next');
		const panel = editor.page.locator('[data-test-id="ndv"]');
		for (const field of ['customerNumber', 'firstName', 'lastName']) {
			await panel.getByText(field, { exact: true }).first().waitFor();
		}
		await takePicture(editor, 'schema');
	});
});
