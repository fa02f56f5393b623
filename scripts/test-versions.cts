/**
 * `npm run test:versions`: runs the tests of n8n's engine with other versions of it. Without arguments
 * with all; `oldest`, `newest` and versions of n8n choose. The last lines are a table of the results,
 * the skipped tests with their reasons, and `N passed, N failed`.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cores, ensureCore, type Core } from '../test/versions/cores.cts';

interface Result {
	core: Core;
	passed: number;
	failed: number;
	skipped: string[];
}

/** What jest writes with `--json`. */
interface Report {
	numPassedTests: number;
	numFailedTests: number;
	numRuntimeErrorTestSuites: number;
	testResults: Array<{ assertionResults: Array<{ status: string; fullName: string }> }>;
}

const PROJECT = join(__dirname, '..');
const print = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
	const results: Result[] = [];
	for (const core of chosen(process.argv.slice(2))) {
		results.push(testIn(core, await ensureCore(core, print)));
	}
	print(
		'\n| n8n | n8n-core | Node | Passed | Failed | Skipped |\n| --- | --- | --- | --- | --- | --- |',
	);
	for (const { core, passed, failed, skipped } of results) {
		const cells = [core.n8n, core.core, process.versions.node, passed, failed, skipped.length];
		print(`| ${cells.join(' | ')} |`);
	}
	for (const { core, skipped } of results) {
		for (const name of skipped) print(`n8n ${core.n8n}: ${name}`);
	}
	const sum = (key: 'passed' | 'failed') => results.reduce((all, each) => all + each[key], 0);
	print(`${sum('passed')} passed, ${sum('failed')} failed`);
	if (sum('failed') > 0) process.exitCode = 1;
}

function chosen(names: readonly string[]): readonly Core[] {
	if (names.length === 0) return cores;
	return names.map((name) => {
		if (name === 'oldest') return cores[0];
		if (name === 'newest') return cores[cores.length - 1];
		const found = cores.find(({ n8n }) => n8n === name);
		if (found) return found;
		const known = cores.map(({ n8n }) => n8n).join(', ');
		throw new Error(`"${name}" is not one of oldest, newest, ${known}.`);
	});
}

function testIn(core: Core, folder: string): Result {
	print(`\nTesting with the engine of n8n ${core.n8n} …`);
	const scratch = mkdtempSync(join(tmpdir(), 'perfectgym-next-versions-'));
	const report = join(scratch, 'report.json');
	try {
		const config = join('test', 'versions', 'jest.config.js');
		const jest = join('node_modules', 'jest', 'bin', 'jest.js');
		const args = [jest, '--ci', '--config', config, '--json', `--outputFile=${report}`];
		spawnSync(process.execPath, [...args, '--silent'], {
			cwd: PROJECT,
			stdio: ['ignore', 'ignore', 'inherit'],
			env: { ...process.env, N8N_CORE_FOLDER: folder },
		});
		const result = JSON.parse(readFileSync(report, 'utf8')) as Report;
		const tests = result.testResults.flatMap(({ assertionResults }) => assertionResults);
		return {
			core,
			passed: result.numPassedTests,
			// A file that does not load counts as one.
			failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
			skipped: tests.filter(({ status }) => status === 'pending').map(({ fullName }) => fullName),
		};
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

main().catch((error: unknown) => {
	print(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
});
