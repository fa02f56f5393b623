import type { ChangedIds } from '../simulator/changes.cts';
import { chain, node, storeCredential } from '../n8n/fixture.cts';
import { itemsOf } from '../n8n/instance.cts';
import { everySeconds, POLL, pollingTrigger } from '../n8n/polling.cts';
import { running, runsOf, storedRuns } from './running.cts';

const { cluster, studio } = running();
const { n8n } = cluster;
const POLLS = 8;
const EVERY_SECONDS = 3;

async function control<T>(method: string, path: string, body?: object): Promise<T> {
	const response = await fetch(`${studio.controlUrl}${path}`, {
		method,
		headers: body ? { 'content-type': 'application/json' } : {},
		body: body && JSON.stringify(body),
	});
	return (await response.json()) as T;
}

/** When the polls of the utilization came, in ms. */
async function polls(): Promise<number[]> {
	interface Log {
		requests: Array<{ operationId: string; startedAt: number }>;
	}
	const { requests } = await control<Log>('GET', '/requests');
	return requests
		.filter(({ operationId }) => operationId === 'getUtilization')
		.map(({ startedAt }) => startedAt);
}

it('in queue mode only the main process polls, and the workers run what it finds', async () => {
	const credentialId = await storeCredential(n8n, studio);
	const next = node('Next', 'n8n-nodes-base.noOp', 1);
	const ids: string[] = [];
	for (const parameters of [{ event: 'newCustomer' }, { event: 'utilizationCrossed' }]) {
		const trigger = pollingTrigger(credentialId, { ...everySeconds(EVERY_SECONDS), ...parameters });
		const id = await n8n.createWorkflow(chain(`Poll in queue mode`, [trigger, next]));
		await n8n.publishWorkflow(id);
		ids.push(id);
	}
	const [newCustomers] = ids;
	await control('DELETE', '/requests');
	const created: number[] = [];
	for (let poll = 0; poll < POLLS; poll++) {
		const changed = await control<ChangedIds>('POST', '/changes', { newMembers: 5 });
		created.push(...changed.newMembers);
		while ((await polls()).length <= poll) await new Promise((done) => setTimeout(done, 100));
	}
	const itemsIn = () =>
		storedRuns(cluster, newCustomers).flatMap(({ data }) => itemsOf(data, POLL));
	while (itemsIn().length < created.length) await new Promise((done) => setTimeout(done, 200));
	for (const id of ids) await n8n.unpublishWorkflow(id);

	const runs = await runsOf(cluster, newCustomers, 1);
	expect(runs.filter(({ status }) => status !== 'success')).toEqual([]);
	expect(itemsIn().map(({ json }) => json.customerId)).toEqual(created);
	const times = await polls();
	const gaps = times.slice(1).map((time, index) => time - times[index]);
	// Another process that polls would do so in the same second.
	expect(gaps.filter((gap) => gap < (EVERY_SECONDS * 1000) / 2)).toEqual([]);
	const logs = cluster.workers.map((name) => cluster.log(name)).join('\n');
	expect(runs.filter(({ id }) => !logs.includes(`Worker started execution ${id} `))).toEqual([]);
});
