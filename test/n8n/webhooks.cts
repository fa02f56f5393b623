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
import { connect, CREDENTIAL, node } from './fixture.cts';
import { itemsOf, unflatten, type Execution, type N8n, type WorkflowFile } from './instance.cts';
import { PACKAGE } from './package.cts';

/** The name of our trigger's type in n8n. */
export const TRIGGER = `${PACKAGE}.perfectGymNextTrigger`;
/** The name that the trigger has in the workflows of these tests. */
export const ARRIVAL = 'Event';
/** The webhook key of the simulated studio. */
export const WEBHOOK_KEY = 'demo-webhook-key';

/** An event as PerfectGym Next sends it. */
export interface SentEvent {
	entityId?: unknown;
	uuid: string;
	payload: Array<{ timestamp: number; type: string; content?: unknown }>;
}

/** What came back. `json` is undefined where the body was no JSON. */
export interface Answer {
	status: number;
	text: string;
	json: unknown;
	/** From the first byte sent to the last one received. */
	ms: number;
}

/** One execution of a workflow, as n8n stored it. */
export type Run = Pick<Execution, 'id' | 'status' | 'mode' | 'data'>;

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

/** An event of one entry. */
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

/** Sends any bytes. Throws only where no answer comes. */
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
		sent.once('timeout', () => sent.destroy(new Error(`No answer within ${timeoutMs} ms`)));
		sent.end(body);
	});
}

/** Sends an event, or what is meant to be one, as PerfectGym Next would: two keys become two headers. */
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

/** Does the work for each of the given, so many at a time, and gives the results in their order. */
export async function inParallel<T, R>(
	given: readonly T[],
	atOnce: number,
	work: (one: T) => Promise<R>,
): Promise<R[]> {
	const results: R[] = [];
	const waiting = [...given.entries()];
	const worker = async () => {
		for (let next = waiting.shift(); next; next = waiting.shift()) {
			results[next[0]] = await work(next[1]);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return results;
}

/** A credential with a webhook key. */
export async function storeWebhookCredential(
	n8n: N8n,
	{ baseUrl, apiKey }: { baseUrl: string; apiKey: string },
	webhookApiKey = WEBHOOK_KEY,
): Promise<string> {
	return await n8n.createCredential(CREDENTIAL, { baseUrl, apiKey, webhookApiKey });
}

/** Our trigger, as a user would set it up. */
export function trigger(credentialId: string, parameters: INodeParameters = {}): INode {
	const { defaultVersion = 1 } = new PerfectGymNextTrigger().description;
	return node(ARRIVAL, TRIGGER, defaultVersion, parameters, {
		credentials: { [CREDENTIAL]: { id: credentialId, name: CREDENTIAL } },
		webhookId: randomUUID(),
	});
}

/** Stores and publishes a workflow that starts with our trigger, and gives its production URL. */
export async function publish(
	n8n: N8n,
	workflow: WorkflowFile,
): Promise<{ id: string; url: string; testUrl: string }> {
	const id = await n8n.createWorkflow(workflow);
	await n8n.publishWorkflow(id);
	return { id, ...(await urlsOf(n8n, id)) };
}

/** Where the events of a workflow with our trigger are sent to. */
export async function urlsOf(
	n8n: N8n,
	workflowId: string,
): Promise<{ url: string; testUrl: string }> {
	const { nodes } = await n8n.rest<WorkflowFile>('GET', `/workflows/${workflowId}`);
	const webhookId = nodes.find(({ type }) => type === TRIGGER)?.webhookId;
	if (!webhookId) throw new Error(`Workflow ${workflowId} has no trigger with a webhook`);
	const path = `${webhookId}/webhook`;
	return {
		url: `${n8n.baseUrl}/webhook/${path}`,
		testUrl: `${n8n.baseUrl}/webhook-test/${path}`,
	};
}

/**
 * Waits until a workflow has so many executions and all of them have ended, and gives them, oldest
 * first. Throws an Error when it takes longer than `timeoutMs`.
 */
export async function runsOf(
	n8n: N8n,
	workflowId: string,
	atLeast: number,
	timeoutMs = 60_000,
): Promise<Run[]> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const [{ total, open }] = sql<{ total: number; open: number }>(
			n8n,
			`select count(*) as total, coalesce(sum(status in ('new', 'running')), 0) as open
			from execution_entity where workflowId = ?`,
			[workflowId],
		);
		if (total >= atLeast && open === 0) break;
		if (Date.now() > deadline) {
			throw new Error(`${total} of ${atLeast} executions in time, ${open} of them not ended`);
		}
		await new Promise((resolve) => setTimeout(resolve, 150));
	}
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

/** How many items with each uuid a node has given, over all runs. */
export function timesRun(runs: readonly Run[], nodeName: string): Map<string, number> {
	const times = new Map<string, number>();
	for (const { data } of runs) {
		for (const { json } of itemsOf(data, nodeName)) {
			const uuid = String(json.uuid);
			times.set(uuid, (times.get(uuid) ?? 0) + 1);
		}
	}
	return times;
}

/** Runs one statement on the database of an n8n, running or not, beside n8n. */
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
 * Adds a branch that n8n runs as the first after a node: it goes on once the receiver, which is not
 * to answer by itself, is told to.
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
	// Of two branches n8n runs the upper one first.
	workflow.nodes.push({ ...hold, position: [0, -224] });
	connect(workflow, name, hold.name);
}

/** A server that a workflow can call, to be seen from the test. */
export interface Receiver {
	url: string;
	/** The bodies that have arrived, oldest first. */
	readonly bodies: IDataObject[];
	/** The status of the answers from now on; `silent` leaves callers waiting. */
	answer: number | 'silent';
	/** Answers those who wait, with 200. */
	release(): void;
	close(): Promise<void>;
}

/** Starts a receiver on loopback that answers 200. */
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
	const server = createServer((asked, response) => {
		const parts: Buffer[] = [];
		asked.on('data', (part: Buffer) => parts.push(part));
		asked.on('end', () => {
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

/** n8n's HTTP Request node, which sends the item it gets to a receiver. */
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
