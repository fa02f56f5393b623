// What a report was measured on.

import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { version } from '../../package.json';
import type { N8nRuntime } from '../n8n/runtime.cts';
import type { Results } from './results.cts';

const GB = 1024 ** 3;

/** @returns the machine, and the versions of what runs on it */
export function machine(runtime: N8nRuntime): Pick<Results, 'machine' | 'versions'> {
	const [{ model }, ...others] = cpus();
	const node = execFileSync(runtime.nodeBinary, ['--version'], { encoding: 'utf8' }).trim();
	return {
		machine: {
			processor: model,
			cores: others.length + 1,
			memoryGb: Math.round(totalmem() / GB),
			load: loadavg()[0],
			system: `${type()} ${release()}`,
		},
		versions: { n8n: runtime.version, node: node.slice(1), package: version },
	};
}
