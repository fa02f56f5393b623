// Whose code takes the processor time of a job, from a CPU profile of the n8n process.
//
//   npm run bench -- --report --only profile

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { N8n } from '../n8n/instance.cts';
import { PACKAGE } from '../n8n/package.cts';
import { print } from './figures.cts';
import { FLAT, OURS, SIMPLIFIED } from './jobs.cts';
import { addResults, type Profile, type Profiled } from './results.cts';
import { readUsage } from './usage.cts';

/** What is profiled: the names that the report shows, with the jobs and their contenders. */
export const PROFILED: Array<[name: string, job: string, contender: string]> = [
	['Return All', 'returnAll', OURS],
	['Flat', 'returnAll', FLAT],
	['Simplified', 'returnAll', SIMPLIFIED],
	['1,000 items', 'items1000', OURS],
	['Upload', 'upload', OURS],
	['Download', 'download', OURS],
];
const US_PER_MS = 1000;
/** The functions of the package with the longest times that are stored. */
const SHOWN_FUNCTIONS = 3;

/** V8's format. Times are in µs of the system's monotonic clock. */
interface CpuProfile {
	nodes: Array<{
		id: number;
		callFrame: { functionName: string; url: string };
		children?: number[];
	}>;
	startTime: number;
	samples: number[];
	timeDeltas: number[];
}

/** Whose code it is, by what its address contains. The first that fits counts. */
const OWNERS: Array<[owner: string, part: string]> = [
	['this package', `/node_modules/${PACKAGE}/`],
	['axios and follow-redirects', '/node_modules/axios/'],
	['axios and follow-redirects', '/follow-redirects/'],
	['n8n', '/n8n-core/'],
	['n8n', '/n8n-workflow/'],
	['n8n', '/node_modules/@n8n/'],
	['n8n', '/node_modules/n8n/'],
	['other libraries of n8n', '/node_modules/'],
	['Node', 'node:'],
];
/** Frames without an address. */
const WITHOUT_CODE: Readonly<Record<string, string>> = {
	'(garbage collector)': 'garbage collection',
	'(program)': 'Node, outside of JavaScript',
};
/** The function of the package that makes the chosen output of the records. */
const SHAPING = 'shapeRecords';

function ownerOf({ functionName, url }: CpuProfile['nodes'][number]['callFrame']): string {
	if (Object.hasOwn(WITHOUT_CODE, functionName)) return WITHOUT_CODE[functionName];
	return OWNERS.find(([, part]) => url.includes(part))?.[0] ?? 'Node';
}

/** The processor time in ms by owner, between two times on the clock of the profile. */
function profileBetween(profile: CpuProfile, fromUs: number, toUs: number): Profiled {
	const nodes = new Map(profile.nodes.map((each) => [each.id, each]));
	const shaping = new Set<number>();
	const mark = (id: number) => {
		shaping.add(id);
		for (const child of nodes.get(id)?.children ?? []) mark(child);
	};
	for (const { id, callFrame } of profile.nodes) {
		if (callFrame.functionName === SHAPING && ownerOf(callFrame) === OWNERS[0][0]) mark(id);
	}
	const result: Profile = { [SHAPING]: 0 };
	const own: Profile = {};
	let now = profile.startTime;
	for (const [index, id] of profile.samples.entries()) {
		now += profile.timeDeltas[index];
		const frame = nodes.get(id)?.callFrame;
		if (!frame || frame.functionName === '(idle)' || now < fromUs || now > toUs) continue;
		// The sample stands for the time until the next one.
		const ms = (profile.timeDeltas[index + 1] ?? 0) / US_PER_MS;
		const owner = ownerOf(frame);
		result[owner] = (result[owner] ?? 0) + ms;
		if (shaping.has(id)) result[SHAPING] += ms;
		if (owner !== OWNERS[0][0]) continue;
		const name = frame.functionName || '(anonymous)';
		own[name] = (own[name] ?? 0) + ms;
	}
	const longest = Object.entries(own)
		.sort(([, a], [, b]) => b - a)
		.slice(0, SHOWN_FUNCTIONS);
	return { shares: result, functions: Object.fromEntries(longest) };
}

/**
 * Profiles each job once, and adds the shares to results.json.
 *
 * @param find the stored workflow of a contender
 */
export async function profileJobs(
	find: (job: string, contender: string) => { n8n: N8n; workflowId: string } | undefined,
): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'perfectgym-next-profile-'));
	const profiles: Record<string, Profiled> = {};
	try {
		for (const [index, [name, job, contender]] of PROFILED.entries()) {
			const stored = find(job, contender);
			if (!stored) throw new Error(`The job ${job} has no contender ${contender}`);
			const { n8n, workflowId } = stored;
			profiles[name] = await profileOf(n8n, workflowId, join(folder, String(index)));
			print(`${name}: ${JSON.stringify(profiles[name])}`);
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	addResults((results) => {
		results.profiles = { date: new Date().toISOString(), of: profiles };
	});
}

async function profileOf(n8n: N8n, workflowId: string, folder: string): Promise<Profiled> {
	const usageFile = `${folder}.json`;
	const { data } = await n8n.executeOnCommandLine(workflowId, {
		BENCH_USAGE_FILE: usageFile,
		NODE_OPTIONS: `--require ${join(__dirname, 'measure.js')} --cpu-prof --cpu-prof-dir=${folder}`,
	});
	if (!data?.resultData.runData.Get?.[0]) throw new Error('The workflow to profile failed');
	const { from, to } = readUsage(usageFile);
	const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
	// Other threads and processes have profiles of their own.
	const [largest] = texts.sort((a, b) => b.length - a.length);
	return profileBetween(JSON.parse(largest) as CpuProfile, from.monotonicUs, to.monotonicUs);
}
