import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';

import { choosePorts, readDemoOptions, USAGE } from '../../../scripts/demo/options.cts';
import { freePort } from '../../n8n/instance.cts';

const PROJECT = join(__dirname, '../../..');
const LIMIT_MS = 120_000;
jest.setTimeout(2 * LIMIT_MS);

let server: Server;
/** A port that something listens on. */
let taken: number;
beforeAll(async () => {
	server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	taken = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

/** Runs `npm start` as far as it comes without n8n. */
function start(...args: string[]) {
	const command = ['-r', 'tsx/cjs', 'scripts/start.cts', ...args];
	const { status, stdout, stderr } = spawnSync(process.execPath, command, {
		cwd: PROJECT,
		encoding: 'utf8',
		// Ends a demo that starts although it must not.
		timeout: LIMIT_MS,
	});
	return { status, stdout, stderr };
}

/** A free port whose next one is free, too. */
async function freePair(): Promise<number> {
	for (;;) {
		const port = await freePort();
		const next = createServer().listen(port + 1, '127.0.0.1');
		const isFree = await once(next, 'listening').catch(() => undefined);
		next.close();
		if (isFree) return port;
	}
}

async function portsFor(...args: string[]) {
	return await choosePorts(readDemoOptions(args));
}

describe('npm start', () => {
	test('prints all its options with --help, and does nothing else', () => {
		expect(start('--help', '--unknown')).toEqual({ status: 0, stdout: `${USAGE}\n`, stderr: '' });
		for (const option of ['once', 'fresh', 'customers', 'port', 'broker-port', 'simulator-port']) {
			expect(USAGE).toContain(`\n  --${option} `);
		}
	});

	test('refuses an unknown option with its usage and no stack trace', () => {
		const { status, stdout, stderr } = start('--prot', '5000');
		expect([status, stdout]).toEqual([1, '']);
		expect(stderr).toContain("Unknown option '--prot'");
		expect(stderr.trimEnd().endsWith(USAGE)).toBe(true);
		expect(stderr).not.toMatch(/\n\s+at /);
	});

	test('refuses a port that is in use', () => {
		const { status, stderr } = start('--port', String(taken));
		expect(status).toBe(1);
		expect(stderr).toBe(`\nPort ${taken} is in use. Choose another --port, or omit it.\n`);
	});
});

describe('the options', () => {
	test('are optional', () => {
		expect(readDemoOptions([])).toEqual({
			once: false,
			fresh: false,
			dev: false,
			customers: 20_000,
			port: undefined,
			brokerPort: undefined,
			simulatorPort: undefined,
		});
	});

	test.each([
		['--port', '0'],
		['--port', '65536'],
		['--broker-port', 'x'],
		['--simulator-port', '1.5'],
		['--customers', '1000001'],
	])('must be whole numbers in their range: %s %s', (option, value) => {
		expect(() => readDemoOptions([option, value])).toThrow(
			`${option} must be a whole number from 1 to `,
		);
	});
});

describe('the ports', () => {
	test('are the requested ones', async () => {
		const [port, broker, simulator] = [await freePort(), await freePort(), await freePair()];
		const ports = await portsFor(
			...['--port', String(port), '--broker-port', String(broker)],
			...['--simulator-port', String(simulator)],
		);
		expect(ports).toEqual({
			n8n: { port, env: { N8N_RUNNERS_BROKER_PORT: String(broker) } },
			simulator: { port: simulator, controlPort: simulator + 1 },
		});
	});

	test('are free ones without a request', async () => {
		const { n8n } = await portsFor();
		expect(n8n).toEqual({ port: expect.any(Number) as number, env: {} });
		expect(n8n.port).not.toBe(taken);
	});

	test.each(['port', 'broker-port', 'simulator-port'])(
		'are refused when --%s is in use',
		async (option) => {
			await expect(portsFor(`--${option}`, String(taken))).rejects.toThrow(
				`Port ${taken} is in use. Choose another --${option}, or omit it.`,
			);
		},
	);

	test("are refused when the simulator's page cannot have the next one", async () => {
		await expect(portsFor('--simulator-port', String(taken - 1))).rejects.toThrow(/is in use/);
	});
});
