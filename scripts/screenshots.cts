/** Takes the pictures of the README in the real editor: `npm run screenshots`. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Editor, openEditor } from '../test/n8n/browser.cts';
import { chain, CREDENTIAL, manualTrigger, perfectGymNext } from '../test/n8n/fixture.cts';
import { startN8n, type StartedN8n, type WorkflowFile } from '../test/n8n/instance.cts';
import { installPackage, packTarball, PROJECT } from '../test/n8n/package.cts';
import { ensureN8n } from '../test/n8n/runtime.cts';
import { startSimulator } from '../test/simulator/server.cts';

const IMAGES = join(PROJECT, 'docs', 'images');
/** So that all pictures of the README together stay small. */
const MAX_BYTES = 1_000_000;
const VIEWPORT = { width: 1280, height: 720 };
const EXAMPLE = 'contract-cancelled-to-task-list';

const log = (line: string) => process.stdout.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'perfectgym-next-screenshots-'));
const closing: Array<() => unknown> = [() => rmSync(folder, { recursive: true, force: true })];

async function main(): Promise<void> {
	await ensureN8n({ log });
	mkdirSync(IMAGES, { recursive: true });
	const userFolder = join(folder, 'user');
	await installPackage(userFolder, await packTarball(join(folder, 'pack')));
	const simulator = await startSimulator({ customers: 200 });
	closing.push(() => simulator.close());
	const n8n = await startN8n({ userFolder, log });
	closing.push(n8n.stop);
	const { baseUrl, apiKey } = simulator;
	const webhookApiKey = 'demo-webhook-key';
	const credentialId = await n8n.createCredential(CREDENTIAL, { baseUrl, apiKey, webhookApiKey });

	const editor = await openEditor(n8n, log);
	closing.push(() => editor.close());
	await editor.page.setViewportSize(VIEWPORT);
	const pictures = [
		await pictureCanvas(editor, n8n, credentialId),
		await pictureNode(editor, n8n, credentialId),
	];
	const bytes = pictures.reduce((sum, path) => sum + statSync(path).size, 0);
	if (bytes > MAX_BYTES) throw new Error(`The pictures have ${bytes} bytes together`);
	log(`Written: ${pictures.join(', ')}`);
}

/** A workflow on the canvas, without the editor around it. */
async function pictureCanvas(
	editor: Editor,
	n8n: StartedN8n,
	credentialId: string,
): Promise<string> {
	const path = join(PROJECT, 'examples', `${EXAMPLE}.json`);
	const example = JSON.parse(readFileSync(path, 'utf8')) as WorkflowFile;
	const nodes = example.nodes.filter(({ type }) => !type.endsWith('.stickyNote'));
	for (const { credentials } of nodes) {
		if (credentials?.[CREDENTIAL]) credentials[CREDENTIAL].id = credentialId;
	}
	await editor.openWorkflow(await n8n.createWorkflow({ ...example, nodes }));
	await editor.page.keyboard.press('1');
	await settle(editor);
	const cards = await editor.page.locator('[data-test-id="canvas-node"]').all();
	const boxes = (await Promise.all(cards.map(async (card) => await card.boundingBox()))).flatMap(
		(box) => (box ? [box] : []),
	);
	const margin = 60;
	const x = Math.min(...boxes.map((box) => box.x)) - margin;
	const y = Math.min(...boxes.map((box) => box.y)) - margin;
	const right = Math.max(...boxes.map((box) => box.x + box.width)) + margin;
	const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + 1.5 * margin;
	const file = join(IMAGES, 'canvas.png');
	await editor.page.screenshot({
		path: file,
		clip: { x: Math.max(0, x), y: Math.max(0, y), width: right - x, height: bottom - y },
		animations: 'disabled',
	});
	return file;
}

/** The open node with rows for a spreadsheet. */
async function pictureNode(editor: Editor, n8n: StartedN8n, credentialId: string): Promise<string> {
	const name = 'Get customers';
	const parameters = { resource: 'customer', operation: 'getCustomers', returnAll: true };
	const workflow = chain('Customers', [
		manualTrigger(),
		perfectGymNext(name, credentialId, { ...parameters, output: 'flat' }),
	]);
	await editor.openWorkflow(await n8n.createWorkflow(workflow));
	await editor.openNode(name);
	await editor.page.locator('[data-test-id="node-execute-button"]').first().click();
	await editor.page
		.locator('[data-test-id="ndv-output-panel"] tbody tr, [data-test-id="output-panel"] tbody tr')
		.last()
		.waitFor();
	await settle(editor);
	const file = join(IMAGES, 'node.png');
	await editor.screenshot(file);
	return file;
}

/** Animations and toasts end by themselves. */
async function settle(editor: Editor): Promise<void> {
	await editor.page.locator('.el-notification').waitFor({ state: 'hidden' });
	await editor.page.waitForTimeout(1000);
}

void main()
	.catch((error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exitCode = 1;
	})
	.finally(async () => {
		for (const close of closing.reverse()) await close();
	});
