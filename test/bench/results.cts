// What the benchmarks measured, in results.json. `npm run generate` makes docs/performance.md of it.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Seen } from './api.cts';

/** One run of one contender. */
export interface Run extends Seen {
	/** The time of the node "Get", or of the script's work. */
	wallMs: number;
	/** Of the whole process in that time. */
	cpuMs: number;
	/** Of the process until the end of that time. */
	peakMb: number;
	/** What "Get" returned. */
	items: number;
}

/** A figure that a goal can be about. */
export type Figure = 'wallMs' | 'cpuMs' | 'peakMb' | 'requests';

/** The runs of a job, by contender, in the order of the rounds. */
export interface JobResult {
	/** When the job ended: ISO 8601, UTC. */
	date: string;
	runs: Record<string, Run[]>;
}

/** One Return All in an n8n that a webhook starts. */
export interface SizeRun {
	/** From the webhook to its answer. */
	totalMs: number;
	/** Between the first and the last request. */
	readingMs: number;
	cpuMs: number;
	peakMb: number;
	/** The memory of n8n before. */
	restMb: number;
}

/** The processor time of "Get", in ms, by what it is for. */
export type Profile = Record<string, number>;

/** What a CPU profile shows. */
export interface Profiled {
	shares: Profile;
	/** The functions of this package that take the longest themselves, in ms. */
	functions: Profile;
}

/** A figure of our node, and the same figure of another one. */
export interface Compared {
	what: string;
	unit: 'ms' | 'per second';
	/** One value for each round. */
	ours: number[];
	/** In the same rounds. */
	beside: number[];
	/** How often each was measured in a round. */
	count: number;
	/** The goal: what the ratio of the medians may be. */
	atMost?: number;
	/** What stands in the way when the goal is not met. */
	obstacle?: string;
}

/** Everything that is measured. A part is missing until its command has run. */
export interface Results {
	machine?: {
		processor: string;
		cores: number;
		memoryGb: number;
		system: string;
		/** The load average of the last minute when the report began; beyond `cores`, programs wait. */
		load: number;
	};
	versions?: { n8n: string; node: string; package: string };
	jobs: Record<string, JobResult>;
	/** By the number of customers. */
	sizes?: { date: string; runs: Record<string, SizeRun[]> };
	/** Two workflows at once: what the API saw. */
	workflows?: { date: string; idealMs: number; runs: Seen[] };
	/** By what was profiled. */
	profiles?: { date: string; of: Record<string, Profiled> };
	/** What the jest files measured, by the command that runs them. */
	compared?: Record<string, { date: string; rows: Compared[] }>;
}

const FILE = join(__dirname, 'results.json');

/** @returns what results.json contains */
export function readResults(): Results {
	if (!existsSync(FILE)) return { jobs: {} };
	return JSON.parse(readFileSync(FILE, 'utf8')) as Results;
}

/** Replaces parts of results.json, and keeps the others. */
export function addResults(change: (results: Results) => void): void {
	const results = readResults();
	change(results);
	const rounded = (_name: string, value: unknown) =>
		typeof value === 'number' ? Math.round(value * 10) / 10 : value;
	writeFileSync(FILE, `${JSON.stringify(results, rounded, '\t')}\n`);
}

/** Adds a figure of a jest file to results.json if the variable BENCH_REPORT is set. */
export function addCompared(command: string, row: Compared): void {
	if (!process.env.BENCH_REPORT) return;
	addResults((results) => {
		const known = results.compared?.[command]?.rows ?? [];
		const rows = [...known.filter(({ what }) => what !== row.what), row];
		results.compared = {
			...results.compared,
			[command]: { date: new Date().toISOString(), rows },
		};
	});
}
