/** Takes the pictures of the README in the real editor: `npm run screenshots`. */

import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Editor, openEditor } from '../test/n8n/browser.cts';
import { CREDENTIAL } from '../test/n8n/fixture.cts';
import { startN8n } from '../test/n8n/instance.cts';
import { installPackage, packTarball } from '../test/n8n/package.cts';
import {
	CREDENTIAL_NAME,
	IMAGES,
	readmePictures,
	showPicture,
	TEXTS_FILE,
} from '../test/n8n/readmePictures.cts';
import { ensureN8n } from '../test/n8n/runtime.cts';
import { startSimulator } from '../test/simulator/server.cts';

/** So that all pictures of the README together stay small. */
const MAX_BYTES = 1_000_000;

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
	const data = { baseUrl, apiKey, webhookApiKey: 'demo-webhook-key' };
	const credentialId = await n8n.createCredential(CREDENTIAL, data, CREDENTIAL_NAME);

	const editor = await openEditor(n8n, log);
	closing.push(() => editor.close());
	const texts: Record<string, string[]> = {};
	let bytes = 0;
	for (const picture of readmePictures) {
		texts[picture.file] = await showPicture(picture, editor, n8n, credentialId);
		await settle(editor);
		const path = join(IMAGES, picture.file);
		const clip = await picture.clip?.(editor);
		await editor.page.screenshot({ path, clip, animations: 'disabled' });
		bytes += statSync(path).size;
	}
	if (bytes > MAX_BYTES) throw new Error(`The pictures have ${bytes} bytes together`);
	writeFileSync(TEXTS_FILE, `${JSON.stringify(texts, null, '\t')}\n`);
	log(`Written to ${IMAGES}: ${Object.keys(texts).join(', ')}`);
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
