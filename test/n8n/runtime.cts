import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { ensureInstalled, lastLines, npm } from './installation.cts';
import { isBefore } from '../version.cts';
import type { Log } from './progress.cts';

/** An installed n8n. Start it with `n8nCommand` and `env`. */
export interface N8nRuntime {
	version: string;
	nodeBinary: string;
	/** Empty for a Docker image. */
	n8nEntry: string;
	/** The Docker image that contains n8n, if it is not installed here. */
	image?: string;
	/** Variables to add to the environment of the process that starts n8n. */
	env: Record<string, string>;
}

/** An n8n to install, and the Node that runs it. */
interface Release {
	version: string;
	nodeMajor: number;
	/** The text of its `package.json`. */
	manifest: string;
	/** The text of its `package-lock.json`, if the project pins all its parts. */
	lock?: string;
}

const PINNED = join(__dirname, 'runtime');
/** n8n requires Node 24 since 2.37. The database driver of earlier versions compiles with Node 22. */
const NODE_24_SINCE = '2.37';
const NODE_22 = '22.23.3';
const ownNodeMajor = Number(process.versions.node.split('.')[0]);

/**
 * Returns the pinned n8n, the version that the variable N8N_VERSION names (`1.123.81`, or the newest of
 * `1.123.x`), or the Docker image that N8N_IMAGE names. Without an image, installs it into the cache folder first if it is missing (once; about four minutes and
 * 3 GB). Concurrent callers wait for each other, and an interrupted installation starts over. Throws an
 * Error that says what to do if n8n cannot be installed.
 */
export async function ensureN8n({ log }: { log: Log }): Promise<N8nRuntime> {
	const image = process.env.N8N_IMAGE;
	if (image) return imageRuntime(image);
	const { version, nodeMajor, ...pin } = wantedRelease();
	checkNode(version, nodeMajor);
	const folder = await ensureInstalled(
		{
			...pin,
			title: `n8n ${version}`,
			name: `n8n-${version}`,
			cost: 'This happens once, takes about five minutes with a fast connection, downloads about 500 MB, and needs 3 GB of disk space.',
			async finish(partial, logFile) {
				await buildDriver(partial, nodeMajor, logFile, log);
			},
		},
		log,
	);
	const nodeBinary = findNode(folder, nodeMajor);
	return {
		version,
		nodeBinary,
		n8nEntry: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
		env: { PATH: `${dirname(nodeBinary)}${delimiter}${process.env.PATH ?? ''}` },
	};
}

function imageRuntime(image: string): N8nRuntime {
	const { stdout, stderr } = spawnSync('docker', ['run', '--rm', image, '--version'], {
		encoding: 'utf8',
	});
	const version = /^\d+\.\d+\.\d+$/m.exec(stdout)?.[0];
	if (!version) throw new Error(`Docker cannot run ${image} (N8N_IMAGE): ${lastLines(stderr, 3)}`);
	return { version, nodeBinary: process.execPath, n8nEntry: '', env: {}, image };
}

/**
 * Returns the command that runs n8n with the arguments.
 *
 * @param folder the user folder, which a container gets under the same path
 * @param env the variables of the command; a container gets those that differ from this process's
 */
export function n8nCommand(
	{ nodeBinary, n8nEntry, image }: N8nRuntime,
	args: readonly string[],
	{ folder, env }: { folder: string; env: NodeJS.ProcessEnv },
): string[] {
	if (image === undefined) return [nodeBinary, n8nEntry, ...args];
	const user = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
	const own = Object.keys(env).filter((name) => env[name] !== process.env[name]);
	return [
		...['docker', 'run', '--rm', '--init', '--network', 'host', '--user', user],
		...['--volume', `${folder}:${folder}`, ...own.flatMap((name) => ['--env', name])],
		...[image, ...args],
	];
}

function wantedRelease(): Release {
	const manifest = readFileSync(join(PINNED, 'package.json'), 'utf8');
	const pinned = JSON.parse(manifest) as Manifest;
	const version = wantedVersion() ?? pinned.dependencies.n8n;
	const nodeMajor = isBefore(version, NODE_24_SINCE) ? 22 : 24;
	if (version === pinned.dependencies.n8n) {
		const lock = readFileSync(join(PINNED, 'package-lock.json'), 'utf8');
		return { version, nodeMajor, manifest, lock };
	}
	const optionalDependencies = Object.fromEntries(
		Object.entries(pinned.optionalDependencies).map(([name, pin]) => [
			name,
			nodeMajor === 22 && name.startsWith('node-') ? NODE_22 : pin,
		]),
	);
	const own = {
		...pinned,
		dependencies: { n8n: version },
		optionalDependencies,
		// n8n before 2.34 takes it from a host that is not a registry.
		overrides: { xlsx: '0.18.5' },
	};
	return { version, nodeMajor, manifest: `${JSON.stringify(own, null, 2)}\n` };
}

interface Manifest {
	dependencies: { n8n: string };
	optionalDependencies: Record<string, string>;
}

/** The version in N8N_VERSION; undefined for the pinned one. Writes the exact version back. */
function wantedVersion(): string | undefined {
	const wanted = process.env.N8N_VERSION;
	if (!wanted || /^\d+\.\d+\.\d+$/.test(wanted)) return wanted || undefined;
	const args = ['view', `n8n@${wanted}`, 'version', '--json'];
	const { stdout } = spawnSync('npm', args, {
		encoding: 'utf8',
		shell: process.platform === 'win32',
	});
	const found = stdout.trim() === '' ? [] : [JSON.parse(stdout) as unknown].flat();
	const newest = found.filter((each) => typeof each === 'string').at(-1);
	if (newest === undefined) throw new Error(`npm knows no n8n ${wanted} (N8N_VERSION).`);
	process.env.N8N_VERSION = newest;
	return newest;
}

/** Says before the download that no Node will run it. */
function checkNode(version: string, nodeMajor: number): void {
	const bundled = ['linux-x64', 'linux-arm64', 'win32-x64'];
	if (bundled.includes(`${process.platform}-${process.arch}`) || ownNodeMajor >= nodeMajor) return;
	throw new Error(
		`n8n ${version} needs Node ${nodeMajor} or newer. Install it from nodejs.org and try again.`,
	);
}

async function buildDriver(
	folder: string,
	nodeMajor: number,
	logFile: string,
	log: Log,
): Promise<void> {
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
	const nodeBinary = findNode(folder, nodeMajor);
	const prefix = dirname(dirname(nodeBinary));
	const hasHeaders = existsSync(join(prefix, 'include', 'node', 'node.h'));
	await npm(['rebuild', 'sqlite3', '--foreground-scripts', '--ignore-scripts=false'], {
		step: "Building n8n's database driver",
		cwd: folder,
		env: {
			PATH: `${dirname(nodeBinary)}${delimiter}${process.env.PATH ?? ''}`,
			...(hasHeaders && { npm_config_nodedir: prefix }),
		},
		logFile,
		log,
	});
	checkDriver(folder, nodeBinary);
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

/** Prefers the Node that is pinned with n8n, so that every machine runs the same version. */
function findNode(folder: string, nodeMajor: number): string {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const file = process.platform === 'win32' ? 'node.exe' : 'node';
	const bundled = join(folder, 'node_modules', `node-${platform}-${process.arch}`, 'bin', file);
	if (existsSync(bundled) && spawnSync(bundled, ['--version']).status === 0) return bundled;
	if (ownNodeMajor >= nodeMajor) return process.execPath;
	throw new Error(
		`n8n needs Node ${nodeMajor} or newer, and the version that npm installed does not run here. Install Node ${nodeMajor} from nodejs.org and try again.`,
	);
}

function isInstalled(tool: string): boolean {
	return spawnSync(tool, ['--version'], { stdio: 'ignore' }).error === undefined;
}
