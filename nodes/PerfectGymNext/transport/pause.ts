/** Waits that end with an abort in every version of n8n. */

import { sleep } from 'n8n-workflow';

/** Before n8n 2.34, the timer of `sleep` goes on when its signal aborts, for as long as this at most. */
const SLICE_MS = 500;

/** @throws the signal's reason when it aborts */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
	signal?.throwIfAborted();
	let reject: (reason: unknown) => void = () => undefined;
	const aborted = new Promise<never>((_resolve, rejectAborted) => {
		reject = rejectAborted;
	});
	const abort = () => reject(signal?.reason);
	signal?.addEventListener('abort', abort, { once: true });
	try {
		for (let rest = ms; rest > 0; rest -= SLICE_MS) {
			await Promise.race([aborted, sleep(Math.min(rest, SLICE_MS), signal)]);
		}
	} finally {
		signal?.removeEventListener('abort', abort);
	}
}
