import { chain, manualTrigger, perfectGymNext } from '../n8n/fixture.cts';
import { itemsOf } from '../n8n/instance.cts';
import { listCustomers } from '../n8n/studio.cts';
import {
	eventOf,
	inParallel,
	publish,
	sendEvent,
	storeWebhookCredential,
	trigger,
	WEBHOOK_KEY,
} from '../n8n/webhooks.cts';
import { report, running, runsOf } from './running.cts';

const { cluster, studio } = running();
const { n8n } = cluster;
let credentialId: string;

beforeAll(async () => {
	credentialId = await storeWebhookCredential(n8n, studio);
});

async function control(method: string, path: string, body?: unknown): Promise<unknown> {
	const response = await fetch(`${studio.controlUrl}${path}`, {
		method,
		headers: body === undefined ? {} : { 'content-type': 'application/json' },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`${method} ${path} returned ${response.status}`);
	return await response.json();
}

function workersThatRan(executionIds: readonly string[]): string[] {
	return cluster.workers.filter((name) => {
		const log = cluster.log(name);
		return executionIds.some((id) => log.includes(`Worker started execution ${id} `));
	});
}

describe('Return All', () => {
	it('returns every customer when it runs in a worker', async () => {
		const listed = await listCustomers(studio);
		const get = perfectGymNext('Get', credentialId, {
			resource: 'customer',
			operation: 'getCustomers',
			returnAll: true,
		});
		const workflow = await n8n.createWorkflow(chain('Return All', [manualTrigger(), get]));

		const run = await n8n.runWorkflow(workflow);

		expect(run.status).toBe('success');
		expect(workersThatRan([run.id])).toHaveLength(1);
		const ids = itemsOf(run.data, 'Get').map(({ json }) => json.id);
		expect(ids).toHaveLength(listed.length);
		expect(new Set(ids)).toEqual(new Set(listed.map(({ id }) => id)));
	});
});

describe('three workers with one key', () => {
	/** Requests per minute. The API's real limit is 1,000. Each process has its own rate limiter. */
	const LIMIT = 60;
	const READS = 120;
	const WINDOW_S = 60;

	it('exceed the limit together, wait after a 429 and complete all reads', async () => {
		const [{ id: customerId }] = await listCustomers(studio);
		const read = perfectGymNext('Read', credentialId, {
			resource: 'customer',
			operation: 'getCustomerById',
			customerId: { __rl: true, mode: 'id', value: String(customerId) },
			options: { requestsPerMinute: LIMIT },
		});
		const { id, url } = await publish(n8n, chain('Rate limit', [trigger(credentialId), read]));
		await control('POST', '/limits', { requests: LIMIT, windowMs: WINDOW_S * 1000 });
		await control('DELETE', '/requests');
		try {
			const urls = cluster.webhookUrls(url);
			const started = performance.now();
			const events = Array.from({ length: READS }, (_, i) => eventOf('CUSTOMER_UPDATED', i + 1));
			await inParallel([...events.entries()], 20, async ([index, event]) =>
				sendEvent(urls[index % urls.length], WEBHOOK_KEY, event),
			);
			const runs = await runsOf(cluster, id, READS);
			const seconds = (performance.now() - started) / 1000;

			const { requests } = (await control('GET', '/requests')) as {
				requests: Array<{ status: number }>;
			};
			const refused = requests.filter(({ status }) => status === 429).length;
			const ideal = (Math.ceil(READS / LIMIT) - 1) * WINDOW_S;
			report(
				`${READS} reads at ${LIMIT} per minute by three workers: ${seconds.toFixed(0)} s (at best ${ideal} s), ${refused} responses with 429.`,
			);
			expect(runs.filter(({ status }) => status !== 'success')).toEqual([]);
			expect(runs.flatMap(({ data }) => itemsOf(data, 'Read'))).toHaveLength(READS);
			expect(workersThatRan(runs.map((run) => run.id))).toHaveLength(3);
			expect(refused).toBeGreaterThan(0);
			expect(seconds).toBeGreaterThanOrEqual(ideal);
			expect(seconds).toBeLessThan(ideal + 2 * WINDOW_S);
		} finally {
			await control('POST', '/limits', { requests: 1000, windowMs: WINDOW_S * 1000 });
		}
	});
});
