/** A simulated clock for tests: minutes pass in an instant, whatever the speed of the machine. */

import { countRequests } from './inFlight.cts';

/** How a task ended, and how long it took on the simulated clock, in ms. */
export interface Elapsed<T> {
	outcome: PromiseSettledResult<T>;
	ms: number;
}

const MAX_STEP_MS = 1000;
/** n8n's engine is idle after this many turns of the event loop without a request in flight. */
const IDLE_TURNS = 30;
const MAX_MS = 3_600_000;

/** The clock of the running test. A task can outlive its test, and must not move the next clock. */
let clock: symbol | undefined;
afterEach(stopClock);

/**
 * Starts the simulated clock, which stops after the test. It moves only in {@link settle} and
 * {@link pass}. `setImmediate` stays real, because the engine and nock need it.
 */
export function startClock(): void {
	jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'hrtime'] });
	clock = Symbol('clock');
}

function stopClock(): void {
	clock = undefined;
	jest.useRealTimers();
}

/**
 * Runs a task on the simulated clock, which {@link startClock} has started. The clock moves only
 * while something waits for it and no request is in flight.
 *
 * @param during is called after each step with the ms that have passed, for example to cancel
 * @throws when the task has not ended after an hour of simulated time
 */
export async function settle<T>(
	task: () => Promise<T>,
	during: (ms: number) => void = () => undefined,
): Promise<Elapsed<T>> {
	const start = Date.now();
	const ended: Elapsed<T>[] = [];
	void Promise.allSettled([task()]).then(([outcome]) => {
		ended.push({ outcome, ms: Date.now() - start });
	});
	for (;;) {
		await idle(() => ended.length > 0);
		if (ended.length > 0) return ended[0];
		// Without a timer the task waits for something that the clock does not move.
		if (jest.getTimerCount() === 0) continue;
		step();
		during(Date.now() - start);
		if (Date.now() - start > MAX_MS) throw new Error('The task does not end');
	}
}

/** Runs a task as {@link settle} does. @returns its value @throws what it throws */
export async function finish<T>(task: () => Promise<T>): Promise<T> {
	const { outcome } = await settle(task);
	if (outcome.status === 'rejected') throw outcome.reason;
	return outcome.value;
}

/** Starts the simulated clock, runs the task as {@link settle} does, and stops the clock. */
export async function inSimulatedTime<T>(
	task: () => Promise<T>,
	during?: (ms: number) => void,
): Promise<Elapsed<T>> {
	startClock();
	const own = clock;
	try {
		return await settle(task, during);
	} finally {
		if (clock === own) stopClock();
	}
}

/** Moves the clock by a number of ms, and runs everything that is due until then. */
export async function pass(ms: number): Promise<void> {
	await settle(async () => await new Promise((resolve) => setTimeout(resolve, ms)));
	await idle();
}

/**
 * Runs what does not wait for the clock.
 *
 * @param isEnough whether to stop before everything is idle
 */
async function idle(isEnough: () => boolean = () => false): Promise<void> {
	const own = clock;
	for (let turns = 0; turns < IDLE_TURNS && !isEnough(); turns++) {
		await new Promise((resolve) => setImmediate(resolve));
		if (clock !== own) throw new Error('The test has ended before its task');
		if (countRequests() > 0) turns = 0;
	}
}

/** Moves the clock to the next timers, but not further than {@link MAX_STEP_MS}. */
function step(): void {
	const limit = setTimeout(() => undefined, MAX_STEP_MS);
	jest.advanceTimersToNextTimer();
	// All timers that are due now run at the same moment, as in a real process.
	jest.advanceTimersByTime(0);
	clearTimeout(limit);
}
