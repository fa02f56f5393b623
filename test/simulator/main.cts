import { MAX_PORT, readOptions, wholeNumber } from '../commandLine.cts';
import { startSimulator, type SimulatorOptions } from './server.cts';

const MAX_CUSTOMERS = 999_999;
/** A day. */
const MAX_SECONDS = 86_400;
const USAGE = `npm run simulator -- [--port N] [--control-port N] [--host ADDRESS] [--customers N] [--change-every N] [--log]
  --port N          port of the API (4010; 0 is any free port)
  --control-port N  port of the page "Send an event" and the control endpoints (4011)
  --host ADDRESS    interface of the API (127.0.0.1)
  --customers N     number of customers (250)
  --change-every N  change some records every N seconds (0: never)
  --log             log every request
  --help            print this text`;

function options(): SimulatorOptions & { changeEverySeconds: number } {
	return readOptions(
		USAGE,
		{
			port: { type: 'string', default: '4010' },
			'control-port': { type: 'string', default: '4011' },
			host: { type: 'string', default: '127.0.0.1' },
			customers: { type: 'string', default: '250' },
			'change-every': { type: 'string', default: '0' },
			log: { type: 'boolean', default: false },
		},
		({ port, 'control-port': controlPort, host, customers, 'change-every': changeEvery, log }) => ({
			port: wholeNumber('port', port, MAX_PORT, 0),
			controlPort: wholeNumber('control-port', controlPort, MAX_PORT, 0),
			host,
			customers: wholeNumber('customers', customers, MAX_CUSTOMERS, 0),
			changeEverySeconds: wholeNumber('change-every', changeEvery, MAX_SECONDS, 0),
			log,
		}),
	);
}

async function main(): Promise<void> {
	const { changeEverySeconds, ...started } = options();
	const simulator = await startSimulator(started);
	simulator.keepChanging(changeEverySeconds * 1000);
	const { baseUrl, apiKey, controlUrl } = simulator;
	process.stdout.write(
		[
			`PerfectGym Next simulator   ${baseUrl}`,
			`API key                     ${apiKey}`,
			`Send an event               ${controlUrl}`,
			'',
			`curl -H 'x-api-key: ${apiKey}' '${baseUrl}/v1/customers?sliceSize=50'`,
			'',
		].join('\n'),
	);
	const close = () => void simulator.close();
	process.once('SIGINT', close);
	process.once('SIGTERM', close);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
