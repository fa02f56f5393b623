import { randomBytes } from 'node:crypto';
import {
	chmodSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	filesFolder,
	freePort,
	launch,
	N8n,
	n8nEnvironment,
	startN8n,
	type Launched,
	type N8nHandle,
} from '../n8n/instance.cts';
import { copyPackage, installPackage, packTarball } from '../n8n/package.cts';
import type { Log } from '../n8n/progress.cts';
import { ensureN8n, type N8nRuntime } from '../n8n/runtime.cts';
import {
	change,
	createDatabase,
	DATABASE,
	DATABASE_USER,
	ensureServers,
	isDatabaseReady,
	isRedisReady,
	postgresCommand,
	query,
	redisCommand,
} from './servers.cts';

const WEBHOOK_PROCESSORS = 2;
const WORKERS = 3;
/** The number of executions that a worker runs at a time. This is n8n's default. */
const CONCURRENCY = 10;
const READY_MS = 120_000;
const RESTART_AFTER_MS = 1_000;

/**
 * The settings that docs/scaling.md recommends. The lock is short, so that the tests see it expire.
 * With a stalled interval of 0, n8n does not check locks.
 */
const RECOMMENDED = {
	N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
	QUEUE_WORKER_STALLED_INTERVAL: '0',
	QUEUE_WORKER_LOCK_DURATION: '8000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
};

/** What another process or jest file needs to reach a running cluster. */
export interface ClusterHandle {
	folder: string;
	main: N8nHandle;
	databasePort: number;
	redisPort: number;
	/** The origins of the webhook processors. */
	webhooks: string[];
	/** The environment of all n8n processes. */
	env: Record<string, string>;
}

/** A process that restarts when it exits, as with Docker or systemd. */
class Service {
	private launched: Launched | undefined;

	private isStopping = false;

	constructor(
		private readonly begin: () => Promise<Launched>,
		private readonly isReady: () => Promise<boolean> | boolean,
		private readonly onStart: (pid: number) => void,
		private readonly onRestart: () => void,
	) {}

	async start(): Promise<void> {
		const launched = await this.begin();
		this.launched = launched;
		const ended = launched.exited.then(() => 'ended' as const);
		void ended.then(() => setTimeout(() => void this.restart(), RESTART_AFTER_MS));
		const outcome = await Promise.race([ended, until(async () => await this.isReady())]);
		if (outcome === 'ended') throw new Error('A process of the cluster exited during startup');
		this.onStart(launched.pid);
	}

	async stop(): Promise<void> {
		this.isStopping = true;
		await this.launched?.stop();
	}

	private async restart(): Promise<void> {
		if (this.isStopping) return;
		this.onRestart();
		// If the process exits again, start() schedules another restart.
		await this.start().catch(() => undefined);
	}
}

/**
 * Starts PostgreSQL, Redis, n8n's main process, two webhook processors and three workers on
 * loopback, all with the packed package. Restarts each except the main process when it exits, until
 * `stop()` is called or this process exits for any reason. Throws an Error if one does not start.
 */
export async function startCluster({
	log,
}: {
	log: Log;
}): Promise<{ handle: ClusterHandle; stop: () => Promise<void> }> {
	ensureServers({ log });
	const runtime = await ensureN8n({ log });
	const folder = mkdtempSync(join(tmpdir(), 'perfectgym-next-queue-'));
	// PostgreSQL runs as another user.
	chmodSync(folder, 0o755);
	mkdirSync(join(folder, 'pids'));
	const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	// Runs after the listener of instance.cts, which ends all processes if stop() was not called.
	process.once('exit', remove);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => process.exit(1));
	}
	const closing: Array<() => unknown> = [remove];
	const stop = async () => {
		for (const close of closing.splice(0).reverse()) await close();
	};
	const startService = async (
		name: string,
		begin: () => Promise<Launched>,
		isReady: () => Promise<boolean> | boolean,
	) => {
		const service = new Service(
			begin,
			isReady,
			(pid) => writePid(folder, name, pid),
			() => log(`  (${name} has exited and is restarting)`),
		);
		closing.push(async () => await service.stop());
		await service.start();
	};

	try {
		const server = (command: string[], name: string) => async () =>
			await launch(command, {
				nodeBinary: runtime.nodeBinary,
				cwd: folder,
				env: { PATH: process.env.PATH, LC_ALL: 'C' },
				logFile: logOf(folder, name),
			});
		const [databasePort, redisPort] = [await freePort(), await freePort()];
		const data = createDatabase(folder);
		await startService('postgres', server(postgresCommand(data, databasePort), 'postgres'), () =>
			isDatabaseReady(databasePort),
		);
		await startService('redis', server(redisCommand(folder, redisPort), 'redis'), () =>
			isRedisReady(redisPort),
		);

		const env = clusterEnvironment(databasePort, redisPort);
		const installed = join(folder, 'main');
		await installPackage(installed, await packTarball(join(folder, 'pack')));
		log('Starting n8n in queue mode.');
		const main = await startN8n({ userFolder: installed, env, log });
		closing.push(main.stop);

		const webhooks: string[] = [];
		const parts: Array<Promise<void>> = [];
		for (let index = 1; index <= WEBHOOK_PROCESSORS + WORKERS; index++) {
			const isWebhook = index <= WEBHOOK_PROCESSORS;
			const number = isWebhook ? index : index - WEBHOOK_PROCESSORS;
			const name = `${isWebhook ? 'webhook' : 'worker'} ${number}`;
			const port = await freePort();
			if (isWebhook) webhooks.push(`http://127.0.0.1:${port}`);
			const command = isWebhook ? ['webhook'] : workerCommand();
			const begin = async () => await startPart({ runtime, folder, name, command, port, env });
			parts.push(startService(name, begin, async () => await isReady(port)));
		}
		await Promise.all(parts);
		const handle = { folder, main: main.handle, databasePort, redisPort, webhooks, env };
		return { handle, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

function clusterEnvironment(databasePort: number, redisPort: number): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(databasePort),
		DB_POSTGRESDB_DATABASE: DATABASE,
		DB_POSTGRESDB_USER: DATABASE_USER,
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redisPort),
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		// Manual executions also run in a worker.
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		...RECOMMENDED,
	};
}

interface Part {
	runtime: N8nRuntime;
	folder: string;
	name: string;
	command: string[];
	port: number;
	env: Record<string, string>;
}

function workerCommand(): string[] {
	return ['worker', `--concurrency=${CONCURRENCY}`];
}

async function startPart({ runtime, folder, name, command, port, env }: Part): Promise<Launched> {
	const userFolder = join(folder, name);
	mkdirSync(filesFolder(userFolder), { recursive: true });
	copyPackage(join(folder, 'main'), userFolder);
	const own = { ...env, QUEUE_HEALTH_CHECK_PORT: String(port) };
	return await launch([runtime.nodeBinary, runtime.n8nEntry, ...command], {
		nodeBinary: runtime.nodeBinary,
		cwd: userFolder,
		env: await n8nEnvironment(runtime, userFolder, port, own),
		logFile: logOf(folder, name),
	});
}

/** A client for a running cluster. */
export class Cluster {
	readonly n8n: N8n;

	constructor(readonly handle: ClusterHandle) {
		this.n8n = new N8n(handle.main);
	}

	/** Returns the webhook processors' URLs for a webhook URL of the main process. */
	webhookUrls(url: string): string[] {
		const { pathname } = new URL(url);
		return this.handle.webhooks.map((origin) => `${origin}${pathname}`);
	}

	/** Runs a SELECT statement on n8n's database and returns the rows. */
	query<T>(statement: string): T[] {
		return query<T>(this.handle.databasePort, statement);
	}

	/**
	 * Fills n8n's store with as many entries as after months of use. Only one node of the workflow may use
	 * the store.
	 */
	fillStore(workflowId: string, entries: number): void {
		change(
			this.handle.databasePort,
			`update processed_data set value = json_build_object('mode', 'entries', 'data', (
				select json_agg(encode(decode(md5(number::text), 'hex'), 'base64'))
				from generate_series(1, ${entries}) as number
			)) where "workflowId" = '${workflowId}'`,
		);
	}

	/** Returns everything that a process has logged so far, across restarts. */
	log(name: string): string {
		return readFileSync(logOf(this.handle.folder, name), 'utf8');
	}

	/** The names of the workers. */
	get workers(): string[] {
		return numbered('worker', WORKERS);
	}

	/** The names of all n8n processes except the main process. */
	get parts(): string[] {
		return [...numbered('webhook', WEBHOOK_PROCESSORS), ...this.workers];
	}

	/** Returns the current process id. */
	pid(name: string): number {
		return readPid(this.handle.folder, name);
	}

	/** Sends a signal to a process. Returns a function that waits until the process has restarted. */
	kill(name: string, signal: NodeJS.Signals): () => Promise<void> {
		const pid = this.pid(name);
		process.kill(pid, signal);
		return async () => {
			await until(() => this.pid(name) !== pid);
		};
	}

	/** Starts another worker with additional settings. It runs until `stop()` is called. */
	async startWorker(name: string, env: Record<string, string>): Promise<Launched> {
		const { folder, main, env: shared } = this.handle;
		const port = await freePort();
		const launched = await startPart({
			runtime: main.runtime,
			folder,
			name,
			command: workerCommand(),
			port,
			env: { ...shared, ...env },
		});
		await until(async () => await isReady(port));
		return launched;
	}
}

function numbered(name: string, count: number): string[] {
	return Array.from({ length: count }, (_, index) => `${name} ${index + 1}`);
}

async function isReady(port: number): Promise<boolean> {
	try {
		return (await fetch(`http://127.0.0.1:${port}/healthz/readiness`)).ok;
	} catch {
		return false;
	}
}

/** Waits until a condition holds. Throws an Error after `timeoutMs` (two minutes by default). */
export async function until(
	condition: () => Promise<boolean> | boolean,
	timeoutMs = READY_MS,
): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	while (!(await condition())) {
		if (Date.now() > deadline) {
			throw new Error(`The condition did not hold within ${timeoutMs / 1000} s`);
		}
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

function logOf(folder: string, name: string): string {
	return join(folder, `${name}.log`);
}

function pidFile(folder: string, name: string): string {
	return join(folder, 'pids', name);
}

function writePid(folder: string, name: string, pid: number): void {
	const file = pidFile(folder, name);
	writeFileSync(`${file}.new`, String(pid));
	renameSync(`${file}.new`, file);
}

function readPid(folder: string, name: string): number {
	return Number(readFileSync(pidFile(folder, name), 'utf8'));
}
