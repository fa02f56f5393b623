// `npm start`: a real n8n with this package installed, beside a simulated PerfectGym Next.

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

const EXAMPLE = 'Customers to a spreadsheet';
const EXAMPLES = join(PROJECT, 'examples');
/** Where n8n's Docker image lets workflows write; the examples name it, the demo has its own. */
const DOCKER_FILES = '/home/node/.n8n-files';
const CREDENTIAL = 'perfectGymNextApi';
const STUDIOS_CREDENTIAL = 'perfectGymNextStudiosApi';
/** The studios of a chain, as the examples for chains name them. */
const CHAIN = ['Downtown', 'Riverside', 'Airport'].map((name) => ({
	name,
	apiKey: `demo-api-key-${name}`,
	webhookApiKey: `demo-webhook-key-${name}`,
	customers: 200,
}));
const N8N_PORT = 5678;

const USAGE = `npm start -- [--once] [--customers N] [--port N]
  --once         run the example once, say how it went, and end
  --customers N  how many members the simulated studio has, about (20000)
  --port N       where n8n's editor listens (${N8N_PORT}, or a free one)`;

type Closing = () => Promise<unknown>;

/** What has been started so far, to be ended in reverse order. */
const open: Closing[] = [];
let ending = false;

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}

async function end(code: number): Promise<void> {
	if (ending) return;
	ending = true;
	for (const close of open.reverse()) await close().catch(() => {});
	process.exit(code);
}

async function main(): Promise<void> {
	const { once, customers, port } = options();

	say('PerfectGym Next in n8n, with a simulated studio. Ctrl-C ends everything.\n');
	await ensureN8n({ log: say });

	say('Building and packing the package …');
	const packed = mkdtempSync(join(tmpdir(), 'perfectgym-next-pack-'));
	open.push(async () => rmSync(packed, { recursive: true, force: true }));
	const tarball = await packTarball(packed);

	say(`Starting a simulated studio with ${customers.toLocaleString('en')} members …`);
	const simulator = await startSimulator({
		customers: customersToSeed(customers),
		studios: [demoStudio, ...CHAIN],
	});
	open.push(async () => await simulator.close());

	const userFolder = demoFolder();
	say('Installing the package in n8n, as a user would …');
	await installPackage(userFolder, tarball);
	say('Starting n8n …');
	const n8n = await startN8n({ userFolder, port: await editorPort(port), log: say });
	open.push(n8n.stop);

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
		{ studios: { studio } },
		'PerfectGym Next Studios (simulated chain)',
	);
	const workflows = await importExamples(n8n, {
		[CREDENTIAL]: credentialId,
		[STUDIOS_CREDENTIAL]: studiosId,
	});

	say(`Running "${EXAMPLE}" …`);
	const succeeded = await runExample(n8n, workflows.get(EXAMPLE), simulator);

	if (once) return await end(succeeded ? 0 : 1);
	say(`
n8n's editor   ${n8n.baseUrl}
  E-mail       ${OWNER.email}
  Password     ${OWNER.password}
Simulated API  ${simulator.baseUrl}
Workflows      ${[...workflows.keys()].join(', ')}
n8n's log      ${join(userFolder, 'n8n.log')}

Ctrl-C ends n8n and the simulated studio.`);
	await n8n.exited;
	if (ending) return;
	say(`n8n has ended by itself. Its log is in ${join(userFolder, 'n8n.log')}.`);
	await end(1);
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
			say(USAGE);
			process.exit(0);
		}
		return {
			once: values.once,
			customers: wholeNumber('customers', values.customers, 1_000_000),
			port: values.port === undefined ? undefined : wholeNumber('port', values.port, 65_535),
		};
	} catch (error) {
		throw new Error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
	}
}

function wholeNumber(name: string, text: string, max: number): number {
	const value = Number(text);
	if (Number.isInteger(value) && value >= 1 && value <= max) return value;
	throw new Error(`--${name} must be a whole number from 1 to ${max}, not "${text}".`);
}

/** A port that the user asked for must be free; the usual one gives way to any other. */
async function editorPort(wanted: number | undefined): Promise<number> {
	if (await isFree(wanted ?? N8N_PORT)) return wanted ?? N8N_PORT;
	if (wanted === undefined) return await freePort();
	throw new Error(`Port ${wanted} is in use. Choose another with --port, or leave it out.`);
}

async function isFree(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}

/**
 * The demo's own n8n folder, made anew; it outlives the demo, so that the spreadsheet stays. A
 * second demo at the same time gets a temporary one.
 */
function demoFolder(): string {
	const folder = join(cacheFolder(), 'demo');
	const owner = join(folder, 'pid');
	if (existsSync(owner) && isRunning(Number(readFileSync(owner, 'utf8')))) {
		const temporary = mkdtempSync(join(tmpdir(), 'perfectgym-next-demo-'));
		open.push(async () => rmSync(temporary, { recursive: true, force: true }));
		return temporary;
	}
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(owner, String(process.pid));
	open.push(async () => rmSync(owner, { force: true }));
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

/** Imports every example with the ready credentials, given by their type; gives workflow ids by name. */
async function importExamples(
	n8n: StartedN8n,
	credentialIds: Record<string, string>,
): Promise<Map<string, string>> {
	const ids = new Map<string, string>();
	for (const file of readdirSync(EXAMPLES).filter((name) => name.endsWith('.json'))) {
		const text = readFileSync(join(EXAMPLES, file), 'utf8');
		const workflow: WorkflowFile = JSON.parse(text.replaceAll(DOCKER_FILES, jsonText(n8n.files)));
		for (const { credentials } of workflow.nodes) {
			for (const [type, credential] of Object.entries(credentials ?? {})) {
				if (credentialIds[type]) credential.id = credentialIds[type];
			}
		}
		ids.set(workflow.name, await n8n.createWorkflow(workflow));
	}
	return ids;
}

/** A path on Windows has characters that JSON escapes. */
function jsonText(path: string): string {
	return JSON.stringify(path).slice(1, -1);
}

async function runExample(
	n8n: StartedN8n,
	workflowId: string | undefined,
	studio: Studio,
): Promise<boolean> {
	if (workflowId === undefined) {
		say(`There is no example named "${EXAMPLE}" in ${EXAMPLES}.`);
		return false;
	}
	const started = Date.now();
	const { status, data } = await n8n.runWorkflow(workflowId, 300_000);
	if (status !== 'success') {
		const { error } = data.resultData;
		say(`"${EXAMPLE}" failed in "${data.resultData.lastNodeExecuted}": ${error?.message}`);
		return false;
	}
	const seconds = ((Date.now() - started) / 1000).toFixed(1);
	const file = itemsOf(data, 'Save the file')[0]?.json.fileName;
	if (typeof file !== 'string') {
		say(`"${EXAMPLE}" ran, but its last step names no file.`);
		return false;
	}
	// Counted in the file itself, since that is what the user opens.
	const { columns, rows } = await readSpreadsheet(file);
	say(
		`Wrote ${rows.length.toLocaleString('en')} customers, ${columns.length} columns each, to ${file} (${seconds} s).`,
	);
	const { length: listed } = await listCustomers(studio);
	if (rows.length === listed) return true;
	say(`That is wrong: the studio lists ${listed.toLocaleString('en')} customers.`);
	return false;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		if (!ending) say('\nEnding n8n and the simulated studio …');
		void end(signal === 'SIGINT' ? 0 : 1);
	});
}
main().catch(async (error) => {
	if (ending) return;
	process.stderr.write(`\n${error instanceof Error ? error.message : error}\n`);
	await end(1);
});
