import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode, INodeParameters } from 'n8n-workflow';
import type { LoggedPart } from '../simulator/multipart.cts';
import {
	chain,
	CREDENTIAL,
	manualTrigger,
	node,
	perfectGymNext,
	running,
	storeCredential,
} from './fixture.cts';
import {
	itemsOf,
	restartPeak,
	startN8n,
	untilAtRest,
	type StartedN8n,
	type WorkflowFile,
} from './instance.cts';
import { copyPackage, PROJECT } from './package.cts';
import { listCustomers, type ListedCustomer } from './studio.cts';
import {
	eventOf,
	holdAfter,
	publish,
	runsOf,
	sendEvent,
	startReceiver,
	storeWebhookCredential,
	WEBHOOK_KEY,
	type Receiver,
	type Run,
} from './webhooks.cts';

interface Person extends ListedCustomer {
	customerNumber: string;
	status: string;
	imageUrl?: string;
}

interface SeenRequest {
	operationId?: string;
	status?: number;
	headers: Record<string, string>;
	parts?: LoggedPart[];
}

const { n8n, studio } = running();
const FOLDER = '/home/node/.n8n-files';
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
const PDF = Buffer.from('%PDF-1.4\n% a doctor has signed this\n%%EOF\n');
const MB = 1024 * 1024;
const LARGE = 50 * MB;
/** The number of measurements of peak memory. */
const MEASURED = 2;
let credentialId: string;
let people: Person[];

beforeAll(async () => {
	credentialId = await storeWebhookCredential(n8n, studio);
	people = ((await listCustomers(studio)) as Person[]).filter(({ status }) => status === 'MEMBER');
});
beforeEach(async () => {
	await control('DELETE', '/faults');
	await control('DELETE', '/requests');
});

async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
	const response = await fetch(`${studio.controlUrl}${path}`, {
		method,
		...(body !== undefined && {
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		}),
	});
	if (!response.ok) throw new Error(`${method} ${path} returned ${response.status}`);
	return (await response.json()) as T;
}

async function requestsFor(operationId: string): Promise<SeenRequest[]> {
	const { requests } = await control<{ requests: SeenRequest[] }>('GET', '/requests');
	return requests.filter((request) => request.operationId === operationId);
}

async function api<T>(path: string): Promise<T> {
	const response = await fetch(`${studio.baseUrl}${path}`, {
		headers: { 'x-api-key': studio.apiKey },
	});
	return (await response.json()) as T;
}

function sha256(content: Buffer): string {
	return createHash('sha256').update(content).digest('hex');
}

/** Loads an example, selects the credential and writes its files to n8n's folder. */
function example(name: string, changes: Record<string, INodeParameters> = {}): WorkflowFile {
	const path = join(PROJECT, 'examples', `${name}.json`);
	const workflow = JSON.parse(readFileSync(path, 'utf8')) as WorkflowFile;
	for (const { name: nodeName, parameters, credentials } of workflow.nodes) {
		if (credentials?.[CREDENTIAL]) credentials[CREDENTIAL].id = credentialId;
		if (typeof parameters.fileName === 'string') {
			expect(parameters.fileName).toContain(FOLDER);
			parameters.fileName = parameters.fileName.replace(FOLDER, n8n.files);
		}
		Object.assign(parameters, changes[nodeName]);
	}
	return workflow;
}

/** Publishes an example that starts with a form, and submits the form as a browser does. */
async function sendForm(workflow: WorkflowFile, fields: Array<string | File>): Promise<Run> {
	const id = await n8n.createWorkflow(workflow);
	await n8n.publishWorkflow(id);
	const webhookId = workflow.nodes.find(({ type }) => type.endsWith('.formTrigger'))?.webhookId;
	const body = new FormData();
	for (const [index, value] of fields.entries()) body.set(`field-${index}`, value);
	const answer = await fetch(`${n8n.baseUrl}/form/${webhookId}`, { method: 'POST', body });
	expect(answer.status).toBe(200);
	const [run] = await runsOf(n8n, id, 1);
	return run;
}

function expectSuccess({ status, data }: Pick<Run, 'status' | 'data'>): void {
	expect([status, data.resultData.error?.message]).toEqual(['success', undefined]);
}

describe('the example "Archive signed contracts"', () => {
	it('saves the signed PDF of the new contract only', async () => {
		const [{ id: customer }] = people;
		const path = `/v1/customers/${customer}/contracts`;
		const [contract] = await api<Array<{ id: number; signedDocumentUrl: string }>>(path);
		const { id, url } = await publish(n8n, example('archive-signed-contracts'));

		const event = eventOf('CONTRACT_CREATED', customer, { contractId: contract.id });
		expect((await sendEvent(url, WEBHOOK_KEY, event)).status).toBe(200);

		const [run] = await runsOf(n8n, id, 1);
		expectSuccess(run);
		expect(itemsOf(run.data, 'Save the PDF')).toHaveLength(1);
		const saved = readFileSync(join(n8n.files, `contract-${contract.id}.pdf`));
		const linked = await fetch(contract.signedDocumentUrl);
		expect(saved.equals(Buffer.from(await linked.arrayBuffer()))).toBe(true);
		expect(saved.toString()).toMatch(/^%PDF/);
	});
});

describe('the example "Customer photo from a form"', () => {
	it("sets the photo as the customer's picture", async () => {
		const [, { id, customerNumber }] = people;
		const photo = new File([JPEG], 'Ich „selbst“.jpg', { type: 'image/jpeg' });

		expectSuccess(await sendForm(example('customer-photo-from-form'), [customerNumber, photo]));

		const [{ parts }] = await requestsFor('updateImage');
		expect(parts).toMatchObject([
			{ name: 'image', fileName: 'Ich „selbst“.jpg', contentType: 'image/jpeg' },
		]);
		const { imageUrl = '' } = await api<Person>(`/v1/customers/${id}`);
		const picture = Buffer.from(await (await fetch(imageUrl)).arrayBuffer());
		expect(picture.equals(JPEG)).toBe(true);
	});
});

describe('the example "Doctor\'s note to idle period"', () => {
	const reason = { idlePeriodReasonId: { __rl: true, mode: 'list', value: '2' } };

	it.each([
		['with the note', 2, [new File([PDF], 'Attest.pdf', { type: 'application/pdf' })]],
		['without a note', 3, []],
	])('requests an idle period %s', async (_how, person, note) => {
		const { customerNumber } = people[person];
		const workflow = example('doctors-note-to-idle-period', { 'Freeze the contract': reason });
		workflow.nodes.forEach((each) => {
			// Two copies of the workflow are published at the same time.
			if (each.webhookId) each.webhookId = each.webhookId.replace(/.$/, String(person));
		});

		const run = await sendForm(workflow, [customerNumber, '2030-05-06', '3', ...note]);

		expectSuccess(run);
		const [{ json }] = itemsOf(run.data, 'Freeze the contract');
		expect(json).toMatchObject({ startDate: '2030-05-06', endDate: '2030-05-26' });
		const [{ parts = [] }] = await requestsFor('createIdlePeriodAmendment');
		expect(parts.map(({ name }) => name)).toEqual(note.length ? ['data', 'document'] : ['data']);
		if (note.length === 0) return;
		expect(parts[1]).toMatchObject({ contentType: 'application/pdf', sha256: sha256(PDF) });
		const stored = await fetch(json.documentUrl as string);
		expect(Buffer.from(await stored.arrayBuffer()).equals(PDF)).toBe(true);
	});
});

describe('an expired link', () => {
	const contracts = (more: INodeParameters = {}, rest: Partial<INode> = {}) =>
		chain('Expired', [
			manualTrigger(),
			perfectGymNext(
				'Get',
				credentialId,
				{
					resource: 'customer',
					operation: 'getCustomersContracts',
					customerId: { __rl: true, mode: 'id', value: String(people[0].id) },
					download: true,
					...more,
				},
				rest,
			),
		]);
	afterAll(async () => await control('POST', '/links', { lifetimeMs: 900_000 }));

	it('fails with status 403 and names the file', async () => {
		await control('POST', '/links', { lifetimeMs: 0 });
		const { status, data } = await n8n.runWorkflow(await n8n.createWorkflow(contracts()));
		expect(status).toBe('error');
		expect(data.resultData.error?.message).toBe(
			'The file in "signedDocumentUrl" could not be downloaded: the link has expired or is refused (status 403)',
		);
	});

	it('returns the item with the reason if the node continues on error', async () => {
		await control('POST', '/links', { lifetimeMs: 0 });
		const workflow = contracts({}, { onError: 'continueRegularOutput' });
		const { status, data } = await n8n.runWorkflow(await n8n.createWorkflow(workflow));
		expect(status).toBe('success');
		const [item] = itemsOf(data, 'Get');
		expect(item.json).toMatchObject({
			id: expect.any(Number) as number,
			downloadError: expect.stringContaining('(status 403)') as string,
		});
	});
});

/** Reads a file and uploads it. In between, the receiver can hold the execution. */
function uploadFromDisk(file: string, credential: string, receiver: Receiver): WorkflowFile {
	const read = node('Read', 'n8n-nodes-base.readWriteFile', 1.1, {
		operation: 'read',
		fileSelector: file,
		options: {},
	});
	const upload = perfectGymNext('Upload', credential, {
		resource: 'customer',
		operation: 'uploadDocument',
		customerId: { __rl: true, mode: 'id', value: String(people[0].id) },
	});
	const workflow = chain('Upload from disk', [manualTrigger(), read, upload]);
	holdAfter(workflow, 'Read', receiver);
	return workflow;
}

describe("a file that is missing from n8n's storage", () => {
	it('fails with its name and the reason, and uploads nothing', async () => {
		const file = join(n8n.files, 'gone.pdf');
		writeFileSync(file, PDF);
		const receiver = await startReceiver();
		try {
			const id = await n8n.createWorkflow(uploadFromDisk(file, credentialId, receiver));
			receiver.answer = 'silent';

			const run = n8n.runWorkflow(id);
			while (receiver.bodies.length === 0) await sleep(50);
			const storage = join(n8n.handle.userFolder, '.n8n', 'storage', 'workflows', id);
			expect(readdirSync(storage)).not.toEqual([]);
			rmSync(storage, { recursive: true });
			receiver.release();
			const { data } = await run;

			expect(data.resultData.error).toMatchObject({
				message: 'The file in "data" cannot be read from n8n\'s storage',
				description: expect.stringContaining('not found') as string,
			});
			expect(await requestsFor('uploadDocument')).toEqual([]);
		} finally {
			await receiver.close();
		}
	});
});

/** n8n's binary data modes, and the memory that n8n itself needs to load a file, in file sizes. */
describe.each([
	['default', 0],
	['filesystem', 0],
	['database', 2],
])('a 50 MB document in binary data mode "%s"', (mode, copies) => {
	const content = randomBytes(LARGE);
	let own: StartedN8n;
	let file: string;
	let workflowId: string;
	let receiver: Receiver;

	beforeAll(async () => {
		const userFolder = mkdtempSync(join(tmpdir(), 'perfectgym-next-large-'));
		copyPackage(n8n.handle.userFolder, userFolder);
		own = await startN8n({ userFolder, env: { N8N_DEFAULT_BINARY_DATA_MODE: mode } });
		file = join(own.files, 'large.pdf');
		const credential = await storeCredential(own, studio);
		// Pauses the execution, so that reading and sending the file are measured separately.
		receiver = await startReceiver();
		const workflow = uploadFromDisk(file, credential, receiver);
		// The memory that n8n needs to save the execution must not count.
		const settings = { executionOrder: 'v1' as const, saveManualExecutions: false };
		workflowId = await own.createWorkflow({ ...workflow, settings });
	});
	afterAll(async () => {
		await own.stop();
		await receiver.close();
		rmSync(own.handle.userFolder, { recursive: true, force: true, maxRetries: 5 });
	});

	/** Runs the workflow and waits for this number of responses to uploads. Returns the requests. */
	async function upload(answers: number): Promise<SeenRequest[]> {
		await control('DELETE', '/requests');
		await own.startWorkflow(workflowId, 'Start');
		const deadline = Date.now() + 60_000;
		for (;;) {
			const answered = (await requestsFor('uploadDocument')).filter(({ status }) => status);
			if (answered.length >= answers) return answered;
			if (Date.now() > deadline) throw new Error(`${answered.length} responses after 60 s`);
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	it('arrives unchanged, with a peak memory below 4 times its size', async () => {
		writeFileSync(file, PDF);
		await upload(1);
		await untilAtRest();
		restartPeak(own.handle.pid);
		await upload(1);
		// The peak with a tiny file: V8's heap grows with any execution after an idle period.
		const baseline = own.rssPeak() ?? 0;
		writeFileSync(file, content);

		for (let turn = 0; turn < MEASURED; turn++) {
			await untilAtRest();
			restartPeak(own.handle.pid);
			receiver.answer = 'silent';
			receiver.bodies.length = 0;
			const sending = upload(1);
			while (receiver.bodies.length === 0) await sleep(50);
			const reading = (own.rssPeak() ?? 0) - baseline;
			const held = restartPeak(own.handle.pid) - baseline;
			receiver.answer = 200;
			receiver.release();
			const [{ status, parts }] = await sending;
			const peak = (own.rssPeak() ?? 0) - baseline;

			process.stdout.write(
				`${mode}: ${baseline} MB with a small file. n8n reads and stores the file: +${reading} MB, then holds +${held} MB. The node sends it: +${peak} MB.\n`,
			);
			expect(status).toBe(200);
			expect(parts).toMatchObject([
				{
					fileName: 'large.pdf',
					contentType: 'application/pdf',
					size: LARGE,
					sha256: sha256(content),
				},
			]);
			expect(peak).toBeLessThan((4 * LARGE) / MB);
			// The node itself does not hold a copy.
			expect(peak - held).toBeLessThan(((copies + 0.5) * LARGE) / MB);
		}
	});

	it('is sent again with the same bytes after a 429', async () => {
		const limit = { kind: 'rateLimit', operationId: 'uploadDocument', retryAfter: 1 };
		await control('POST', '/faults', [limit]);

		const attempts = await upload(2);

		expect(attempts.map(({ status }) => status)).toEqual([429, 200]);
		const [first, second] = attempts.map(({ headers }) => headers);
		expect(first['content-type']).toBe(second['content-type']);
		expect(first['content-length']).toBe(second['content-length']);
		expect(attempts[1].parts?.[0].sha256).toBe(sha256(content));
	});
});
