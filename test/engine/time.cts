/** Lets minutes pass in an instant. */

/** How a piece of work ended, and how long it took on the simulated clock, in ms. */
export interface Elapsed<T> {
	outcome: PromiseSettledResult<T>;
	ms: number;
}

const STEP_MS = 250;
/** What the engine and nock need for an exchange: they work in turns of the event loop. */
const TURNS_A_STEP = 150;
const LONGEST_MS = 3_600_000;

/**
 * Does the work on a simulated clock, which only goes on while the work waits for it.
 *
 * @param during is called at every step with the ms that have passed, to cancel for instance
 * @throws when the work has not ended after an hour of simulated time
 */
export async function inSimulatedTime<T>(
	work: () => Promise<T>,
	during: (ms: number) => void = () => undefined,
): Promise<Elapsed<T>> {
	jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'hrtime'] });
	try {
		const start = Date.now();
		let outcome: PromiseSettledResult<T> | undefined;
		let end = start;
		const settling = Promise.allSettled([work()]).then(([settled]) => {
			outcome = settled;
			end = Date.now();
		});
		while (outcome === undefined) {
			// What is under way in the engine and in nock goes on without the clock.
			for (let turn = 0; turn < TURNS_A_STEP && outcome === undefined; turn++) {
				await new Promise((resolve) => setImmediate(resolve));
			}
			if (outcome !== undefined) break;
			await jest.advanceTimersByTimeAsync(STEP_MS);
			during(Date.now() - start);
			if (Date.now() - start > LONGEST_MS) throw new Error('The work does not end');
		}
		await settling;
		return { outcome, ms: end - start };
	} finally {
		jest.useRealTimers();
	}
}
