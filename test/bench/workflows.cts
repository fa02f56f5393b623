// Two workflows at once in one n8n, on one endpoint with a rate limit.
//
//   npm run bench -- --report --only workflows

import { perfectGymNext, storeCredential } from '../n8n/fixture.cts';
import { startN8n } from '../n8n/instance.cts';
import type { Seen } from './api.cts';
import { Api } from './apiProcess.cts';
import { print } from './figures.cts';
import { idNodes } from './idNodes.cts';
import { addResults } from './results.cts';
import { publishCounted } from './webhookRun.cts';

const ITEMS = 1000;
const LIMIT = 1000;
const WINDOW_MS = 60_000;

/** Measures it in the user folder of an n8n that has the package, and adds it to results.json. */
export async function measureWorkflows(
	userFolder: string,
	apiKey: string,
	rounds: number,
): Promise<void> {
	const api = await Api.start({ customers: ITEMS, limit: LIMIT });
	const idealMs = (Math.ceil((2 * ITEMS) / LIMIT) - 1) * WINDOW_MS;
	const seen: Seen[] = [];
	const n8n = await startN8n({ userFolder, log: print });
	try {
		for (let round = 0; round < rounds; round++) {
			// A key of its own for each round, since the node's rate limit counts by key.
			const key = `${apiKey}-${round}`;
			const credential = await storeCredential(n8n, { baseUrl: api.baseUrl, apiKey: key });
			const nodes = [
				...idNodes(ITEMS),
				perfectGymNext('Get', credential, {
					resource: 'customer',
					operation: 'getCustomerById',
					customerId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
					options: { maxWait: 3600 },
				}),
			];
			const start = async (name: string) =>
				await publishCounted(n8n, `${name}-${round}`, nodes, ITEMS);
			const runs = [await start('first'), await start('second')];
			await api.seen();
			await Promise.all(runs.map(async (run) => await run()));
			const what = await api.seen();
			seen.push(what);
			print(
				`two workflows: ${(what.spanMs / idealMs).toFixed(3)} of the ideal time, ${what.rejected} answers with 429`,
			);
		}
	} finally {
		await n8n.stop();
		api.stop();
	}
	addResults((results) => {
		results.workflows = { date: new Date().toISOString(), idealMs, runs: seen };
	});
}
