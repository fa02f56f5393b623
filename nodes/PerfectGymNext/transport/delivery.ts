/** Brings a request through: waits for its place, and repeats what may be repeated. */

import { sleep } from 'n8n-workflow';

import { ConnectionFailure, exchange } from './exchange';
import { RequestFault } from './fault';
import type { Pace } from './pace';
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
const MS_PER_SECOND = 1000;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/;

/**
 * @returns the API's answer, whatever its status, once there is nothing left to repeat or no time
 *   left to wait in
 * @throws {ConnectionFailure} when no answer came
 * @throws {RequestFault} when it would have to wait longer than `patience.maxWait` for its place
 */
export async function deliver(
	context: ApiContext,
	studio: Studio,
	request: ApiRequest,
	patience: Patience,
): Promise<ApiAnswer> {
	return await repeat(
		async () => await exchange(context, studio, request),
		{ pace: paceOf(studio, request), repeatable: request.repeatable },
		patience,
	);
}

/**
 * Makes one attempt after another, within the same limits for whatever is asked.
 *
 * @param attempt gives an answer of any status, or the failure when no whole answer came
 * @throws as {@link deliver}, and what the attempt throws
 */
export async function repeat<Answer extends Pick<ApiAnswer, 'statusCode' | 'headers'>>(
	attempt: () => Promise<Answer | ConnectionFailure>,
	{ pace, repeatable }: { pace: Pace; repeatable: boolean },
	patience: Patience,
): Promise<Answer> {
	const { maxWait, requestsPerMinute, signal } = patience;
	let left = maxWait;
	const wait = async (ms: number) => {
		left -= ms;
		await sleep(ms, signal);
	};

	for (let faults = 0; ; ) {
		for (let ms = pace.take(requestsPerMinute); ms > 0; ms = pace.take(requestsPerMinute)) {
			if (ms > left) throw tooLong(maxWait);
			await wait(ms);
		}
		signal?.throwIfAborted();
		const outcome = await attempt();
		signal?.throwIfAborted();

		let pause: number | undefined;
		if (isDenied(outcome)) pause = pace.deny(retryAfter(outcome));
		else if (mayRepeat(outcome, repeatable) && faults < MAX_REPEATS) pause = pauseBefore(faults++);

		if (pause === undefined || pause > left) {
			if (outcome instanceof ConnectionFailure) throw outcome;
			return outcome;
		}
		await wait(pause);
	}
}

type Outcome = Pick<ApiAnswer, 'statusCode' | 'headers'> | ConnectionFailure;

function isDenied<T extends Outcome>(outcome: T): outcome is Exclude<T, ConnectionFailure> {
	return !(outcome instanceof ConnectionFailure) && outcome.statusCode === TOO_MANY_REQUESTS;
}

function mayRepeat(outcome: Outcome, repeatable: boolean): boolean {
	if (outcome instanceof ConnectionFailure) {
		return outcome.code === REFUSED || (repeatable && !isLasting(outcome.code));
	}
	return repeatable && PASSING_FAULTS.has(outcome.statusCode);
}

/** Without a code nothing has reached the network at all. */
function isLasting(code: string): boolean {
	return (
		code === '' || LASTING_CODES.has(code) || code.includes('CERT') || code.startsWith('ERR_TLS')
	);
}

/** Doubling pauses, half of each by chance, so that many waiting runs do not come back as one. */
function pauseBefore(faults: number): number {
	const pause = FIRST_PAUSE_MS * 2 ** faults;
	return Math.round(pause / 2 + (Math.random() * pause) / 2);
}

/** @returns ms, or undefined where the header is missing, lies in the past or makes no sense */
function retryAfter({ headers }: Pick<ApiAnswer, 'headers'>): number | undefined {
	const value = String(headers['retry-after'] ?? '').trim();
	const until = HTTP_DATE.test(value) ? Date.parse(value) - Date.now() : Number.NaN;
	const ms = /^\d+$/.test(value) ? Number(value) * MS_PER_SECOND : until;
	return ms > 0 ? ms : undefined;
}

function tooLong(maxWait: number): RequestFault {
	return new RequestFault(
		`The limit of requests a minute is reached, and waiting for it would take longer than the ${Math.round(maxWait / MS_PER_SECOND)} seconds allowed`,
		'Raise "Maximum Wait" in the options of the node, or send fewer requests at a time.',
	);
}
