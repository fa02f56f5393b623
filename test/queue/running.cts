import type { IRunExecutionData } from 'n8n-workflow';
import { unflatten } from '../n8n/instance.cts';
import type { Studio } from '../n8n/studio.cts';
import {
	inParallel,
	post,
	WEBHOOK_KEY,
	type Answer,
	type Run,
	type SentEvent,
} from '../n8n/webhooks.cts';
import { Cluster, until, type ClusterHandle } from './cluster.cts';

interface Announcement {
	cluster: ClusterHandle;
	studio: Studio;
}

/** Jest's global setup shares only environment variables with the test files. */
const VARIABLE = 'PERFECTGYM_NEXT_QUEUE_TEST';
const RUNS_MS = 400_000;

/** Passes what setup.cts has started to the test files. */
export function announce(announcement: Announcement): void {
	process.env[VARIABLE] = JSON.stringify(announcement);
}

/** Returns the cluster and the studio of setup.cts. Throws outside `npm run test:queue`. */
export function running(): { cluster: Cluster; studio: Studio } {
	const text = process.env[VARIABLE];
	if (!text) throw new Error('n8n is not running. Run these tests with npm run test:queue.');
	const { cluster, studio } = JSON.parse(text) as Announcement;
	return { cluster: new Cluster(cluster), studio };
}

/** Returns the number of a workflow's executions by status. */
export function statusesOf(cluster: Cluster, workflowId: string): Record<string, number> {
	const rows = cluster.query<{ status: string; count: number }>(
		`select status, count(*) as count from execution_entity
		where "workflowId" = '${workflowId}' group by status`,
	);
	return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

/**
 * Waits until a workflow has `count` executions and all of them have ended. Returns them, oldest
 * first. Throws an Error after 400 s.
 */
export async function runsOf(cluster: Cluster, workflowId: string, count: number): Promise<Run[]> {
	const isDone = () => {
		const { new: queued = 0, running: open = 0, ...ended } = statusesOf(cluster, workflowId);
		const total = Object.values(ended).reduce((sum, each) => sum + each, 0);
		return total >= count && queued + open === 0;
	};
	await until(isDone, RUNS_MS).catch((error: unknown) => {
		const found = JSON.stringify(statusesOf(cluster, workflowId));
		throw new Error(`Expected ${count} executions, found ${found}`, { cause: error });
	});
	return storedRuns(cluster, workflowId);
}

/** Returns the stored executions of a workflow, oldest first, whether they have ended or not. */
export function storedRuns(cluster: Cluster, workflowId: string): Run[] {
	const rows = cluster.query<Omit<Run, 'data'> & { data: string }>(
		`select e.id::text, e.status, e.mode, d.data from execution_entity e
		join execution_data d on d."executionId" = e.id
		where e."workflowId" = '${workflowId}' order by e.id`,
	);
	return rows.map((row) => ({ ...row, data: unflatten(row.data) as IRunExecutionData }));
}

/** Sends events to the webhook processors in turn. Returns the responses. */
export async function sendInTurn(
	urls: readonly string[],
	events: readonly SentEvent[],
	atOnce: number,
): Promise<Answer[]> {
	// n8n closes idle connections after 5 s, which a busy sender may notice too late.
	const headers = {
		'content-type': 'application/json',
		'x-api-key': WEBHOOK_KEY,
		connection: 'close',
	};
	return await inParallel([...events.entries()], atOnce, async ([index, event]) =>
		post(urls[index % urls.length], headers, JSON.stringify(event)),
	);
}

/** Prints a measured result. */
export function report(line: string): void {
	process.stderr.write(`  ${line}\n`);
}
