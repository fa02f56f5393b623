import { startSimulator } from '../simulator/server.cts';
import { customersToSeed } from '../n8n/studio.cts';
import { startCluster } from './cluster.cts';
import { announce } from './running.cts';

declare global {
	/** Stops what setup has started. Called by teardown.cts. */
	var perfectGymNextQueueTeardown: (() => Promise<void>) | undefined;
}

/** Ten chunks of 500. */
const LISTED = 5_000;

/** Starts a simulated studio, and n8n in queue mode, for all test files. */
export default async function setup(): Promise<void> {
	const log = (line: string) => process.stderr.write(`${line}\n`);
	const simulator = await startSimulator({ customers: customersToSeed(LISTED) });
	try {
		const { handle, stop } = await startCluster({ log });
		const { baseUrl, controlUrl, apiKey } = simulator;
		announce({ cluster: handle, studio: { baseUrl, controlUrl, apiKey } });
		globalThis.perfectGymNextQueueTeardown = async () => {
			await stop();
			await simulator.close();
		};
	} catch (error) {
		await simulator.close();
		throw error;
	}
}
