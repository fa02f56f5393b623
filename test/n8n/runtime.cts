import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	createWriteStream,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { withProgress, type Log } from './progress.cts';

/** An installed n8n. Start it with `nodeBinary n8nEntry <command>` and `env`. */
export interface N8nRuntime {
	version: string;
	nodeBinary: string;
	n8nEntry: string;
	/** Variables to add to the environment of the process that starts n8n. */
	env: Record<string, string>;
}

const PINNED = join(__dirname, 'runtime');
const COMPLETE = 'complete.json';
/** n8n 2.40 requires this version of Node. */
const NODE_MAJOR = 24;

/** Returns the folder, outside the project, for downloads that take long. */
export function cacheFolder(): string {
	const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(base, 'n8n-nodes-perfectgym-next');
}

/**
 * Returns the pinned n8n. Installs it into the cache folder first if it is missing (once; about four
 * minutes and 3 GB). Concurrent callers wait for each other, and an interrupted installation starts
 * over. Throws an Error that says what to do if n8n cannot be installed.
 */
export async function ensureN8n({ log }: { log: Log }): Promise<N8nRuntime> {
	const version = pinnedVersion();
	const folder = join(cacheFolder(), `n8n-${version}-${pinnedHash()}`);

	if (!existsSync(join(folder, COMPLETE))) {
		mkdirSync(dirname(folder), { recursive: true });
		const release = await acquireLock(`${folder}.lock`, log);
		try {
			if (!existsSync(join(folder, COMPLETE))) await install(folder, version, log);
		} finally {
			release();
		}
	}

	const nodeBinary = findNode(folder);
	return {
		version,
		nodeBinary,
		n8nEntry: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
		env: { PATH: `${dirname(nodeBinary)}${delimiter}${process.env.PATH ?? ''}` },
	};
}

function pinnedVersion(): string {
	const manifest = readFileSync(join(PINNED, 'package.json'), 'utf8');
	const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
	return dependencies.n8n;
}

function pinnedHash(): string {
	const lock = readFileSync(join(PINNED, 'package-lock.json'));
	return createHash('sha256').update(lock).digest('hex').slice(0, 8);
}

async function install(folder: string, version: string, log: Log): Promise<void> {
	const ownNode = Number(process.versions.node.split('.')[0]) >= NODE_MAJOR;
	const bundled = ['linux-x64', 'linux-arm64', 'win32-x64'].includes(
		`${process.platform}-${process.arch}`,
	);
	if (!ownNode && !bundled) {
		throw new Error(
			`n8n ${version} needs Node ${NODE_MAJOR} or newer. Install it from nodejs.org and try again.`,
		);
	}
	const isMissing = (tool: string) => !isInstalled(tool);
	let missing = ['make', 'g++', 'python3'].filter(isMissing);
	if (missing.length > 0 && isInstalled('apt-get') && process.getuid?.() === 0) {
		log(`Installing ${missing.join(', ')} to compile n8n's database driver.`);
		spawnSync('apt-get', ['update'], { stdio: 'ignore' });
		spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...missing], {
			stdio: 'ignore',
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		});
		missing = missing.filter(isMissing);
	}
	if (missing.length > 0) {
		log(
			`Note: ${missing.join(', ')} not found. They are needed only if there is no prebuilt binary of n8n's database driver for this machine.`,
		);
	}

	log(
		`Installing n8n ${version} into ${folder}. This happens once, takes about five minutes with a fast connection, downloads about 500 MB, and needs 3 GB of disk space.`,
	);
	const started = Date.now();
	const partial = `${folder}.${process.pid}.partial`;
	await removeLeftovers(folder);
	await mkdir(partial, { recursive: true });
	// The log is outside the folder, so it survives a failed installation.
	const logFile = `${folder}.log`;
	rmSync(logFile, { force: true });
	try {
		await copyFile(join(PINNED, 'package.json'), join(partial, 'package.json'));
		await copyFile(join(PINNED, 'package-lock.json'), join(partial, 'package-lock.json'));
		// Without install scripts: one of n8n's dependencies downloads and builds a Kafka driver.
		await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
			step: 'Downloading n8n and its dependencies',
			cwd: partial,
			env: {},
			logFile,
			log,
		});
		const nodeBinary = findNode(partial);
		const prefix = dirname(dirname(nodeBinary));
		const hasHeaders = existsSync(join(prefix, 'include', 'node', 'node.h'));
		await npm(['rebuild', 'sqlite3', '--foreground-scripts', '--ignore-scripts=false'], {
			step: "Building n8n's database driver",
			cwd: partial,
			env: {
				PATH: `${dirname(nodeBinary)}${delimiter}${process.env.PATH ?? ''}`,
				...(hasHeaders && { npm_config_nodedir: prefix }),
			},
			logFile,
			log,
		});
		checkDriver(partial, nodeBinary);
		writeFileSync(join(partial, COMPLETE), `${JSON.stringify({ version })}\n`);
		await rm(folder, { recursive: true, force: true });
		await rename(partial, folder);
	} catch (error) {
		await rm(partial, { recursive: true, force: true });
		throw error;
	}
	log(`n8n ${version} is installed (${seconds(started)} s).`);
}

function checkDriver(folder: string, nodeBinary: string): void {
	const { status, stderr } = spawnSync(nodeBinary, ['-e', "require('sqlite3')"], {
		cwd: folder,
		encoding: 'utf8',
	});
	if (status === 0) return;
	throw new Error(
		`n8n's database driver (sqlite3) does not load: ${lastLines(stderr, 3)}. Install make, g++ and python3 (Debian: apt-get install build-essential python3) and try again.`,
	);
}

interface NpmStep {
	step: string;
	cwd: string;
	env: Record<string, string>;
	logFile: string;
	log: Log;
}

async function npm(args: string[], options: NpmStep): Promise<void> {
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

/** Prefers the Node that is pinned with n8n, so that every machine runs the same version. */
function findNode(folder: string): string {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const file = process.platform === 'win32' ? 'node.exe' : 'node';
	const bundled = join(folder, 'node_modules', `node-${platform}-${process.arch}`, 'bin', file);
	if (existsSync(bundled) && spawnSync(bundled, ['--version']).status === 0) return bundled;
	if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;
	throw new Error(
		`n8n needs Node ${NODE_MAJOR} or newer, and the version that npm installed does not run here. Install Node ${NODE_MAJOR} from nodejs.org and try again.`,
	);
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
		if (!hasLogged) log('Waiting for another process that is installing n8n.');
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

function isInstalled(tool: string): boolean {
	return spawnSync(tool, ['--version'], { stdio: 'ignore' }).error === undefined;
}

function lastLines(text: string, count: number): string {
	return text.trim().split('\n').slice(-count).join('\n');
}

function seconds(since: number): number {
	return Math.round((Date.now() - since) / 1000);
}
