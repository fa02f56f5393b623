/** The versions of n8n's engine that `npm run test:versions` tests, and their installation. */

import { ensureInstalled } from '../n8n/installation.cts';
import type { Log } from '../n8n/progress.cts';

/** A version of n8n, and the packages that its engine consists of. */
export interface Core {
	/** The n8n that contains them. */
	n8n: string;
	core: string;
	workflow: string;
}

/** The oldest first. */
export const cores: readonly Core[] = [
	{ n8n: '1.123.81', core: '1.122.48', workflow: '1.120.31' },
	{ n8n: '2.0.3', core: '2.0.2', workflow: '2.0.1' },
	{ n8n: '2.20.12', core: '2.20.6', workflow: '2.20.3' },
	{ n8n: '2.34.4', core: '2.34.2', workflow: '2.34.2' },
	{ n8n: '2.41.1', core: '2.41.1', workflow: '2.41.0' },
];

/** Returns the folder with an engine. Installs it first if it is missing. Throws as `ensureInstalled`. */
export async function ensureCore({ n8n, core, workflow }: Core, log: Log): Promise<string> {
	const manifest = {
		name: 'n8n-engine',
		version: '1.0.0',
		private: true,
		dependencies: { 'n8n-core': core, 'n8n-workflow': workflow },
	};
	return await ensureInstalled(
		{
			title: `the engine of n8n ${n8n}`,
			name: `n8n-core-${core}`,
			manifest: `${JSON.stringify(manifest, null, 2)}\n`,
			cost: 'This happens once, and takes half a minute with a fast connection.',
		},
		log,
	);
}
