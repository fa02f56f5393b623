// The action node beside n8n's HTTP Request node: time of the node, processor time and peak memory of
// the process. The figures are medians of several rounds. Each run has an n8n process of its own.
//
//   npm run bench -- [--rounds N] [--only TEXT] [--beside TARBALL]
//
// --only TEXT runs the jobs whose names contain the text. --beside adds another build of the package to
// the comparison.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { INode, INodeParameters } from 'n8n-workflow';
import { chain, manualTrigger, node, perfectGymNext, storeCredential } from '../n8n/fixture.cts';
import { itemsOf, type StartedN8n, startN8n, type WorkflowFile } from '../n8n/instance.cts';
import { installPackage, packTarball } from '../n8n/package.cts';
import type { ApiSettings, Seen } from './api.cts';
import { Api } from './apiProcess.cts';
import { median, print } from './figures.cts';

const { values: options } = parseArgs({
	options: {
		rounds: { type: 'string', default: '5' },
		only: { type: 'string', default: '' },
		beside: { type: 'string' },
	},
});
const ROUNDS = Number(options.rounds);
const API_KEY = 'bench-key';
const FIRST_ID = 1_210_000_000;
const CLOCK_FACTOR = 3;
const HTTP_REQUEST = 'HTTP Request';
const MINUTE_MS = 60_000;

interface Job {
	name: string;
	api: ApiSettings;
	/** The number of items that the node "Get" outputs, by contender kind. */
	expected: Record<'ours' | 'httpRequest', number>;
	ours: INodeParameters;
	httpRequest?(baseUrl: string): INodeParameters;
	/** Items that come before "Get". */
	items?: number;
	env?: Record<string, string>;
	/** Goals, as shares of HTTP Request's figures. */
	goals?: { wall?: number; cpu?: number; memory?: number };
	rounds?: number;
}

const getOne: INodeParameters = {
	resource: 'customer',
	operation: 'getCustomerById',
	customerId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
};
const getAll: INodeParameters = {
	resource: 'customer',
	operation: 'getCustomers',
	returnAll: true,
	output: 'full',
};
const requestOne = (baseUrl: string) => ({ url: `=${baseUrl}/v1/customers/{{ $json.id }}` });
const requestAll = (sliceSize?: number) => (baseUrl: string) => ({
	url: `${baseUrl}/v1/customers`,
	...(sliceSize !== undefined && {
		sendQuery: true,
		queryParameters: { parameters: [{ name: 'sliceSize', value: String(sliceSize) }] },
	}),
	options: {
		pagination: {
			pagination: {
				paginationMode: 'updateAParameterInEachRequest',
				parameters: {
					parameters: [{ type: 'qs', name: 'offset', value: '={{ $response.body?.offset }}' }],
				},
				paginationCompleteWhen: 'other',
				completeExpression: '={{ !$response.body.hasNext }}',
			},
		},
	},
});

const jobs: Job[] = [
	{
		name: '1,000 items, one Get each, answers in 5 ms',
		api: { delayMs: 5, customers: 1000 },
		expected: { ours: 1000, httpRequest: 1000 },
		ours: getOne,
		httpRequest: requestOne,
		items: 1000,
		goals: { wall: 0.7, cpu: 0.75 },
	},
	{
		name: 'Return All of 50,000, chunks of 500 both',
		api: { customers: 50_000 },
		expected: { ours: 50_000, httpRequest: 100 },
		ours: getAll,
		httpRequest: requestAll(500),
		goals: { wall: 0.65, cpu: 1, memory: 1 },
	},
	{
		name: 'Return All of 50,000, HTTP Request with chunks of 100',
		api: { customers: 50_000 },
		expected: { ours: 50_000, httpRequest: 500 },
		ours: getAll,
		httpRequest: requestAll(),
		goals: { wall: 0.4 },
	},
	{
		name: 'one item, one Get',
		api: { delayMs: 5, customers: 1000 },
		expected: { ours: 1, httpRequest: 1 },
		ours: getOne,
		httpRequest: requestOne,
		items: 1,
		goals: { wall: 1 },
	},
	{
		name: '5,000 items, one Get each, 1,000 a minute',
		api: { customers: 5000, limit: 1000, windowMs: MINUTE_MS / CLOCK_FACTOR },
		expected: { ours: 5000, httpRequest: 0 },
		ours: { ...getOne, options: { maxWait: 3600 } },
		items: 5000,
		env: { BENCH_CLOCK_FACTOR: String(CLOCK_FACTOR) },
		rounds: 1,
	},
];

interface Run {
	/** The time of the node "Get". */
	wallMs: number;
	/** Of the whole process. */
	cpuMs: number;
	peakMb: number;
	seen: Seen;
}

interface Contender {
	name: string;
	n8n: StartedN8n;
	workflowId: string;
	expected: number;
	runs: Run[];
}

/** n8n's HTTP Request node, set up as n8n's documentation does for such an API. */
function httpRequest(credentialId: string, parameters: INodeParameters): INode {
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
		{ credentials: { httpHeaderAuth: { id: credentialId, name: 'Key' } } },
	);
}

/** Start, then items with ids, then the node that is measured; without it n8n has nothing to do. */
function workflow(name: string, items: number, get?: INode): WorkflowFile {
	const ids = Array.from({ length: items }, (_, index) => FIRST_ID + index);
	const source = [
		node('Ids', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ id: ids }),
			options: {},
		}),
		node('Items', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'id', options: {} }),
	];
	return chain(name, [manualTrigger(), ...(items > 0 ? source : []), ...(get ? [get] : [])]);
}

async function measure(
	contender: Contender,
	api: Api,
	usageFile: string,
	env: Record<string, string>,
): Promise<Run> {
	rmSync(usageFile, { force: true });
	await api.seen();
	const run = await contender.n8n.executeOnCommandLine(contender.workflowId, env);
	const count = run.data ? itemsOf(run.data, 'Get').length : 0;
	// n8n can crash while it exits, after it has printed the result. That does not matter here.
	if (!run.data?.resultData || run.data.resultData.error || count !== contender.expected) {
		throw new Error(
			`${contender.name}: ${count} items instead of ${contender.expected}.\n${run.output.slice(0, 1000)} … ${run.output.slice(-1000)}`,
		);
	}
	const wallMs = run.data?.resultData.runData.Get?.[0].executionTime ?? 0;
	const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as Pick<Run, 'cpuMs' | 'peakMb'>;
	return { wallMs, ...usage, seen: await api.seen() };
}

function report(job: Job, all: Contender[]): void {
	const contenders = all.slice(0, -1);
	const idle = all[all.length - 1];
	const idleCpu = median(idle.runs.map(({ cpuMs }) => cpuMs));
	const figures = contenders.map(({ name, runs }) => ({
		name,
		wall: median(runs.map(({ wallMs }) => wallMs)),
		cpu: median(runs.map(({ cpuMs }) => cpuMs)) - idleCpu,
		memory: median(runs.map(({ peakMb }) => peakMb)),
		seen: runs[runs.length - 1].seen,
		range: runs.map(({ wallMs }) => wallMs).sort((a, b) => a - b),
	}));
	const beside = figures.find(({ name }) => name === HTTP_REQUEST);
	const share = (value: number, other: number | undefined) =>
		other ? (value / other).toFixed(2) : '';
	print(
		`\n**${job.name}** (median of ${contenders[0].runs.length}; idle n8n: ${Math.round(idleCpu)} ms of processor time)\n`,
	);
	print(
		'| | node, ms (range) | share | processor, ms above idle | share | peak, MB | share | requests | at once | 429 |',
	);
	print('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
	for (const { name, wall, cpu, memory, seen, range } of figures) {
		print(
			`| ${name} | ${wall} (${range[0]} to ${range[range.length - 1]}) | ${share(wall, beside?.wall)} | ${Math.round(cpu)} | ${share(cpu, beside?.cpu)} | ${Math.round(memory)} | ${share(memory, beside?.memory)} | ${seen.requests} | ${seen.peakConcurrency} | ${seen.rejected} |`,
		);
	}
	const { goals = {} } = job;
	for (const kind of ['wall', 'cpu', 'memory'] as const) {
		const goal = goals[kind];
		if (goal === undefined || !beside) continue;
		const value = figures[0][kind] / beside[kind];
		print(`${kind}: ${value.toFixed(2)}, goal ${goal}: ${value <= goal ? 'met' : 'MISSED'}`);
	}
	const { limit, windowMs = MINUTE_MS } = job.api;
	if (limit !== undefined) {
		// The last requests may be sent as soon as the window opens again.
		const ideal = (Math.ceil((job.items ?? 0) / limit) - 1) * windowMs;
		const { spanMs, rejected } = figures[0].seen;
		print(`${(spanMs / ideal).toFixed(3)} of the ideal time, ${rejected} answers with 429`);
	}
}

async function main(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'perfectgym-next-bench-'));
	const cleanups: Array<() => void | Promise<void>> = [];
	try {
		const ours = await startWith(folder, 'ours', await packTarball(join(folder, 'pack')));
		cleanups.push(async () => await ours.stop());
		let other: StartedN8n | undefined;
		if (options.beside !== undefined) {
			other = await startWith(folder, 'other', options.beside);
			const { stop } = other;
			cleanups.push(async () => await stop());
		}
		const prepared: Prepared[] = [];
		for (const job of jobs.filter(({ name }) => name.includes(options.only))) {
			const api = await Api.start(job.api);
			cleanups.push(() => api.stop());
			prepared.push({ job, api, contenders: await prepare(job, api, ours, other) });
		}
		// One process at a time: an idle n8n would share the machine's memory and processor.
		await ours.stop();
		await other?.stop();
		for (const each of prepared) await runJob(each, folder);
	} finally {
		for (const cleanUp of cleanups.reverse()) await cleanUp();
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** A job with its workflows. The last contender is an n8n that does nothing. */
interface Prepared {
	job: Job;
	api: Api;
	contenders: Contender[];
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
): Promise<Contender[]> {
	const create = async (name: string, n8n: StartedN8n, expected: number, get?: INode) => {
		const workflowId = await n8n.createWorkflow(workflow(name, job.items ?? 0, get));
		return { name, n8n, workflowId, expected, runs: [] };
	};
	const contenders: Contender[] = [];
	for (const [name, n8n] of [
		['PerfectGym Next', ours],
		['PerfectGym Next, the other build', other],
	] as const) {
		if (!n8n) continue;
		const credential = await storeCredential(n8n, { baseUrl, apiKey: API_KEY });
		const get = perfectGymNext('Get', credential, job.ours);
		contenders.push(await create(name, n8n, job.expected.ours, get));
	}
	if (job.httpRequest) {
		const key = { name: 'x-api-key', value: API_KEY };
		const credential = await ours.createCredential('httpHeaderAuth', key);
		const get = httpRequest(credential, job.httpRequest(baseUrl));
		contenders.push(await create(HTTP_REQUEST, ours, job.expected.httpRequest, get));
	}
	return [...contenders, await create('idle', ours, 0)];
}

async function runJob({ job, api, contenders }: Prepared, folder: string): Promise<void> {
	const usageFile = join(folder, 'usage.json');
	const preload = `--require ${join(__dirname, 'measure.js')}`;
	const env = {
		...job.env,
		BENCH_USAGE_FILE: usageFile,
		NODE_OPTIONS: `${preload} ${job.env?.NODE_OPTIONS ?? ''}`,
	};
	for (let round = 1; round <= (job.rounds ?? ROUNDS); round++) {
		for (const contender of contenders) {
			const run = await measure(contender, api, usageFile, env);
			contender.runs.push(run);
			print(
				`round ${round}: ${contender.name}: ${run.wallMs} ms, ${Math.round(run.cpuMs)} ms of processor time, ${Math.round(run.peakMb)} MB`,
			);
		}
	}
	report(job, contenders);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
