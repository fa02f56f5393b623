import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { ChangeCommand, ChangedIds } from '../simulator/changes.cts';
import type { Fault } from '../simulator/faults.cts';
import { startSimulator, type Simulator } from '../simulator/server.cts';
import { openEditor } from './browser.cts';
import { chain, node, running, storeCredential } from './fixture.cts';
import { itemsOf, startN8n, type StartedN8n } from './instance.cts';
import { copyPackage } from './package.cts';
import { printPictureFolder, takePicture } from './pictures.cts';
import { POLL, pollingTrigger } from './polling.cts';
import { runsOf } from './webhooks.cts';

const { n8n: shared } = running();
const POLLS = 50;
/** What changes before each poll: 1,000 changes in all. */
const CHANGES: ChangeCommand = {
	newMembers: 6,
	newProspects: 4,
	newEmails: 5,
	formerMembers: 2,
	filledSlots: 3,
};
/** The changes that each choice of "Trigger On" outputs. */
const CHOICES: Array<[parameters: INodeParameters, kinds: Array<keyof ChangedIds>]> = [
	[{ event: 'newCustomer', customers: 'BOTH' }, ['newMembers', 'newProspects']],
	[{ event: 'customerChanged', watchedFields: ['email'] }, ['newEmails']],
	[{ event: 'customerGone' }, ['formerMembers']],
	[{ event: 'classSlotChanged', daysAhead: 5 }, ['filledSlots']],
];
/** A fault before each of some polls. The list of members has one chunk until then. */
const FAULTS = new Map<number, Fault>([
	[3, { kind: 'shortList', operationId: 'getCustomers' }],
	[6, { kind: 'rateLimit', operationId: 'getCustomers', retryAfter: 1 }],
	[9, { kind: 'unavailable', operationId: 'getCustomers', times: 2 }],
	[12, { kind: 'shortList', operationId: 'getCustomers', after: 2 }],
	[15, { kind: 'brokenConnection', operationId: 'getClassSlotsForMultipleClasses', after: 2 }],
	[18, { kind: 'status', status: 403, operationId: 'getCustomers', after: 1 }],
	[30, { kind: 'status', status: 403, operationId: 'getClassSlotsForMultipleClasses', after: 3 }],
	[35, { kind: 'rateLimit', operationId: 'getCustomers', retryAfter: 2, times: 3 }],
	[40, { kind: 'htmlPage', operationId: 'getCustomers', after: 2 }],
]);
const RESTART_BEFORE = 25;
const WAIT_MS = 60_000;
const userFolder = mkdtempSync(join(tmpdir(), 'perfectgym-next-polling-'));
let n8n: StartedN8n;
let simulator: Simulator;
let credentialId: string;

beforeAll(async () => {
	copyPackage(shared.handle.userFolder, userFolder);
	simulator = await startSimulator({ customers: 490 });
	n8n = await startN8n({ userFolder });
	credentialId = await storeCredential(n8n, simulator);
});

afterAll(async () => {
	await n8n?.stop();
	await simulator?.close();
	rmSync(userFolder, { recursive: true, force: true, maxRetries: 5 });
	printPictureFolder();
});

async function stored(parameters: INodeParameters): Promise<string> {
	const next = node('Next', 'n8n-nodes-base.noOp', 1);
	const name = `Polling for ${parameters.event as string}`;
	return await n8n.createWorkflow(chain(name, [pollingTrigger(credentialId, parameters), next]));
}

/** The number of polls for slots that have begun. */
function polls(): number {
	const isFirst = ({ operationId, query }: Simulator['requests'][number]) =>
		operationId === 'getClassSlotsForMultipleClasses' && query.offset === undefined;
	return simulator.requests.filter(isFirst).length;
}

async function until(isReached: () => boolean | Promise<boolean>): Promise<void> {
	const deadline = Date.now() + WAIT_MS;
	while (!(await isReached()) && Date.now() < deadline) {
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

/** The items of all executions of a workflow. */
async function outputOf(workflowId: string): Promise<IDataObject[]> {
	const runs = await runsOf(n8n, workflowId, 0);
	return runs.flatMap(({ data }) => itemsOf(data, POLL).map(({ json }) => json));
}

describe('published workflows with the polling trigger', () => {
	const ids: string[] = [];
	const changed: ChangedIds[] = [];

	const expectedOf = (kinds: Array<keyof ChangedIds>) =>
		changed.flatMap((each) => kinds.flatMap((kind) => each[kind])).sort();
	const foundBy = async (id: string) =>
		(await outputOf(id)).map(({ customerId, classSlotId }) => Number(customerId ?? classSlotId));
	const allFound = async () => {
		for (const [index, [, kinds]] of CHOICES.entries()) {
			if ((await foundBy(ids[index])).length < expectedOf(kinds).length) return false;
		}
		return true;
	};

	it(`output 1,000 changes over ${POLLS} polls once each, through faults and a restart`, async () => {
		for (const [parameters] of CHOICES) {
			const id = await stored(parameters);
			await n8n.publishWorkflow(id);
			ids.push(id);
		}
		simulator.clearRequests();
		for (let poll = 0; poll < POLLS; poll++) {
			if (poll === RESTART_BEFORE) {
				await until(allFound);
				process.kill(n8n.handle.pid, 'SIGKILL');
				await n8n.exited;
			}
			changed.push(simulator.change(CHANGES));
			const fault = FAULTS.get(poll);
			if (fault) simulator.injectFault(fault);
			if (poll === RESTART_BEFORE) n8n = await startN8n({ userFolder });
			await until(() => polls() > poll);
		}
		await until(allFound);

		expect(polls()).toBeGreaterThanOrEqual(POLLS);
		expect(expectedOf(CHOICES.flatMap(([, kinds]) => kinds))).toHaveLength(1000);
		for (const [index, [, kinds]] of CHOICES.entries()) {
			expect((await foundBy(ids[index])).sort()).toEqual(expectedOf(kinds));
		}
		const items = await Promise.all(ids.map(outputOf));
		const changeIds = items.flat().map(({ id }) => id);
		expect(new Set(changeIds).size).toBe(1000);
		expect(n8n.log()).not.toContain(simulator.apiKey);
	});

	it('output one record at Fetch Test Event, and keep their state', async () => {
		for (const [index, [{ event }]] of CHOICES.entries()) {
			const before = (await outputOf(ids[index])).length;
			const { status, data } = await n8n.runWorkflow(ids[index]);
			expect(status).toBe('success');
			expect(itemsOf(data, POLL)).toMatchObject([{ json: { event } }]);
			expect(await outputOf(ids[index])).toHaveLength(before + 1);
		}
	});
});

describe("the polling trigger in n8n's editor", () => {
	it('offers what it watches, and shows a test event', async () => {
		const id = await stored({
			event: 'customerChanged',
			pollTimes: { item: [{ mode: 'everyMinute' }] },
			options: {},
		});
		const editor = await openEditor(n8n);
		try {
			await editor.openWorkflow(id);
			await takePicture(editor, 'polling-canvas');
			await editor.openNode(POLL);
			const panel = editor.page.locator('[data-test-id="ndv"]');
			for (const label of ['Poll Times', 'Trigger On', 'Customers', 'Fields to Watch', 'Output']) {
				await panel.getByText(label, { exact: true }).first().waitFor();
			}
			await panel.getByText('Phone Private Mobile').first().waitFor();
			await takePicture(editor, 'polling-panel');
			await panel.getByRole('button', { name: 'Fetch Test Event' }).first().click();
			await panel.getByText('customerChanged').first().waitFor();
			await takePicture(editor, 'polling-event');
		} finally {
			await editor.close();
		}
	});
});
