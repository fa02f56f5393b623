import * as workflow from 'n8n-workflow';

import { pause } from '../../../nodes/PerfectGymNext/transport/pause';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** As n8n before 2.34 has it: the signal does not end it. */
function oldSleep(): void {
	jest
		.spyOn(workflow, 'sleep')
		.mockImplementation(async (ms) => await new Promise((resolve) => setTimeout(resolve, ms)));
}

/** @returns the simulated ms after which the task ended */
async function endOf(task: Promise<unknown>): Promise<number> {
	const begin = Date.now();
	let end: number | undefined;
	void task.catch(() => undefined).finally(() => (end = Date.now()));
	for (let at = 0; end === undefined && at < 100_000; at += 100) {
		await jest.advanceTimersByTimeAsync(100);
	}
	return (end ?? Infinity) - begin;
}

test.each([0, 1, 499, 500, 501, 60_000])('lasts %p ms', async (ms) => {
	expect(await endOf(pause(ms))).toBe(ms);
});

test.each([
	['today', () => undefined],
	['before n8n 2.34', oldSleep],
])('ends within half a second of an abort, %s', async (_when, prepare) => {
	prepare();
	const controller = new AbortController();
	const reason = new Error('canceled');
	const waiting = pause(60_000, controller.signal);
	setTimeout(() => controller.abort(reason), 1200);
	const outcome = expect(waiting).rejects.toBeDefined();
	expect(await endOf(waiting)).toBeLessThanOrEqual(1700);
	await outcome;
	jest.restoreAllMocks();
});
