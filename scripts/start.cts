// `npm start`: runs n8n with this package installed, and a simulated PerfectGym Next.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { itemsOf, OWNER, startN8n, type StartedN8n } from '../test/n8n/instance.cts';
import { installPackage, packTarball } from '../test/n8n/package.cts';
import { withProgress } from '../test/n8n/progress.cts';
import { cacheFolder } from '../test/n8n/installation.cts';
import { ensureN8n } from '../test/n8n/runtime.cts';
import { readSpreadsheet } from '../test/n8n/spreadsheet.cts';
import { customersToSeed, listCustomers, type Studio } from '../test/n8n/studio.cts';
import { demoStudio, startSimulator, type Simulator } from '../test/simulator/server.cts';
import { importExamples, storeCredentials, type DemoExample } from './demo/content.cts';
import { openDemoFolder } from './demo/folder.cts';
import { readMemory, writeMemory } from './demo/memory.cts';
import { choosePorts, readDemoOptions } from './demo/options.cts';
import { WebhookRegistrar } from './demo/registrar.cts';
import { writeSampleFiles } from './demo/sampleFiles.cts';
import { chain, demoCredentials, demoStudios } from './demo/studios.cts';
import { RELOADING, watchNodes } from './demo/watcher.cts';

/** The example that a start runs, and shows first. */
const FIRST_EXAMPLE = 'customers-to-spreadsheet.json';
/** The example that is published from the beginning, so that the first event starts a workflow. */
const EVENT_EXAMPLE = 'birthday-check-in.json';
/** The examples that are published from the beginning, so that they find what changes in the studio. */
const POLLING_EXAMPLES = ['free-place-in-a-class.json', 'new-members-to-data-table.json'];
/** How often something changes in the simulated studio, and how many of its class slots are full. */
const CHANGE_EVERY_MS = 20_000;
const FULL_SLOTS = 4;
const START_TIMEOUT_MS = 300_000;

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
	const options = readDemoOptions();
	const { once, customers } = options;

	print('PerfectGym Next in n8n, with a simulated studio. Press Ctrl-C to stop.\n');
	const ports = await choosePorts(options);
	await ensureN8n({ log: print });

	const packed = mkdtempSync(join(tmpdir(), 'perfectgym-next-pack-'));
	cleanups.push(() => rmSync(packed, { recursive: true, force: true }));
	const tarball = await withProgress(
		'Building and packing the package',
		print,
		async () => await packTarball(packed),
	);

	print(`Starting a simulated studio with ${customers.toLocaleString('en')} members …`);
	const simulator = await startSimulator({
		...ports.simulator,
		customers: customersToSeed(customers),
		studios: [...demoStudios],
	});
	cleanups.push(() => simulator.close());

	const { path: userFolder, release } = openDemoFolder(
		join(cacheFolder(), 'demo'),
		options.fresh,
		print,
	);
	cleanups.push(release);
	await withProgress(
		'Installing the package in n8n',
		print,
		async () => await installPackage(userFolder, tarball),
	);
	const n8n = await startN8n({
		...ports.n8n,
		env: { ...ports.n8n.env, ...(options.dev && RELOADING) },
		userFolder,
		log: print,
		timeoutMs: START_TIMEOUT_MS,
	}).catch((error: unknown) => {
		const message = error instanceof Error ? error.message : String(error);
		throw new Error(`${message}\n\nnpm start -- --fresh starts the demo anew.`);
	});
	cleanups.push(n8n.stop);

	const examples = await fill(n8n, simulator);
	const first = examples.find(({ file }) => file === FIRST_EXAMPLE);
	const succeeded = await runExample(n8n, first, simulator);
	if (once) return await shutDown(succeeded ? 0 : 1);

	simulator.keepChanging(CHANGE_EVERY_MS);

	const registrar = new WebhookRegistrar(n8n, simulator, print);
	await registrar.sync();
	printGuide(n8n, simulator, examples, first);
	cleanups.push(registrar.start());
	if (options.dev) cleanups.push(watchNodes({ userFolder }, print));
	await n8n.exited;
	if (isShuttingDown) return;
	print(`n8n exited unexpectedly. Its log is in ${join(userFolder, 'n8n.log')}.`);
	await shutDown(1);
}

/** Puts credentials, files and examples into n8n, except for those that it has. */
async function fill(n8n: StartedN8n, simulator: Simulator): Promise<DemoExample[]> {
	const { userFolder } = n8n.handle;
	const memory = readMemory(userFolder);
	await storeCredentials(n8n, demoCredentials(simulator.baseUrl), memory);
	await writeSampleFiles(n8n.files, simulator);
	const examples = await withProgress(
		'Importing the examples',
		print,
		async () =>
			await importExamples(n8n, memory, { files: n8n.files, pageUrl: simulator.controlUrl }),
	);
	writeMemory(userFolder, memory);
	// A poll reports a free place only in a slot that it has seen full.
	simulator.change({ filledSlots: FULL_SLOTS });
	for (const { file, id, isNew } of examples) {
		if (isNew && [EVENT_EXAMPLE, ...POLLING_EXAMPLES].includes(file)) await n8n.publishWorkflow(id);
	}
	return examples;
}

function printGuide(
	n8n: StartedN8n,
	simulator: Simulator,
	examples: readonly DemoExample[],
	first: DemoExample | undefined,
): void {
	const { baseUrl, controlUrl } = simulator;
	const link = ({ id }: DemoExample) => `${n8n.baseUrl}/workflow/${id}`;
	const width = Math.max(...examples.map(({ name }) => name.length));
	const event = JSON.stringify({ type: 'CUSTOMER_CHECKIN' });
	const lines = [
		...['', `n8n's editor      ${n8n.baseUrl}`],
		`  Email           ${OWNER.email}`,
		`  Password        ${OWNER.password}`,
		`  Log             ${join(n8n.handle.userFolder, 'n8n.log')}`,
		...(first ? [`First example     ${link(first)}`] : []),
		...['', `Simulated API     ${baseUrl}`],
		`  API key         ${demoStudio.apiKey}`,
		`  Webhook key     ${demoStudio.webhookApiKey}`,
		`  Other studios   ${chain.map(({ name }) => name).join(', ')} (the same base URL; API keys ${chain[0].apiKey}, …; webhook keys ${chain[0].webhookApiKey}, …)`,
		`Send an event     ${controlUrl}`,
		...['', 'A customer checks in, which starts the example "Birthday check-in":'],
		`curl -H 'content-type: application/json' -d '${event}' ${controlUrl}/events`,
		...[
			'',
			`Members join and classes fill up and get free places every ${CHANGE_EVERY_MS / 1000} s. These examples find out within a minute:`,
		],
		...examples
			.filter(({ file }) => POLLING_EXAMPLES.includes(file))
			.map((example) => `  ${example.name.padEnd(width)}  ${link(example)}/executions`),
		...['', 'Examples'],
		...examples.map((example) => `  ${example.name.padEnd(width)}  ${link(example)}`),
		...[
			'',
			'Press Ctrl-C to stop n8n and the simulated studio. The next start keeps your workflows.',
		],
	];
	print(lines.join('\n'));
}

async function runExample(
	n8n: StartedN8n,
	example: DemoExample | undefined,
	studio: Studio,
): Promise<boolean> {
	if (example === undefined) {
		print(`You have deleted the first example. "npm start -- --fresh" brings it back.`);
		return false;
	}
	const { id, name } = example;
	const started = Date.now();
	const { status, data } = await withProgress(
		`Running "${name}"`,
		print,
		async () => await n8n.runWorkflow(id, 300_000),
	);
	if (status !== 'success') {
		const { error } = data.resultData;
		print(`"${name}" failed in "${data.resultData.lastNodeExecuted}": ${error?.message}`);
		return false;
	}
	const seconds = ((Date.now() - started) / 1000).toFixed(1);
	const file = itemsOf(data, 'Save the file')[0]?.json.fileName;
	if (typeof file !== 'string') {
		print(`"${name}" ran, but its last node did not return a file name.`);
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
