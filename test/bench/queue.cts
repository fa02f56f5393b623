// Events in n8n's queue mode: our trigger beside the nodes that a user would take instead, n8n's Webhook and
// Remove Duplicates, by turns. Two webhook processors and three workers, as in test/queue.
//
//   npm run bench:queue

import { randomUUID } from 'node:crypto';
import type { IDataObject, INode } from 'n8n-workflow';
import { chain, node } from '../n8n/fixture.cts';
import { itemsOf } from '../n8n/instance.cts';
import {
	eventOf,
	inParallel,
	post,
	publish,
	storeWebhookCredential,
	trigger,
	WEBHOOK_KEY,
} from '../n8n/webhooks.cts';
import { running, runsOf } from '../queue/running.cts';
import { median, printBesideJest as print } from './figures.cts';
import { addCompared, type Compared } from './results.cts';
import { cpuTime } from './usage.cts';

const { cluster, studio } = running();
const { n8n } = cluster;
const ROUNDS = 5;
const EVENTS = 300;
const AT_ONCE = 30;
/** How many events come alone in a round. */
const ALONE = 5;
const WARM_UP = 30;
/** How many events both remember. */
const REMEMBERED = 10_000;
/** The trigger checks what it remembers for seven seconds, which counts as its work. */
const SETTLED_MS = 8_000;
const NEXT = 'Next';
const OBSTACLE =
	'A new event takes a slot while the trigger makes sure that no other worker has it. n8n gives a node no store that could settle this at once, and no way to wait without a slot. The wait takes no processor time.';

/** What is measured in a round. A slot is how long an execution takes one of a worker's slots. */
const ROWS = {
	accepted: { what: 'Accepted, 30 events at a time', unit: 'per second' },
	run: { what: 'Run, 30 events at a time', unit: 'per second' },
	cpuMs: { what: 'Processor time of all n8n processes for an event', unit: 'ms', atMost: 1 },
	slotMs: { what: 'Time in a slot of a worker, 30 events at a time', unit: 'ms', atMost: 1 },
	aloneMs: { what: 'Time in a slot of a worker, one event at a time', unit: 'ms', atMost: 1 },
} satisfies Record<string, Pick<Compared, 'what' | 'unit' | 'atMost'>>;
type Figure = keyof typeof ROWS;

/** A workflow that receives events, and what was measured of it in each round. */
interface Contender {
	name: string;
	id: string;
	urls: string[];
	/** How many executions it has. */
	runs: number;
	rounds: Array<Record<Figure, number>>;
}

/** n8n's nodes for the job, set up as our trigger is. */
async function webhookChain(next: INode): Promise<Contender> {
	const header = { name: 'x-api-key', value: WEBHOOK_KEY };
	const credential = await n8n.createCredential('httpHeaderAuth', header);
	const webhookId = randomUUID();
	const webhook = node(
		'Webhook',
		'n8n-nodes-base.webhook',
		2.1,
		{
			httpMethod: 'POST',
			path: webhookId,
			authentication: 'headerAuth',
			responseMode: 'onReceived',
			options: {},
		},
		{ webhookId, credentials: { httpHeaderAuth: { id: credential, name: 'httpHeaderAuth' } } },
	);
	const remove = node('Remove Duplicates', 'n8n-nodes-base.removeDuplicates', 2, {
		operation: 'removeItemsSeenInPreviousExecutions',
		dedupeValue: '={{ $json.body.uuid }}',
		options: { historySize: REMEMBERED },
	});
	const id = await n8n.createWorkflow(chain('Webhook', [webhook, remove, next]));
	await n8n.publishWorkflow(id);
	const urls = cluster.webhookUrls(`${n8n.baseUrl}/webhook/${webhookId}`);
	return { name: 'Webhook and Remove Duplicates', id, urls, runs: 0, rounds: [] };
}

async function ourTrigger(next: INode): Promise<Contender> {
	const credential = await storeWebhookCredential(n8n, studio);
	const { id, url } = await publish(cluster.n8n, chain('Trigger', [trigger(credential), next]));
	const urls = cluster.webhookUrls(url);
	return { name: 'PerfectGym Next Trigger', id, urls, runs: 0, rounds: [] };
}

/** Sends events, and waits until each has run once. Returns the times in s. */
async function send(to: Contender, count: number, atOnce: number) {
	// n8n closes idle connections after 5 s, which a busy sender may notice too late.
	const headers = {
		'content-type': 'application/json',
		'x-api-key': WEBHOOK_KEY,
		connection: 'close',
	};
	const events = Array.from({ length: count }, (_, index) => eventOf('CUSTOMER_CHECKIN', index));
	const started = performance.now();
	const seconds = () => (performance.now() - started) / 1000;
	const answers = await inParallel([...events.entries()], atOnce, async ([index, event]) =>
		post(to.urls[index % to.urls.length], headers, JSON.stringify(event)),
	);
	const accepted = seconds();
	const all = await runsOf(cluster, to.id, to.runs + count);
	const run = seconds();
	const runs = all.slice(to.runs);
	to.runs = all.length;
	const ran = runs.flatMap(({ data }) => itemsOf(data, NEXT).map(({ json }) => uuidOf(json)));
	expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
	expect(runs.filter(({ status }) => status !== 'success')).toEqual([]);
	expect(ran).toHaveLength(count);
	expect(new Set(ran).size).toBe(count);
	return { accepted, run, ids: runs.map(({ id }) => id) };
}

function uuidOf(json: IDataObject): unknown {
	return json.uuid ?? (json.body as IDataObject).uuid;
}

/** @returns the median time between start and end of the executions, in ms */
function slotOf(ids: string[]): number {
	const slots = cluster.query<{ ms: number }>(
		`select 1000 * extract(epoch from "stoppedAt" - "startedAt") as ms
		from execution_entity where id in (${ids.join()})`,
	);
	return median(slots.map(({ ms }) => ms));
}

async function round(contender: Contender): Promise<void> {
	const pids = [cluster.handle.main.pid, ...cluster.parts.map((name) => cluster.pid(name))];
	const cpu = () => pids.reduce((sum, pid) => sum + cpuTime(pid), 0);
	const before = cpu();
	const { accepted, run, ids } = await send(contender, EVENTS, AT_ONCE);
	await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
	const cpuMs = (cpu() - before) / EVENTS;
	const alone: string[] = [];
	for (let index = 0; index < ALONE; index++) alone.push(...(await send(contender, 1, 1)).ids);
	const measured: Record<Figure, number> = {
		accepted: EVENTS / accepted,
		run: EVENTS / run,
		cpuMs,
		slotMs: slotOf(ids),
		aloneMs: slotOf(alone),
	};
	contender.rounds.push(measured);
	const figures = Object.entries(measured).map(([name, value]) => `${name} ${value.toFixed(1)}`);
	print(`${contender.name}: ${figures.join(', ')}`);
}

it('events run once each, beside the Webhook and Remove Duplicates nodes', async () => {
	const next = node(NEXT, 'n8n-nodes-base.noOp', 1);
	const ours = await ourTrigger(next);
	const theirs = await webhookChain(next);
	for (const each of [ours, theirs]) {
		// n8n's store can lose an event while it has none, so the first one comes alone.
		await send(each, 1, 1);
		await send(each, WARM_UP, AT_ONCE);
	}
	// Two entries for each event. Remove Duplicates fails when its history is full, so it has room left.
	cluster.fillStore(ours.id, 2 * REMEMBERED);
	cluster.fillStore(theirs.id, REMEMBERED - (ROUNDS + 1) * (EVENTS + ALONE));
	for (let index = 0; index < ROUNDS; index++) {
		for (const each of index % 2 === 0 ? [ours, theirs] : [theirs, ours]) await round(each);
	}
	for (const [name, row] of Object.entries(ROWS)) {
		const [our, beside] = [ours, theirs].map(({ rounds }) =>
			rounds.map((measured) => measured[name as Figure]),
		);
		print(`${row.what}: ratio ${(median(our) / median(beside)).toFixed(2)}`);
		const count = row === ROWS.aloneMs ? ALONE : EVENTS;
		const obstacle = row.unit === 'ms' ? OBSTACLE : undefined;
		addCompared('bench:queue', { ...row, ours: our, beside, count, obstacle });
	}
});
