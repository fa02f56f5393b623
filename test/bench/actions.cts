// The action node beside n8n's HTTP Request node, and beside a script: time of the node, processor time
// and peak memory of the process. They take turns, and each run has an n8n process of its own.
//
//   npm run bench -- [--rounds N] [--only ID,ID] [--beside TARBALL] [--report]
//
// --only runs the jobs of jobs.cts with these ids. --beside adds another build of the package to the
// comparison. --report also measures how lists grow, two workflows at once and what takes the time
// (ids sizes, workflows, profile), and writes everything to results.json and docs/performance.md.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { INode, INodeParameters } from 'n8n-workflow';
import { chain, manualTrigger, node, perfectGymNext, storeCredential } from '../n8n/fixture.cts';
import { itemsOf, type StartedN8n, startN8n, type WorkflowFile } from '../n8n/instance.cts';
import { installPackage, packTarball, PROJECT } from '../n8n/package.cts';
import { Api } from './apiProcess.cts';
import { median, print } from './figures.cts';
import { idNodes } from './idNodes.cts';
import { type Contender, idealMs, type Job, jobs } from './jobs.cts';
import { machine } from './machine.cts';
import { PROFILED, profileJobs } from './profile.cts';
import { addResults, type Run } from './results.cts';
import { readUsage } from './usage.cts';
import { measureSizes } from './sizes.cts';
import { measureWorkflows } from './workflows.cts';

const { values: options } = parseArgs({
	options: {
		rounds: { type: 'string', default: '5' },
		only: { type: 'string' },
		beside: { type: 'string' },
		report: { type: 'boolean', default: false },
	},
});
const ROUNDS = Number(options.rounds);
const only = options.only?.split(',');
const API_KEY = 'bench-key';
const FILE_BYTES = 1_000_000;
const MAX_TRIES = 5;
const OTHER_BUILD = 'the other build';

/** A contender whose workflow is stored. */
interface Entrant extends Contender {
	n8n: StartedN8n;
	workflowId: string;
	runs: Run[];
}

/** A job with its workflows and its API. */
interface Prepared {
	job: Job;
	api: Api;
	entrants: Entrant[];
}

/** n8n's HTTP Request node, set up as n8n's documentation does for such an API. */
function httpRequest(
	credentialId: string,
	parameters: INodeParameters,
	rest: Partial<INode>,
): INode {
	return node(
		'Get',
		'n8n-nodes-base.httpRequest',
		4.2,
		{
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			options: {},
			...parameters,
		},
		{ credentials: { httpHeaderAuth: { id: credentialId, name: 'Key' } }, ...rest },
	);
}

/** Start, then items with ids or files, then the node that is measured, if any. */
function workflow({ name, items, files, again }: Job, folder: string, get?: INode): WorkflowFile {
	const read = node('Files', 'n8n-nodes-base.readWriteFile', 1.1, {
		fileSelector: join(folder, '*.txt'),
		options: {},
	});
	return chain(name, [
		manualTrigger(),
		...(items !== undefined ? idNodes(items) : []),
		...(files !== undefined ? [read] : []),
		...(get ? [get] : []),
		...(get && again ? [{ ...get, id: 'Again', name: 'Again' }] : []),
	]);
}

async function measure(
	entrant: Entrant,
	{ job, api }: Prepared,
	usageFile: string,
	env: Record<string, string>,
): Promise<Run> {
	rmSync(usageFile, { force: true });
	await api.seen();
	const ran = entrant.script
		? runScript(entrant, api, filesOf(job, entrant.n8n), env)
		: await runWorkflow(entrant, env);
	// n8n can crash while it exits, after it has printed the result. That does not matter here.
	if (ran.items !== entrant.expected && !entrant.mayFail) {
		throw new Error(
			`${entrant.name}: ${ran.items} items instead of ${entrant.expected}.\n${ran.output.slice(0, 1000)} … ${ran.output.slice(-1000)}`,
		);
	}
	const { from, to } = readUsage(usageFile);
	const usage = { cpuMs: to.cpuMs - from.cpuMs, peakMb: to.peakMb };
	return { wallMs: ran.wallMs, items: ran.items, ...usage, ...(await api.seen()) };
}

async function runWorkflow({ n8n, workflowId }: Entrant, env: Record<string, string>) {
	const { data, output } = await n8n.executeOnCommandLine(workflowId, env);
	const get = data?.resultData?.runData.Get?.[0];
	const isWhole = data?.resultData && !data.resultData.error;
	return {
		wallMs: get?.executionTime ?? 0,
		items: isWhole ? itemsOf(data, 'Get').length : 0,
		output,
	};
}

function runScript(entrant: Entrant, api: Api, folder: string, env: Record<string, string>) {
	const { script: job, connectionEach } = entrant;
	const what = { job, baseUrl: api.baseUrl, key: API_KEY, folder, connectionEach };
	const { stdout, stderr } = spawnSync(
		entrant.n8n.handle.runtime.nodeBinary,
		[join(__dirname, 'script.js'), JSON.stringify(what)],
		{ env: { ...process.env, ...env }, encoding: 'utf8' },
	);
	const result = JSON.parse(stdout || '{"wallMs":0,"items":0}') as Pick<Run, 'wallMs' | 'items'>;
	return { ...result, output: stderr };
}

/** The folder of a job's files, which n8n may read. */
function filesOf({ id }: Job, n8n: StartedN8n): string {
	return join(n8n.files, id);
}

function writeFiles(job: Job, n8n: StartedN8n): void {
	const folder = filesOf(job, n8n);
	mkdirSync(folder, { recursive: true });
	for (let index = 0; index < (job.files ?? 0); index++) {
		writeFileSync(join(folder, `${index}.txt`), Buffer.alloc(FILE_BYTES, 'a'));
	}
}

function report({ job }: Prepared, entrants: Entrant[]): void {
	const of = (runs: Run[], name: keyof Run) => median(runs.map((run) => run[name]));
	print(`\n**${job.name}** (medians of ${entrants[0].runs.length})\n`);
	print('| | node, ms (range) | processor, ms | peak, MB | items | requests | at once | 429 |');
	print('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
	for (const { name, runs } of entrants) {
		const range = runs.map(({ wallMs }) => Math.round(wallMs)).sort((a, b) => a - b);
		print(
			`| ${name} | ${Math.round(of(runs, 'wallMs'))} (${range[0]} to ${range.at(-1)}) | ${Math.round(of(runs, 'cpuMs'))} | ${Math.round(of(runs, 'peakMb'))} | ${of(runs, 'items')} | ${of(runs, 'requests')} | ${of(runs, 'peakConcurrency')} | ${of(runs, 'rejected')} |`,
		);
	}
	const runsOf = (wanted: string) => entrants.find(({ name }) => name === wanted)?.runs ?? [];
	for (const { of: ours, beside, figure, atMost } of job.goals ?? []) {
		const share = of(runsOf(ours), figure) / of(runsOf(beside), figure);
		print(
			`${ours} beside ${beside}, ${figure}: ${share.toFixed(2)}, goal ${atMost}: ${share <= atMost ? 'met' : 'MISSED'}`,
		);
	}
	if (job.idealTime !== undefined) {
		const share = of(entrants[0].runs, 'spanMs') / idealMs(job);
		print(`${share.toFixed(3)} of the ideal time, goal ${job.idealTime}`);
	}
}

async function main(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'perfectgym-next-bench-'));
	const cleanups: Array<() => void | Promise<void>> = [];
	const isWanted = (id: string) => only === undefined || only.includes(id);
	try {
		const tarball = await packTarball(join(folder, 'pack'));
		const ours = await startWith(folder, 'ours', tarball);
		cleanups.push(async () => await ours.stop());
		let other: StartedN8n | undefined;
		if (options.beside !== undefined) {
			other = await startWith(folder, 'other', options.beside);
			const { stop } = other;
			cleanups.push(async () => await stop());
		}
		const prepared: Prepared[] = [];
		const isProfiled = options.report && isWanted('profile');
		const profiled = new Set(isProfiled ? PROFILED.map(([, id]) => id) : []);
		for (const job of jobs.filter(({ id }) => isWanted(id) || profiled.has(id))) {
			const api = await Api.start(job.api);
			cleanups.push(() => api.stop());
			for (const n8n of other ? [ours, other] : [ours]) writeFiles(job, n8n);
			prepared.push({ job, api, entrants: await prepare(job, api, ours, other) });
		}
		// One process at a time: an idle n8n would share the machine's memory and processor.
		await ours.stop();
		await other?.stop();
		if (options.report) {
			addResults((results) => Object.assign(results, machine(ours.handle.runtime)));
		}
		for (const each of prepared.filter(({ job }) => isWanted(job.id))) await runJob(each, folder);
		if (!options.report) return;
		if (isProfiled) {
			await profileJobs((id, contender) =>
				prepared.find(({ job }) => job.id === id)?.entrants.find(({ name }) => name === contender),
			);
		}
		for (const { api } of prepared) api.stop();
		if (isWanted('workflows')) await measureWorkflows(join(folder, 'ours'), API_KEY, ROUNDS);
		if (isWanted('sizes')) await measureSizes(folder, tarball, ROUNDS);
		spawnSync('npm', ['run', 'generate'], { cwd: PROJECT, stdio: 'inherit' });
	} finally {
		for (const cleanUp of cleanups.reverse()) await cleanUp();
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

async function startWith(folder: string, name: string, tarball: string): Promise<StartedN8n> {
	const userFolder = join(folder, name);
	await installPackage(userFolder, tarball);
	return await startN8n({ userFolder, log: print });
}

async function prepare(
	job: Job,
	{ baseUrl }: Api,
	ours: StartedN8n,
	other: StartedN8n | undefined,
): Promise<Entrant[]> {
	const credential = await storeCredential(ours, { baseUrl, apiKey: API_KEY });
	const key = await ours.createCredential('httpHeaderAuth', { name: 'x-api-key', value: API_KEY });
	const create = async (contender: Contender, n8n: StartedN8n, get?: INode): Promise<Entrant> => {
		const file = workflow(job, filesOf(job, n8n), get);
		const workflowId = contender.script ? '' : await n8n.createWorkflow(file);
		return { ...contender, n8n, workflowId, runs: [] };
	};
	const entrants: Entrant[] = [];
	for (const contender of job.contenders) {
		const { ours: parameters, httpRequest: toParameters, retryOnFail } = contender;
		const retry = { retryOnFail: true, maxTries: MAX_TRIES, waitBetweenTries: 1000 };
		const rest = retryOnFail ? retry : {};
		const get = parameters
			? perfectGymNext('Get', credential, parameters)
			: toParameters && httpRequest(key, toParameters(baseUrl), rest);
		entrants.push(await create(contender, ours, get));
		if (!other || !parameters) continue;
		const otherCredential = await storeCredential(other, { baseUrl, apiKey: API_KEY });
		const otherGet = perfectGymNext('Get', otherCredential, parameters);
		const name = `${contender.name}, ${OTHER_BUILD}`;
		entrants.push(await create({ ...contender, name }, other, otherGet));
	}
	return entrants;
}

async function runJob(prepared: Prepared, folder: string): Promise<void> {
	const { job, entrants } = prepared;
	const usageFile = join(folder, 'usage.json');
	const env = {
		...job.env,
		BENCH_USAGE_FILE: usageFile,
		NODE_OPTIONS: `--require ${join(__dirname, 'measure.js')}`,
	};
	for (let round = 1; round <= ROUNDS; round++) {
		// The other way round each second time, since the order can affect the result.
		for (const entrant of round % 2 === 1 ? entrants : [...entrants].reverse()) {
			const run = await measure(entrant, prepared, usageFile, env);
			entrant.runs.push(run);
			print(
				`round ${round}: ${entrant.name}: ${Math.round(run.wallMs)} ms, ${Math.round(run.cpuMs)} ms of processor time, ${Math.round(run.peakMb)} MB`,
			);
		}
	}
	report(prepared, entrants);
	if (!options.report) return;
	const runs = Object.fromEntries(entrants.map((entrant) => [entrant.name, entrant.runs]));
	addResults((results) => {
		results.jobs[job.id] = { date: new Date().toISOString(), runs };
	});
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
