// Runs n8n's scanner for community packages on the source and on the packed package. n8n runs the
// same scanner on published packages.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packTarball, PROJECT, run } from '../test/n8n/package.cts';

interface ScanResult {
	passed: boolean;
	message?: string;
	details?: string;
}

interface Scanner {
	/** The source files that the scanner reads. */
	SOURCE_FILE_PATTERNS: string[];
	analyzePackage(folder: string, filePatterns?: string[]): Promise<ScanResult>;
}

async function main(): Promise<boolean> {
	const path = join(PROJECT, 'node_modules/@n8n/scan-community-package/scanner/scanner.mjs');
	const scanner = (await import(pathToFileURL(path).href)) as Scanner;
	const folder = mkdtempSync(join(tmpdir(), 'perfectgym-next-scan-'));
	try {
		const tarball = await packTarball(folder);
		await run('tar', ['-xzf', tarball, '-C', folder], folder);
		const results = [
			report('source', await scanner.analyzePackage(PROJECT, scanner.SOURCE_FILE_PATTERNS)),
			report('packed package', await scanner.analyzePackage(join(folder, 'package'))),
		];
		return results.every(Boolean);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Prints the result of one scan; returns whether it passed. */
function report(name: string, { passed, message, details }: ScanResult): boolean {
	const verdict = passed ? 'passed' : 'FAILED';
	process.stdout.write(
		`n8n's scanner, ${name}: ${[verdict, message].filter(Boolean).join(': ')}\n`,
	);
	if (details) process.stdout.write(`${details}\n`);
	return passed;
}

main().then(
	(passed) => process.exit(passed ? 0 : 1),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(1);
	},
);
