import { createServer } from 'node:net';
import { optionalPort, readOptions, wholeNumber } from '../../test/commandLine.cts';
import { freePort, type StartOptions } from '../../test/n8n/instance.cts';
import type { SimulatorOptions } from '../../test/simulator/server.cts';

const N8N_PORT = 5678;
const SIMULATOR_PORT = 4010;

/** What `npm start -- --help` prints. */
export const USAGE = `npm start -- [--once] [--fresh] [--dev] [--customers N] [--port N] [--broker-port N] [--simulator-port N]
  --once              run the first example once, print the result, and exit
  --fresh             delete what is in the demo's n8n, and start anew
  --dev               compile the nodes after each change; n8n loads them again (npm run dev)
  --customers N       approximate number of members of the simulated studio (20000)
  --port N            port of n8n's editor (${N8N_PORT}, or a free port)
  --broker-port N     port of n8n's task broker (a free port)
  --simulator-port N  port of the simulated API; its page has the next one (${SIMULATOR_PORT} and ${SIMULATOR_PORT + 1}, or free ports)
  --help              print this text`;

/** What the user asked for. Undefined ports are to be chosen. */
export interface DemoOptions {
	once: boolean;
	fresh: boolean;
	dev: boolean;
	customers: number;
	port: number | undefined;
	brokerPort: number | undefined;
	simulatorPort: number | undefined;
}

/** Where n8n and the simulator are to listen. */
export interface DemoPorts {
	n8n: Pick<StartOptions, 'port' | 'env'>;
	simulator: Pick<SimulatorOptions, 'port' | 'controlPort'>;
}

/**
 * Reads the command line of `npm start`.
 * @throws an Error that ends with `USAGE` when an option is unknown or not valid
 */
export function readDemoOptions(args?: string[]): DemoOptions {
	return readOptions(
		USAGE,
		{
			once: { type: 'boolean', default: false },
			fresh: { type: 'boolean', default: false },
			dev: { type: 'boolean', default: false },
			customers: { type: 'string', default: '20000' },
			port: { type: 'string' },
			'broker-port': { type: 'string' },
			'simulator-port': { type: 'string' },
		},
		(values) => ({
			once: values.once,
			fresh: values.fresh,
			dev: values.dev,
			customers: wholeNumber('customers', values.customers, 1_000_000),
			port: optionalPort('port', values.port),
			brokerPort: optionalPort('broker-port', values['broker-port']),
			simulatorPort: optionalPort('simulator-port', values['simulator-port']),
		}),
		args,
	);
}

/**
 * The requested ports; by default the usual ones of n8n and the simulator, or any free ones.
 * @throws an Error when a requested port is in use
 */
export async function choosePorts(options: DemoOptions): Promise<DemoPorts> {
	const { port, brokerPort } = options;
	if (port !== undefined) await requireFree('port', port);
	if (brokerPort !== undefined) await requireFree('broker-port', brokerPort);
	return {
		n8n: {
			port: port ?? ((await isFree(N8N_PORT)) ? N8N_PORT : await freePort()),
			env: brokerPort === undefined ? {} : { N8N_RUNNERS_BROKER_PORT: String(brokerPort) },
		},
		simulator: await portsOfSimulator(options),
	};
}

async function portsOfSimulator({ simulatorPort }: DemoOptions): Promise<DemoPorts['simulator']> {
	const port = simulatorPort ?? SIMULATOR_PORT;
	const controlPort = port + 1;
	if (simulatorPort !== undefined) {
		await requireFree('simulator-port', port);
		await requireFree('simulator-port', controlPort);
	} else if (!(await isFree(port)) || !(await isFree(controlPort))) return {};
	return { port, controlPort };
}

async function requireFree(option: string, port: number): Promise<void> {
	if (await isFree(port)) return;
	throw new Error(`Port ${port} is in use. Choose another --${option}, or omit it.`);
}

async function isFree(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}
