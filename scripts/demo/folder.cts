import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../test/n8n/progress.cts';

/** The folder of the demo's n8n. */
export interface DemoFolder {
	path: string;
	/** Releases the folder for the next start, or removes a temporary one. */
	release: () => void;
}

/**
 * Opens the demo's n8n folder, which keeps everything from the last start unless this start is to be
 * fresh. When a demo is already running in it, the folder is a temporary one.
 *
 * @param log receives what is kept or deleted
 */
export function openDemoFolder(path: string, fresh: boolean, log: Log): DemoFolder {
	const owner = join(path, 'pid');
	if (existsSync(owner) && isRunning(Number(readFileSync(owner, 'utf8')))) {
		const temporary = mkdtempSync(join(tmpdir(), 'perfectgym-next-demo-'));
		log('Another demo is running. This one starts anew and keeps nothing.');
		const release = () => rmSync(temporary, { recursive: true, force: true });
		return { path: temporary, release };
	}
	const isThere = existsSync(join(path, '.n8n', 'database.sqlite'));
	if (fresh) rmSync(path, { recursive: true, force: true });
	if (isThere && fresh) log("Deleted the last demo's workflows, credentials and executions.");
	else if (isThere) {
		log(
			'Keeping your workflows, credentials and executions from the last demo ("npm start -- --fresh" starts anew).',
		);
	} else log('Starting with a new n8n. The next start keeps what you do in it.');
	mkdirSync(path, { recursive: true });
	writeFileSync(owner, String(process.pid));
	return { path, release: () => rmSync(owner, { force: true }) };
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
