// Reads what measure.js has written.

import { readFileSync } from 'node:fs';

interface Moment {
	/** All processor time of the process so far. */
	cpuMs: number;
	/** The peak memory of the process so far. */
	peakMb: number;
	/** The clock of CPU profiles. */
	monotonicUs: number;
}

/** What a process had used when the measured work began, and when it ended. */
export interface Usage {
	from: Moment;
	to: Moment;
}

/** @returns the contents of the file */
export function readUsage(file: string): Usage {
	return JSON.parse(readFileSync(file, 'utf8')) as Usage;
}
