import axios from 'axios';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { runNode } from './harness.cts';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ customers: 1300 });
});
afterAll(async () => await simulator.close());

/** A chunk of a list, as the API returns it. */
interface Chunk {
	result: unknown[];
	hasNext: boolean;
	offset: string;
}

/** Reads customers as a developer would without the node: chunk after chunk with axios. */
async function customersByHand(query: Record<string, string>): Promise<unknown[]> {
	const records: unknown[] = [];
	let offset: string | undefined;
	for (;;) {
		const { data } = await axios.get<Chunk>(`${simulator.baseUrl}/v1/customers`, {
			headers: { 'x-api-key': simulator.apiKey },
			params: { ...query, sliceSize: 500, offset },
			proxy: false,
		});
		records.push(...data.result);
		if (!data.hasNext) return records;
		offset = data.offset;
	}
}

test.each(['MEMBER', 'PROSPECT'])(
	'Return All returns the same as a hand-written client, with the same requests: %s',
	async (customerStatus) => {
		simulator.clearRequests();
		const byHand = await customersByHand({ customerStatus });
		const queries = simulator.requests.map(({ query }) => query);
		simulator.clearRequests();

		const output = await runNode({
			parameters: {
				resource: 'customer',
				operation: 'getCustomers',
				returnAll: true,
				customersFilters: { customerStatus },
			},
			credential: { baseUrl: simulator.baseUrl, apiKey: simulator.apiKey },
		});

		expect(output.map(({ json }) => json)).toEqual(byHand);
		expect(simulator.requests.map(({ query }) => query)).toEqual(queries);
		expect(byHand.length).toBeGreaterThan(100);
	},
);
