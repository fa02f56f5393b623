import { join } from 'node:path';
import { openEditor, type Editor } from '../n8n/browser.cts';
import { chain, manualTrigger, perfectGymNext, running, storeCredential } from '../n8n/fixture.cts';
import { PROJECT } from '../n8n/package.cts';
import { printPictureFolder, takePicture } from '../n8n/pictures.cts';
import { Screen, stepsOn } from './screen.cts';

const EXAMPLE = 'birthday-check-in';

const { n8n, studio } = running();
let editor: Editor;
let screen: Screen;
let credentialId: string;
const step = stepsOn(() => editor);

beforeAll(async () => {
	credentialId = await storeCredential(n8n, studio);
	editor = await openEditor(n8n);
	screen = new Screen(editor);
});

afterAll(async () => {
	await editor?.close();
	printPictureFolder();
});

/** The file of our trigger's icon, as the canvas shows it. */
async function icon(): Promise<string> {
	const image = screen.part('canvas-node').locator('img[src*="perfectGymNext"]').first();
	await image.waitFor();
	return await image.evaluate((element: { src?: string }) => element.src ?? '');
}

describe('an example', () => {
	step('is imported from its file', async () => {
		await screen.page.goto(`${n8n.baseUrl}/workflow/new`);
		await screen.part('workflow-menu').click();
		await screen.page.getByRole('menuitem', { name: 'Import' }).hover();
		const chooser = screen.page.waitForEvent('filechooser');
		await screen.page.getByRole('menuitem', { name: 'From file' }).click();
		await (await chooser).setFiles(join(PROJECT, 'examples', `${EXAMPLE}.json`));
		await screen.part('canvas-node').first().waitFor();
		await takePicture(editor, 'example-imported');
		expect(await icon()).toMatch(/perfectGymNext\.svg$/);
	});

	step('has the dark icon in the dark theme', async () => {
		const id = await n8n.createWorkflow(
			chain('Dark', [manualTrigger(), perfectGymNext('Get', credentialId, {})]),
		);
		await screen.page.goto(`${n8n.baseUrl}/settings/personal`);
		await screen.part('theme-select').click();
		await screen.page.getByRole('option', { name: 'Dark' }).click();
		await screen.page.getByRole('button', { name: 'Save' }).click();
		await screen.page.locator('body[data-theme="dark"]').waitFor();
		await takePicture(editor, 'theme-settings');
		await editor.openWorkflow(id);
		expect(await icon()).toMatch(/perfectGymNext\.dark\.svg$/);
		await takePicture(editor, 'theme-dark');
		await editor.openNode('Get');
		await takePicture(editor, 'theme-dark-node');
	});
});
