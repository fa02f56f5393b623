/** Sends a request within the rate limit, and again where that can do no harm. */

import { isPermanent } from './connectionErrors';
import { ConnectionError } from './errors';
import { pause } from './pause';
import type { RateLimiter } from './rateLimiter';
import { rateLimiterFor } from './rateLimiter';
import { sendOnce } from './sendOnce';
import type { Studio } from './studio';
import type { ApiAnswer, ApiContext, ApiRequest, WaitLimits } from './types';

const TOO_MANY_REQUESTS = 429;
/** The API answers 503 when its database is under load. */
const TEMPORARY_STATUSES: ReadonlySet<number> = new Set([500, 502, 503, 504]);
const REFUSED = 'ECONNREFUSED';
const MAX_RETRIES = 5;
const FIRST_PAUSE_MS = 1000;
const MS_PER_SECOND = 1000;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/;

/** What a retry depends on: how the last attempt ended. */
type Outcome = Pick<ApiAnswer, 'statusCode' | 'headers'> | ConnectionError;

/**
 * @returns the API's answer, whatever its status, when it is final or no time to wait is left
 * @throws {ConnectionError} when no answer arrived
 * @throws {RequestError} when the rate limit would make it wait longer than `limits.maxWaitMs`
 * @throws what `limits.beforeAttempt` throws
 */
export async function requestWithRetry(
	context: ApiContext,
	studio: Studio,
	request: ApiRequest,
	limits: WaitLimits,
): Promise<ApiAnswer> {
	return await retry(
		async () => {
			await limits.beforeAttempt?.();
			return await sendOnce(context, studio, request);
		},
		{ limiter: rateLimiterFor(studio, request), repeatable: request.repeatable },
		limits,
	);
}

/**
 * Makes attempts until one is final.
 *
 * @param attempt returns an answer of any status, or the error when no complete answer arrived
 * @throws as {@link requestWithRetry}, and what the attempt throws
 */
export async function retry<Answer extends Pick<ApiAnswer, 'statusCode' | 'headers'>>(
	attempt: () => Promise<Answer | ConnectionError>,
	{ limiter, repeatable }: { limiter: RateLimiter; repeatable: boolean },
	{ maxWaitMs, requestsPerMinute, signal }: WaitLimits,
): Promise<Answer> {
	let waited = 0;
	let retries = 0;
	for (;;) {
		const slot = await limiter.acquire({
			requestsPerMinute,
			maxWaitMs: maxWaitMs - waited,
			statedMaxWaitMs: maxWaitMs,
			signal,
		});
		waited += slot.waited;
		const outcome = await attempt().finally(() => slot.end());
		signal?.throwIfAborted();

		const decision = decideRetry(outcome, repeatable, retries);
		const wait = decision === 'rateLimited' ? limiter.blockFor(retryAfter(outcome)) : decision;
		if (wait === undefined || waited + wait > maxWaitMs) {
			if (outcome instanceof ConnectionError) throw outcome;
			return outcome;
		}
		if (decision !== 'rateLimited') retries++;
		await pause(wait, signal);
		waited += wait;
	}
}

/**
 * @param repeatable whether a second arrival does no harm
 * @param retries how often the request was repeated before, 429 left out
 * @returns the pause in ms, `rateLimited` for the pause that the API asks for, or undefined when the
 *   outcome is final
 */
export function decideRetry(
	outcome: Outcome,
	repeatable: boolean,
	retries: number,
): number | 'rateLimited' | undefined {
	// The API did nothing yet, so a write can be sent again too.
	if (!(outcome instanceof ConnectionError) && outcome.statusCode === TOO_MANY_REQUESTS) {
		return 'rateLimited';
	}
	// An outage that lasts: the user learns of it after half a minute.
	if (retries >= MAX_RETRIES) return undefined;
	// A refused connection carried nothing, so a write can be sent again too.
	if (outcome instanceof ConnectionError && outcome.code === REFUSED) return pauseBefore(retries);
	// A write may have arrived although its answer did not.
	if (!repeatable) return undefined;
	// The next attempt would fail in the same way.
	if (outcome instanceof ConnectionError && isPermanent(outcome)) return undefined;
	// Any other broken connection is worth a second attempt.
	if (outcome instanceof ConnectionError) return pauseBefore(retries);
	// Overload and gateway errors pass; all other answers are final.
	return TEMPORARY_STATUSES.has(outcome.statusCode) ? pauseBefore(retries) : undefined;
}

/** Doubles the pause. Half of it is random, so that many executions do not come back at once. */
function pauseBefore(retries: number): number {
	const pause = FIRST_PAUSE_MS * 2 ** retries;
	return Math.round(pause / 2 + (Math.random() * pause) / 2);
}

/** @returns ms, or undefined when the header is missing, in the past or not valid */
function retryAfter(outcome: Outcome): number | undefined {
	if (outcome instanceof ConnectionError) return undefined;
	const value = headerOf(outcome, 'retry-after');
	// The clock of the server counts: the one of this machine may be wrong.
	const answeredAt = dateIn(headerOf(outcome, 'date')) ?? Date.now();
	const untilDate = (dateIn(value) ?? Number.NaN) - answeredAt;
	const ms = /^\d+$/.test(value) ? Number(value) * MS_PER_SECOND : untilDate;
	return ms > 0 ? ms : undefined;
}

function headerOf({ headers }: Exclude<Outcome, ConnectionError>, name: string): string {
	return String(headers[name] ?? '').trim();
}

/** @returns ms since 1970, or undefined when the text is not a date as HTTP writes it */
function dateIn(text: string): number | undefined {
	return HTTP_DATE.test(text) ? Date.parse(text) : undefined;
}
