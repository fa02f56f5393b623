// `npm start`: runs n8n with this package installed, and a simulated PerfectGym Next.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { optionalPort, readOptions, wholeNumber } from '../test/commandLine.cts';
import { freePort, itemsOf, OWNER, startN8n, type StartedN8n } from '../test/n8n/instance.cts';
import { installPackage, packTarball } from '../test/n8n/package.cts';
import { withProgress } from '../test/n8n/progress.cts';
import { cacheFolder, ensureN8n } from '../test/n8n/runtime.cts';
import { readSpreadsheet } from '../test/n8n/spreadsheet.cts';
import { customersToSeed, listCustomers, type Studio } from '../test/n8n/studio.cts';
import { demoStudio, startSimulator, type Simulator } from '../test/simulator/server.cts';
import { importExamples, storeCredentials, type DemoExample } from './demo/content.cts';
import { readMemory, writeMemory } from './demo/memory.cts';
import { WebhookRegistrar } from './demo/registrar.cts';
import { writeSampleFiles } from './demo/sampleFiles.cts';
import { chain, demoCredentials, demoStudios } from './demo/studios.cts';

/** The example that a start runs, and shows first. */
const FIRST_EXAMPLE = 'customers-to-spreadsheet.json';
/** The example that is published from the beginning, so that the first event starts a workflow. */
const EVENT_EXAMPLE = 'birthday-check-in.json';
const N8N_PORT = 5678;
const SIMULATOR_PORT = 4010;
const START_TIMEOUT_MS = 300_000;

const USAGE = `npm start -- [--once] [--fresh] [--customers N] [--port N] [--broker-port N] [--simulator-port N]
  --once              run the first example once, print the result, and exit
  --fresh             delete what is in the demo's n8n, and start anew
  --customers N       approximate number of members of the simulated studio (20000)
  --port N            port of n8n's editor (${N8N_PORT}, or a free port)
  --broker-port N     port of n8n's task broker (a free port)
  --simulator-port N  port of the simulated API; its page has the next one (${SIMULATOR_PORT} and ${SIMULATOR_PORT + 1}, or free ports)
  --help              print this text`;

interface Options {
	once: boolean;
	fresh: boolean;
	customers: number;
	port: number | undefined;
	brokerPort: number | undefined;
	simulatorPort: number | undefined;
}

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
	const options = readStartOptions();
	const { once, customers } = options;

	print('PerfectGym Next in n8n, with a simulated studio. Press Ctrl-C to stop.\n');
	const port = await n8nPort(options);
	const simulatorPorts = await portsOfSimulator(options);
	if (options.brokerPort !== undefined) await requireFree('broker-port', options.brokerPort);
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
		...simulatorPorts,
		customers: customersToSeed(customers),
		studios: [...demoStudios],
	});
	cleanups.push(() => simulator.close());

	const userFolder = demoFolder(options.fresh);
	await withProgress(
		'Installing the package in n8n',
		print,
		async () => await installPackage(userFolder, tarball),
	);
	const n8n = await startN8n({
		userFolder,
		port,
		log: print,
		timeoutMs: START_TIMEOUT_MS,
		env: options.brokerPort ? { N8N_RUNNERS_BROKER_PORT: String(options.brokerPort) } : {},
	}).catch((error: unknown) => {
		const message = error instanceof Error ? error.message : String(error);
		throw new Error(`${message}\n\nnpm start -- --fresh starts the demo anew.`);
	});
	cleanups.push(n8n.stop);

	const examples = await fill(n8n, simulator);
	const first = examples.find(({ file }) => file === FIRST_EXAMPLE);
	const succeeded = await runExample(n8n, first, simulator);
	if (once) return await shutDown(succeeded ? 0 : 1);

	const registrar = new WebhookRegistrar(n8n, simulator, print);
	await registrar.sync();
	printGuide(n8n, simulator, examples, first);
	cleanups.push(registrar.start());
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
	const event = examples.find(({ file, isNew }) => file === EVENT_EXAMPLE && isNew);
	if (event) await n8n.publishWorkflow(event.id);
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
		`  Other studios   ${chain.map(({ name }) => name).join(', ')} (API keys ${chain.map(({ apiKey }) => apiKey).join(', ')})`,
		`Send an event     ${controlUrl}`,
		...['', 'A customer checks in, which starts the example "Birthday check-in":'],
		`curl -H 'content-type: application/json' -d '${event}' ${controlUrl}/events`,
		...['', 'Examples'],
		...examples.map((example) => `  ${example.name.padEnd(width)}  ${link(example)}`),
		...[
			'',
			'Press Ctrl-C to stop n8n and the simulated studio. The next start keeps your workflows.',
		],
	];
	print(lines.join('\n'));
}

function readStartOptions(): Options {
	return readOptions(
		USAGE,
		{
			once: { type: 'boolean', default: false },
			fresh: { type: 'boolean', default: false },
			customers: { type: 'string', default: '20000' },
			port: { type: 'string' },
			'broker-port': { type: 'string' },
			'simulator-port': { type: 'string' },
		},
		(values) => ({
			once: values.once,
			fresh: values.fresh,
			customers: wholeNumber('customers', values.customers, 1_000_000),
			port: optionalPort('port', values.port),
			brokerPort: optionalPort('broker-port', values['broker-port']),
			simulatorPort: optionalPort('simulator-port', values['simulator-port']),
		}),
	);
}

/** The requested port, which must be free; by default n8n's usual port, or any free one. */
async function n8nPort({ port }: Options): Promise<number> {
	if (port !== undefined) return await requireFree('port', port);
	return (await isFree(N8N_PORT)) ? N8N_PORT : await freePort();
}

/** The requested port and the next; by default the simulator's usual ports, or any free ones. */
async function portsOfSimulator({
	simulatorPort,
}: Options): Promise<{ port?: number; controlPort?: number }> {
	const port = simulatorPort ?? SIMULATOR_PORT;
	const controlPort = port + 1;
	if (simulatorPort !== undefined) {
		await requireFree('simulator-port', port);
		await requireFree('simulator-port', controlPort);
	} else if (!(await isFree(port)) || !(await isFree(controlPort))) return {};
	return { port, controlPort };
}

async function requireFree(option: string, port: number): Promise<number> {
	if (await isFree(port)) return port;
	throw new Error(`Port ${port} is in use. Choose another --${option}, or omit it.`);
}

async function isFree(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}

/**
 * Returns the demo's n8n folder, which keeps everything from the last start unless this start is to
 * be fresh. When a demo is already running, the folder is a temporary one.
 */
function demoFolder(fresh: boolean): string {
	const folder = join(cacheFolder(), 'demo');
	const owner = join(folder, 'pid');
	if (existsSync(owner) && isRunning(Number(readFileSync(owner, 'utf8')))) {
		const temporary = mkdtempSync(join(tmpdir(), 'perfectgym-next-demo-'));
		cleanups.push(() => rmSync(temporary, { recursive: true, force: true }));
		print('Another demo is running. This one starts anew and keeps nothing.');
		return temporary;
	}
	const isThere = existsSync(join(folder, '.n8n', 'database.sqlite'));
	if (fresh) rmSync(folder, { recursive: true, force: true });
	if (isThere && fresh) print("Deleted the last demo's workflows, credentials and executions.");
	else if (isThere) {
		print(
			'Keeping your workflows, credentials and executions from the last demo ("npm start -- --fresh" starts anew).',
		);
	} else print('Starting with a new n8n. The next start keeps what you do in it.');
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
