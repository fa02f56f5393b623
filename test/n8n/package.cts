import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The project's root folder. */
export const PROJECT = resolve(__dirname, '..', '..');

/** The prefix of our node types in n8n, as in `<PACKAGE>.perfectGymNext`. */
export const PACKAGE = 'n8n-nodes-perfectgym-next';

/**
 * Builds the project and packs it as it would be published. Returns the path of the .tgz file in
 * `outDir`. Throws an Error with the output of the failed step.
 */
export async function packTarball(outDir: string): Promise<string> {
	mkdirSync(outDir, { recursive: true });
	await run('npm', ['run', 'build'], PROJECT);
	const output = await run('npm', ['pack', '--json', '--pack-destination', outDir], PROJECT);
	const json = output.slice(output.indexOf('['));
	const [packed] = JSON.parse(json) as Array<{ filename: string }>;
	return join(outDir, packed.filename);
}

/**
 * Installs the packed package for the n8n in `userFolder`, in the folder and with the npm options
 * that n8n uses for community nodes. n8n loads it on its next start.
 */
export async function installPackage(userFolder: string, tarball: string): Promise<void> {
	const folder = join(userFolder, '.n8n', 'nodes');
	mkdirSync(folder, { recursive: true });
	const manifest = join(folder, 'package.json');
	if (!existsSync(manifest)) {
		writeFileSync(
			manifest,
			`${JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }, null, 2)}\n`,
		);
	}
	// n8n provides the peer dependency; a second copy would break its instanceof checks.
	await run(
		'npm',
		['install', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', tarball],
		folder,
	);
}

/** Copies the package that is installed for the n8n in one user folder to another one. */
export function copyPackage(fromUserFolder: string, toUserFolder: string): void {
	const nodes = join('.n8n', 'nodes');
	cpSync(join(fromUserFolder, nodes), join(toUserFolder, nodes), { recursive: true });
}

/**
 * Runs a command and returns its standard output. Throws an Error with the end of its output if the
 * exit code is not 0.
 */
export async function run(command: string, args: string[], cwd: string): Promise<string> {
	return await new Promise((done, fail) => {
		const child = spawn(command, args, {
			cwd,
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: process.platform === 'win32',
		});
		let stdout = '';
		let all = '';
		child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
			stdout += chunk;
			all += chunk;
		});
		child.stderr.setEncoding('utf8').on('data', (chunk: string) => (all += chunk));
		child.once('error', fail);
		child.once('close', (code) => {
			if (code === 0) done(stdout);
			else {
				const end = all.trim().split('\n').slice(-25).join('\n');
				fail(new Error(`${command} ${args.join(' ')} exited with code ${code}:\n${end}`));
			}
		});
	});
}
