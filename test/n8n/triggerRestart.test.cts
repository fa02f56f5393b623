import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chain, code, node, running } from './fixture.cts';
import { itemsOf, startN8n, type StartedN8n } from './instance.cts';
import { copyPackage } from './package.cts';
import {
	ARRIVAL,
	eventOf,
	inParallel,
	publish,
	runsOf,
	sendEvent,
	sql,
	startReceiver,
	storeWebhookCredential,
	tell,
	timesRun,
	trigger,
	urlsOf,
	WEBHOOK_KEY,
	type Receiver,
} from './webhooks.cts';

const { n8n: shared, studio } = running();
const NEXT = 'Next';
const userFolder = mkdtempSync(join(tmpdir(), 'perfectgym-next-restart-'));
/** A separate n8n that the tests stop, kill and restart. */
let n8n: StartedN8n;
let receiver: Receiver;
let credentialId: string;

beforeAll(async () => {
	copyPackage(shared.handle.userFolder, userFolder);
	receiver = await startReceiver();
	n8n = await startN8n({ userFolder });
	credentialId = await storeWebhookCredential(n8n, studio);
});

afterAll(async () => {
	await n8n?.stop();
	await receiver?.close();
	rmSync(userFolder, { recursive: true, force: true, maxRetries: 5 });
});

async function published(name: string, next = [node(NEXT, 'n8n-nodes-base.noOp', 1)]) {
	return await publish(n8n, chain(name, [trigger(credentialId), ...next]));
}

describe('an event that is sent again', () => {
	it('does not run again after a restart of n8n', async () => {
		const { id, url } = await published('Restart');
		const [before, after] = [eventOf('CUSTOMER_CREATED'), eventOf('CUSTOMER_CREATED')];
		await sendEvent(url, WEBHOOK_KEY, before);
		expect(timesRun(await runsOf(n8n, id, 1), NEXT).get(before.uuid)).toBe(1);

		await n8n.stop();
		n8n = await startN8n({ userFolder });
		const again = (await urlsOf(n8n, id)).url;
		for (const event of [before, after]) {
			expect((await sendEvent(again, WEBHOOK_KEY, event)).status).toBe(200);
		}

		const runs = await runsOf(n8n, id, 3);
		expect(runs.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
		expect(timesRun(runs, NEXT)).toEqual(
			new Map([
				[before.uuid, 1],
				[after.uuid, 1],
			]),
		);
	});
});

describe("n8n's deduplication store", () => {
	const rename = (from: string, to: string) => sql(n8n, `alter table ${from} rename to ${to}`);

	it('does not block events while it is missing, and works again afterwards', async () => {
		const { id, url } = await published('No store');
		const [known, event, other] = ['A', 'B', 'C'].map((type) => eventOf(type));
		await sendEvent(url, WEBHOOK_KEY, known);
		await runsOf(n8n, id, 1);

		rename('processed_data', 'processed_data_away');
		const answers = await inParallel([event, event, other], 3, (each) =>
			sendEvent(url, WEBHOOK_KEY, each),
		);
		const without = await runsOf(n8n, id, 4);
		rename('processed_data_away', 'processed_data');

		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(without.filter(({ status }) => status !== 'success')).toEqual([]);
		// Running twice is better than losing the event.
		expect(timesRun(without, NEXT).get(event.uuid)).toBe(2);
		expect(timesRun(without, NEXT).get(other.uuid)).toBe(1);
		expect(n8n.log()).toMatch(/no such table: .*processed_data/);
		expect(n8n.log()).not.toContain(WEBHOOK_KEY);

		await sendEvent(url, WEBHOOK_KEY, known);
		expect(timesRun(await runsOf(n8n, id, 5), NEXT).get(known.uuid)).toBe(1);
	});

	it('does not block events while it is read-only', async () => {
		const { id, url } = await published('Read only');
		const event = eventOf('CUSTOMER_CREATED');
		for (const when of ['insert', 'update']) {
			sql(
				n8n,
				`create trigger no_${when} before ${when} on processed_data
				begin select raise(abort, 'the disk is full'); end`,
			);
		}
		try {
			await sendEvent(url, WEBHOOK_KEY, event);
			const runs = await runsOf(n8n, id, 1);
			expect(timesRun(runs, NEXT)).toEqual(new Map([[event.uuid, 1]]));
			expect(n8n.log()).toContain('the disk is full');
		} finally {
			for (const when of ['insert', 'update']) sql(n8n, `drop trigger no_${when}`);
		}
	});
});

describe('a retry', () => {
	it('of an execution that failed after the trigger completes with its event', async () => {
		const { id, url } = await published('Failed', [tell(NEXT, receiver)]);
		const event = eventOf('CUSTOMER_CREATED', 17);
		receiver.answer = 500;
		await sendEvent(url, WEBHOOK_KEY, event);
		const [failed] = await runsOf(n8n, id, 1);
		expect(failed.status).toBe('error');

		receiver.answer = 200;
		const from = receiver.bodies.length;
		const retried = await n8n.retry({ ...failed, workflowId: id });

		expect(retried).toMatchObject({ status: 'success', mode: 'retry' });
		expect(receiver.bodies.slice(from)).toEqual([
			expect.objectContaining({ uuid: event.uuid, customerId: 17 }),
		]);
	});

	it('of an execution that was killed with n8n returns its event, although it is a duplicate', async () => {
		const { id, url } = await published('Killed', [
			tell(NEXT, receiver),
			code('Last', 'return $input.all();'),
		]);
		const event = eventOf('CUSTOMER_CREATED', 18);
		receiver.answer = 'silent';
		const from = receiver.bodies.length;
		await sendEvent(url, WEBHOOK_KEY, event);
		while (receiver.bodies.length === from) await new Promise((done) => setTimeout(done, 50));

		process.kill(n8n.handle.pid, 'SIGKILL');
		await n8n.exited;
		receiver.answer = 200;
		n8n = await startN8n({ userFolder });
		const [killed] = await runsOf(n8n, id, 1);
		expect(killed.status).toBe('crashed');

		const retried = await n8n.retry({ ...killed, workflowId: id });

		expect(retried).toMatchObject({ status: 'success', mode: 'retry' });
		expect(itemsOf(retried.data, ARRIVAL)).toHaveLength(1);
		expect(receiver.bodies.slice(from).map(({ uuid }) => uuid)).toEqual([event.uuid, event.uuid]);
		expect(itemsOf(retried.data, 'Last')).toHaveLength(1);

		// PerfectGym Next sends the event again: it is still a duplicate.
		await sendEvent((await urlsOf(n8n, id)).url, WEBHOOK_KEY, event);
		await runsOf(n8n, id, 3);
		expect(receiver.bodies.slice(from)).toHaveLength(2);
	});
});
