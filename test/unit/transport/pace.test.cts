import fc from 'fast-check';

import { Pace, paceOf } from '../../../nodes/PerfectGymNext/transport/pace';

const START = Date.UTC(2026, 0, 15, 12);
const MINUTE = 60_000;
const CUSTOMER = { method: 'GET', template: '/v1/customers/{customerId}' } as const;

let studios = 0;

/** A studio with a key that no other test has used. */
function studio() {
	studios += 1;
	const fingerprint = `fingerprint ${studios}`;
	return { baseUrl: 'https://acme.open-api.perfectgym.com', apiKey: 'key', fingerprint };
}

beforeEach(() => jest.useFakeTimers({ now: START }));
afterEach(() => jest.useRealTimers());

function pass(ms: number): void {
	jest.setSystemTime(Date.now() + ms);
}

/** Takes places until there is none, and gives how many there were; it ends if there is no limit. */
function takeAll(pace: Pace, limit: number): number {
	let taken = 0;
	while (taken <= limit && pace.take(limit) === 0) taken++;
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

	test('is kept in any 60 seconds, whenever requests come and whether they wait as told or not', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 8 }), fc.boolean(), steps, (limit, waits, some) => {
				const pace = new Pace();
				const sent: number[] = [];
				for (const { pause, requests } of some) {
					pass(pause);
					for (let request = 0; request < requests; request++) {
						let wait = pace.take(limit);
						if (wait > 0 && waits) {
							pass(wait);
							wait = pace.take(limit);
							expect(wait).toBe(0);
						}
						if (wait === 0) sent.push(Date.now());
					}
				}
				const closest = sent.slice(limit).map((time, index) => time - sent[index]);
				expect(Math.min(Infinity, ...closest)).toBeGreaterThanOrEqual(MINUTE);
			}),
		);
	});

	test('is that of each request where several are used on one endpoint', () => {
		const changing = fc.array(
			fc.record({
				pause: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20_000 })),
				limit: fc.integer({ min: 1, max: 6 }),
			}),
			{ maxLength: 60 },
		);
		fc.assert(
			fc.property(changing, (some) => {
				const pace = new Pace();
				const sent: number[] = [];
				for (const { pause, limit } of some) {
					pass(pause);
					const wait = pace.take(limit);
					if (wait > 0) {
						pass(wait);
						expect(pace.take(limit)).toBe(0);
					}
					sent.push(Date.now());
					const recent = sent.filter((time) => time > Date.now() - MINUTE);
					expect(recent.length).toBeLessThanOrEqual(limit);
				}
			}),
		);
	});

	test('is used up: so many requests go at once, and so many again a good minute later', () => {
		const pace = new Pace();
		expect(takeAll(pace, 1000)).toBe(1000);
		const wait = pace.take(1000);
		expect(wait).toBeGreaterThanOrEqual(MINUTE);
		expect(wait).toBeLessThanOrEqual(MINUTE + 1000);
		pass(wait);
		expect(takeAll(pace, 1000)).toBe(1000);
	});

	test('lets a request go as soon as the one before it by so many is a good minute old', () => {
		const pace = new Pace();
		pace.take(2);
		pass(40_000);
		pace.take(2);
		pass(10_000);
		const wait = pace.take(2);
		expect(wait).toBeGreaterThanOrEqual(10_000);
		expect(wait).toBeLessThanOrEqual(11_000);
	});
});

describe('a 429', () => {
	test('holds every request back for a minute', () => {
		const pace = new Pace();
		pace.deny();
		expect(pace.take(1000)).toBe(MINUTE);
		pass(MINUTE - 1);
		expect(pace.take(1000)).toBe(1);
		pass(1);
		expect(pace.take(1000)).toBe(0);
	});

	test('holds every request back as long as it says', () => {
		const pace = new Pace();
		pace.deny(5000);
		expect(pace.take(1000)).toBe(5000);
		pass(5000);
		expect(pace.take(1000)).toBe(0);
	});

	test.each([0, 1000, 29_999])('never shortens the wait of one before: %d ms', (ms) => {
		const pace = new Pace();
		pace.deny(30_000);
		pace.deny(ms);
		expect(pace.take(1000)).toBe(30_000);
	});

	test('may lengthen the wait of one before', () => {
		const pace = new Pace();
		pace.deny(30_000);
		pass(20_000);
		pace.deny(30_000);
		expect(pace.take(1000)).toBe(30_000);
	});

	test('tells how long to wait, which may be longer than it says', () => {
		const pace = new Pace();
		expect(pace.deny()).toBe(MINUTE);
		expect(pace.deny(90_000)).toBe(90_000);
		expect(pace.deny(1000)).toBe(90_000);
	});

	test('holds its own request as long as it says, but others for ten minutes at most', () => {
		const pace = new Pace();
		expect(pace.deny(24 * 60 * MINUTE)).toBe(24 * 60 * MINUTE);
		expect(pace.take(1000)).toBe(10 * MINUTE);
		pass(10 * MINUTE);
		expect(pace.take(1000)).toBe(0);
	});

	test('does not undo the limit', () => {
		const pace = new Pace();
		pass(-1000);
		takeAll(pace, 3);
		pass(1000);
		pace.deny(5000);
		pass(5000);
		expect(pace.take(3)).toBeGreaterThan(50_000);
	});

	test('makes no request count that was held back', () => {
		const pace = new Pace();
		pace.deny(5000);
		for (let count = 0; count < 10; count++) pace.take(3);
		pass(5000);
		expect(takeAll(pace, 3)).toBe(3);
	});
});

describe('the pace of an endpoint', () => {
	test('is shared by all requests to it with the same key, whatever their ids', () => {
		const ours = studio();
		expect(paceOf({ ...ours }, { ...CUSTOMER })).toBe(paceOf(ours, CUSTOMER));
	});

	test('is another one for another key, method or path', () => {
		const ours = studio();
		const paces = [
			paceOf(ours, CUSTOMER),
			paceOf(studio(), CUSTOMER),
			paceOf(ours, { ...CUSTOMER, method: 'DELETE' }),
			paceOf(ours, { ...CUSTOMER, template: '/v1/customers' }),
		];
		expect(new Set(paces).size).toBe(4);
	});

	test('is remembered while it matters, and forgotten when it has rested', () => {
		const used = studio();
		const denied = studio();
		const rested = studio();
		const restedPace = paceOf(rested, CUSTOMER);
		restedPace.take(1000);
		pass(2 * MINUTE);
		const usedPace = paceOf(used, CUSTOMER);
		usedPace.take(1000);
		const deniedPace = paceOf(denied, CUSTOMER);
		deniedPace.deny();

		for (let count = 0; count < 3000; count++) paceOf(studio(), CUSTOMER);

		expect(paceOf(used, CUSTOMER)).toBe(usedPace);
		expect(paceOf(denied, CUSTOMER)).toBe(deniedPace);
		expect(paceOf(rested, CUSTOMER)).not.toBe(restedPace);
	});
});
