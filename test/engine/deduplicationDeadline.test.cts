import type { INodeExecutionData } from 'n8n-workflow';

import { startClock, settle } from './time.cts';
import { eventItem, runTrigger, useStore } from './triggerHarness.cts';

const store = useStore();
beforeEach(() => {
	startClock();
});
afterEach(() => jest.restoreAllMocks());

async function execute(uuid = 'event'): Promise<INodeExecutionData[]> {
	return await runTrigger({ items: [eventItem({ uuid })], workflowId: store.workflowId });
}

describe('a store that does not answer', () => {
	test('holds up an event for ten seconds, and then the event runs', async () => {
		store.behaviors = ['hangs'];
		const { outcome, ms } = await settle(execute);
		expect(outcome).toMatchObject({ status: 'fulfilled', value: [{ json: { uuid: 'event' } }] });
		expect(ms).toBe(10_000);
		expect(store.calls).toBe(1);
	});

	test('holds up an event at the second claim no longer', async () => {
		store.behaviors = ['works', 'hangs'];
		const { outcome, ms } = await settle(execute);
		expect(outcome).toMatchObject({ status: 'fulfilled', value: [{ json: { uuid: 'event' } }] });
		expect(ms).toBeLessThan(11_000);
	});

	test('does not stop the events that arrive meanwhile', async () => {
		store.behaviors = ['hangs', 'hangs', 'hangs', 'hangs'];
		const { outcome, ms } = await settle(
			async () => await Promise.all(['a', 'b', 'c'].map(async (uuid) => await execute(uuid))),
		);
		expect(outcome).toMatchObject({
			status: 'fulfilled',
			value: ['a', 'b', 'c'].map((uuid) => [{ json: { uuid } }]),
		});
		expect(ms).toBeLessThan(21_000);
	});

	test('does not make the events after it wait longer', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0.999);
		store.behaviors = ['hangs'];
		await settle(async () => await execute('a'));
		const { outcome, ms } = await settle(async () => await execute('b'));
		expect(outcome).toMatchObject({ value: [{ json: { uuid: 'b' } }] });
		expect(ms).toBeLessThan(1000);
	});

	test('is used again as soon as it answers', async () => {
		store.behaviors = ['hangs'];
		await settle(async () => await execute('a'));
		expect((await settle(async () => await execute('b'))).outcome).toMatchObject({
			value: [{ json: { uuid: 'b' } }],
		});
		expect((await settle(async () => await execute('b'))).outcome).toMatchObject({ value: [] });
	});
});
