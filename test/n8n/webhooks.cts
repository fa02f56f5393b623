import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
	Agent,
	createServer,
	request,
	type OutgoingHttpHeaders,
	type ServerResponse,
} from 'node:http';
import { join } from 'node:path';
import type { IDataObject, INode, INodeParameters, IRunExecutionData } from 'n8n-workflow';
import { PerfectGymNextTrigger } from '../../nodes/PerfectGymNext/PerfectGymNextTrigger.node';
import { connect, CREDENTIAL, node, TRIGGER } from './fixture.cts';
import {
	itemsOf,
	unflatten,
	webhookUrl,
	type Execution,
	type N8n,
	type WorkflowFile,
} from './instance.cts';

export { TRIGGER };
/** The trigger's name in the workflows of these tests. */
export const ARRIVAL = 'Event';
/** The webhook key of the simulated studio. */
export const WEBHOOK_KEY = 'demo-webhook-key';

/** An event as PerfectGym Next sends it. */
export interface SentEvent {
	entityId?: unknown;
	uuid: string;
	payload: Array<{ timestamp: number; type: string; content?: unknown }>;
}

/** A response. `json` is undefined if the body is not JSON. */
export interface Answer {
	status: number;
	text: string;
	json: unknown;
	/** Milliseconds from the first byte sent to the last byte received. */
	ms: number;
}

/** One execution of a workflow, as n8n stores it. */
export type Run = Pick<Execution, 'id' | 'status' | 'mode' | 'data'>;

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

/** Returns an event with one entry and a new uuid. */
export function eventOf(
	type: string,
	entityId: unknown = 1_210_000_001,
	content?: unknown,
): SentEvent {
	const timestamp = Date.parse('2026-03-20T06:07:08.009Z');
	return {
		entityId,
		uuid: randomUUID(),
		payload: [{ timestamp, type, ...(content !== undefined && { content }) }],
	};
}

/** Sends any body and returns the response. Throws only if there is no response. */
export async function post(
	url: string,
	headers: OutgoingHttpHeaders,
	body: string | Buffer,
	timeoutMs = 60_000,
): Promise<Answer> {
	const started = performance.now();
	return await new Promise((done, fail) => {
		const sent = request(
			url,
			{ method: 'POST', agent, timeout: timeoutMs, headers },
			(response) => {
				const parts: Buffer[] = [];
				response.on('data', (part: Buffer) => parts.push(part));
				response.once('error', fail);
				response.once('end', () => {
					const text = Buffer.concat(parts).toString('utf8');
					const ms = performance.now() - started;
					done({ status: response.statusCode ?? 0, text, json: parsed(text), ms });
				});
			},
		);
		sent.once('error', fail);
		sent.once('timeout', () => sent.destroy(new Error(`No response within ${timeoutMs} ms`)));
		sent.end(body);
	});
}

/**
 * Sends an event, valid or not, as PerfectGym Next does, and returns the response. Two keys become
 * two headers.
 */
export async function sendEvent(
	url: string,
	key: string | string[] | undefined,
	body: unknown,
): Promise<Answer> {
	const headers = {
		'content-type': 'application/json',
		...(key !== undefined && { 'x-api-key': key }),
	};
	return await post(url, headers, JSON.stringify(body));
}

/** Calls `work` for each item, `atOnce` at a time. Returns the results in the order of the items. */
export async function inParallel<T, R>(
	items: readonly T[],
	atOnce: number,
	work: (item: T) => Promise<R>,
): Promise<R[]> {
	const results: R[] = [];
	const waiting = [...items.entries()];
	const worker = async () => {
		for (let next = waiting.shift(); next; next = waiting.shift()) {
			results[next[0]] = await work(next[1]);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return results;
}

/** Stores a credential with a webhook key and returns its id. */
export async function storeWebhookCredential(
	n8n: N8n,
	{ baseUrl, apiKey }: { baseUrl: string; apiKey: string },
	webhookApiKey = WEBHOOK_KEY,
): Promise<string> {
	return await n8n.createCredential(CREDENTIAL, { baseUrl, apiKey, webhookApiKey });
}

/** Returns our trigger as a user would set it up. */
export function trigger(credentialId: string, parameters: INodeParameters = {}): INode {
	const { version } = new PerfectGymNextTrigger().description;
	return node(ARRIVAL, TRIGGER, version as number, parameters, {
		credentials: { [CREDENTIAL]: { id: credentialId, name: CREDENTIAL } },
		webhookId: randomUUID(),
	});
}

/** Stores and publishes a workflow that starts with our trigger. Returns its id and webhook URLs. */
export async function publish(
	n8n: N8n,
	workflow: WorkflowFile,
): Promise<{ id: string; url: string; testUrl: string }> {
	const id = await n8n.createWorkflow(workflow);
	await n8n.publishWorkflow(id);
	return { id, ...(await urlsOf(n8n, id)) };
}

/** Returns the webhook URLs of a stored workflow. Throws an Error if it does not have our trigger. */
export async function urlsOf(
	n8n: N8n,
	workflowId: string,
): Promise<{ url: string; testUrl: string }> {
	const { nodes } = await n8n.rest<WorkflowFile>('GET', `/workflows/${workflowId}`);
	const webhookId = nodes.find(({ type }) => type === TRIGGER)?.webhookId;
	if (!webhookId) throw new Error(`Workflow ${workflowId} has no trigger with a webhook`);
	return {
		url: webhookUrl(n8n, webhookId),
		testUrl: webhookUrl(n8n, webhookId, 'webhook-test'),
	};
}

/**
 * Waits until a workflow has `atLeast` executions and all of them have ended. Returns how many there
 * are. Throws an Error after `timeoutMs`.
 */
export async function untilEnded(
	n8n: N8n,
	workflowId: string,
	atLeast: number,
	timeoutMs = 60_000,
): Promise<number> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const [{ total, open }] = sql<{ total: number; open: number }>(
			n8n,
			`select count(*) as total, coalesce(sum(status in ('new', 'running')), 0) as open
			from execution_entity where workflowId = ?`,
			[workflowId],
		);
		if (total >= atLeast && open === 0) return total;
		if (Date.now() > deadline) {
			throw new Error(
				`After ${timeoutMs} ms: ${total} of ${atLeast} executions, ${open} unfinished`,
			);
		}
		await new Promise((resolve) => setTimeout(resolve, 150));
	}
}

/**
 * Waits as `untilEnded` does. Returns the executions, oldest first. Throws an Error after `timeoutMs`.
 */
export async function runsOf(
	n8n: N8n,
	workflowId: string,
	atLeast: number,
	timeoutMs = 60_000,
): Promise<Run[]> {
	await untilEnded(n8n, workflowId, atLeast, timeoutMs);
	const rows = sql<Omit<Run, 'data'> & { data: string }>(
		n8n,
		`select e.id, e.status, e.mode, d.data from execution_entity e
		join execution_data d on d.executionId = e.id where e.workflowId = ? order by e.id`,
		[workflowId],
	);
	return rows.map((row) => ({
		...row,
		id: String(row.id),
		data: unflatten(row.data) as IRunExecutionData,
	}));
}

/** Returns the number of items that a node returned for each uuid, over all executions. */
export function timesRun(runs: readonly Run[], nodeName: string): Map<string, number> {
	const times = new Map<string, number>();
	for (const { data } of runs) {
		for (const { json } of itemsOf(data, nodeName)) {
			const uuid = json.uuid as string;
			times.set(uuid, (times.get(uuid) ?? 0) + 1);
		}
	}
	return times;
}

/**
 * Runs one SQL statement on an n8n's SQLite database, whether n8n is running or not. Returns the
 * rows. Throws an Error if the statement fails.
 */
export function sql<T>(
	{ handle }: Pick<N8n, 'handle'>,
	statement: string,
	values: Array<string | number> = [],
): T[] {
	const script = `
		const { DatabaseSync } = require('node:sqlite');
		const { file, statement, values } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
		const database = new DatabaseSync(file);
		database.exec('pragma busy_timeout = 20000');
		process.stdout.write(JSON.stringify(database.prepare(statement).all(...values)));`;
	const file = join(handle.userFolder, '.n8n', 'database.sqlite');
	const { status, stdout, stderr } = spawnSync(handle.runtime.nodeBinary, ['-e', script], {
		input: JSON.stringify({ file, statement, values }),
		encoding: 'utf8',
		maxBuffer: 1024 * 1024 * 1024,
	});
	if (status !== 0) throw new Error(`${statement}: ${stderr}`);
	return JSON.parse(stdout) as T[];
}

/**
 * Adds a branch that n8n runs first after the named node. If the receiver is `silent`, the branch
 * waits for its `release()`.
 */
export function holdAfter(workflow: WorkflowFile, name: string, receiver: Receiver): void {
	const hold = node('Hold', 'n8n-nodes-base.httpRequest', 4.2, {
		method: 'POST',
		url: receiver.url,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '{}',
		options: {},
	});
	// n8n runs the upper of two branches first.
	workflow.nodes.push({ ...hold, position: [0, -224] });
	connect(workflow, name, hold.name);
}

/** A server that a workflow calls and a test inspects. */
export interface Receiver {
	url: string;
	/** The request bodies, oldest first. */
	readonly bodies: IDataObject[];
	/** The status of the next responses. With `silent`, requests wait for `release()`. */
	answer: number | 'silent';
	/** Responds to all waiting requests with 200. */
	release(): void;
	close(): Promise<void>;
}

/** Starts a receiver on loopback that responds with 200. */
export async function startReceiver(): Promise<Receiver> {
	const bodies: IDataObject[] = [];
	const waiting: ServerResponse[] = [];
	const reply = (response: ServerResponse, status: number) => {
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end('{"received":true}');
	};
	const receiver: Receiver = {
		url: '',
		bodies,
		answer: 200,
		release() {
			for (const response of waiting.splice(0)) reply(response, 200);
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	const server = createServer((incoming, response) => {
		const parts: Buffer[] = [];
		incoming.on('data', (part: Buffer) => parts.push(part));
		incoming.on('end', () => {
			bodies.push(parsed(Buffer.concat(parts).toString('utf8')) as IDataObject);
			if (receiver.answer === 'silent') waiting.push(response);
			else reply(response, receiver.answer);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (!address || typeof address === 'string') throw new Error('The receiver has no port');
	receiver.url = `http://127.0.0.1:${address.port}/`;
	return receiver;
}

/** Returns n8n's HTTP Request node, set up to send each item to a receiver. */
export function tell(name: string, { url }: Receiver): INode {
	return node(name, 'n8n-nodes-base.httpRequest', 4.2, {
		method: 'POST',
		url,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '={{ $json }}',
		options: {},
	});
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
