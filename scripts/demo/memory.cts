import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the demo has put into its n8n, by the ids that n8n gave. */
export interface DemoMemory {
	/** By credential type. */
	credentials: Record<string, string>;
	/** By the name of the example's file. */
	examples: Record<string, string>;
}

const FILE = 'demo.json';

/** Reads what an earlier start has noted in the user folder. */
export function readMemory(userFolder: string): DemoMemory {
	const path = join(userFolder, FILE);
	if (!existsSync(path)) return { credentials: {}, examples: {} };
	return JSON.parse(readFileSync(path, 'utf8')) as DemoMemory;
}

/** Notes what the demo has created, for the next start. */
export function writeMemory(userFolder: string, memory: DemoMemory): void {
	writeFileSync(join(userFolder, FILE), `${JSON.stringify(memory, null, '\t')}\n`);
}
