import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { shellBlocks } from '../contract/commands.cts';
import { PACKAGE } from '../n8n/package.cts';

/** Returns the first ```sh block of the README that contains `words`. Throws an Error if none does. */
export function commandOf(words: string): string {
	const block = shellBlocks('README.md').find((text) => text.includes(words));
	if (block === undefined) throw new Error(`README.md has no command with "${words}"`);
	return block;
}

/** A person's machine. */
export interface Machine {
	/** Stands for the home folder, of a container too. */
	home: string;
	/** Stands for the package at npm, which may not have this version yet. */
	tarball: string;
}

/** Stands for Docker: runs in the home folder what is to run in the container. */
const DOCKER = `#!/bin/sh
[ "$1" = exec ] || exit 0
cd "$HOME"
while [ "$1" != sh ]; do shift; done
exec "$@"
`;

/**
 * Runs a block of commands as the README has it.
 *
 * @throws an Error with the end of its output when it fails
 */
export function runAsWritten(block: string, { home, tarball }: Machine): void {
	const bin = join(home, 'bin');
	mkdirSync(bin, { recursive: true });
	writeFileSync(join(bin, 'docker'), DOCKER);
	chmodSync(join(bin, 'docker'), 0o755);
	// As npm is on a person's machine, without the settings that npm passes to the scripts of a project.
	const inherited = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
	const { status, stdout, stderr } = spawnSync(
		'sh',
		['-e', '-c', block.replaceAll(new RegExp(`${PACKAGE}(?=$|['\\s])`, 'g'), tarball)],
		{
			cwd: home,
			encoding: 'utf8',
			env: {
				...Object.fromEntries(inherited),
				HOME: home,
				PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
			},
		},
	);
	if (status !== 0) throw new Error(`${block}\nfailed:\n${`${stdout}${stderr}`.slice(-2000)}`);
}
