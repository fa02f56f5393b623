// What processes use: what measure.js has written, and what Linux counts.

import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

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

/** @returns user and system time of a process so far, in ms */
export function cpuTime(pid: number): number {
	const [, fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
	const [user, system] = fields.split(' ').slice(11, 13).map(Number);
	return ((user + system) * 1000) / TICKS_PER_SECOND;
}
