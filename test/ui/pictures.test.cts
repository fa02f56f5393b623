import { readFileSync } from 'node:fs';
import { openEditor, type Editor } from '../n8n/browser.cts';
import { CREDENTIAL, running } from '../n8n/fixture.cts';
import {
	CREDENTIAL_NAME,
	readmePictures,
	showPicture,
	TEXTS_FILE,
} from '../n8n/readmePictures.cts';

const { n8n, studio } = running();
const taken = JSON.parse(readFileSync(TEXTS_FILE, 'utf8')) as Record<string, string[]>;
let editor: Editor;
let credentialId: string;

beforeAll(async () => {
	const { baseUrl, apiKey } = studio;
	credentialId = await n8n.createCredential(CREDENTIAL, { baseUrl, apiKey }, CREDENTIAL_NAME);
	editor = await openEditor(n8n);
});

afterAll(async () => {
	await editor?.close();
});

// When this fails, "npm run screenshots" takes the pictures again. Look at them.
it.each(readmePictures)('the editor still shows what $file shows', async (picture) => {
	const shown = await showPicture(picture, editor, n8n, credentialId);
	expect(shown).toEqual(taken[picture.file]);
	expect(shown.length).toBeGreaterThan(4);
});
