// How Return All grows: time, processor time and peak memory of n8n for lists of several lengths, each in
// a new n8n whose workflow a webhook starts, with n8n's default heap where no other is named.
//
//   npm run bench:sizes -- [--rounds N] [--sizes 10000,100000]

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chain, node, perfectGymNext, storeCredential } from '../n8n/fixture.cts';
import { restartPeak, type StartedN8n, startN8n } from '../n8n/instance.cts';
import { installPackage, packTarball } from '../n8n/package.cts';
import { Api } from './apiProcess.cts';
import { median, print } from './figures.cts';

const { values: options } = parseArgs({
	options: {
		rounds: { type: 'string', default: '3' },
		sizes: { type: 'string', default: '10000,100000,300000,500000' },
	},
});
const ROUNDS = Number(options.rounds);
/** Beyond this, n8n gets a larger heap, in MB. */
const DEFAULT_HEAP_UP_TO = 300_000;
const LARGE_HEAP_MB = 10_000;
const PATH = 'sizes';
const TICKS_PER_SECOND = 100;

interface Figures {
	/** From the webhook to its answer. */
	totalMs: number;
	/** Between the first and the last request. */
	readingMs: number;
	cpuMs: number;
	peakMb: number;
	restMb: number;
}

/** User and system time of a process, in ms. */
function cpuTime(pid: number): number {
	const [, fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
	const [user, system] = fields.split(' ').slice(11, 13).map(Number);
	return ((user + system) * 1000) / TICKS_PER_SECOND;
}

async function publish(n8n: StartedN8n, api: Api): Promise<void> {
	const credential = await storeCredential(n8n, { baseUrl: api.baseUrl, apiKey: 'bench-key' });
	const webhook = node(
		'Start',
		'n8n-nodes-base.webhook',
		2,
		{ path: PATH, responseMode: 'lastNode', options: {} },
		{ webhookId: PATH },
	);
	const get = perfectGymNext('Get', credential, {
		resource: 'customer',
		operation: 'getCustomers',
		returnAll: true,
		output: 'full',
	});
	const count = node('Count', 'n8n-nodes-base.summarize', 1.1, {
		fieldsToSummarize: { values: [{ aggregation: 'count', field: 'id' }] },
		options: {},
	});
	const workflow = chain('Sizes', [webhook, get, count]);
	// Half a GB of JSON would not fit into one of n8n's strings.
	workflow.settings = { saveDataSuccessExecution: 'none', saveDataErrorExecution: 'none' };
	await n8n.publishWorkflow(await n8n.createWorkflow(workflow));
}

async function measure(n8n: StartedN8n, api: Api, size: number): Promise<Figures> {
	await api.seen();
	const { pid } = n8n;
	const restMb = restartPeak(pid);
	const cpuBefore = cpuTime(pid);
	const started = performance.now();
	const response = await fetch(`${n8n.baseUrl}/webhook/${PATH}`);
	const text = await response.text();
	const totalMs = performance.now() - started;
	if (!text.includes(String(size))) {
		throw new Error(
			`${size}: n8n answered ${response.status} ${text.slice(0, 500)}\n${n8n.log().slice(-3000)}`,
		);
	}
	const { spanMs } = await api.seen();
	return {
		totalMs,
		readingMs: spanMs,
		cpuMs: cpuTime(pid) - cpuBefore,
		peakMb: n8n.rssPeak() ?? NaN,
		restMb,
	};
}

async function main(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'perfectgym-next-sizes-'));
	try {
		const tarball = await packTarball(join(folder, 'pack'));
		print(
			'| customers | total, s | reading, s | µs per customer | processor, s | peak, MB | MB per 1,000 above rest |',
		);
		print('| ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
		for (const size of options.sizes.split(',').map(Number)) {
			const runs: Figures[] = [];
			const api = await Api.start({ customers: size });
			try {
				for (let round = 0; round < ROUNDS; round++) {
					const userFolder = join(folder, `${size}-${round}`);
					await installPackage(userFolder, tarball);
					const heap = { NODE_OPTIONS: `--max-old-space-size=${LARGE_HEAP_MB}` };
					const env = size > DEFAULT_HEAP_UP_TO ? heap : {};
					const n8n = await startN8n({ userFolder, log: print, env });
					try {
						await publish(n8n, api);
						runs.push(await measure(n8n, api, size));
					} finally {
						await n8n.stop();
					}
				}
			} finally {
				api.stop();
			}
			const of = (name: keyof Figures) => median(runs.map((run) => run[name]));
			const seconds = (name: keyof Figures) => (of(name) / 1000).toFixed(1);
			const grown = ((of('peakMb') - of('restMb')) / (size / 1000)).toFixed(1);
			print(
				`| ${size.toLocaleString('en')} | ${seconds('totalMs')} | ${seconds('readingMs')} | ${Math.round((of('readingMs') * 1000) / size)} | ${seconds('cpuMs')} | ${Math.round(of('peakMb'))} | ${grown} |`,
			);
		}
	} finally {
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
