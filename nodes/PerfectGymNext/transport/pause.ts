/** Waits that end soon after an abort in every version of n8n. */

import { sleep } from 'n8n-workflow';

/** Before n8n 2.34, `sleep` goes on when its signal aborts. */
const SLICE_MS = 500;

/** @throws the signal's reason when it aborts */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
	for (let rest = ms; rest > 0; rest -= SLICE_MS) {
		await sleep(Math.min(rest, SLICE_MS), signal);
		signal?.throwIfAborted();
	}
}
