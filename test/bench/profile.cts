// What takes the processor time of a job, from a CPU profile of the n8n process.
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

/** A function, and the address of its code, which is empty if it is built into JavaScript or Node. */
interface Frame {
	functionName: string;
	url: string;
}

/** V8's format. Times are in µs of the system's monotonic clock. */
interface CpuProfile {
	nodes: Array<{
		id: number;
		callFrame: Frame;
		children?: number[];
	}>;
	startTime: number;
	samples: number[];
	timeDeltas: number[];
}

/** What the time goes into, by a part of the address of the code. */
const PURPOSES: Array<[purpose: string, parts: RegExp]> = [
	['this package', new RegExp(`/node_modules/${PACKAGE}/`)],
	["n8n's expressions", /\/expression|isolated-vm|luxon/],
	["n8n's credentials", /credentials-helper|\/encryption\/|typeorm|sqlite/],
	[
		'requests: axios and HTTP',
		/\/axios\/|follow-redirects|http-agent|^node:(?:_http|_tls|http|net|tls|dns)/,
	],
	['files', /binary-data|^node:(?:internal\/)?fs/],
	['the rest of n8n', /\/n8n-core\/|\/n8n-workflow\/|\/@n8n\/|\/n8n\/|\/n8n-nodes-base\//],
];
const OWN = PURPOSES[0][0];
const GARBAGE_COLLECTION = 'garbage collection';
const REST = 'the rest of Node and of libraries';
/** The function of the package that makes the chosen output of the records. */
const SHAPING = 'shapeRecords';

function purposeOf({ functionName, url }: Frame): string | undefined {
	if (functionName === '(garbage collector)') return GARBAGE_COLLECTION;
	return PURPOSES.find(([, parts]) => parts.test(url))?.[0];
}

/** A function of a profile. */
interface Sampled {
	frame: Frame;
	/** That of the function, otherwise that of the nearest caller that has one. */
	purpose: string;
	/** Whether it helps to make the chosen output. */
	shapes: boolean;
}

/** @returns the functions of a profile, by the IDs of its samples */
function functionsIn({ nodes }: CpuProfile): Map<number, Sampled> {
	const known = new Map(nodes.map((each) => [each.id, each]));
	const found = new Map<number, Sampled>();
	const visit = (id: number, caller: Pick<Sampled, 'purpose' | 'shapes'>) => {
		const node = known.get(id);
		if (!node) return;
		const { callFrame: frame, children = [] } = node;
		const purpose = purposeOf(frame) ?? caller.purpose;
		const isShaping = frame.functionName === SHAPING && purpose === OWN;
		const sampled = { frame, purpose, shapes: caller.shapes || isShaping };
		found.set(id, sampled);
		for (const child of children) visit(child, sampled);
	};
	visit(nodes[0].id, { purpose: REST, shapes: false });
	return found;
}

/** The processor time in ms by purpose, between two times on the clock of the profile. */
function profileBetween(profile: CpuProfile, fromUs: number, toUs: number): Profiled {
	const functions = functionsIn(profile);
	const result: Profile = { [SHAPING]: 0 };
	const own: Profile = {};
	let now = profile.startTime;
	for (const [index, id] of profile.samples.entries()) {
		now += profile.timeDeltas[index];
		const sampled = functions.get(id);
		if (!sampled) continue;
		const { frame, purpose, shapes } = sampled;
		if (frame.functionName === '(idle)' || now < fromUs || now > toUs) continue;
		// The sample stands for the time until the next one.
		const ms = (profile.timeDeltas[index + 1] ?? 0) / US_PER_MS;
		result[purpose] = (result[purpose] ?? 0) + ms;
		if (shapes) result[SHAPING] += ms;
		if (purposeOf(frame) !== OWN) continue;
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
