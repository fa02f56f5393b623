import { openEditor, type Editor } from '../n8n/browser.cts';
import { chain, manualTrigger, perfectGymNext, running, storeCredential } from '../n8n/fixture.cts';
import { printPictureFolder, takePicture } from '../n8n/pictures.cts';
import { Screen } from './screen.cts';

const GET = 'Get a customer';
const CUSTOMER = '1210000001';

const { n8n, studio } = running();
let editor: Editor;
let screen: Screen;

beforeAll(async () => {
	editor = await openEditor(n8n);
	screen = new Screen(editor);
});

afterEach(async () => {
	await fetch(`${studio.controlUrl}/faults`, { method: 'DELETE' });
});

afterAll(async () => {
	await editor?.close();
	printPictureFolder();
});

/** Makes the studio refuse the next request for a customer with this status. */
async function refuse(status: number): Promise<void> {
	await fetch(`${studio.controlUrl}/faults`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify([{ kind: 'status', status, operationId: 'getCustomerById' }]),
	});
}

interface Case {
	title: string;
	/** What the person enters as the customer's ID. */
	id: string;
	status?: number;
	headline: RegExp;
	advice: RegExp;
}

const CASES: Case[] = [
	{
		title: 'a key that does not work (401)',
		id: CUSTOMER,
		status: 401,
		headline: /^The API key does not work: check it in the credential$/,
		advice: /lacks the scope CUSTOMER_READ\. Ask PerfectGym to grant it/,
	},
	{
		title: 'a missing scope (403)',
		id: CUSTOMER,
		status: 403,
		headline: /^The API key may not do this: ask PerfectGym for the scope CUSTOMER_READ/,
		advice:
			/says: "Permission denied\. .+\." Status 403: .+ needs the scope CUSTOMER_READ\. Ask PerfectGym/,
	},
	{
		title: 'a missing value',
		id: '={{ "" }}',
		headline: /Customer/,
		advice: /./,
	},
	{
		title: 'a record that does not exist (404)',
		id: '4711',
		headline: /./,
		advice: /This studio has no such record/,
	},
];

it.each(CASES)('says what to do about $title', async ({ title, id, status, headline, advice }) => {
	const node = perfectGymNext(GET, await storeCredential(n8n, studio), {
		resource: 'customer',
		operation: 'getCustomerById',
		customerId: { __rl: true, mode: 'id', value: id },
	});
	await editor.openWorkflow(await n8n.createWorkflow(chain(title, [manualTrigger(), node])));
	await editor.openNode(GET);
	if (status !== undefined) await refuse(status);
	await screen.execute();

	const message = screen.output().locator('[data-test-id="node-error-message"]');
	await message.waitFor();
	await takePicture(editor, `error-${title.replaceAll(/\W+/g, '-')}`);
	expect((await message.textContent())?.trim()).toMatch(headline);
	expect(await screen.output().textContent()).toMatch(advice);
});
