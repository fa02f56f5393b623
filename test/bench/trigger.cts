import { createHash, randomUUID } from 'node:crypto';
import { chain, node, running } from '../n8n/fixture.cts';
import {
	eventOf,
	inParallel,
	publish,
	runsOf,
	sendEvent,
	sql,
	storeWebhookCredential,
	timesRun,
	trigger,
	WEBHOOK_KEY,
	type Answer,
} from '../n8n/webhooks.cts';
import { printBesideJest as print } from './figures.cts';
import { addCompared } from './results.cts';

/** A workflow that receives events with our trigger or with n8n's Webhook node. */
interface Target {
	id: string;
	url: string;
}

const { n8n, studio } = running();
const NEXT = 'Next';
const EVENTS = 1_000;
const DUPLICATES = 100;
const AT_ONCE = 20;
/** The vendor waits this long for a response. */
const VENDOR_MS = 5_000;
/** Blocks per node and concurrency. The blocks of the two nodes alternate. */
const BLOCKS = 4;
/** The trigger's default number of remembered events. */
const REMEMBERED = 10_000;
/** The largest allowed ratio of the trigger's response time to the Webhook node's. */
const MAX_RATIO = 1.2;
let ours: Target;
let own: Target;

beforeAll(async () => {
	const credentialId = await storeWebhookCredential(n8n, studio);
	const next = node(NEXT, 'n8n-nodes-base.noOp', 1);
	ours = await publish(n8n, chain('Load', [trigger(credentialId), next]));

	const header = await n8n.createCredential('httpHeaderAuth', {
		name: 'x-api-key',
		value: WEBHOOK_KEY,
	});
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
		{ webhookId, credentials: { httpHeaderAuth: { id: header, name: 'httpHeaderAuth' } } },
	);
	const id = await n8n.createWorkflow(chain('Load of the Webhook node', [webhook, next]));
	await n8n.publishWorkflow(id);
	own = { id, url: `${n8n.baseUrl}/webhook/${webhookId}` };
	// Warm up: the first events of a workflow take longer.
	for (const target of [ours, own]) await block(target, 10, 10);
	rememberMany(ours.id);
});

/** Fills n8n's deduplication store, so that each event takes as long as after months of use. */
function rememberMany(workflowId: string): void {
	const data = Array.from({ length: REMEMBERED }, (_, i) =>
		createHash('md5').update(`earlier event ${i}`).digest('base64'),
	);
	const value = JSON.stringify({ mode: 'entries', data });
	const changed = sql<{ context: string }>(
		n8n,
		'update processed_data set value = ? where workflowId = ? returning context',
		[value, workflowId],
	);
	expect(changed).toHaveLength(1);
}

/** Sends `count` new events and waits until all of them have run. Returns the responses. */
async function block(target: Target, count: number, atOnce: number): Promise<Answer[]> {
	const before = (await runsOf(n8n, target.id, 0)).length;
	const events = Array.from({ length: count }, (_, i) => eventOf('CUSTOMER_CREATED', i + 1));
	const answers = await inParallel(events, atOnce, (event) =>
		sendEvent(target.url, WEBHOOK_KEY, event),
	);
	await runsOf(n8n, target.id, before + count, 120_000);
	return answers;
}

function quantile(values: readonly number[], part: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)];
}

function figures(answers: readonly Answer[]): { p50: number; p99: number } {
	const times = answers.map(({ ms }) => ms);
	return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

describe('the trigger under load', () => {
	it.each([
		[1, 40],
		[10, 120],
		[40, 200],
	])(
		"responds about as fast as n8n's Webhook node with %i events in flight",
		async (atOnce, count) => {
			const measured: Record<'ours' | 'own', Answer[]> = { ours: [], own: [] };
			for (let index = 0; index < BLOCKS; index++) {
				// Alternate the order, since it affects the result.
				const order = index % 2 === 0 ? (['ours', 'own'] as const) : (['own', 'ours'] as const);
				for (const which of order) {
					const answers = await block(which === 'ours' ? ours : own, count, atOnce);
					expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
					measured[which].push(...answers);
				}
			}

			const [our, their] = [figures(measured.ours), figures(measured.own)];
			const ratios = (['p50', 'p99'] as const).map((part) => {
				const ratio = our[part] / their[part];
				print(
					`${atOnce} in flight, ${part}: trigger ${our[part].toFixed(0)} ms, Webhook node ${their[part].toFixed(0)} ms, ratio ${ratio.toFixed(2)} (${measured.ours.length} events each)`,
				);
				addCompared('bench:trigger', {
					what: `${atOnce} in flight, ${part === 'p50' ? 'half' : '99%'} of the answers within`,
					unit: 'ms',
					ours: [our[part]],
					beside: [their[part]],
					count: measured.ours.length,
				});
				return { part, ratio };
			});
			expect(ratios.filter(({ ratio }) => ratio > MAX_RATIO)).toEqual([]);
		},
	);

	it(`runs once for each of ${EVENTS} events, sent ${AT_ONCE} at a time with duplicates`, async () => {
		const before = (await runsOf(n8n, ours.id, 0)).length;
		const events = Array.from({ length: EVENTS - DUPLICATES }, (_, i) =>
			eventOf('CUSTOMER_CHECKIN', i + 1),
		);
		// Half of the duplicates follow their event immediately, half much later.
		const sent = events.flatMap((event, i) => {
			if (i % 18 === 0) return [event, event];
			return i % 18 === 9 ? [event, events[Math.floor(i / 2)]] : [event];
		});
		expect(sent).toHaveLength(EVENTS);

		const send = async (target: Target, name: string) => {
			const started = performance.now();
			const answers = await inParallel(sent, AT_ONCE, (event) =>
				sendEvent(target.url, WEBHOOK_KEY, event),
			);
			const seconds = (performance.now() - started) / 1000;
			const { p50, p99 } = figures(answers);
			print(
				`${name}: ${EVENTS} events, ${AT_ONCE} at a time: ${(EVENTS / seconds).toFixed(1)} per second, responses p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
			);
			return { answers, p99 };
		};
		const { answers, p99 } = await send(ours, 'trigger');
		const runs = (await runsOf(n8n, ours.id, before + EVENTS, 120_000)).slice(before);
		await send(own, 'Webhook node');

		expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
		expect(runs).toHaveLength(EVENTS);
		expect(runs.filter(({ status }) => status !== 'success')).toEqual([]);
		const times = timesRun(runs, NEXT);
		expect(events.filter(({ uuid }) => times.get(uuid) !== 1)).toEqual([]);
		expect(times.size).toBe(events.length);
		expect(p99).toBeLessThan(VENDOR_MS);
	}, 600_000);
});
