import { openEditor, type Editor } from './browser.cts';
import { chain, manualTrigger, perfectGymNext, running, storeCredential } from './fixture.cts';
import { printPictureFolder, takePicture } from './pictures.cts';
import { listCustomers } from './studio.cts';

const { n8n, studio } = running();
/** The field "Locker rented" of the simulated studio. */
const LOCKER = 1_540_000_001;
const NAME = 'Update the customer';
let editor: Editor;
let customer: string;
let assigned: Assignment[];

beforeAll(async () => {
	editor = await openEditor(n8n);
	const credentialId = await storeCredential(n8n, studio);
	// The sixth customer has values for other fields.
	customer = String((await listCustomers(studio))[5].id);
	assigned = await assignments();
	const id = await n8n.createWorkflow(
		chain('Additional information', [
			manualTrigger(),
			perfectGymNext(NAME, credentialId, {
				resource: 'customer',
				operation: 'updateAdditionalInformation',
				customerId: { __rl: true, mode: 'id', value: customer },
			}),
		]),
	);
	await editor.openWorkflow(id);
});

afterAll(async () => {
	await editor?.close();
	printPictureFolder();
});

test("the panel offers the studio's own fields by name, and sends what is entered", async () => {
	const { page } = editor;
	await editor.openNode(NAME);
	const panel = page.locator('[data-test-id="ndv"]');
	const add = panel.locator('[data-test-id="add-fields-select"] button');
	for (const field of ['Locker rented', 'Target weight']) {
		await add.click();
		await page.getByRole('menuitem', { name: field }).click();
	}
	await panel.locator('[data-test-id="parameter-input-1540000004"] input').fill('70');
	await takePicture(editor, 'mapper');
	await panel.locator('[data-test-id="node-execute-button"]').click();
	await panel.getByText('success').first().waitFor();

	const before = assigned.filter(({ additionalInformationFieldId: id }) => id !== LOCKER);
	expect(await assignments()).toEqual([
		...before,
		{ additionalInformationFieldId: LOCKER, value: 'false' },
		{ additionalInformationFieldId: 1_540_000_004, value: '70' },
	]);
});

interface Assignment {
	additionalInformationFieldId: number;
	value: string;
}

async function assignments(): Promise<Assignment[]> {
	const response = await fetch(`${studio.baseUrl}/v1/customers/${customer}`, {
		headers: { 'x-api-key': studio.apiKey },
	});
	const record = (await response.json()) as {
		additionalInformationFieldAssignments?: Assignment[];
	};
	return record.additionalInformationFieldAssignments ?? [];
}
