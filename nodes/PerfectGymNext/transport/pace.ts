/** Keeps requests within the API's limit, which counts per key and endpoint. */

import type { Studio } from './studio';
import type { ApiRequest } from './types';

/** The API counts requests in a minute (general information, "Rate limit"). */
const WINDOW_MS = 60_000;
/** Requests do not arrive exactly as far apart as they were sent. */
const MARGIN_MS = 500;
const LONGEST_DENIAL_MS = 600_000;
/** Beyond this many endpoints those at rest are forgotten. */
const MANY_ENDPOINTS = 1000;

/** The times at which one endpoint was asked with one key, shared by all runs in this process. */
export class Pace {
	private sent: number[] = [];

	private deniedUntil = 0;

	/**
	 * Takes one place if there is one now.
	 *
	 * @param limit requests in any 60 s
	 * @returns 0 when the request may be sent, else the ms after which to ask again
	 */
	take(limit: number): number {
		const now = Date.now();
		if (now < this.deniedUntil) return this.deniedUntil - now;
		this.forget(now);
		if (this.sent.length >= limit) {
			return this.sent[this.sent.length - limit] + WINDOW_MS + MARGIN_MS - now;
		}
		this.sent.push(now);
		return 0;
	}

	/**
	 * Holds every request back after a 429.
	 *
	 * @param ms how long; without it a minute, for which the API denies all requests
	 * @returns the ms to wait; requests that come later find the endpoint open after ten minutes at
	 *   the latest, lest one absurd answer close it until n8n starts anew
	 */
	deny(ms = WINDOW_MS): number {
		const now = Date.now();
		this.deniedUntil = Math.max(this.deniedUntil, now + Math.min(ms, LONGEST_DENIAL_MS));
		return Math.max(ms, this.deniedUntil - now);
	}

	isAtRest(now: number): boolean {
		this.forget(now);
		return this.sent.length === 0 && now >= this.deniedUntil;
	}

	private forget(now: number): void {
		const expired = this.sent.findIndex((time) => time + WINDOW_MS + MARGIN_MS > now);
		if (expired > 0) this.sent.splice(0, expired);
		else if (expired < 0) this.sent = [];
	}
}

const paces = new Map<string, Pace>();

/** The pace of the endpoint that a request goes to, with the studio's key. */
export function paceOf(studio: Studio, request: Pick<ApiRequest, 'method' | 'template'>): Pace {
	const endpoint = `${studio.fingerprint} ${request.method} ${request.template}`;
	const known = paces.get(endpoint);
	if (known) return known;

	if (paces.size >= MANY_ENDPOINTS) {
		const now = Date.now();
		for (const [name, pace] of paces) if (pace.isAtRest(now)) paces.delete(name);
	}
	const pace = new Pace();
	paces.set(endpoint, pace);
	return pace;
}
