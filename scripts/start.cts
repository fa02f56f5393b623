// `npm start`: runs n8n with this package installed, and a simulated PerfectGym Next.

import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
	freePort,
	itemsOf,
	OWNER,
	startN8n,
	type StartedN8n,
	type WorkflowFile,
} from '../test/n8n/instance.cts';
import { installPackage, packTarball, PROJECT } from '../test/n8n/package.cts';
import { cacheFolder, ensureN8n } from '../test/n8n/runtime.cts';
import { readSpreadsheet } from '../test/n8n/spreadsheet.cts';
import { customersToSeed, listCustomers, type Studio } from '../test/n8n/studio.cts';
import { demoStudio, startSimulator } from '../test/simulator/server.cts';
import { studiosCredential } from '../test/studiosCredential.cts';

const EXAMPLE = 'Customers to a spreadsheet';
const EXAMPLES = join(PROJECT, 'examples');
/** The folder for files in n8n's Docker image. The demo replaces it in the examples. */
const DOCKER_FILES = '/home/node/.n8n-files';
const CREDENTIAL = 'perfectGymNextApi';
const STUDIOS_CREDENTIAL = 'perfectGymNextStudiosApi';
/** The studios of a chain, with the names in the examples for chains. */
const CHAIN = ['Downtown', 'Riverside', 'Airport'].map((name) => ({
	name,
	apiKey: `demo-api-key-${name}`,
	webhookApiKey: `demo-webhook-key-${name}`,
	customers: 200,
}));
const N8N_PORT = 5678;

const USAGE = `npm start -- [--once] [--customers N] [--port N]
  --once         run the example once, print the result, and exit
  --customers N  approximate number of members of the simulated studio (20000)
  --port N       port of n8n's editor (${N8N_PORT}, or a free port)`;

type Cleanup = () => void | Promise<void>;

/** The cleanup of everything started so far; runs in reverse order. */
const cleanups: Cleanup[] = [];
let isShuttingDown = false;

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}

async function shutDown(code: number): Promise<void> {
	if (isShuttingDown) return;
	isShuttingDown = true;
	for (const cleanup of cleanups.reverse()) {
		try {
			await cleanup();
		} catch {
			// The remaining cleanups must still run.
		}
	}
	process.exit(code);
}

async function main(): Promise<void> {
	const { once, customers, port } = options();

	print('PerfectGym Next in n8n, with a simulated studio. Press Ctrl-C to stop.\n');
	await ensureN8n({ log: print });

	print('Building and packing the package …');
	const packed = mkdtempSync(join(tmpdir(), 'perfectgym-next-pack-'));
	cleanups.push(() => rmSync(packed, { recursive: true, force: true }));
	const tarball = await packTarball(packed);

	print(`Starting a simulated studio with ${customers.toLocaleString('en')} members …`);
	const simulator = await startSimulator({
		customers: customersToSeed(customers),
		studios: [demoStudio, ...CHAIN],
	});
	cleanups.push(() => simulator.close());

	const userFolder = demoFolder();
	print('Installing the package in n8n …');
	await installPackage(userFolder, tarball);
	print('Starting n8n …');
	const n8n = await startN8n({ userFolder, port: await editorPort(port), log: print });
	cleanups.push(n8n.stop);

	const credentialId = await n8n.createCredential(
		CREDENTIAL,
		{ baseUrl: simulator.baseUrl, apiKey: simulator.apiKey, webhookApiKey: 'demo-webhook-key' },
		'PerfectGym Next (simulated studio)',
	);
	const { baseUrl } = simulator;
	const studio = CHAIN.map(({ name, apiKey, webhookApiKey }) => ({
		name,
		baseUrl,
		apiKey,
		webhookApiKey,
	}));
	const studiosId = await n8n.createCredential(
		STUDIOS_CREDENTIAL,
		studiosCredential(studio),
		'PerfectGym Next Studios (simulated chain)',
	);
	const workflows = await importExamples(n8n, {
		[CREDENTIAL]: credentialId,
		[STUDIOS_CREDENTIAL]: studiosId,
	});

	print(`Running "${EXAMPLE}" …`);
	const succeeded = await runExample(n8n, workflows.get(EXAMPLE), simulator);

	if (once) return await shutDown(succeeded ? 0 : 1);
	print(`
n8n's editor   ${n8n.baseUrl}
  Email        ${OWNER.email}
  Password     ${OWNER.password}
Simulated API  ${simulator.baseUrl}
Workflows      ${[...workflows.keys()].join(', ')}
n8n's log      ${join(userFolder, 'n8n.log')}

Press Ctrl-C to stop n8n and the simulated studio.`);
	await n8n.exited;
	if (isShuttingDown) return;
	print(`n8n exited unexpectedly. Its log is in ${join(userFolder, 'n8n.log')}.`);
	await shutDown(1);
}

function options(): { once: boolean; customers: number; port: number | undefined } {
	try {
		const { values } = parseArgs({
			options: {
				once: { type: 'boolean', default: false },
				customers: { type: 'string', default: '20000' },
				port: { type: 'string' },
				help: { type: 'boolean', default: false },
			},
		});
		if (values.help) {
			print(USAGE);
			process.exit(0);
		}
		return {
			once: values.once,
			customers: wholeNumber('customers', values.customers, 1_000_000),
			port: values.port === undefined ? undefined : wholeNumber('port', values.port, 65_535),
		};
	} catch (error) {
		throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
	}
}

function wholeNumber(name: string, text: string, max: number): number {
	const value = Number(text);
	if (Number.isInteger(value) && value >= 1 && value <= max) return value;
	throw new Error(`--${name} must be a whole number from 1 to ${max}, not "${text}".`);
}

/** The requested port, which must be free; by default n8n's usual port, or any free one. */
async function editorPort(requested: number | undefined): Promise<number> {
	if (await isFree(requested ?? N8N_PORT)) return requested ?? N8N_PORT;
	if (requested === undefined) return await freePort();
	throw new Error(`Port ${requested} is in use. Choose another --port, or omit it.`);
}

async function isFree(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}

/**
 * Creates an empty n8n folder for the demo. It is kept after the demo for its spreadsheet. When a
 * demo is already running, the folder is a temporary one.
 */
function demoFolder(): string {
	const folder = join(cacheFolder(), 'demo');
	const owner = join(folder, 'pid');
	if (existsSync(owner) && isRunning(Number(readFileSync(owner, 'utf8')))) {
		const temporary = mkdtempSync(join(tmpdir(), 'perfectgym-next-demo-'));
		cleanups.push(() => rmSync(temporary, { recursive: true, force: true }));
		return temporary;
	}
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(owner, String(process.pid));
	cleanups.push(() => rmSync(owner, { force: true }));
	return folder;
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

/** Imports every example with these credentials, by type; returns the workflow ids by name. */
async function importExamples(
	n8n: StartedN8n,
	credentialIds: Record<string, string>,
): Promise<Map<string, string>> {
	const ids = new Map<string, string>();
	for (const file of readdirSync(EXAMPLES).filter((name) => name.endsWith('.json'))) {
		const text = readFileSync(join(EXAMPLES, file), 'utf8');
		const workflow = JSON.parse(text.replaceAll(DOCKER_FILES, jsonText(n8n.files))) as WorkflowFile;
		for (const { credentials } of workflow.nodes) {
			for (const [type, credential] of Object.entries(credentials ?? {})) {
				if (credentialIds[type]) credential.id = credentialIds[type];
			}
		}
		ids.set(workflow.name, await n8n.createWorkflow(workflow));
	}
	return ids;
}

/** Escapes a path for a JSON string; Windows paths have backslashes. */
function jsonText(path: string): string {
	return JSON.stringify(path).slice(1, -1);
}

async function runExample(
	n8n: StartedN8n,
	workflowId: string | undefined,
	studio: Studio,
): Promise<boolean> {
	if (workflowId === undefined) {
		print(`${EXAMPLES} does not have an example named "${EXAMPLE}".`);
		return false;
	}
	const started = Date.now();
	const { status, data } = await n8n.runWorkflow(workflowId, 300_000);
	if (status !== 'success') {
		const { error } = data.resultData;
		print(`"${EXAMPLE}" failed in "${data.resultData.lastNodeExecuted}": ${error?.message}`);
		return false;
	}
	const seconds = ((Date.now() - started) / 1000).toFixed(1);
	const file = itemsOf(data, 'Save the file')[0]?.json.fileName;
	if (typeof file !== 'string') {
		print(`"${EXAMPLE}" ran, but its last node did not return a file name.`);
		return false;
	}
	// Count the rows in the file, because that is what the user opens.
	const { columns, rows } = await readSpreadsheet(file);
	print(
		`Wrote ${rows.length.toLocaleString('en')} customers, ${columns.length} columns each, to ${file} (${seconds} s).`,
	);
	const { length: listed } = await listCustomers(studio);
	if (rows.length === listed) return true;
	print(`Error: the studio lists ${listed.toLocaleString('en')} customers.`);
	return false;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		if (!isShuttingDown) print('\nStopping n8n and the simulated studio …');
		void shutDown(signal === 'SIGINT' ? 0 : 1);
	});
}
main().catch(async (error: unknown) => {
	if (isShuttingDown) return;
	process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
	await shutDown(1);
});
