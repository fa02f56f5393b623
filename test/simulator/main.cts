import { parseArgs } from 'node:util';
import { startSimulator } from './server.cts';

const { values } = parseArgs({
	options: {
		port: { type: 'string', default: '4010' },
		'control-port': { type: 'string', default: '4011' },
		host: { type: 'string', default: '127.0.0.1' },
		customers: { type: 'string', default: '250' },
		log: { type: 'boolean', default: false },
	},
});

function wholeNumber(name: 'port' | 'control-port' | 'customers'): number {
	if (!/^\d{1,6}$/.test(values[name])) throw new Error(`--${name} must be a whole number`);
	return Number(values[name]);
}

async function main(): Promise<void> {
	const simulator = await startSimulator({
		port: wholeNumber('port'),
		controlPort: wholeNumber('control-port'),
		host: values.host,
		customers: wholeNumber('customers'),
		log: values.log,
	});
	const { baseUrl, apiKey, controlUrl } = simulator;
	process.stdout.write(
		[
			`PerfectGym Next simulator   ${baseUrl}`,
			`API key                     ${apiKey}`,
			`Control                     ${controlUrl}`,
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
