import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../n8n/progress.cts';

/** Debian installs each version of PostgreSQL in a subfolder of this. */
const POSTGRES_VERSIONS = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root. Debian's package creates this user. */
const POSTGRES_USER = 'postgres';
const PACKAGES = ['postgresql', 'redis-server'];

/** The name of the database. */
export const DATABASE = 'postgres';
/** The only user of the database. It does not need a password on loopback. */
export const DATABASE_USER = 'n8n';

/**
 * Installs PostgreSQL and Redis from Debian's packages if they are missing. Throws an Error that says
 * what to do if that fails.
 */
export function ensureServers({ log }: { log: Log }): void {
	if (hasServers()) return;
	const command = ['apt-get', 'install', '-y', '--no-install-recommends', ...PACKAGES];
	if (process.getuid?.() === 0) {
		log(`Installing ${PACKAGES.join(' and ')}.`);
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		spawnSync('apt-get', ['update'], { stdio: 'ignore', env });
		spawnSync(command[0], command.slice(1), { stdio: 'ignore', env });
	}
	if (hasServers()) return;
	throw new Error(`PostgreSQL or Redis is missing. Run "${command.join(' ')}" and try again.`);
}

function hasServers(): boolean {
	const redis = spawnSync('redis-server', ['--version'], { stdio: 'ignore' });
	return redis.status === 0 && postgresPrograms() !== undefined;
}

function postgresPrograms(): string | undefined {
	if (!existsSync(POSTGRES_VERSIONS)) return undefined;
	return readdirSync(POSTGRES_VERSIONS)
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => join(POSTGRES_VERSIONS, version, 'bin'))
		.find((folder) => existsSync(join(folder, 'postgres')));
}

/** Returns the command that runs a PostgreSQL program as a user other than root. */
function asPostgres(program: string, args: string[]): string[] {
	const path = join(postgresPrograms() ?? '', program);
	if (process.getuid?.() !== 0) return [path, ...args];
	const user = [`--reuid=${POSTGRES_USER}`, `--regid=${POSTGRES_USER}`, '--clear-groups'];
	return ['setpriv', ...user, path, ...args];
}

/**
 * Creates an empty database in a new folder inside `folder`, which all users must be able to enter.
 * Returns the new folder. Throws an Error if a command fails.
 */
export function createDatabase(folder: string): string {
	const data = join(folder, 'postgres');
	const mkdir = process.getuid?.() === 0 ? ['install', '-d', '-o', POSTGRES_USER] : ['mkdir'];
	runCommand([...mkdir, data], folder);
	const options = ['--auth=trust', '--encoding=UTF8', '--locale=C', `--username=${DATABASE_USER}`];
	runCommand(asPostgres('initdb', [...options, `--pgdata=${data}`]), folder);
	return data;
}

/** Returns the command that starts PostgreSQL on loopback. */
export function postgresCommand(data: string, port: number): string[] {
	// No Unix socket: it would need a folder that the PostgreSQL user may write to.
	const settings = [
		'listen_addresses=127.0.0.1',
		'unix_socket_directories=',
		'max_connections=200',
	];
	const args = ['-D', data, '-p', String(port), ...settings.flatMap((each) => ['-c', each])];
	return asPostgres('postgres', args);
}

/** Returns the command that starts Redis on loopback. Its data in `folder` survives a restart. */
export function redisCommand(folder: string, port: number): string[] {
	const settings = {
		port: String(port),
		bind: '127.0.0.1',
		dir: folder,
		appendonly: 'yes',
		save: '',
	};
	const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
	return ['redis-server', ...args];
}

/** Returns whether PostgreSQL accepts statements. */
export function isDatabaseReady(port: number): boolean {
	return psql(port, 'select 1').status === 0;
}

/** Returns whether Redis accepts commands. */
export function isRedisReady(port: number): boolean {
	const { stdout } = spawnSync('redis-cli', ['-p', String(port), 'ping'], { encoding: 'utf8' });
	return stdout?.trim() === 'PONG';
}

/** Runs a SELECT statement and returns the rows. Throws an Error with PostgreSQL's message. */
export function query<T>(port: number, statement: string): T[] {
	const rows = `select coalesce(json_agg(found), '[]') from (${statement}) as found`;
	const { status, stdout, stderr } = psql(port, rows);
	if (status !== 0) throw new Error(`${statement}: ${stderr}`);
	return JSON.parse(stdout) as T[];
}

/** Runs a statement that changes data. Throws an Error with PostgreSQL's message. */
export function change(port: number, statement: string): void {
	const { status, stderr } = psql(port, statement);
	if (status !== 0) throw new Error(`${statement}: ${stderr}`);
}

function psql(port: number, statement: string) {
	const target = ['-h', '127.0.0.1', '-p', String(port), '-U', DATABASE_USER, '-d', DATABASE];
	return spawnSync('psql', ['-X', '-A', '-t', '-q', '-v', 'ON_ERROR_STOP=1', ...target], {
		input: statement,
		encoding: 'utf8',
		maxBuffer: 1024 * 1024 * 1024,
	});
}

function runCommand(command: string[], cwd: string): void {
	const { status, stderr } = spawnSync(command[0], command.slice(1), { cwd, encoding: 'utf8' });
	if (status !== 0) throw new Error(`${command.join(' ')} exited with code ${status}: ${stderr}`);
}
