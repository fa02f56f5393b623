/** Brings a request through: waits for its place, and repeats what may be repeated. */

import { sleep } from 'n8n-workflow';

import { ConnectionFailure, exchange } from './exchange';
import { RequestFault } from './fault';
import { paceOf } from './pace';
import type { Studio } from './studio';
import type { ApiAnswer, ApiContext, ApiRequest, Patience } from './types';

const TOO_MANY_REQUESTS = 429;
/** A read may be repeated on these; the API answers 503 when its database is under load. */
const PASSING_FAULTS: ReadonlySet<number> = new Set([500, 502, 503, 504]);
/** Repeating does not mend a name that does not exist, or a server that lets us wait. */
const LASTING_CODES: ReadonlySet<string> = new Set(['ENOTFOUND', 'ECONNABORTED']);
const REFUSED = 'ECONNREFUSED';
const MAX_REPEATS = 5;
const FIRST_PAUSE_MS = 1000;

/**
 * @returns the API's answer, whatever its status, once there is nothing left to repeat
 * @throws {ConnectionFailure} when no answer came
 * @throws {RequestFault} when it would have to wait longer than `patience.maxWait`
 */
export async function deliver(
	context: ApiContext,
	studio: Studio,
	request: ApiRequest,
	patience: Patience,
): Promise<ApiAnswer> {
	const pace = paceOf(studio, request);
	let left = patience.maxWait;
	const wait = async (ms: number, reason: string) => {
		if (ms > left) {
			throw new RequestFault(
				`${reason}, and waiting for it would take longer than the ${describeSeconds(patience.maxWait)} allowed`,
				'Raise "Maximum Wait" in the options of the node, or send fewer requests at a time.',
			);
		}
		left -= ms;
		await sleep(ms, patience.signal);
	};

	for (let repeats = 0; ; repeats++) {
		for (;;) {
			const pause = pace.take(patience.requestsPerMinute);
			if (pause === 0) break;
			await wait(pause, 'The limit of requests a minute is reached');
		}
		patience.signal?.throwIfAborted();

		const outcome = await exchange(context, studio, request);
		patience.signal?.throwIfAborted();

		if (!(outcome instanceof ConnectionFailure) && outcome.statusCode === TOO_MANY_REQUESTS) {
			pace.deny(retryAfter(outcome));
			continue;
		}
		if (repeats < MAX_REPEATS && mayRepeat(outcome, request)) {
			await wait(pauseBefore(repeats), 'PerfectGym Next does not answer');
			continue;
		}
		if (outcome instanceof ConnectionFailure) throw outcome;
		return outcome;
	}
}

function mayRepeat(outcome: ApiAnswer | ConnectionFailure, { repeatable }: ApiRequest): boolean {
	if (outcome instanceof ConnectionFailure) {
		return outcome.code === REFUSED || (repeatable && !isLasting(outcome.code));
	}
	return repeatable && PASSING_FAULTS.has(outcome.statusCode);
}

function isLasting(code: string): boolean {
	return LASTING_CODES.has(code) || code.includes('CERT') || code.startsWith('ERR_TLS');
}

/** Doubling pauses, half of each by chance, so that many waiting runs do not come back as one. */
function pauseBefore(repeats: number): number {
	const pause = FIRST_PAUSE_MS * 2 ** repeats;
	return Math.round(pause / 2 + (Math.random() * pause) / 2);
}

/** @returns ms, or undefined where the header is missing or makes no sense */
function retryAfter({ headers }: ApiAnswer): number | undefined {
	const value = String(headers['retry-after'] ?? '').trim();
	if (/^\d+$/.test(value)) return Number(value) * 1000;
	const until = Date.parse(value);
	return Number.isNaN(until) ? undefined : Math.max(0, until - Date.now());
}

function describeSeconds(ms: number): string {
	return `${Math.round(ms / 1000)} seconds`;
}
