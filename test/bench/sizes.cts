// How Return All grows: time, processor time and peak memory of n8n for lists of several lengths, each in
// a new n8n whose workflow a webhook starts, with n8n's default heap where no other is named.
//
//   npm run bench -- --report --only sizes

import { join } from 'node:path';
import { perfectGymNext, storeCredential } from '../n8n/fixture.cts';
import { restartPeak, type StartedN8n, startN8n } from '../n8n/instance.cts';
import { installPackage } from '../n8n/package.cts';
import { Api } from './apiProcess.cts';
import { print } from './figures.cts';
import { addResults, type SizeRun } from './results.cts';
import { cpuTime } from './usage.cts';
import { publishCounted } from './webhookRun.cts';

const SIZES = [1_000, 10_000, 100_000, 500_000];
/** Beyond this, n8n gets a larger heap, in MB. */
const DEFAULT_HEAP_UP_TO = 300_000;
const LARGE_HEAP_MB = 10_000;

async function measure(n8n: StartedN8n, api: Api, size: number, round: number): Promise<SizeRun> {
	const credential = await storeCredential(n8n, { baseUrl: api.baseUrl, apiKey: 'bench-key' });
	const get = perfectGymNext('Get', credential, {
		resource: 'customer',
		operation: 'getCustomers',
		returnAll: true,
		output: 'full',
	});
	const run = await publishCounted(n8n, `sizes-${size}-${round}`, [get], size);
	await api.seen();
	const { pid } = n8n;
	const restMb = restartPeak(pid);
	const cpuBefore = cpuTime(pid);
	const started = performance.now();
	await run();
	const totalMs = performance.now() - started;
	const { spanMs } = await api.seen();
	return {
		totalMs,
		readingMs: spanMs,
		cpuMs: cpuTime(pid) - cpuBefore,
		peakMb: n8n.rssPeak() ?? NaN,
		restMb,
	};
}

/** Measures each size once per round, and adds the runs to results.json. */
export async function measureSizes(folder: string, tarball: string, rounds: number): Promise<void> {
	const userFolder = join(folder, 'sizes');
	await installPackage(userFolder, tarball);
	const runs: Record<string, SizeRun[]> = {};
	for (let round = 0; round < rounds; round++) {
		for (const size of SIZES) {
			const api = await Api.start({ customers: size });
			const heap = { NODE_OPTIONS: `--max-old-space-size=${LARGE_HEAP_MB}` };
			const env = size > DEFAULT_HEAP_UP_TO ? heap : {};
			const n8n = await startN8n({ userFolder, log: print, env });
			try {
				const run = await measure(n8n, api, size, round);
				(runs[size] ??= []).push(run);
				print(
					`${size} customers: ${(run.totalMs / 1000).toFixed(1)} s, ${Math.round(run.cpuMs)} ms of processor time, ${run.peakMb} MB`,
				);
			} finally {
				await n8n.stop();
				api.stop();
			}
		}
	}
	addResults((results) => {
		results.sizes = { date: new Date().toISOString(), runs };
	});
}
