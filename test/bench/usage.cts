// Reads what measure.js has written.

import { readFileSync } from 'node:fs';
import type { Run } from './results.cts';

/** What measure.js writes. A sample is the time, all processor time in ms, and the peak memory in MB. */
export interface Usage {
	samples: Array<[dateMs: number, cpuMs: number, peakMb: number]>;
	/** The time of the last sample on the clock of CPU profiles. */
	monotonicUs: number;
}

/** @returns the contents of the file */
export function readUsage(file: string): Usage {
	return JSON.parse(readFileSync(file, 'utf8')) as Usage;
}

/** @returns the processor time between two times of the process's clock, and its peak memory until then */
export function usageBetween(
	file: string,
	from: number,
	to: number,
): Pick<Run, 'cpuMs' | 'peakMb'> {
	const { samples } = readUsage(file);
	const lastBefore = (time: number) =>
		samples.filter(([date]) => date <= time).at(-1) ?? samples[0];
	const [, before] = lastBefore(from);
	const [, after, peakMb] = lastBefore(to);
	return { cpuMs: after - before, peakMb };
}
