// The trigger beside the chain that a user would otherwise build: n8n's Webhook node with a key, then
// its Remove Duplicates node. With both settings of n8n's expression engine.
//
//   [BENCH_REPORT=1] npm run bench:trigger

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chain, node, running } from '../n8n/fixture.cts';
import { startN8n, type StartedN8n } from '../n8n/instance.cts';
import { copyPackage } from '../n8n/package.cts';
import {
	eventOf,
	inParallel,
	publish,
	runsOf,
	sendEvent,
	type SentEvent,
	sql,
	storeWebhookCredential,
	timesRun,
	trigger,
	untilEnded,
	WEBHOOK_KEY,
	type Answer,
} from '../n8n/webhooks.cts';
import { median, printBesideJest as print } from './figures.cts';
import { addCompared } from './results.cts';
import { cpuTime } from './usage.cts';
import { publishWebhookChain } from './webhookChain.cts';

/** A workflow that receives events and ignores duplicates. */
interface Target {
	id: string;
	url: string;
}

/** What one block of events measured. */
interface Block {
	p50: number;
	p99: number;
	/** The processor time of n8n for each event, in ms, until all of them have run. */
	cpu: number;
}

const { n8n: shared, studio } = running();
const NEXT = 'Next';
const ROUNDS = 5;
/** The trigger's default number of remembered events. */
const REMEMBERED = 10_000;
const AT_ONCE = 20;
/** One in ten events of the last test is a duplicate. */
const DISTINCT = 0.9;
/** The vendor waits this long for a response. */
const VENDOR_MS = 5_000;
const ENDED_MS = 120_000;

const WHAT: Record<keyof Block, string> = {
	p50: '50th percentile of the answers',
	p99: '99th percentile of the answers',
	cpu: 'processor time of an event',
};

/** Why the slowest answers can take longer than those of the chain. */
const OBSTACLE =
	'The trigger looks up the events that have arrived together, about four times a second, which saves processor time. They then run at the same moment, and the next answers wait until n8n has stored what they did.';

/** Events in flight, events per block, and the goals. */
type Load = [atOnce: number, count: number, atMost: Partial<Block>];
const GOAL = { p50: 1, p99: 1 };
const ENGINES: Array<[name: string, isLazy: boolean, total: number, loads: Load[]]> = [
	[
		'default engine',
		false,
		400,
		[
			[1, 40, GOAL],
			[10, 100, GOAL],
			[40, 120, GOAL],
		],
	],
	[
		'lazy acquisition',
		true,
		1_000,
		[
			[1, 100, { ...GOAL, p99: 1.2 }],
			[10, 200, GOAL],
			[40, 200, GOAL],
		],
	],
];

describe.each(ENGINES)('the trigger under load, %s', (engine, isLazy, total, loads) => {
	const userFolder = mkdtempSync(join(tmpdir(), 'perfectgym-next-bench-'));
	let n8n: StartedN8n;
	let targets: Record<'ours' | 'beside', Target>;

	beforeAll(async () => {
		copyPackage(shared.handle.userFolder, userFolder);
		const env = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: String(isLazy) };
		n8n = await startN8n({ userFolder, env });
		targets = {
			ours: await publishOurs(),
			beside: await publishWebhookChain(n8n, next(), 2 * REMEMBERED),
		};
		for (const target of Object.values(targets)) {
			// n8n's store has no row before the first event, and the first events take longer.
			await send(target, 1, 1);
			await send(target, 10, 10);
		}
	});

	afterAll(async () => {
		await n8n?.stop();
		rmSync(userFolder, { recursive: true, force: true, maxRetries: 5 });
	});

	async function publishOurs(): Promise<Target> {
		const credentialId = await storeWebhookCredential(n8n, studio);
		return await publish(n8n, chain('Load', [trigger(credentialId), next()]));
	}

	/** Fills n8n's store, so that each event takes as long as after months of use. */
	function rememberMany({ id }: Target): void {
		const data = Array.from({ length: REMEMBERED }, (_, i) =>
			createHash('md5').update(`earlier event ${i}`).digest('base64'),
		);
		const changed = sql<{ context: string }>(
			n8n,
			'update processed_data set value = ? where workflowId = ? returning context',
			[JSON.stringify({ mode: 'entries', data }), id],
		);
		expect(changed).toHaveLength(1);
	}

	/** Sends new events and waits until all of them have run. Returns the responses. */
	async function send(target: Target, count: number, atOnce: number): Promise<Answer[]> {
		const before = await untilEnded(n8n, target.id, 0);
		const events = Array.from({ length: count }, (_, i) => eventOf('CUSTOMER_CREATED', i + 1));
		const answers = await sendAll(target, events, atOnce);
		expect(await untilEnded(n8n, target.id, before + count, ENDED_MS)).toBe(before + count);
		const failed = sql<{ id: number }>(
			n8n,
			"select id from execution_entity where workflowId = ? and status <> 'success'",
			[target.id],
		);
		expect(failed).toEqual([]);
		return answers;
	}

	async function measure(target: Target, count: number, atOnce: number): Promise<Block> {
		rememberMany(target);
		const before = cpuTime(n8n.pid);
		const answers = await send(target, count, atOnce);
		return { ...quantiles(answers), cpu: (cpuTime(n8n.pid) - before) / count };
	}

	it.each(loads)('answers and runs each event with %i in flight', async (atOnce, count, atMost) => {
		const blocks: Record<keyof typeof targets, Block[]> = { ours: [], beside: [] };
		for (let round = 0; round < ROUNDS; round++) {
			// Alternate the order, since it affects the result.
			const order = round % 2 === 0 ? (['ours', 'beside'] as const) : (['beside', 'ours'] as const);
			for (const which of order) {
				blocks[which].push(await measure(targets[which], count, atOnce));
			}
		}
		for (const figure of ['p50', 'p99', 'cpu'] as const) {
			const what = `Events, ${engine}, ${atOnce} in flight: ${WHAT[figure]}`;
			const ours = blocks.ours.map((block) => block[figure]);
			const beside = blocks.beside.map((block) => block[figure]);
			addCompared('bench:trigger', {
				what,
				unit: 'ms',
				ours,
				beside,
				count,
				atMost: atMost[figure],
				...(figure === 'p99' && { obstacle: OBSTACLE }),
			});
			const shown = (values: number[]) =>
				`${median(values).toFixed(0)} ms (${values.map((value) => value.toFixed(0)).join(', ')})`;
			const ratio = median(ours) / median(beside);
			print(`${what}: ${shown(ours)}, chain ${shown(beside)}, ratio ${ratio.toFixed(2)}`);
		}
	});

	it(`runs once for each of ${total} events, sent ${AT_ONCE} at a time with duplicates`, async () => {
		const { ours } = targets;
		rememberMany(ours);
		const before = await untilEnded(n8n, ours.id, 0);
		const events = Array.from({ length: DISTINCT * total }, (_, i) =>
			eventOf('CUSTOMER_CHECKIN', i + 1),
		);
		// Half of the duplicates follow their event immediately, half much later.
		const sent = events.flatMap((event, i) => {
			if (i % 18 === 0) return [event, event];
			return i % 18 === 9 ? [event, events[Math.floor(i / 2)]] : [event];
		});
		expect(sent).toHaveLength(total);

		const started = performance.now();
		const { p50, p99 } = quantiles(await sendAll(ours, sent, AT_ONCE));
		const seconds = (performance.now() - started) / 1000;
		print(
			`${engine}: ${total} events, ${AT_ONCE} at a time: ${(total / seconds).toFixed(1)} per second, half of the answers within ${p50.toFixed(0)} ms, 99% within ${p99.toFixed(0)} ms`,
		);

		const runs = (await runsOf(n8n, ours.id, before + total, ENDED_MS)).slice(before);
		expect(runs).toHaveLength(total);
		expect(runs.filter(({ status }) => status !== 'success')).toEqual([]);
		const times = timesRun(runs, NEXT);
		expect(events.filter(({ uuid }) => times.get(uuid) !== 1)).toEqual([]);
		expect(times.size).toBe(events.length);
		expect(p99).toBeLessThan(VENDOR_MS);
	});
});

function next() {
	return node(NEXT, 'n8n-nodes-base.noOp', 1);
}

/** Sends events, and expects that all of them are accepted. */
async function sendAll({ url }: Target, events: SentEvent[], atOnce: number): Promise<Answer[]> {
	const answers = await inParallel(events, atOnce, (event) => sendEvent(url, WEBHOOK_KEY, event));
	expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
	return answers;
}

function quantiles(answers: readonly Answer[]): Pick<Block, 'p50' | 'p99'> {
	const sorted = answers.map(({ ms }) => ms).sort((a, b) => a - b);
	const within = (part: number) => sorted[Math.ceil(part * sorted.length) - 1];
	return { p50: within(0.5), p99: within(0.99) };
}
