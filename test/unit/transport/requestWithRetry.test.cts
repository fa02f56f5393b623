import { ConnectionError, RequestError } from '../../../nodes/PerfectGymNext/transport/errors';
import { RateLimiter } from '../../../nodes/PerfectGymNext/transport/rateLimiter';
import {
	decideRetry,
	requestWithRetry,
	retry,
} from '../../../nodes/PerfectGymNext/transport/requestWithRetry';
import type { WaitLimits } from '../../../nodes/PerfectGymNext/transport/types';
import { apiRequest, fakeContext, LEFT_MS, uniqueStudio } from '../fakes.cts';

const START = Date.UTC(2026, 0, 15, 12);
const MINUTE = 60_000;
const FINAL = undefined;

type Answer = { statusCode: number; headers: Record<string, string> };
type Outcome = Answer | ConnectionError;

const answer = (statusCode: number, headers: Answer['headers'] = {}): Answer => ({
	statusCode,
	headers,
});
const broken = (code: string) => new ConnectionError(code, 'the connection broke');

beforeEach(() => jest.useFakeTimers({ now: START }));
afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

function mockRandom(value: number): void {
	jest.spyOn(Math, 'random').mockReturnValue(value);
}

/** A request that ends with the given outcomes, and the moments of its attempts in ms. */
function start(outcomes: Outcome[], limits: Partial<WaitLimits> = {}, repeatable = true) {
	const attempts: number[] = [];
	const startedAt = performance.now();
	const left = [...outcomes];
	const attempt = () => {
		attempts.push(performance.now() - startedAt);
		const outcome = left.shift();
		return outcome ? Promise.resolve(outcome) : Promise.reject(new Error('too many attempts'));
	};
	const limiter = new RateLimiter();
	const settled = retry(
		attempt,
		{ limiter, repeatable },
		{ requestsPerMinute: 1000, maxWaitMs: 60 * MINUTE, ...limits },
	);
	// The tests look at the outcome when the time has passed.
	settled.catch(() => undefined);
	return { attempts, settled, limiter };
}

/** Lets all pauses pass. */
async function passAll(): Promise<void> {
	await jest.advanceTimersByTimeAsync(24 * 60 * MINUTE);
}

describe('the decision to retry', () => {
	test.each([500, 502, 503, 504])('repeats a read after a %d', (status) => {
		expect(decideRetry(answer(status), true, 0)).toEqual(expect.any(Number));
		expect(decideRetry(answer(status), false, 0)).toBe(FINAL);
	});

	test.each([200, 201, 204, 301, 302, 400, 401, 403, 404, 408, 409, 422, 501, 505, 599])(
		'does not repeat anything after a %d',
		(status) => {
			expect(decideRetry(answer(status), true, 0)).toBe(FINAL);
			expect(decideRetry(answer(status), false, 0)).toBe(FINAL);
		},
	);

	test('waits as long as the API says after a 429, for reads and writes, any number of times', () => {
		for (const repeatable of [true, false]) {
			for (const retries of [0, 5, 100]) {
				expect(decideRetry(answer(429), repeatable, retries)).toBe('rateLimited');
			}
		}
	});

	test.each(['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN', 'ERR_BAD_RESPONSE'])(
		'repeats a read, but not a write, after %s',
		(code) => {
			expect(decideRetry(broken(code), true, 0)).toEqual(expect.any(Number));
			expect(decideRetry(broken(code), false, 0)).toBe(FINAL);
		},
	);

	test('repeats reads and writes after ECONNREFUSED', () => {
		expect(decideRetry(broken('ECONNREFUSED'), true, 0)).toEqual(expect.any(Number));
		expect(decideRetry(broken('ECONNREFUSED'), false, 0)).toEqual(expect.any(Number));
	});

	test.each([
		['no code', ''],
		['a name that does not exist', 'ENOTFOUND'],
		['a server that does not answer in time', 'ECONNABORTED'],
		['an expired certificate', 'CERT_HAS_EXPIRED'],
		['a self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
		['a self-signed certificate in the chain', 'SELF_SIGNED_CERT_IN_CHAIN'],
		['a certificate of an unknown issuer', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
		['a certificate of another host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
		['a failed handshake', 'ERR_TLS_HANDSHAKE_TIMEOUT'],
		['a protocol version that does not fit', 'ERR_TLS_INVALID_PROTOCOL_VERSION'],
	])('does not repeat anything after %s: %s', (_what, code) => {
		expect(decideRetry(broken(code), true, 0)).toBe(FINAL);
		expect(decideRetry(broken(code), false, 0)).toBe(FINAL);
	});

	test.each([
		['a 503', answer(503)],
		['a reset connection', broken('ECONNRESET')],
		['a refused connection', broken('ECONNREFUSED')],
	])('repeats five times after %s', (_what, outcome) => {
		expect(decideRetry(outcome, true, 4)).toEqual(expect.any(Number));
		expect(decideRetry(outcome, true, 5)).toBe(FINAL);
	});
});

describe('the pause before a retry', () => {
	test.each([
		[0, [500, 1000, 2000, 4000, 8000]],
		[0.25, [625, 1250, 2500, 5000, 10_000]],
		[0.5, [750, 1500, 3000, 6000, 12_000]],
		[0.9, [950, 1900, 3800, 7600, 15_200]],
		[0.1234, [562, 1123, 2247, 4494, 8987]],
	])('doubles, and half of it is random: with %d it is %j', (random, pauses) => {
		mockRandom(random);
		for (const outcome of [answer(503), broken('ECONNRESET'), broken('ECONNREFUSED')]) {
			expect(pauses.map((_pause, retries) => decideRetry(outcome, true, retries))).toEqual(pauses);
		}
	});

	test('is random again before each retry', async () => {
		const values = [0, 0.9, 0.5];
		jest.spyOn(Math, 'random').mockImplementation(() => values.shift() ?? 0);
		const { attempts, settled } = start([
			answer(503),
			broken('ECONNRESET'),
			answer(500),
			answer(200),
		]);
		await jest.advanceTimersByTimeAsync(499);
		expect(attempts).toEqual([0]);
		await passAll();
		expect(attempts).toEqual([0, 500, 2400, 5400]);
		expect(await settled).toEqual(answer(200));
	});
});

describe('a request', () => {
	test('is sent once when the answer is final', async () => {
		const { attempts, settled } = start([answer(404)]);
		expect(await settled).toEqual(answer(404));
		expect(attempts).toEqual([0]);
	});

	test('returns the last answer after five retries', async () => {
		mockRandom(0);
		const { attempts, settled } = start(Array<Outcome>(6).fill(answer(503)));
		await passAll();
		expect(await settled).toEqual(answer(503));
		expect(attempts).toEqual([0, 500, 1500, 3500, 7500, 15_500]);
	});

	test('throws the last connection error after five retries', async () => {
		mockRandom(0);
		const last = broken('ECONNRESET');
		const { attempts, settled } = start([
			...Array.from({ length: 5 }, () => broken('ECONNREFUSED')),
			last,
		]);
		await passAll();
		await expect(settled).rejects.toBe(last);
		expect(attempts).toHaveLength(6);
	});

	test('throws the error of a write after a broken connection, without a retry', async () => {
		const failure = broken('ECONNRESET');
		const { attempts, settled } = start([failure], {}, false);
		await expect(settled).rejects.toBe(failure);
		expect(attempts).toHaveLength(1);
	});

	test('does not count a 429 as a retry', async () => {
		mockRandom(0);
		const limited = Array<Outcome>(7).fill(answer(429, { 'retry-after': '1' }));
		const { attempts, settled } = start([...limited, answer(503), answer(200)]);
		await passAll();
		expect(await settled).toEqual(answer(200));
		expect(attempts).toEqual([0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 7500]);
	});

	test('returns the answer when the next pause would exceed the longest wait', async () => {
		mockRandom(0);
		const { attempts, settled } = start([answer(503), answer(503)], { maxWaitMs: 1499 });
		await passAll();
		expect(await settled).toEqual(answer(503));
		expect(attempts).toEqual([0, 500]);
	});

	test('can wait exactly as long as allowed', async () => {
		mockRandom(0);
		const { attempts, settled } = start([answer(503), answer(503), answer(200)], {
			maxWaitMs: 1500,
		});
		await passAll();
		expect(await settled).toEqual(answer(200));
		expect(attempts).toEqual([0, 500, 1500]);
	});

	test('waits for the rate limit too, within the same longest wait', async () => {
		mockRandom(0);
		const { attempts, settled } = start([answer(503), answer(200)], {
			requestsPerMinute: 1,
			maxWaitMs: 60_099,
		});
		await passAll();
		await expect(settled).rejects.toThrow(RequestError);
		await expect(settled).rejects.toThrow('longer than the 60 seconds allowed');
		expect(attempts).toEqual([0]);

		const patient = start([answer(503), answer(200)], {
			requestsPerMinute: 1,
			maxWaitMs: 60_100,
		});
		await passAll();
		expect(await patient.settled).toEqual(answer(200));
		expect(patient.attempts).toEqual([0, 60_100]);
	});

	test.each([
		['an answer', async () => await Promise.resolve(answer(200))],
		['an error of its own', async () => await Promise.reject(new Error('unreadable file'))],
	])('counts for the rate limit from its end on, after %s', async (_what, end) => {
		const limiter = new RateLimiter();
		const settled = retry(
			async () => {
				await new Promise((resolve) => {
					setTimeout(resolve, 20_000);
				});
				return await end();
			},
			{ limiter, repeatable: true },
			{ requestsPerMinute: 1, maxWaitMs: 0 },
		).catch(() => undefined);
		await jest.advanceTimersByTimeAsync(20_000);
		await settled;
		expect(limiter.tryAcquire(1)).toBe(60_100);
	});
});

describe('a 429', () => {
	const inSeconds = (seconds: number) => new Date(START + seconds * 1000).toUTCString();

	test.each([
		['is missing', undefined, MINUTE],
		['is empty', '', MINUTE],
		['has seconds', '7', 7000],
		['has seconds and spaces', ' 7 ', 7000],
		['is a date', inSeconds(20), 20_000],
		['is a date in the past', inSeconds(-20), MINUTE],
		['is zero', '0', MINUTE],
		['is negative', '-5', MINUTE],
		['is a fraction', '1.5', MINUTE],
		['is a number with a unit', '7s', MINUTE],
		['is a date in another format', '2026-01-15T12:00:20Z', MINUTE],
	])(
		'is followed by another attempt after the right time when Retry-After %s',
		async (_how, value, ms) => {
			const headers: Answer['headers'] = value === undefined ? {} : { 'retry-after': value };
			for (const repeatable of [true, false]) {
				jest.setSystemTime(START);
				const { attempts, settled } = start([answer(429, headers), answer(200)], {}, repeatable);
				await passAll();
				expect(await settled).toEqual(answer(200));
				expect(attempts).toEqual([0, ms]);
			}
		},
	);

	test('with a date is followed by the clock of the server, when the one of this machine is wrong', async () => {
		for (const minutesWrong of [-60, 60]) {
			const serverNow = minutesWrong * 60;
			const headers = { date: inSeconds(serverNow), 'retry-after': inSeconds(serverNow + 20) };
			jest.setSystemTime(START);
			const { attempts, settled } = start([answer(429, headers), answer(200)]);
			await passAll();
			expect(await settled).toEqual(answer(200));
			expect(attempts).toEqual([0, 20_000]);
		}
	});

	test('is the outcome when it requires a longer wait than allowed', async () => {
		const limited = answer(429, { 'retry-after': '301' });
		const { attempts, settled } = start([limited], { maxWaitMs: 300_000 });
		expect(await settled).toEqual(limited);
		expect(attempts).toEqual([0]);
	});

	test('blocks other requests to the endpoint, even when its own request does not wait', async () => {
		const { limiter, settled } = start([answer(429, { 'retry-after': '301' })], {
			maxWaitMs: 300_000,
		});
		await settled;
		expect(limiter.tryAcquire(1000)).toBe(301_000);
	});
});

describe('a canceled execution', () => {
	const canceled = new Error('canceled');

	test.each([
		['an answer', answer(200)],
		['a temporary error', answer(503)],
		['a 429', answer(429)],
		['a broken connection', broken('ECONNABORTED')],
	])('ends with its own reason when the attempt ends with %s', async (_what, outcome) => {
		const controller = new AbortController();
		let attempts = 0;
		const limiter = new RateLimiter();
		const settled = retry(
			() => {
				attempts++;
				controller.abort(canceled);
				return Promise.resolve(outcome);
			},
			{ limiter, repeatable: true },
			{ requestsPerMinute: 1000, maxWaitMs: 5 * MINUTE, signal: controller.signal },
		);
		await expect(settled).rejects.toBe(canceled);
		expect(attempts).toBe(1);
		expect(limiter.tryAcquire(1000)).toBe(0);
	});

	test.each([
		['before a retry', answer(503)],
		['after a 429', answer(429)],
	])('ends a pause %s at once', async (_when, outcome) => {
		const controller = new AbortController();
		const { attempts, settled } = start([outcome], { signal: controller.signal });
		await jest.advanceTimersByTimeAsync(100);
		expect(attempts).toHaveLength(1);
		controller.abort(canceled);
		await expect(settled).rejects.toBe(canceled);
		await jest.advanceTimersByTimeAsync(LEFT_MS);
		expect(attempts).toHaveLength(1);
		expect(jest.getTimerCount()).toBe(0);
	});

	test('sends nothing when it was canceled before', async () => {
		const { attempts, settled } = start([answer(200)], { signal: AbortSignal.abort(canceled) });
		await expect(settled).rejects.toBe(canceled);
		expect(attempts).toEqual([]);
	});
});

describe('the requests of the node', () => {
	const limits: WaitLimits = { requestsPerMinute: 1000, maxWaitMs: 5 * MINUTE };

	test('use one rate limiter for each endpoint and key', async () => {
		const { context, sent } = fakeContext(() => ({ statusCode: 200, headers: {}, body: {} }));
		const studio = uniqueStudio();
		const impatient = { requestsPerMinute: 1, maxWaitMs: 0 };
		await requestWithRetry(context, studio, apiRequest({ path: '/v1/devices/1' }), impatient);
		await expect(
			requestWithRetry(context, studio, apiRequest({ path: '/v1/devices/2' }), impatient),
		).rejects.toThrow(RequestError);
		await requestWithRetry(context, studio, apiRequest({ template: '/v1/other' }), impatient);
		await requestWithRetry(context, uniqueStudio(), apiRequest(), impatient);
		expect(sent).toHaveLength(3);
	});

	test.each([
		['reads', true, 2],
		['writes', false, 1],
	])(
		'are sent again after a 503 only if they are repeatable: %s',
		async (_what, repeatable, count) => {
			mockRandom(0);
			const statuses = [503, 200];
			const { context, sent } = fakeContext(() => ({
				statusCode: statuses.shift(),
				headers: {},
				body: {},
			}));
			const settled = requestWithRetry(context, uniqueStudio(), apiRequest({ repeatable }), limits);
			await passAll();
			expect(await settled).toMatchObject({ statusCode: repeatable ? 200 : 503 });
			expect(sent).toHaveLength(count);
		},
	);
});
