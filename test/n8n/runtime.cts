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

/** An n8n on this machine that can be started: `nodeBinary n8nEntry <command>` with `env`. */
export interface N8nRuntime {
	version: string;
	nodeBinary: string;
	n8nEntry: string;
	/** To be set over the environment of whoever starts it. */
	env: Record<string, string>;
}

/** Takes one line for a person to read, without a line end. */
export type Log = (line: string) => void;

const PINNED = join(__dirname, 'runtime');
const COMPLETE = 'complete.json';
/** What n8n 2.40 demands of Node. */
const NODE_MAJOR = 24;

/** The folder in which everything is kept that takes long to fetch. Outside the project. */
export function cacheFolder(): string {
	const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return join(base, 'n8n-nodes-perfectgym-next');
}

/**
 * Gives the pinned n8n, installing it into the cache folder first where it is missing (once; some
 * four minutes and 3 GB). Two callers at a time wait for one another, and an interrupted
 * installation starts anew. Throws an Error that says what to do when it cannot be installed.
 */
export async function ensureN8n({ log }: { log: Log }): Promise<N8nRuntime> {
	const version = pinnedVersion();
	const folder = join(cacheFolder(), `n8n-${version}-${pinnedHash()}`);

	if (!existsSync(join(folder, COMPLETE))) {
		mkdirSync(dirname(folder), { recursive: true });
		const release = await takeTurns(`${folder}.lock`, log);
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
	const pinned: { dependencies: Record<string, string> } = JSON.parse(
		readFileSync(join(PINNED, 'package.json'), 'utf8'),
	);
	return pinned.dependencies.n8n;
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
			`n8n ${version} needs Node ${NODE_MAJOR} or newer. Install it from nodejs.org and run this again.`,
		);
	}
	const isMissing = (tool: string) => !isInstalled(tool);
	let missing = ['make', 'g++', 'python3'].filter(isMissing);
	if (missing.length > 0 && isInstalled('apt-get') && process.getuid?.() === 0) {
		log(`Installing ${missing.join(', ')}, with which n8n's database driver is compiled.`);
		spawnSync('apt-get', ['update'], { stdio: 'ignore' });
		spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...missing], {
			stdio: 'ignore',
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		});
		missing = missing.filter(isMissing);
	}
	if (missing.length > 0) {
		log(
			`Note: ${missing.join(', ')} not found. n8n's database driver is downloaded ready-made where possible; else it has to be compiled, which needs make, g++ and python3.`,
		);
	}

	log(`Installing n8n ${version} into ${folder}. This is done once, takes some minutes and 3 GB.`);
	const started = Date.now();
	const parts = `${folder}.${process.pid}.partial`;
	await removeLeftovers(folder);
	await mkdir(parts, { recursive: true });
	// The log lies beside the folder, so that it outlives a failed installation.
	const logFile = `${folder}.log`;
	rmSync(logFile, { force: true });
	try {
		await copyFile(join(PINNED, 'package.json'), join(parts, 'package.json'));
		await copyFile(join(PINNED, 'package-lock.json'), join(parts, 'package-lock.json'));
		// Without scripts: one of n8n's parts builds a Kafka driver from a download of its own.
		await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
			step: 'Fetching n8n and its parts',
			cwd: parts,
			env: {},
			logFile,
			started,
			log,
		});
		const nodeBinary = findNode(parts);
		const prefix = dirname(dirname(nodeBinary));
		const hasHeaders = existsSync(join(prefix, 'include', 'node', 'node.h'));
		await npm(['rebuild', 'sqlite3', '--foreground-scripts', '--ignore-scripts=false'], {
			step: "Building n8n's database driver",
			cwd: parts,
			env: {
				PATH: `${dirname(nodeBinary)}${delimiter}${process.env.PATH ?? ''}`,
				...(hasHeaders && { npm_config_nodedir: prefix }),
			},
			logFile,
			started,
			log,
		});
		await checkDriver(parts, nodeBinary);
		writeFileSync(join(parts, COMPLETE), `${JSON.stringify({ version })}\n`);
		await rm(folder, { recursive: true, force: true });
		await rename(parts, folder);
	} catch (error) {
		await rm(parts, { recursive: true, force: true });
		throw error;
	}
	log(`n8n ${version} is installed (${seconds(started)} s).`);
}

async function checkDriver(folder: string, nodeBinary: string): Promise<void> {
	const { status, stderr } = spawnSync(nodeBinary, ['-e', "require('sqlite3')"], {
		cwd: folder,
		encoding: 'utf8',
	});
	if (status === 0) return;
	throw new Error(
		`n8n's database driver (sqlite3) does not load: ${lastLines(stderr, 3)}. Install make, g++ and python3 (Debian: apt-get install build-essential python3) and run this again.`,
	);
}

interface NpmStep {
	step: string;
	cwd: string;
	env: Record<string, string>;
	logFile: string;
	/** When the whole installation began, in ms since 1970. */
	started: number;
	log: Log;
}

async function npm(args: string[], options: NpmStep): Promise<void> {
	const { step, cwd, logFile, started, log } = options;
	log(`  ${step} …`);
	const progress = setInterval(() => log(`  ${step} … ${seconds(started)} s`), 15_000);
	const output = createWriteStream(logFile, { flags: 'a' });
	try {
		const code = await new Promise<number | null>((resolve, reject) => {
			const child = spawn('npm', args, {
				cwd,
				env: { ...process.env, ...options.env },
				stdio: ['ignore', 'pipe', 'pipe'],
				shell: process.platform === 'win32',
			});
			const abandon = () => child.kill();
			process.once('exit', abandon);
			child.once('close', () => process.removeListener('exit', abandon));
			child.stdout.pipe(output, { end: false });
			child.stderr.pipe(output, { end: false });
			child.once('error', reject);
			child.once('close', resolve);
		});
		await new Promise<void>((resolve) => output.end(resolve));
		if (code !== 0) {
			throw new Error(
				`${step}: npm ended with code ${code}. Its last words:\n${lastLines(readFileSync(logFile, 'utf8'), 15)}\nThe whole log is in ${logFile}. Check that npm reaches its registry, then run this again.`,
			);
		}
	} finally {
		clearInterval(progress);
	}
}

/** Prefers the Node that is pinned with n8n, so that every machine runs the same. */
function findNode(folder: string): string {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const file = process.platform === 'win32' ? 'node.exe' : 'node';
	const bundled = join(folder, 'node_modules', `node-${platform}-${process.arch}`, 'bin', file);
	if (existsSync(bundled) && spawnSync(bundled, ['--version']).status === 0) return bundled;
	if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;
	throw new Error(
		`n8n needs Node ${NODE_MAJOR} or newer, and the one that npm brings does not run here. Install Node ${NODE_MAJOR} from nodejs.org and run this again.`,
	);
}

/** Removes what interrupted installations left. Safe, because the caller holds the lock. */
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
 * Waits until no other process holds the lock, then holds it. The lock is a folder, since making
 * one is atomic everywhere; a lock whose holder is gone is taken over.
 */
async function takeTurns(lock: string, log: Log): Promise<() => void> {
	const holder = join(lock, 'pid');
	let told = false;
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
		if (!told) log('Another process is installing n8n; waiting for it.');
		told = true;
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
		// No name in it yet: the holder is between making the folder and signing it, or died there.
		const made = await stat(lock).then(
			(info) => info.mtimeMs,
			() => Date.now(),
		);
		return Date.now() - made > 10_000;
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
