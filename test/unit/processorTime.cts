/** How long a value may hold n8n up, in ms of processor time. */
export const MAX_BLOCKED_MS = 50;
/** The first attempts are slower, before Node has optimized the code. */
const ATTEMPTS = 8;

/**
 * Other processes do not count, and the shortest of several attempts has least of what else this process
 * does, such as garbage collection.
 *
 * @returns the shortest processor time, in ms, that the action takes
 */
export function shortestMs(action: () => void): number {
	let shortest = Infinity;
	for (let attempt = 0; attempt < ATTEMPTS && shortest > MAX_BLOCKED_MS; attempt++) {
		const start = process.cpuUsage();
		action();
		shortest = Math.min(shortest, msSince(start));
	}
	return shortest;
}

/** As {@link shortestMs}, for an action that waits for something. */
export async function shortestMsOf(action: () => Promise<void>): Promise<number> {
	let shortest = Infinity;
	for (let attempt = 0; attempt < ATTEMPTS && shortest > MAX_BLOCKED_MS; attempt++) {
		const start = process.cpuUsage();
		await action();
		shortest = Math.min(shortest, msSince(start));
	}
	return shortest;
}

function msSince(start: NodeJS.CpuUsage): number {
	const { user, system } = process.cpuUsage(start);
	return (user + system) / 1000;
}
