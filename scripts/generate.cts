/**
 * Writes the files that follow from the contract and the declarations, and the repository's address
 * wherever it is. `npm run generate` runs it.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { generatedFiles } from './generate/files.cts';
import { performancePlots } from './generate/plots.cts';
import { SCHEMAS } from './generate/schemas.cts';
import { addressedFiles, projectManifest } from './repository.cts';

const PROJECT = join(__dirname, '..');

// So that no schema of an operation that is gone stays.
rmSync(join(PROJECT, SCHEMAS), { recursive: true, force: true });
for (const [path, text] of generatedFiles()) write(path, text);

const changed = [...addressedFiles(projectManifest())].filter(
	([path, text]) => readFileSync(join(PROJECT, path), 'utf8') !== text,
);
for (const [path, text] of changed) writeFileSync(join(PROJECT, path), text);
// A longer or shorter address can need other line breaks.
const prettier = [require.resolve('prettier/bin/prettier.cjs'), '--log-level=warn', '--write'];
const paths = changed.map(([path]) => path);
if (paths.length > 0) {
	const { status } = spawnSync(process.execPath, [...prettier, ...paths], {
		cwd: PROJECT,
		stdio: 'inherit',
	});
	process.exitCode = status ?? 1;
}

void performancePlots().then((plots) => {
	for (const [path, text] of plots) write(path, text);
});

function write(path: string, text: string): void {
	mkdirSync(dirname(join(PROJECT, path)), { recursive: true });
	writeFileSync(join(PROJECT, path), text);
}
