import fc from 'fast-check';

import { RequestError } from '../../../nodes/PerfectGymNext/transport/errors';
import type { AcquireOptions } from '../../../nodes/PerfectGymNext/transport/rateLimiter';
import { RateLimiter, rateLimiterFor } from '../../../nodes/PerfectGymNext/transport/rateLimiter';
import { LEFT_MS, uniqueStudio } from '../fakes.cts';

const START = Date.UTC(2026, 0, 15, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A minute, and the margin for clocks that do not run at the same speed. */
const MARGIN = 100;
const WINDOW = MINUTE + MARGIN;
const CUSTOMER = { method: 'GET', template: '/v1/customers/{customerId}' } as const;

beforeEach(() => jest.useFakeTimers({ now: START }));
afterEach(() => jest.useRealTimers());

function pass(ms: number): void {
	jest.advanceTimersByTime(ms);
}

/**
 * Takes all free slots.
 *
 * @returns how many there were; one more than the limit when the limit does not hold
 */
function takeAll(limiter: RateLimiter, limit: number): number {
	let taken = 0;
	while (taken <= limit && limiter.tryAcquire(limit) === 0) taken++;
	return taken;
}

describe('the limit', () => {
	const steps = fc.array(
		fc.record({
			pause: fc.oneof(
				fc.constantFrom(0, 0, 1, MINUTE - 1, MINUTE, MINUTE + 1),
				fc.integer({ min: 0, max: 30_000 }),
			),
			requests: fc.integer({ min: 1, max: 6 }),
		}),
		{ maxLength: 40 },
	);

	test('holds in any 60 seconds, whether or not the callers wait as long as they should', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 8 }), fc.boolean(), steps, (limit, waits, some) => {
				const limiter = new RateLimiter();
				const sent: number[] = [];
				for (const { pause, requests } of some) {
					pass(pause);
					for (let request = 0; request < requests; request++) {
						let wait = limiter.tryAcquire(limit);
						if (wait > 0 && waits) {
							pass(wait);
							wait = limiter.tryAcquire(limit);
							expect(wait).toBe(0);
						}
						if (wait === 0) sent.push(performance.now());
					}
				}
				const closest = sent.slice(limit).map((time, index) => time - sent[index]);
				expect(Math.min(Infinity, ...closest)).toBeGreaterThanOrEqual(MINUTE);
			}),
		);
	});

	test('holds for each request when requests to one endpoint have different limits', () => {
		const changing = fc.array(
			fc.record({
				pause: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20_000 })),
				limit: fc.integer({ min: 1, max: 6 }),
			}),
			{ maxLength: 60 },
		);
		fc.assert(
			fc.property(changing, (some) => {
				const limiter = new RateLimiter();
				const sent: number[] = [];
				for (const { pause, limit } of some) {
					pass(pause);
					const wait = limiter.tryAcquire(limit);
					if (wait > 0) {
						pass(wait);
						expect(limiter.tryAcquire(limit)).toBe(0);
					}
					const now = performance.now();
					sent.push(now);
					const recent = sent.filter((time) => time > now - MINUTE);
					expect(recent.length).toBeLessThanOrEqual(limit);
				}
			}),
		);
	});

	test('frees all slots of one moment 60.1 seconds later', () => {
		const limiter = new RateLimiter();
		expect(takeAll(limiter, 1000)).toBe(1000);
		expect(limiter.tryAcquire(1000)).toBe(WINDOW);
		pass(MINUTE);
		expect(limiter.tryAcquire(1000)).toBe(MARGIN);
		pass(MARGIN - 1);
		expect(limiter.tryAcquire(1000)).toBe(1);
		pass(1);
		expect(takeAll(limiter, 1000)).toBe(1000);
	});

	test('frees a slot when the oldest request that counts is 60.1 seconds old', () => {
		const limiter = new RateLimiter();
		limiter.tryAcquire(2);
		pass(40_000);
		limiter.tryAcquire(2);
		pass(10_000);
		expect(limiter.tryAcquire(2)).toBe(WINDOW - 50_000);
		pass(WINDOW - 50_000);
		expect(limiter.tryAcquire(2)).toBe(0);
		expect(limiter.tryAcquire(2)).toBe(40_000);
	});
});

describe('a request on its way', () => {
	const requests = fc.array(
		fc.record({
			/** Before it is sent. */
			pause: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30_000 })),
			/** From there until it arrives, and from there until its answer arrives. */
			arrival: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 50_000 })),
			answer: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5000 })),
		}),
		{ maxLength: 30 },
	);

	test('counts until a minute after its end, so that the API never counts too many', async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 1, max: 5 }), requests, async (limit, all) => {
				const limiter = new RateLimiter();
				const arrivals: number[] = [];
				const send = async ({ arrival, answer }: (typeof all)[number]) => {
					const slot = await limiter.acquire({
						requestsPerMinute: limit,
						maxWaitMs: Infinity,
						statedMaxWaitMs: Infinity,
					});
					await passing(arrival);
					arrivals.push(performance.now());
					await passing(answer);
					slot.end();
				};
				const sending: Array<Promise<void>> = [];
				for (const request of all) {
					await jest.advanceTimersByTimeAsync(request.pause);
					sending.push(send(request));
				}
				await jest.advanceTimersByTimeAsync(HOUR * 10);
				await Promise.all(sending);
				arrivals.sort((one, other) => one - other);
				const closest = arrivals.slice(limit).map((time, index) => time - arrivals[index]);
				expect(Math.min(Infinity, ...closest)).toBeGreaterThanOrEqual(MINUTE);
			}),
			{ numRuns: 30 },
		);
	});

	test('holds its slot until then, and no other', async () => {
		const limiter = new RateLimiter();
		const options = { requestsPerMinute: 2, maxWaitMs: 0, statedMaxWaitMs: 0 };
		const [first, second] = [await limiter.acquire(options), await limiter.acquire(options)];
		pass(3000);
		second.end();
		pass(2000);
		first.end();
		expect(limiter.tryAcquire(2)).toBe(WINDOW - 2000);
		pass(WINDOW - 2000);
		expect(limiter.tryAcquire(2)).toBe(0);
		expect(limiter.tryAcquire(2)).toBe(2000);
	});

	test('counts even when it takes longer than a minute', async () => {
		const limiter = new RateLimiter();
		const options = { requestsPerMinute: 1, maxWaitMs: 0, statedMaxWaitMs: 0 };
		const slot = await limiter.acquire(options);
		pass(2 * MINUTE);
		slot.end();
		expect(limiter.tryAcquire(1)).toBe(WINDOW);
	});
});

async function passing(ms: number): Promise<void> {
	await new Promise<void>((resolve) => {
		setTimeout(resolve, ms);
	});
}

describe('a change of the wall clock', () => {
	test.each([
		['back', -HOUR],
		['ahead', HOUR],
	])('by an hour %s does not change the wait for a slot', (_where, change) => {
		const limiter = new RateLimiter();
		takeAll(limiter, 3);
		pass(10_000);
		jest.setSystemTime(Date.now() + change);
		expect(limiter.tryAcquire(3)).toBe(WINDOW - 10_000);
		pass(WINDOW - 10_001);
		expect(limiter.tryAcquire(3)).toBe(1);
		pass(1);
		expect(takeAll(limiter, 3)).toBe(3);
	});

	test.each([
		['back', -HOUR],
		['ahead', HOUR],
	])('by an hour %s does not change the wait after a 429', (_where, change) => {
		const limiter = new RateLimiter();
		limiter.blockFor(5000);
		pass(1000);
		jest.setSystemTime(Date.now() + change);
		expect(limiter.tryAcquire(1000)).toBe(4000);
		expect(limiter.blockFor(1000)).toBe(4000);
		pass(4000);
		expect(limiter.tryAcquire(1000)).toBe(0);
	});
});

describe('a 429', () => {
	test('blocks all requests for a minute by default', () => {
		const limiter = new RateLimiter();
		limiter.blockFor();
		expect(limiter.tryAcquire(1000)).toBe(MINUTE);
		pass(MINUTE - 1);
		expect(limiter.tryAcquire(1000)).toBe(1);
		pass(1);
		expect(limiter.tryAcquire(1000)).toBe(0);
	});

	test('blocks all requests for the given time', () => {
		const limiter = new RateLimiter();
		limiter.blockFor(5000);
		expect(limiter.tryAcquire(1000)).toBe(5000);
		pass(5000);
		expect(limiter.tryAcquire(1000)).toBe(0);
	});

	test.each([0, 1000, 29_999])('never shortens an earlier block: %d ms', (ms) => {
		const limiter = new RateLimiter();
		limiter.blockFor(30_000);
		limiter.blockFor(ms);
		expect(limiter.tryAcquire(1000)).toBe(30_000);
	});

	test('can extend an earlier block', () => {
		const limiter = new RateLimiter();
		limiter.blockFor(30_000);
		pass(20_000);
		limiter.blockFor(30_000);
		expect(limiter.tryAcquire(1000)).toBe(30_000);
	});

	test('returns the wait, which an earlier block can make longer', () => {
		const limiter = new RateLimiter();
		expect(limiter.blockFor()).toBe(MINUTE);
		expect(limiter.blockFor(90_000)).toBe(90_000);
		expect(limiter.blockFor(1000)).toBe(90_000);
	});

	test('makes its own request wait for the given time, but others for ten minutes at most', () => {
		const limiter = new RateLimiter();
		expect(limiter.blockFor(24 * HOUR)).toBe(24 * HOUR);
		expect(limiter.tryAcquire(1000)).toBe(10 * MINUTE);
		pass(10 * MINUTE);
		expect(limiter.tryAcquire(1000)).toBe(0);
	});

	test('does not reset the limit', () => {
		const limiter = new RateLimiter();
		takeAll(limiter, 3);
		pass(1000);
		limiter.blockFor(5000);
		pass(5000);
		expect(limiter.tryAcquire(3)).toBe(WINDOW - 6000);
	});

	test('does not count requests that it blocks', () => {
		const limiter = new RateLimiter();
		limiter.blockFor(5000);
		for (let count = 0; count < 10; count++) limiter.tryAcquire(3);
		pass(5000);
		expect(takeAll(limiter, 3)).toBe(3);
	});
});

describe('waiting for a slot', () => {
	const options = (changes: Partial<AcquireOptions> = {}): AcquireOptions => ({
		requestsPerMinute: 1,
		maxWaitMs: 5 * MINUTE,
		statedMaxWaitMs: 5 * MINUTE,
		...changes,
	});

	test('takes a free slot at once', async () => {
		const limiter = new RateLimiter();
		expect((await limiter.acquire(options())).waited).toBe(0);
		expect(limiter.tryAcquire(1)).toBe(WINDOW);
	});

	test('takes the slot when it becomes free, and returns the wait', async () => {
		const limiter = new RateLimiter();
		limiter.tryAcquire(1);
		pass(MARGIN);
		const slot = limiter.acquire(options());
		await jest.advanceTimersByTimeAsync(MINUTE);
		expect((await slot).waited).toBe(MINUTE);
		expect(limiter.tryAcquire(1)).toBe(WINDOW);
	});

	test('adds up several waits when another request takes the slot first', async () => {
		const limiter = new RateLimiter();
		limiter.tryAcquire(1);
		const [first, second] = [limiter.acquire(options()), limiter.acquire(options())];
		await jest.advanceTimersByTimeAsync(2 * WINDOW);
		const slots = await Promise.all([first, second]);
		expect(slots.map(({ waited }) => waited)).toEqual([WINDOW, 2 * WINDOW]);
	});

	test('fails at once when the wait would be longer than allowed, and states the whole limit', async () => {
		const limiter = new RateLimiter();
		limiter.tryAcquire(1);
		const waiting = limiter.acquire(options({ maxWaitMs: WINDOW - 1, statedMaxWaitMs: 90_000 }));
		await expect(waiting).rejects.toThrow(RequestError);
		await expect(waiting).rejects.toMatchObject({
			message:
				'The rate limit is reached, and waiting would take longer than the 90 seconds allowed',
			advice: expect.stringContaining('"Maximum Wait"') as unknown,
		});
	});

	test('fails when several waits together would be longer than allowed', async () => {
		const limiter = new RateLimiter();
		limiter.tryAcquire(1);
		const waiting = limiter.acquire(options({ maxWaitMs: 90_000 }));
		const outcome = expect(waiting).rejects.toThrow(RequestError);
		await jest.advanceTimersByTimeAsync(30_000);
		// A 429 of another request. Each wait alone is short enough.
		limiter.blockFor(80_000);
		await jest.advanceTimersByTimeAsync(2 * WINDOW);
		await outcome;
	});

	test('can be exactly as long as allowed', async () => {
		const limiter = new RateLimiter();
		limiter.tryAcquire(1);
		const waiting = limiter.acquire(options({ maxWaitMs: WINDOW }));
		await jest.advanceTimersByTimeAsync(WINDOW);
		expect((await waiting).waited).toBe(WINDOW);
	});

	test('ends at once when the signal aborts, and takes no slot', async () => {
		const limiter = new RateLimiter();
		limiter.tryAcquire(1);
		const controller = new AbortController();
		const canceled = new Error('canceled');
		const waiting = expect(limiter.acquire(options({ signal: controller.signal }))).rejects.toBe(
			canceled,
		);
		controller.abort(canceled);
		await waiting;
		await jest.advanceTimersByTimeAsync(LEFT_MS);
		expect(jest.getTimerCount()).toBe(0);
		pass(WINDOW);
		expect(takeAll(limiter, 1)).toBe(1);
	});

	test('takes no slot for a request that is already canceled', async () => {
		const limiter = new RateLimiter();
		const canceled = new Error('canceled');
		const signal = AbortSignal.abort(canceled);
		await expect(limiter.acquire(options({ signal }))).rejects.toBe(canceled);
		expect(takeAll(limiter, 1)).toBe(1);
	});
});

describe('the rate limiter of an endpoint', () => {
	test('is shared by all requests to it with the same key, whatever their ids', () => {
		const ours = uniqueStudio();
		expect(rateLimiterFor({ ...ours }, { ...CUSTOMER })).toBe(rateLimiterFor(ours, CUSTOMER));
	});

	test('depends on the key, the method and the path', () => {
		const ours = uniqueStudio();
		const limiters = [
			rateLimiterFor(ours, CUSTOMER),
			rateLimiterFor(uniqueStudio(), CUSTOMER),
			rateLimiterFor(ours, { ...CUSTOMER, method: 'DELETE' }),
			rateLimiterFor(ours, { ...CUSTOMER, template: '/v1/customers' }),
		];
		expect(new Set(limiters).size).toBe(4);
	});

	test('is idle 60.1 seconds after its last request, and after its block', () => {
		const limiter = new RateLimiter();
		expect(limiter.isIdle(performance.now())).toBe(true);
		limiter.tryAcquire(1000);
		pass(WINDOW - 1);
		expect(limiter.isIdle(performance.now())).toBe(false);
		pass(1);
		expect(limiter.isIdle(performance.now())).toBe(true);
		limiter.blockFor(5000);
		pass(4999);
		expect(limiter.isIdle(performance.now())).toBe(false);
		pass(1);
		expect(limiter.isIdle(performance.now())).toBe(true);
	});

	test('is kept while it is in use, and forgotten when it is idle', () => {
		const [used, blocked, idle] = [uniqueStudio(), uniqueStudio(), uniqueStudio()];
		const idleLimiter = rateLimiterFor(idle, CUSTOMER);
		idleLimiter.tryAcquire(1000);
		pass(2 * MINUTE);
		const usedLimiter = rateLimiterFor(used, CUSTOMER);
		usedLimiter.tryAcquire(1000);
		const blockedLimiter = rateLimiterFor(blocked, CUSTOMER);
		blockedLimiter.blockFor();

		for (let count = 0; count < 3000; count++) rateLimiterFor(uniqueStudio(), CUSTOMER);

		expect(rateLimiterFor(used, CUSTOMER)).toBe(usedLimiter);
		expect(rateLimiterFor(blocked, CUSTOMER)).toBe(blockedLimiter);
		expect(rateLimiterFor(idle, CUSTOMER)).not.toBe(idleLimiter);
	});
});
