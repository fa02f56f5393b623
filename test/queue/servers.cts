import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../n8n/runtime.cts';

/** Where Debian keeps the programs of each version of PostgreSQL. */
const POSTGRES_VERSIONS = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root; Debian's package makes this user. */
const POSTGRES_USER = 'postgres';
const PACKAGES = ['postgresql', 'redis-server'];

/** The database's name and that of its only user, who needs no password on loopback. */
export const DATABASE = 'postgres';
export const DATABASE_USER = 'n8n';

/**
 * Installs PostgreSQL and Redis from Debian's packages where they are missing. Throws an Error that
 * says what to do where that is not possible.
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

/** The command that runs one of PostgreSQL's programs as a user whom it accepts. */
function asPostgres(program: string, args: string[]): string[] {
	const path = join(postgresPrograms() ?? '', program);
	if (process.getuid?.() !== 0) return [path, ...args];
	const user = [`--reuid=${POSTGRES_USER}`, `--regid=${POSTGRES_USER}`, '--clear-groups'];
	return ['setpriv', ...user, path, ...args];
}

/** Makes an empty database in a new folder inside `folder`, which must be open to all users. */
export function createDatabase(folder: string): string {
	const data = join(folder, 'postgres');
	const make = process.getuid?.() === 0 ? ['install', '-d', '-o', POSTGRES_USER] : ['mkdir'];
	finish([...make, data], folder);
	const options = ['--auth=trust', '--encoding=UTF8', '--locale=C', `--username=${DATABASE_USER}`];
	finish(asPostgres('initdb', [...options, `--pgdata=${data}`]), folder);
	return data;
}

/** What starts PostgreSQL on loopback. */
export function postgresCommand(data: string, port: number): string[] {
	// The socket file would need a folder that the other user may write to.
	const settings = [
		'listen_addresses=127.0.0.1',
		'unix_socket_directories=',
		'max_connections=200',
	];
	const args = ['-D', data, '-p', String(port), ...settings.flatMap((each) => ['-c', each])];
	return asPostgres('postgres', args);
}

/** What starts Redis on loopback. It writes all it knows to `folder`, so that a restart loses nothing. */
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

/** Whether PostgreSQL takes statements. */
export function isDatabaseReady(port: number): boolean {
	return psql(port, 'select 1').status === 0;
}

/** Whether Redis takes commands. */
export function isRedisReady(port: number): boolean {
	const { stdout } = spawnSync('redis-cli', ['-p', String(port), 'ping'], { encoding: 'utf8' });
	return stdout?.trim() === 'PONG';
}

/** The rows that a statement gives. Throws an Error with PostgreSQL's message. */
export function query<T>(port: number, statement: string): T[] {
	const rows = `select coalesce(json_agg(found), '[]') from (${statement}) as found`;
	const { status, stdout, stderr } = psql(port, rows);
	if (status !== 0) throw new Error(`${statement}: ${stderr}`);
	return JSON.parse(stdout) as T[];
}

function psql(port: number, statement: string) {
	const target = ['-h', '127.0.0.1', '-p', String(port), '-U', DATABASE_USER, '-d', DATABASE];
	return spawnSync('psql', ['-X', '-A', '-t', '-q', '-v', 'ON_ERROR_STOP=1', ...target], {
		input: statement,
		encoding: 'utf8',
		maxBuffer: 1024 * 1024 * 1024,
	});
}

function finish(command: string[], cwd: string): void {
	const { status, stderr } = spawnSync(command[0], command.slice(1), { cwd, encoding: 'utf8' });
	if (status !== 0) throw new Error(`${command.join(' ')} ended with code ${status}: ${stderr}`);
}
