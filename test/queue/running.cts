import type { IRunExecutionData } from 'n8n-workflow';
import { unflatten } from '../n8n/instance.cts';
import type { Studio } from '../n8n/studio.cts';
import type { Run } from '../n8n/webhooks.cts';
import { Cluster, until, type ClusterHandle } from './cluster.cts';

interface Announcement {
	cluster: ClusterHandle;
	studio: Studio;
}

/** Test files share nothing with jest's setup but the environment. */
const VARIABLE = 'PERFECTGYM_NEXT_QUEUE_TEST';
const RUNS_MS = 400_000;

/** Tells the test files what setup.cts has started. */
export function announce(announcement: Announcement): void {
	process.env[VARIABLE] = JSON.stringify(announcement);
}

/** The cluster and the studio that setup.cts has started. Throws outside of `npm run test:queue`. */
export function running(): { cluster: Cluster; studio: Studio } {
	const text = process.env[VARIABLE];
	if (!text) throw new Error('Nothing is running: these tests are run by npm run test:queue');
	const { cluster, studio }: Announcement = JSON.parse(text);
	return { cluster: new Cluster(cluster), studio };
}

/** How many executions of a workflow there are, by status. */
export function statusesOf(cluster: Cluster, workflowId: string): Record<string, number> {
	const rows = cluster.query<{ status: string; count: number }>(
		`select status, count(*) as count from execution_entity
		where "workflowId" = '${workflowId}' group by status`,
	);
	return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

/** Waits until a workflow has so many executions and all have ended, and gives them, oldest first. */
export async function runsOf(cluster: Cluster, workflowId: string, count: number): Promise<Run[]> {
	const isDone = () => {
		const { new: queued = 0, running: open = 0, ...ended } = statusesOf(cluster, workflowId);
		const total = Object.values(ended).reduce((sum, each) => sum + each, 0);
		return total >= count && queued + open === 0;
	};
	await until(isDone, RUNS_MS).catch((error: unknown) => {
		const found = JSON.stringify(statusesOf(cluster, workflowId));
		throw new Error(`${count} executions were expected, there are ${found}`, { cause: error });
	});
	return storedRuns(cluster, workflowId);
}

/** The executions of a workflow as they are stored now, oldest first. */
export function storedRuns(cluster: Cluster, workflowId: string): Run[] {
	const rows = cluster.query<Omit<Run, 'data'> & { data: string }>(
		`select e.id::text, e.status, e.mode, d.data from execution_entity e
		join execution_data d on d."executionId" = e.id
		where e."workflowId" = '${workflowId}' order by e.id`,
	);
	return rows.map((row) => ({ ...row, data: unflatten(row.data) as IRunExecutionData }));
}

/** Writes a figure for whoever runs the tests. */
export function report(line: string): void {
	process.stderr.write(`  ${line}\n`);
}
