import { chain, node } from '../n8n/fixture.cts';
import {
	eventOf,
	publish,
	sendEvent,
	storeWebhookCredential,
	timesRun,
	trigger,
	WEBHOOK_KEY,
	type Answer,
} from '../n8n/webhooks.cts';
import { report, running, runsOf, sendInTurn } from './running.cts';

const { cluster, studio } = running();
const { n8n } = cluster;
const NEXT = 'Next';
const EVENTS = 2_000;
const AT_ONCE = 30;
/** The number of events that are sent three times at once. */
const SIMULTANEOUS = 100;
const COPIES = 3;
let target: { id: string; urls: string[] };
let others: { id: string; urls: string[] };

beforeAll(async () => {
	const credentialId = await storeWebhookCredential(n8n, studio);
	const next = node(NEXT, 'n8n-nodes-base.noOp', 1);
	const publishAs = async (name: string) => {
		const { id, url } = await publish(n8n, chain(name, [trigger(credentialId), next]));
		return { id, urls: cluster.webhookUrls(url) };
	};
	target = await publishAs('Events');
	others = await publishAs('Simultaneous');
	// Warm up: the first events of a process take longer.
	for (const { urls } of [target, others]) {
		for (const url of urls) await sendEvent(url, WEBHOOK_KEY, eventOf('CUSTOMER_CREATED'));
	}
	await runsOf(cluster, target.id, 2);
	await runsOf(cluster, others.id, 2);
});

function quantile(answers: readonly Answer[], part: number): number {
	const sorted = answers.map(({ ms }) => ms).sort((a, b) => a - b);
	return Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)]);
}

describe('two webhook processors and three workers', () => {
	const events = Array.from({ length: EVENTS }, (_, i) => eventOf('CUSTOMER_CHECKIN', i + 1));

	async function sendAll(what: string, before: number) {
		const started = performance.now();
		const answers = await sendInTurn(target.urls, events, AT_ONCE);
		const accepted = (performance.now() - started) / 1000;
		const runs = await runsOf(cluster, target.id, before + EVENTS);
		const done = (performance.now() - started) / 1000;
		const p50 = quantile(answers, 0.5);
		const p99 = quantile(answers, 0.99);
		report(
			`${EVENTS} ${what}, ${AT_ONCE} at a time: ${(EVENTS / accepted).toFixed(1)} accepted per second, p50 ${p50} ms, p99 ${p99} ms (PerfectGym Next waits 5000 ms). All have run after ${done.toFixed(0)} s.`,
		);
		expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
		expect(runs.filter(({ status }) => status !== 'success')).toEqual([]);
		return runs;
	}

	it(`run each of ${EVENTS} events exactly once`, async () => {
		const times = timesRun(await sendAll('events', 2), NEXT);

		const lost = events.filter(({ uuid }) => !times.has(uuid)).length;
		const doubled = events.filter(({ uuid }) => (times.get(uuid) ?? 0) > 1).length;
		report(`${lost} lost, ${doubled} run twice.`);
		expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
	});

	it('drop all events that are sent again', async () => {
		const runs = await sendAll('duplicates', 2 + EVENTS);

		const times = timesRun(runs, NEXT);
		const again = events.filter(({ uuid }) => times.get(uuid) !== 1).length;
		report(`${again} run again.`);
		expect(again).toBe(0);
		const used = cluster.workers.map(
			(name) => cluster.log(name).split('Worker started execution').length - 1,
		);
		report(`Executions by worker: ${used.join(', ')}.`);
		expect(Math.min(...used)).toBeGreaterThan(0);
	});

	it.each(['nearly empty', 'full'])(
		'do not lose events that arrive three times at once when the store is %s',
		async (store) => {
			// Two entries for each of 10,000 events.
			if (store === 'full') cluster.fillStore(others.id, 20_000);
			const before = (await runsOf(cluster, others.id, 2)).length;
			const sent = Array.from({ length: SIMULTANEOUS }, () => eventOf('CUSTOMER_UPDATED'));
			const answers = await sendInTurn(
				others.urls,
				sent.flatMap((event) => Array.from({ length: COPIES }, () => event)),
				AT_ONCE,
			);
			const runs = await runsOf(cluster, others.id, before + SIMULTANEOUS * COPIES);

			const times = timesRun(runs, NEXT);
			const counts = sent.map(({ uuid }) => times.get(uuid) ?? 0);
			const lost = counts.filter((count) => count === 0).length;
			const twice = counts.filter((count) => count === 2).length;
			const thrice = counts.filter((count) => count === 3).length;
			report(
				`${SIMULTANEOUS} events, each ${COPIES} times at once, with a store that is ${store}: ${lost} lost, ${twice} run twice, ${thrice} run three times.`,
			);
			expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
			expect(runs.filter(({ status }) => status !== 'success')).toEqual([]);
			expect(lost).toBe(0);

			// Even if simultaneous duplicates ran, later duplicates are dropped.
			await sendInTurn(others.urls, sent, AT_ONCE);
			const later = timesRun(await runsOf(cluster, others.id, runs.length + sent.length), NEXT);
			expect(sent.map(({ uuid }) => later.get(uuid))).toEqual(counts);
		},
	);
});
