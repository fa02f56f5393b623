import { openEditor, type Editor } from '../n8n/browser.cts';
import { chain, manualTrigger, running } from '../n8n/fixture.cts';
import { freePort } from '../n8n/instance.cts';
import { printPictureFolder, takePicture } from '../n8n/pictures.cts';
import { listCustomers } from '../n8n/studio.cts';
import { Screen, stepsOn } from './screen.cts';

/** What people at a front desk may look for. */
const WORDS = [
	'customer',
	'check in',
	'perfect gym',
	'prospect',
	'lead',
	'cancel',
	'visit',
	'booking',
	'contract',
	'gym',
	'fitness',
	'trainer',
	'Magicline',
	'class',
];
const GET_MANY = 'Get many customers';
const GET = 'Get a customer';

const { n8n, studio } = running();
let editor: Editor;
let screen: Screen;
const step = stepsOn(() => editor);

beforeAll(async () => {
	// A person begins without credentials; n8n selects one that is there.
	const stored = await n8n.rest<Array<{ id: string }>>('GET', '/credentials');
	for (const { id } of stored) await n8n.rest('DELETE', `/credentials/${id}`);
	editor = await openEditor(n8n);
	screen = new Screen(editor);
	await editor.openWorkflow(await n8n.createWorkflow(chain('First', [manualTrigger()])));
});

afterAll(async () => {
	await editor?.close();
	printPictureFolder();
});

describe('the first workflow', () => {
	for (const words of WORDS) {
		step(`begins with a search for "${words}" that finds the node`, async () => {
			await screen.searchNodes(words, 'Start');
			await screen.nodeEntry('PerfectGym Next').waitFor();
			await takePicture(editor, `search-${words.replaceAll(' ', '-')}`);
		});
	}

	step('gets the node by its action', async () => {
		await screen.addAction(GET_MANY, 'Start');
		await takePicture(editor, 'node-added');
	});
});

describe('the form of the credential', () => {
	const setting = (name: string) => screen.part(`parameter-input-${name}`).locator('input');
	const save = async () => await screen.part('credential-save-button').click();

	/** Saves, and waits until the test of the credential says this. */
	async function expectRefusal(message: string): Promise<void> {
		await save();
		const dialog = screen.part('editCredential-modal');
		await dialog.getByText(/^Couldn.t connect with these settings/).waitFor();
		const details = dialog.getByText('More details');
		// They stay open when the credential is tested again.
		if (await details.isVisible()) await details.click();
		await dialog.getByText(message).waitFor();
	}

	step('opens from the node', async () => {
		await screen.page.getByRole('button', { name: 'Connect to PerfectGym Next' }).click();
		for (const name of ['baseUrl', 'apiKey', 'webhookApiKey']) await setting(name).waitFor();
		await takePicture(editor, 'credential-empty');
	});

	step('says that a key is wrong', async () => {
		await setting('baseUrl').fill(studio.baseUrl);
		await setting('apiKey').fill('no-such-key');
		await expectRefusal(
			`The API key is wrong for ${studio.baseUrl}. Copy it again from PerfectGym's email, or check the Base URL.`,
		);
		await takePicture(editor, 'credential-wrong-key');
	});

	step('says that a host does not answer', async () => {
		const port = await freePort();
		await setting('baseUrl').fill(`http://127.0.0.1:${port}`);
		await expectRefusal(
			`127.0.0.1:${port} refused the connection. Check the Base URL in the credential`,
		);
		await takePicture(editor, 'credential-no-answer');
	});

	step('accepts the right key, and closes', async () => {
		await setting('baseUrl').fill(studio.baseUrl);
		await setting('apiKey').fill(studio.apiKey);
		await save();
		await screen.part('editCredential-modal').waitFor({ state: 'hidden' });
		const select = screen.part('node-credentials-select').locator('input');
		expect(await select.inputValue()).toBe('PerfectGym Next account');
		await takePicture(editor, 'credential-saved');
	});
});

describe("the README's first workflow", () => {
	step('shows all customers in a table', async () => {
		await screen.field('returnAll').click();
		await screen.choose('output', 'Flat (for Spreadsheets)');
		await screen.execute();
		const [first, ...others] = await listCustomers(studio);
		const table = screen.output().getByRole('table');
		await table.getByText(String(first.id)).waitFor();
		for (const column of ['id', 'firstName', 'lastName']) {
			await table.getByText(column, { exact: true }).first().waitFor();
		}
		const count = others.length + 1;
		await screen
			.output()
			.getByText(new RegExp(`^(${count}|${count.toLocaleString('en')}) items$`))
			.waitFor();
		await takePicture(editor, 'table');
	});

	step('shows the first 50 customers without Return All', async () => {
		await screen.field('returnAll').click();
		await screen.execute();
		await screen.output().getByText('50 items', { exact: true }).waitFor();
		await takePicture(editor, 'table-limited');
		await editor.closePanel();
	});

	step('picks a customer from the list', async () => {
		const [, , third] = await listCustomers(studio);
		await screen.addAction(GET, GET_MANY);
		await screen.part('rlc-input').click();
		const item = screen
			.part('rlc-item')
			.filter({ hasText: `${third.firstName} ${third.lastName}` });
		await item.first().waitFor();
		await takePicture(editor, 'customers-to-pick');
		await item.first().click();
		await screen.execute();
		await screen.output().getByText(String(third.id)).first().waitFor();
		await takePicture(editor, 'customer-picked');
	});

	step('takes a value that is dragged from the node before', async () => {
		const [first] = await listCustomers(studio);
		await screen.part('ndv-input-panel').getByText('Table', { exact: true }).click();
		const column = screen.part('ndv-input-panel').locator('th').getByText('id', { exact: true });
		await column.hover();
		await screen.page.mouse.down();
		const target = screen.part('resource-locator-customerId');
		await target.hover();
		await target.hover({ position: { x: 200, y: 10 } });
		await takePicture(editor, 'dragging');
		await screen.page.mouse.up();
		await screen.field('customerId').getByText('{{ $json.id }}').waitFor();
		await takePicture(editor, 'dragged');
		await screen.execute();
		await screen.output().getByText(String(first.id)).first().waitFor();
		await takePicture(editor, 'dragged-output');
	});
});
