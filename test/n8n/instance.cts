import { spawn, type ChildProcess } from 'node:child_process';
import {
	closeSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
	ICredentialDataDecryptedObject,
	IConnections,
	INode,
	INodeExecutionData,
	INodeTypeDescription,
	IPinData,
	IRunExecutionData,
	IWorkflowSettings,
} from 'n8n-workflow';
import { withProgress, type Log } from './progress.cts';
import { isBefore } from '../version.cts';
import { ensureN8n, n8nCommand, type N8nRuntime } from './runtime.cts';

/** The owner of every n8n that the tests and the demo start. n8n listens on loopback only. */
export const OWNER = {
	email: 'demo@perfectgym-next.example',
	firstName: 'Demo',
	lastName: 'Studio',
	password: 'Perfect-Gym-1',
};

/** The parts of an exported workflow that n8n's REST API needs. */
export interface WorkflowFile {
	name: string;
	nodes: INode[];
	connections: IConnections;
	/** The items that a manual run takes in place of a node's output, by the node's name. */
	pinData?: IPinData;
	settings?: IWorkflowSettings;
}

/** One execution as n8n stores it. `status` is success, error, crashed, … */
export interface Execution {
	id: string;
	workflowId: string;
	status: string;
	mode: string;
	data: IRunExecutionData;
}

/** One entry in n8n's list of executions. Times are ISO 8601, UTC. */
export type ExecutionSummary = Omit<Execution, 'data'> & { startedAt: string; stoppedAt?: string };

interface PublicationStatus {
	liveVersionId: string | null;
	pendingVersionId: string | null;
	triggers: Array<{ errorMessage: string | null }>;
}

/** The result of the Test button on a credential. */
export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

/** The result of `n8n execute`. `peakMb` is undefined without /proc. */
export interface CommandLineRun {
	exitCode: number | null;
	durationMs: number;
	peakMb: number | undefined;
	/** Undefined if the execution failed and n8n printed no data. */
	data: IRunExecutionData | undefined;
	output: string;
}

/** Options of `startN8n`, all optional. */
export interface StartOptions {
	/** Holds n8n's database and settings in `.n8n`. Default: a temporary folder, removed on stop. */
	userFolder?: string;
	/** Default: a free port. */
	port?: number;
	/** Overrides the variables that `n8nEnvironment` sets. */
	env?: Record<string, string>;
	/** Receives the progress of n8n's installation, which happens once per machine, and its start. */
	log?: Log;
	/** How long n8n may take until it is ready. Default: two minutes. */
	timeoutMs?: number;
}

/** What another process or jest file needs to reach a running n8n. */
export interface N8nHandle {
	baseUrl: string;
	cookie: string;
	userFolder: string;
	pid: number;
	runtime: N8nRuntime;
	/** `env` from StartOptions. */
	env: Record<string, string>;
}

const START_TIMEOUT_MS = 120_000;
/** After this, the progress says what n8n waits for. */
const SLOW_START_SECONDS = 60;
const PUBLISH_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 12_000;
/** The first of the tested versions that does. */
const PUBLISHES_IN_BACKGROUND = '2.40';
/** The header `browser-id` of all requests. n8n accepts a cookie with the ID that it was issued for. */
export const BROWSER_ID = 'n8n-nodes-perfectgym-next';
const guards = new Set<ChildProcess>();

process.once('exit', () => {
	for (const guard of guards) killGroup(guard, 'SIGKILL');
});

/**
 * Starts a real n8n on SQLite and loopback, waits until it is ready, and creates its owner. Throws
 * an Error with the end of n8n's log if n8n does not start. n8n and its child processes end with
 * `stop()`, or when this process exits for any reason.
 */
export async function startN8n(options: StartOptions = {}): Promise<StartedN8n> {
	const log = options.log ?? (() => {});
	const runtime = await ensureN8n({ log });
	const temporary = options.userFolder === undefined;
	const userFolder = options.userFolder ?? mkdtempSync(join(tmpdir(), 'perfectgym-next-n8n-'));
	mkdirSync(filesFolder(userFolder), { recursive: true });
	const port = options.port ?? (await freePort());
	const env = options.env ?? {};
	const logFile = join(userFolder, 'n8n.log');

	const environment = await n8nEnvironment(runtime, userFolder, port, env);
	const command = n8nCommand(runtime, ['start'], { folder: userFolder, env: environment });
	const launched = await launch(command, {
		nodeBinary: runtime.nodeBinary,
		cwd: filesFolder(userFolder),
		env: environment,
		logFile,
	});
	const stop = async () => {
		await launched.stop();
		if (temporary) rmSync(userFolder, { recursive: true, force: true, maxRetries: 5 });
	};

	try {
		const ended = launched.exited.then(() => {
			throw new Error('n8n exited during startup');
		});
		ended.catch(() => {});
		const baseUrl = `http://127.0.0.1:${port}`;
		const start: N8nStart = { baseUrl, timeoutMs: options.timeoutMs ?? START_TIMEOUT_MS };
		const cookie = await signInWithProgress({ start, logFile, log, ended });
		const { pid, exited } = launched;
		const handle: N8nHandle = { baseUrl, cookie, userFolder, pid, runtime, env };
		return new StartedN8n(handle, stop, exited);
	} catch (error) {
		const end = readFileSync(logFile, 'utf8').trim().split('\n').slice(-20).join('\n');
		await stop();
		throw new Error(
			`${error instanceof Error ? error.message : String(error)}. The log ends with:\n${end}`,
		);
	}
}

/** A process that `launch` started. It ends with `stop()`, or when this process exits. */
export interface Launched {
	pid: number;
	/** Resolves when the process has exited for any reason. */
	exited: Promise<void>;
	/** Ends the process and its children. */
	stop: () => Promise<void>;
}

/** Options of `launch`. */
export interface LaunchOptions {
	/** A Node binary that runs TypeScript files as is. */
	nodeBinary: string;
	cwd: string;
	env: NodeJS.ProcessEnv;
	/** The output of the process is appended to this file. */
	logFile: string;
}

/**
 * Starts a command under guard.cts and returns its handle. The command does not keep this process
 * alive. Throws an Error if it does not start.
 */
export async function launch(command: string[], options: LaunchOptions): Promise<Launched> {
	const { nodeBinary, cwd, env, logFile } = options;
	const output = openSync(logFile, 'a');
	const guard = spawn(nodeBinary, [join(__dirname, 'guard.cts'), ...command], {
		cwd,
		env,
		// A separate process group: Ctrl+C must reach the command only through stop().
		detached: true,
		stdio: ['ignore', output, output, 'ipc'],
	});
	closeSync(output);
	guards.add(guard);
	const exited = new Promise<void>((resolve) => {
		guard.once('exit', () => {
			guards.delete(guard);
			resolve();
		});
		guard.once('error', () => resolve());
	});
	const stop = async () => {
		guard.ref();
		guard.kill('SIGTERM');
		const timer = setTimeout(() => killGroup(guard, 'SIGKILL'), STOP_TIMEOUT_MS);
		await exited;
		clearTimeout(timer);
		// Children may have outlived the guard.
		killGroup(guard, 'SIGKILL');
	};
	const pid = await Promise.race([
		new Promise<number>((resolve) => {
			guard.once('message', (message: { pid: number }) => resolve(message.pid));
		}),
		exited.then(() => {
			throw new Error(`${command.join(' ')} did not start`);
		}),
	]);
	guard.unref();
	guard.channel?.unref();
	return { pid, exited, stop };
}

/** Returns the folder, inside n8n's user folder, where workflows may read and write files. */
export function filesFolder(userFolder: string): string {
	return join(userFolder, 'files');
}

/** A client for a running n8n. It signs in as the owner and uses the editor's REST API. */
export class N8n {
	constructor(readonly handle: N8nHandle) {}

	get baseUrl(): string {
		return this.handle.baseUrl;
	}

	private isBefore(version: string): boolean {
		return isBefore(this.handle.runtime.version, version);
	}

	/** Stores a credential and returns its id. */
	async createCredential(
		type: string,
		data: ICredentialDataDecryptedObject,
		name = type,
	): Promise<string> {
		const { id } = await this.rest<{ id: string }>('POST', '/credentials', { name, type, data });
		return id;
	}

	/** Tests a credential before it is stored, like the Test button. */
	async testCredential(
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<CredentialTest> {
		// Earlier versions only test what is stored.
		const isStored = this.isBefore('2.40');
		const id = isStored ? await this.createCredential(type, data) : '';
		return await this.rest<CredentialTest>('POST', '/credentials/test', {
			credentials: { id, name: type, type, data },
		});
	}

	/** Stores a workflow and returns its id. */
	async createWorkflow(workflow: WorkflowFile): Promise<string> {
		const { id } = await this.rest<{ id: string }>('POST', '/workflows', {
			settings: { executionOrder: 'v1' },
			...workflow,
			// n8n 1 has no default.
			...(this.isBefore('2.0') && { active: false }),
		});
		return id;
	}

	/**
	 * Publishes the newest version of a workflow and waits until its trigger is active. Throws an
	 * Error with n8n's message if the activation fails, or after a minute.
	 */
	async publishWorkflow(workflowId: string): Promise<void> {
		const path = `/workflows/${workflowId}`;
		const { versionId } = await this.rest<{ versionId: string }>('GET', path);
		await this.rest('POST', `${path}/activate`, { versionId });
		// Earlier versions register triggers before they answer.
		if (this.isBefore(PUBLISHES_IN_BACKGROUND)) return;
		const deadline = Date.now() + PUBLISH_TIMEOUT_MS;
		while (Date.now() < deadline) {
			// n8n registers triggers in the background, which takes up to a second.
			const status = await this.rest<PublicationStatus>('GET', `${path}/publication-status`);
			const failed = status.triggers.find(({ errorMessage }) => errorMessage);
			if (failed) throw new Error(`n8n could not publish: ${failed.errorMessage}`);
			if (status.liveVersionId === versionId && status.pendingVersionId === null) return;
			await pause(100);
		}
		throw new Error(`Workflow ${workflowId} was not published within ${PUBLISH_TIMEOUT_MS} ms`);
	}

	/** Takes back the publication of a workflow, and waits until its trigger is inactive. */
	async unpublishWorkflow(workflowId: string): Promise<void> {
		const path = `/workflows/${workflowId}`;
		await this.rest('POST', `${path}/deactivate`, {});
		if (this.isBefore(PUBLISHES_IN_BACKGROUND)) return;
		const deadline = Date.now() + PUBLISH_TIMEOUT_MS;
		while (Date.now() < deadline) {
			const status = await this.rest<PublicationStatus>('GET', `${path}/publication-status`);
			if (status.liveVersionId === null && status.pendingVersionId === null) return;
			await pause(100);
		}
		throw new Error(`Workflow ${workflowId} was published after ${PUBLISH_TIMEOUT_MS} ms`);
	}

	/** The published workflows. */
	async publishedWorkflows(): Promise<Array<{ id: string }>> {
		const filter = encodeURIComponent(JSON.stringify({ active: true }));
		return await this.rest<Array<{ id: string }>>('GET', `/workflows?filter=${filter}`);
	}

	/**
	 * Runs a workflow like Execute Workflow in the editor, and waits until it ends. A failed
	 * execution is returned too: see `status`. Throws an Error after `timeoutMs`.
	 *
	 * @param from the name of the trigger to start from; the first trigger by default
	 */
	async runWorkflow(workflowId: string, timeoutMs = 120_000, from?: string): Promise<Execution> {
		const executionId = await this.startWorkflow(workflowId, from);
		return await this.waitForExecution(workflowId, executionId, timeoutMs);
	}

	/** Starts a workflow as `runWorkflow` does. Returns the id of the execution. */
	async startWorkflow(workflowId: string, from?: string): Promise<string> {
		const workflow = await this.rest<WorkflowFile>('GET', `/workflows/${workflowId}`);
		const name = from ?? workflow.nodes.find(({ type }) => /trigger$/i.test(type))?.name;
		if (name === undefined) throw new Error(`Workflow ${workflowId} has no trigger to start from`);
		const { executionId } = await this.rest<{ executionId: string }>(
			'POST',
			`/workflows/${workflowId}/run`,
			{
				triggerToStartFrom: { name },
				// n8n 1 runs what the editor shows, not what is stored.
				...(this.isBefore('2.0') && { workflowData: workflow }),
			},
		);
		return executionId;
	}

	/** Waits until an execution ends and returns it. Throws an Error after `timeoutMs`. */
	async waitForExecution(
		workflowId: string,
		executionId: string,
		timeoutMs = 120_000,
	): Promise<Execution> {
		const deadline = Date.now() + timeoutMs;
		while (Date.now() < deadline) {
			// The list does not include the data, so it is cheaper to poll.
			const found = (await this.executions(workflowId)).find(({ id }) => id === executionId);
			if (found && !['new', 'running', 'waiting'].includes(found.status)) {
				return await this.execution(executionId);
			}
			await pause(100);
		}
		throw new Error(`Execution ${executionId} did not end within ${timeoutMs} ms`);
	}

	/** Returns the last 100 executions of a workflow, newest first. */
	async executions(workflowId: string): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.rest<{ results: ExecutionSummary[] }>(
			'GET',
			`/executions?filter=${filter}&limit=100`,
		);
		return results;
	}

	/** Returns one execution with its data. */
	async execution(id: string): Promise<Execution> {
		const stored = await this.rest<Omit<Execution, 'data'> & { data: string }>(
			'GET',
			`/executions/${id}`,
		);
		return { ...stored, data: unflatten(stored.data) as IRunExecutionData };
	}

	/** Retries an execution with the original workflow. Returns the new execution when it ends. */
	async retry(execution: ExecutionSummary | Execution, timeoutMs = 120_000): Promise<Execution> {
		const { id } = await this.rest<{ id: string }>('POST', `/executions/${execution.id}/retry`, {
			loadWorkflow: false,
		});
		return await this.waitForExecution(execution.workflowId, id, timeoutMs);
	}

	/** Returns every node type that this n8n offers, including ours. */
	async nodeTypes(): Promise<INodeTypeDescription[]> {
		const response = await this.fetch('GET', '/types/nodes.json');
		if (!response.ok) throw new Error(`GET /types/nodes.json returned ${response.status}`);
		return (await response.json()) as INodeTypeDescription[];
	}

	/**
	 * Runs a workflow with `n8n execute`, in a separate process on the same database. The peak
	 * memory is that of the n8n process alone, sampled every 20 ms.
	 *
	 * @param variables environment variables for this process
	 */
	async executeOnCommandLine(
		workflowId: string,
		variables: Record<string, string> = {},
	): Promise<CommandLineRun> {
		const { runtime, userFolder } = this.handle;
		const env = { ...this.handle.env, ...variables };
		const folder = mkdtempSync(join(tmpdir(), 'perfectgym-next-run-'));
		const outFile = join(folder, 'output');
		const out = openSync(outFile, 'w');
		const started = Date.now();
		const environment = await n8nEnvironment(runtime, userFolder, await freePort(), env);
		const [command, ...args] = n8nCommand(
			runtime,
			['execute', `--id=${workflowId}`, '--rawOutput'],
			{ folder: userFolder, env: environment },
		);
		const child = spawn(command, args, {
			cwd: filesFolder(userFolder),
			env: environment,
			stdio: ['ignore', out, out],
		});
		closeSync(out);
		const end = () => child.kill('SIGKILL');
		process.once('exit', end);
		let peakMb: number | undefined;
		const meter = setInterval(() => (peakMb = peakMemoryMb(child.pid) ?? peakMb), 20);
		const exitCode = await new Promise<number | null>((resolve, reject) => {
			child.once('exit', resolve);
			child.once('error', reject);
		});
		clearInterval(meter);
		process.removeListener('exit', end);
		const durationMs = Date.now() - started;
		const output = readFileSync(outFile, 'utf8');
		rmSync(folder, { recursive: true, force: true });
		return { exitCode, durationMs, peakMb, data: parseRun(output), output };
	}

	/** The process that runs n8n. */
	get pid(): number {
		return this.handle.pid;
	}

	/** Peak memory of n8n since its start or the last `restartPeak`, in MB; undefined without /proc. */
	rssPeak(): number | undefined {
		return peakMemoryMb(this.handle.pid);
	}

	/** Everything that n8n has logged so far. */
	log(): string {
		return readFileSync(join(this.handle.userFolder, 'n8n.log'), 'utf8');
	}

	/** The folder where workflows may read and write files. */
	get files(): string {
		return filesFolder(this.handle.userFolder);
	}

	/**
	 * Calls n8n's REST API and returns `data` from the response. Throws an Error with n8n's message
	 * if the status is not 2xx.
	 */
	async rest<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await this.fetch(method, `/rest${path}`, body);
		const text = await response.text();
		if (!response.ok) {
			const reason = messageIn(text) ?? text;
			throw new Error(
				`${method} /rest${path} returned ${response.status}: ${reason.slice(0, 500)}`,
			);
		}
		const { data } = JSON.parse(text) as { data: T };
		return data;
	}

	private async fetch(method: string, path: string, body?: unknown): Promise<Response> {
		return await fetch(`${this.baseUrl}${path}`, {
			method,
			headers: {
				cookie: this.handle.cookie,
				'browser-id': BROWSER_ID,
				// n8n closes idle connections after 5 s, possibly during the next request.
				connection: 'close',
				...(body !== undefined && { 'content-type': 'application/json' }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
	}
}

/** An n8n that this process started and can stop. */
export class StartedN8n extends N8n {
	constructor(
		handle: N8nHandle,
		/** Ends n8n and its children. */
		readonly stop: () => Promise<void>,
		/** Resolves when n8n has exited for any reason. */
		readonly exited: Promise<void>,
	) {
		super(handle);
	}
}

/**
 * Returns the items on one of a node's outputs, from the node's last run. The list is empty if the
 * node did not run or returned nothing on that output.
 */
export function itemsOf(data: IRunExecutionData, node: string, output = 0): INodeExecutionData[] {
	return data.resultData.runData[node]?.at(-1)?.data?.main[output] ?? [];
}

/** Returns the production URL of our trigger by its webhook id, or its test URL. */
export function webhookUrl(
	{ baseUrl }: Pick<N8n, 'baseUrl'>,
	webhookId: string,
	kind: 'webhook' | 'webhook-test' = 'webhook',
): string {
	return `${baseUrl}/${kind}/${webhookId}/webhook`;
}

/** Returns a loopback port that is free at the moment. */
export async function freePort(): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => {
				if (address && typeof address === 'object') resolve(address.port);
				else reject(new Error('No free port on loopback'));
			});
		});
	});
}

/** Returns the environment for any n8n command. `env` overrides all other variables. */
export async function n8nEnvironment(
	runtime: N8nRuntime,
	userFolder: string,
	port: number,
	env: Record<string, string>,
): Promise<NodeJS.ProcessEnv> {
	// The developer's own n8n settings and the variables of npm and jest must not affect the tests.
	const inherited = Object.entries(process.env).filter(
		([name]) => !/^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_|npm_|JEST_|NODE_)/.test(name),
	);
	return {
		...Object.fromEntries(inherited),
		...runtime.env,
		NO_PROXY: [process.env.NO_PROXY, '127.0.0.1', 'localhost'].filter(Boolean).join(','),
		NODE_ENV: 'production',
		GENERIC_TIMEZONE: 'Europe/Berlin',
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(port),
		// Two n8n processes must not share this port.
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
		N8N_SECURE_COOKIE: 'false',
		N8N_RESTRICT_FILE_ACCESS_TO: filesFolder(userFolder),
		N8N_LOG_LEVEL: 'info',
		N8N_LOG_OUTPUT: 'console',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		// No requests beyond this machine, and no welcome screens.
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		// Off by default since n8n 3.
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		// Earlier versions do not have this module, and refuse its name.
		...(!isBefore(runtime.version, '2.40') && { N8N_DISABLED_MODULES: 'mcp-registry' }),
		...env,
	};
}

/** An n8n that is starting. */
export interface N8nStart {
	baseUrl: string;
	/** Two minutes by default. */
	timeoutMs?: number;
	/** What n8n last answered, or why it did not. */
	last?: string;
}

/**
 * Signs in as {@link signIn} does. Logs how long it takes, and after a minute also what n8n last
 * answered and the end of its log.
 */
export async function signInWithProgress({
	start,
	logFile,
	log,
	ended,
}: {
	start: N8nStart;
	logFile: string;
	log: Log;
	/** Rejects when n8n exits. */
	ended: Promise<never>;
}): Promise<string> {
	return await withProgress(
		'Starting n8n',
		log,
		async () => await Promise.race([signIn(start), ended]),
		(seconds) => (seconds < SLOW_START_SECONDS ? '' : waitingFor(start, logFile)),
	);
}

function waitingFor({ last }: N8nStart, logFile: string): string {
	const line = readFileSync(logFile, 'utf8').trim().split('\n').at(-1) ?? '';
	return `. n8n is not ready yet (${last ?? 'no response'}). Its log ends with: ${line}`;
}

/**
 * Waits until n8n is ready, then creates the owner, or signs in if there is one. Returns the cookie.
 * Throws an Error if n8n is not ready in time.
 */
export async function signIn(start: N8nStart): Promise<string> {
	const { baseUrl, timeoutMs = START_TIMEOUT_MS } = start;
	const deadline = performance.now() + timeoutMs;
	const send = async (path: string, body: object) =>
		await fetch(`${baseUrl}${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'browser-id': BROWSER_ID },
			body: JSON.stringify(body),
		});
	while (performance.now() < deadline) {
		let isRefused = false;
		try {
			const ready = await fetch(`${baseUrl}/healthz/readiness`);
			start.last = `readiness ${ready.status}`;
			if (ready.ok) {
				let response = await send('/rest/owner/setup', OWNER);
				if (response.status === 400) {
					response = await send('/rest/login', {
						emailOrLdapLoginId: OWNER.email,
						password: OWNER.password,
					});
				}
				start.last = `${response.status}: ${(await response.text()).slice(0, 200)}`;
				if (response.ok) return cookieOf(response);
				isRefused = response.status === 401;
			}
		} catch (error) {
			start.last = error instanceof Error ? error.message : String(error);
		}
		if (isRefused) throw new Error(`n8n does not accept the password of ${OWNER.email}`);
		await pause(200);
	}
	throw new Error(`n8n was not ready within ${timeoutMs / 1000} s (${start.last})`);
}

function cookieOf(response: Response): string {
	return response.headers
		.getSetCookie()
		.map((cookie) => cookie.split(';')[0])
		.join('; ');
}

/**
 * Parses execution data as n8n stores it: a flat list, in which each string inside an object or list
 * is the index of another value.
 */
export function unflatten(text: string): unknown {
	const flat = JSON.parse(text) as unknown[];
	const done = new Map<number, unknown>();
	const value = (index: number): unknown => {
		if (done.has(index)) return done.get(index);
		const source = flat[index];
		if (typeof source !== 'object' || source === null) return source;
		const result: Record<string, unknown> | unknown[] = Array.isArray(source) ? [] : {};
		done.set(index, result);
		for (const [key, part] of Object.entries(source)) {
			Reflect.set(result, key, typeof part === 'string' ? value(Number(part)) : part);
		}
		return result;
	};
	return value(0);
}

function parseRun(output: string): IRunExecutionData | undefined {
	const begin = output.search(/^\{$/m);
	if (begin < 0) return undefined;
	const end = output.lastIndexOf('\n}');
	const { data } = JSON.parse(output.slice(begin, end + 2)) as { data: IRunExecutionData };
	return data;
}

/** Returns the peak memory of a process in MB, or undefined without /proc. */
export function peakMemoryMb(pid: number | undefined): number | undefined {
	try {
		const [, kb] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
		return kb === undefined ? undefined : Math.round(Number(kb) / 1024);
	} catch {
		return undefined;
	}
}

/** Waits 12 s. V8 returns unused memory after about 8 s without activity. */
export async function untilAtRest(): Promise<void> {
	await pause(12_000);
}

/** Resets the peak memory that Linux records for a process. Returns its current memory in MB. */
export function restartPeak(pid: number): number {
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
	return peakMemoryMb(pid) ?? 0;
}

function killGroup(guard: ChildProcess, signal: NodeJS.Signals): void {
	if (guard.pid === undefined) return;
	try {
		process.kill(-guard.pid, signal);
	} catch {
		// Already gone.
	}
}

async function pause(ms: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, ms));
}

/** The message in n8n's error answer, if the text is one. */
function messageIn(text: string): string | undefined {
	try {
		const { message } = JSON.parse(text) as { message?: unknown };
		return typeof message === 'string' ? message : undefined;
	} catch {
		return undefined;
	}
}
