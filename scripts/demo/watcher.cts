import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PACKAGE, PROJECT } from '../../test/n8n/package.cts';

/** What n8n needs to load the nodes again when their files change. */
export const RELOADING = { NODE_ENV: 'development', N8N_DEV_RELOAD: 'true' };

const CHANGED = /File change detected/;
const ENDED = /Found (\d+) errors?\./;

/** Where the nodes are, and where they go. */
export interface WatchedFolders {
	/** Has the `tsconfig.json`; this project by default. */
	project?: string;
	/** Of the n8n that has the package. */
	userFolder: string;
}

/**
 * Compiles the nodes into the package that is installed in n8n, again after each change. n8n loads
 * them without a restart. Prints what the compiler finds. Returns a function that stops it.
 */
export function watchNodes(
	{ project = PROJECT, userFolder }: WatchedFolders,
	print: (line: string) => void,
): () => void {
	const installed = join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE);
	const compiler = spawn(
		process.execPath,
		[
			join(PROJECT, 'node_modules', 'typescript', 'bin', 'tsc'),
			...['--watch', '--preserveWatchOutput', '--pretty', 'false'],
			...['--outDir', join(installed, 'dist')],
		],
		{ cwd: project, stdio: ['ignore', 'pipe', 'inherit'] },
	);
	let hasChanged = false;
	compiler.stdout.setEncoding('utf8').on('data', (text: string) => {
		for (const line of text.split('\n')) {
			if (CHANGED.test(line)) hasChanged = true;
			const errors = ENDED.exec(line)?.[1];
			if (errors === undefined) {
				if (/error TS/.test(line)) print(line.trim());
			} else if (errors !== '0') {
				print('n8n keeps the last version that compiled, except for files without errors.');
			} else if (hasChanged) {
				print('Compiled. n8n loads the nodes again.');
			} else {
				print('Watching credentials/ and nodes/ for changes.');
			}
		}
	});
	return () => compiler.kill();
}
