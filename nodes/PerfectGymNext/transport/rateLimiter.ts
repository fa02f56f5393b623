/** Keeps requests within the API's rate limit, which counts per key and endpoint. */

import { RequestError } from './errors';
import { pause } from './pause';
import type { Studio } from './studio';
import type { ApiRequest } from './types';

/** The API counts the requests of one minute (general information, "Rate limit"). */
const WINDOW_MS = 60_000;
/** The clocks of two machines do not run at the same speed. */
const MARGIN_MS = 100;
const MAX_BLOCK_MS = 600_000;
/** With more endpoints than this, idle ones are forgotten. */
const MAX_LIMITERS = 1000;
const MS_PER_SECOND = 1000;

/** How long one call may wait for its slot. */
export interface AcquireOptions {
	/** Requests in any 60 s. */
	requestsPerMinute: number;
	/** The longest wait for this slot, in ms. */
	maxWaitMs: number;
	/** The limit that the message of the error states, in ms: the wait for the whole request. */
	statedMaxWaitMs: number;
	/** Ends the wait. */
	signal?: AbortSignal;
}

/** What a request holds while it is sent. */
export interface Slot {
	/** How long the request waited for it, in ms. */
	waited: number;
	/**
	 * The request has ended. It counts from now on, not from when it was sent: in between, the API has
	 * received it, and its minute began.
	 */
	end(): void;
}

/** One limiter for each key and endpoint, shared by all executions in this process. */
export class RateLimiter {
	/** When the latest requests began to count, in ms of a clock that does not go back. Ascending. */
	private countedFrom: number[] = [];

	private blockedUntil = -Infinity;

	/**
	 * Waits for a slot and takes it.
	 *
	 * @throws {RequestError} when the wait would be longer than `maxWaitMs`
	 * @throws the signal's reason when it aborts; no slot is taken then
	 */
	async acquire(options: AcquireOptions): Promise<Slot> {
		const { requestsPerMinute, maxWaitMs, statedMaxWaitMs, signal } = options;
		let waited = 0;
		for (;;) {
			// First, so that a canceled execution does not use up the minute.
			signal?.throwIfAborted();
			const wait = this.tryAcquire(requestsPerMinute);
			if (wait === 0) return this.slot(waited);
			if (waited + wait > maxWaitMs) throw waitTooLong(statedMaxWaitMs);
			await pause(wait, signal);
			waited += wait;
		}
	}

	/**
	 * Takes a slot if one is free. It counts from now on.
	 *
	 * @param limit requests in any 60 s
	 * @returns 0 when the slot was taken, otherwise the ms after which to try again
	 */
	tryAcquire(limit: number): number {
		const now = performance.now();
		if (now < this.blockedUntil) return this.blockedUntil - now;
		this.forgetBefore(now);
		if (this.countedFrom.length >= limit) {
			return this.countedFrom[this.countedFrom.length - limit] + WINDOW_MS + MARGIN_MS - now;
		}
		this.countedFrom.push(now);
		return 0;
	}

	/**
	 * Holds back all requests to the endpoint after a 429.
	 *
	 * @param ms how long; by default a minute, for which the API denies all requests
	 * @returns the ms to wait. Later requests wait for ten minutes at most: one absurd answer must not
	 *   close the endpoint until n8n restarts.
	 */
	blockFor(ms = WINDOW_MS): number {
		const now = performance.now();
		this.blockedUntil = Math.max(this.blockedUntil, now + Math.min(ms, MAX_BLOCK_MS));
		return Math.max(ms, this.blockedUntil - now);
	}

	/** @param now in ms, from `performance.now()` */
	isIdle(now: number): boolean {
		this.forgetBefore(now);
		return this.countedFrom.length === 0 && now >= this.blockedUntil;
	}

	/** @returns the slot that was just taken */
	private slot(waited: number): Slot {
		const takenAt = this.countedFrom[this.countedFrom.length - 1];
		const end = () => {
			const index = this.countedFrom.lastIndexOf(takenAt);
			if (index >= 0) this.countedFrom.splice(index, 1);
			this.countedFrom.push(performance.now());
		};
		return { waited, end };
	}

	private forgetBefore(now: number): void {
		const firstKept = this.countedFrom.findIndex((time) => time + WINDOW_MS + MARGIN_MS > now);
		if (firstKept > 0) this.countedFrom.splice(0, firstKept);
		else if (firstKept < 0) this.countedFrom = [];
	}
}

const limiters = new Map<string, RateLimiter>();

/** @returns the limiter of the endpoint that a request goes to, for the studio's key */
export function rateLimiterFor(
	studio: Studio,
	request: Pick<ApiRequest, 'method' | 'template'>,
): RateLimiter {
	const endpoint = `${studio.fingerprint} ${request.method} ${request.template}`;
	const known = limiters.get(endpoint);
	if (known) return known;

	if (limiters.size >= MAX_LIMITERS) {
		const now = performance.now();
		for (const [name, limiter] of limiters) if (limiter.isIdle(now)) limiters.delete(name);
	}
	const limiter = new RateLimiter();
	limiters.set(endpoint, limiter);
	return limiter;
}

function waitTooLong(maxWaitMs: number): RequestError {
	return new RequestError(
		`The rate limit is reached, and waiting would take longer than the ${Math.round(maxWaitMs / MS_PER_SECOND)} seconds allowed`,
		'Increase "Maximum Wait" in the options, or send fewer requests at a time.',
	);
}
