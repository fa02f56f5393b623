/** Tells which engine runs the tests: the project's, or another one of `npm run test:versions`. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isBefore } from '../version.cts';

/** The version of n8n-core, such as `2.40.3`. n8n 1.123 has n8n-core 1.122. */
export const coreVersion = versionOf('n8n-core');

function versionOf(name: string): string {
	let folder = dirname(require.resolve(name));
	while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
	const manifest = readFileSync(join(folder, 'package.json'), 'utf8');
	return (JSON.parse(manifest) as { version: string }).version;
}

/** Tells whether the engine is at least n8n-core `version`, such as `2.28`. */
export function isSince(version: string): boolean {
	return !isBefore(coreVersion, version);
}

/** Whether n8n can look up the hosts of linked files; otherwise the node refuses them by default. */
export const canCheckHosts = isSince('2.40');

/** `test` with an engine of at least `version`; otherwise a skipped test, whose name has the reason. */
export function testSince(version: string, reason: string): TestFunction {
	return (name, run) => {
		if (isSince(version)) test(name, run);
		else test.skip(`${name} [skipped: ${reason}]`, run);
	};
}

type TestFunction = (name: string, run: jest.ProvidesCallback) => void;
