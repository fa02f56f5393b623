// Compares our trigger in n8n's queue mode with the nodes that a user would take instead, n8n's Webhook and
// Remove Duplicates nodes. They take turns. Two webhook processors and three workers run, as in test/queue.
//
//   npm run bench:queue

import type { IDataObject } from 'n8n-workflow';
import { chain, node } from '../n8n/fixture.cts';
import { itemsOf } from '../n8n/instance.cts';
import { eventOf, publish, storeWebhookCredential, trigger } from '../n8n/webhooks.cts';
import { running, runsOf, sendInTurn } from '../queue/running.cts';
import { median, printBesideJest as print } from './figures.cts';
import { addCompared, type Compared } from './results.cts';
import { cpuTime } from './usage.cts';
import { publishWebhookChain } from './webhookChain.cts';

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

function contender(name: string, { id, url }: { id: string; url: string }): Contender {
	return { name, id, urls: cluster.webhookUrls(url), runs: 0, rounds: [] };
}

/** Sends events, and waits until each has run once. Returns the times in s. */
async function send(to: Contender, count: number, atOnce: number) {
	const events = Array.from({ length: count }, (_, index) => eventOf('CUSTOMER_CHECKIN', index));
	const started = performance.now();
	const seconds = () => (performance.now() - started) / 1000;
	const answers = await sendInTurn(to.urls, events, atOnce);
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

async function round(one: Contender): Promise<void> {
	const pids = [cluster.handle.main.pid, ...cluster.parts.map((name) => cluster.pid(name))];
	const cpu = () => pids.reduce((sum, pid) => sum + cpuTime(pid), 0);
	const before = cpu();
	const { accepted, run, ids } = await send(one, EVENTS, AT_ONCE);
	await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
	const cpuMs = (cpu() - before) / EVENTS;
	const alone: string[] = [];
	for (let index = 0; index < ALONE; index++) alone.push(...(await send(one, 1, 1)).ids);
	const measured: Record<Figure, number> = {
		accepted: EVENTS / accepted,
		run: EVENTS / run,
		cpuMs,
		slotMs: slotOf(ids),
		aloneMs: slotOf(alone),
	};
	one.rounds.push(measured);
	const figures = Object.entries(measured).map(([name, value]) => `${name} ${value.toFixed(1)}`);
	print(`${one.name}: ${figures.join(', ')}`);
}

it('events run once each, beside the Webhook and Remove Duplicates nodes', async () => {
	const next = node(NEXT, 'n8n-nodes-base.noOp', 1);
	const credential = await storeWebhookCredential(n8n, studio);
	const ours = contender(
		'PerfectGym Next Trigger',
		await publish(n8n, chain('Trigger', [trigger(credential), next])),
	);
	const theirs = contender(
		'Webhook and Remove Duplicates',
		await publishWebhookChain(n8n, next, REMEMBERED),
	);
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
