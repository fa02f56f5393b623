import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	createWriteStream,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { withProgress, type Log } from './progress.cts';

/** What npm installs into a folder of its own in the cache. */
export interface Installation {
	/** The name and version, for messages: `n8n 2.40.5`. */
	title: string;
	/** The name of the folder; a hash of the content is appended. */
	name: string;
	/** The text of its `package.json`. */
	manifest: string;
	/** The text of its `package-lock.json`, if all parts are pinned. */
	lock?: string;
	/** What the user may have to wait and to pay for, as a sentence. */
	cost: string;
	/** Called in the new folder, before the installation counts as complete. */
	finish?: (folder: string, logFile: string) => Promise<void>;
}

const COMPLETE = 'complete.json';

/** Returns the folder, outside the project, for downloads that take long. */
export function cacheFolder(): string {
	const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(base, 'n8n-nodes-perfectgym-next');
}

/**
 * Installs it into the cache folder if it is missing. Concurrent callers wait for each other, and an
 * interrupted installation starts over. Returns the folder. Throws an Error with the end of npm's log.
 */
export async function ensureInstalled(installation: Installation, log: Log): Promise<string> {
	const { name, manifest, lock } = installation;
	const hash = createHash('sha256')
		.update(lock ?? manifest)
		.digest('hex')
		.slice(0, 8);
	const folder = join(cacheFolder(), `${name}-${hash}`);
	const isComplete = () => existsSync(join(folder, COMPLETE));
	if (isComplete()) return folder;
	mkdirSync(dirname(folder), { recursive: true });
	const unlock = await acquireLock(`${folder}.lock`, log);
	try {
		if (!isComplete()) await install(folder, installation, log);
	} finally {
		unlock();
	}
	return folder;
}

async function install(folder: string, installation: Installation, log: Log): Promise<void> {
	const { title, name, manifest, lock, cost, finish } = installation;
	log(`Installing ${title} into ${folder}. ${cost}`);
	const started = Date.now();
	const partial = `${folder}.${process.pid}.partial`;
	await removeLeftovers(folder);
	await mkdir(partial, { recursive: true });
	// The log is outside the folder, so it survives a failed installation.
	const logFile = `${folder}.log`;
	rmSync(logFile, { force: true });
	try {
		writeFileSync(join(partial, 'package.json'), manifest);
		if (lock !== undefined) writeFileSync(join(partial, 'package-lock.json'), lock);
		// Without install scripts: one of n8n's dependencies downloads and builds a Kafka driver.
		const command = lock === undefined ? 'install' : 'ci';
		await npm([command, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
			step: `Downloading ${title} and its dependencies`,
			cwd: partial,
			env: {},
			logFile,
			log,
		});
		await finish?.(partial, logFile);
		writeFileSync(join(partial, COMPLETE), `${JSON.stringify({ name })}\n`);
		await rm(folder, { recursive: true, force: true });
		await rename(partial, folder);
	} catch (error) {
		await rm(partial, { recursive: true, force: true });
		throw error;
	}
	log(`${title} is installed (${Math.round((Date.now() - started) / 1000)} s).`);
}

/** How `npm` runs. */
export interface NpmStep {
	step: string;
	cwd: string;
	env: Record<string, string>;
	logFile: string;
	log: Log;
}

/** Runs npm. Throws an Error with the end of its output if it fails. */
export async function npm(args: string[], options: NpmStep): Promise<void> {
	const { step, cwd, logFile, log } = options;
	await withProgress(`  ${step}`, log, async () => {
		const output = createWriteStream(logFile, { flags: 'a' });
		const code = await new Promise<number | null>((resolve, reject) => {
			const child = spawn('npm', args, {
				cwd,
				env: { ...process.env, ...options.env },
				stdio: ['ignore', 'pipe', 'pipe'],
				shell: process.platform === 'win32',
			});
			const kill = () => child.kill();
			process.once('exit', kill);
			child.once('close', () => process.removeListener('exit', kill));
			child.stdout.pipe(output, { end: false });
			child.stderr.pipe(output, { end: false });
			child.once('error', reject);
			child.once('close', resolve);
		});
		await new Promise<void>((resolve) => output.end(resolve));
		if (code !== 0) {
			throw new Error(
				`${step}: npm exited with code ${code}. Its output ends with:\n${lastLines(readFileSync(logFile, 'utf8'), 15)}\nThe full log is in ${logFile}. Check that npm can reach its registry, then try again.`,
			);
		}
	});
}

/** Removes the remains of interrupted installations. The caller must hold the lock. */
async function removeLeftovers(folder: string): Promise<void> {
	const parent = dirname(folder);
	for (const name of await readdir(parent)) {
		const path = join(parent, name);
		if (path.startsWith(`${folder}.`) && path.endsWith('.partial')) {
			await rm(path, { recursive: true, force: true });
		}
	}
}

/**
 * Waits until no other process holds the lock, then acquires it and returns a function that releases
 * it. The lock is a folder, since creating a folder is atomic on every platform. If the holder has
 * exited, its lock is removed.
 */
async function acquireLock(lock: string, log: Log): Promise<() => void> {
	const holder = join(lock, 'pid');
	let hasLogged = false;
	for (;;) {
		try {
			mkdirSync(lock);
			writeFileSync(holder, String(process.pid));
			const release = () => rmSync(lock, { recursive: true, force: true });
			process.once('exit', release);
			return () => {
				process.removeListener('exit', release);
				release();
			};
		} catch (error) {
			if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
		}
		if (await isAbandoned(lock, holder)) {
			rmSync(lock, { recursive: true, force: true });
			continue;
		}
		if (!hasLogged) log('Waiting for another process that is installing the same.');
		hasLogged = true;
		await new Promise((resolve) => setTimeout(resolve, 1000));
	}
}

async function isAbandoned(lock: string, holder: string): Promise<boolean> {
	try {
		const pid = Number(readFileSync(holder, 'utf8'));
		try {
			process.kill(pid, 0);
			return false;
		} catch (error) {
			return error instanceof Error && 'code' in error && error.code === 'ESRCH';
		}
	} catch {
		// No pid yet: the holder has just created the folder, or it exited before writing its pid.
		const created = await stat(lock).then(
			(info) => info.mtimeMs,
			() => Date.now(),
		);
		return Date.now() - created > 10_000;
	}
}

/** Returns the last lines of a text. */
export function lastLines(text: string, count: number): string {
	return text.trim().split('\n').slice(-count).join('\n');
}
