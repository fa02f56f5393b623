import { chain, node } from '../n8n/fixture.cts';
import { itemsOf } from '../n8n/instance.cts';
import {
	ARRIVAL,
	eventOf,
	inParallel,
	publish,
	sendEvent,
	startReceiver,
	storeWebhookCredential,
	tell,
	timesRun,
	trigger,
	WEBHOOK_KEY,
	type Receiver,
} from '../n8n/webhooks.cts';
import { until } from './cluster.cts';
import { report, running, runsOf, statusesOf, storedRuns } from './running.cts';

const { cluster, studio } = running();
const { n8n } = cluster;
const NEXT = 'Next';
let credentialId: string;
let receiver: Receiver;

beforeAll(async () => {
	credentialId = await storeWebhookCredential(n8n, studio);
	receiver = await startReceiver();
});

afterAll(async () => {
	receiver.release();
	await receiver.close();
});

describe('a worker that is killed', () => {
	const EVENTS = 18;
	/** The cluster turns this check off. n8n's default is 30 s. */
	const STALLED_CHECK = { QUEUE_WORKER_STALLED_INTERVAL: '1000' };
	let id: string;
	let stuck: string[];

	it('leaves its executions as crashed, with their data, after a restart, while the others succeed', async () => {
		const workflow = chain('Killed', [trigger(credentialId), tell(NEXT, receiver)]);
		const published = await publish(n8n, workflow);
		id = published.id;
		const urls = cluster.webhookUrls(published.url);
		receiver.answer = 'silent';
		const events = Array.from({ length: EVENTS }, (_, i) => eventOf('CUSTOMER_CREATED', i + 1));
		const answers = await inParallel([...events.entries()], 6, async ([index, event]) =>
			sendEvent(urls[index % urls.length], WEBHOOK_KEY, event),
		);
		expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
		await until(() => receiver.bodies.length >= EVENTS);

		// The worker with the most unfinished executions.
		const held = cluster.workers.map((name) => ({ name, ids: unfinished(name, id) }));
		const [{ name, ids }] = held.sort((a, b) => b.ids.length - a.ids.length);
		expect(ids.length).toBeGreaterThanOrEqual(4);
		const restarted = cluster.kill(name, 'SIGKILL');
		// If a worker does not restart, its executions stay "running" until a user stops them.
		await n8n.rest('POST', `/executions/${ids[0]}/stop`);
		receiver.answer = 200;
		receiver.release();
		await until(() => statusesOf(cluster, id).success === EVENTS - ids.length);
		await restarted();

		const isAborted = ({ status }: { status: string }) => ['canceled', 'crashed'].includes(status);
		const left = storedRuns(cluster, id).filter(isAborted);
		expect(left.map((run) => run.id).sort()).toEqual([...ids].sort());
		expect(statusesOf(cluster, id)).not.toHaveProperty('running');
		report(`${EVENTS} events, one worker killed: ${JSON.stringify(statusesOf(cluster, id))}`);
		stuck = ids;
	});

	it('leaves executions that succeed on retry', async () => {
		// The next test needs the last two.
		const [stopped, ...crashed] = stuck.slice(0, -2);
		for (const executionId of crashed) {
			const retried = await n8n.retry(await n8n.execution(executionId));
			expect(retried).toMatchObject({ status: 'success', mode: 'retry' });
			expect(itemsOf(retried.data, ARRIVAL)).toHaveLength(1);
			expect(itemsOf(retried.data, NEXT)).toHaveLength(1);
		}
		// n8n shows the retry of a stopped execution as an error, although all nodes have run.
		const retried = await n8n.retry(await n8n.execution(stopped));
		expect(itemsOf(retried.data, NEXT)).toHaveLength(1);
		report(
			`${crashed.length} crashed executions retried: all succeed. 1 stopped execution retried: all nodes run, status ${retried.status}.`,
		);
	});

	it("loses executions that n8n's check for stalled jobs fails, since it overwrites their data", async () => {
		const failing = stuck.slice(-2);
		const checking = await cluster.startWorker('worker with checks', STALLED_CHECK);
		try {
			const left = () => storedRuns(cluster, id).filter((run) => failing.includes(run.id));
			await until(() => left().every(({ status }) => status === 'error'));
		} finally {
			await checking.stop();
		}
		const failed = storedRuns(cluster, id).filter((run) => failing.includes(run.id));
		expect(failed.map(({ status }) => status)).toEqual(['error', 'error']);
		// A retry has nothing to run.
		for (const run of failed) {
			const retried = await n8n.retry({ ...run, workflowId: id });
			expect(itemsOf(retried.data, ARRIVAL)).toEqual([]);
			expect(itemsOf(retried.data, NEXT)).toEqual([]);
		}
		report(
			`${failed.length} executions failed by n8n's check: their events are lost, even on retry.`,
		);
	});
});

/** The ids of a workflow's executions that a worker has started but not finished. */
function unfinished(worker: string, workflowId: string): string[] {
	const started = new Set<string>();
	for (const [, verb, executionId] of cluster
		.log(worker)
		.matchAll(/Worker (started|finished) execution (\d+)/g)) {
		if (verb === 'started') started.add(executionId);
		else started.delete(executionId);
	}
	const ours = cluster.query<{ id: string }>(
		`select id::text from execution_entity where "workflowId" = '${workflowId}'`,
	);
	return ours.map(({ id }) => id).filter((id) => started.has(id));
}

describe('a restart of Redis', () => {
	it('does not lose an accepted event, and the sender can repeat the others', async () => {
		const next = node(NEXT, 'n8n-nodes-base.noOp', 1);
		const { id, url } = await publish(n8n, chain('Redis', [trigger(credentialId), next]));
		const urls = cluster.webhookUrls(url);
		const events = Array.from({ length: 80 }, (_, i) => eventOf('CUSTOMER_CREATED', i + 1));
		const attempt = async (event: (typeof events)[number], index: number) => {
			try {
				const to = urls[index % urls.length];
				return (await sendEvent(to, WEBHOOK_KEY, event)).status;
			} catch {
				return 0;
			}
		};
		let restarted: Promise<void> | undefined;
		const statuses = await inParallel([...events.entries()], 10, async ([index, event]) => {
			if (index === 20) restarted = cluster.kill('redis', 'SIGTERM')();
			return await attempt(event, index);
		});
		await restarted;

		const refused = events.filter((_, index) => statuses[index] !== 200);
		const again = await inParallel([...refused.entries()], 5, async ([index, event]) =>
			attempt(event, index),
		);
		expect(again.filter((status) => status !== 200)).toEqual([]);
		const runs = await runsOf(cluster, id, events.length);
		const times = timesRun(runs, NEXT);
		const lost = events.filter(({ uuid }) => !times.has(uuid)).length;
		const doubled = events.filter(({ uuid }) => (times.get(uuid) ?? 0) > 1).length;
		report(
			`Redis restarted during ${events.length} events: ${refused.length} not accepted at first, ${lost} lost, ${doubled} run twice.`,
		);
		expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
	});
});
