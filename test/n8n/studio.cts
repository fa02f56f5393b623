/** The simulated studio as the demo and the tests use it. */
export interface Studio {
	baseUrl: string;
	/** The simulator's own endpoints, which inject faults and change data. */
	controlUrl: string;
	apiKey: string;
}

/** The fields of a listed customer that the tests use. */
export interface ListedCustomer {
	id: number;
	firstName: string;
	lastName: string;
}

interface Chunk {
	result: ListedCustomer[];
	hasNext: boolean;
	offset: string;
}

/** The share of the simulator's customers who are members. By default, the list has only members. */
const MEMBERS = 0.86;

/** Returns the number of customers to seed the simulator with, so that it lists `listed` of them. */
export function customersToSeed(listed: number): number {
	return Math.floor(listed / MEMBERS);
}

/** Returns every customer that the API lists, without our node. Throws an Error if a request fails. */
export async function listCustomers({ baseUrl, apiKey }: Studio): Promise<ListedCustomer[]> {
	const customers: ListedCustomer[] = [];
	let offset: string | undefined;
	for (;;) {
		const url = new URL('/v1/customers?sliceSize=500', baseUrl);
		if (offset !== undefined) url.searchParams.set('offset', offset);
		const response = await fetch(url, { headers: { 'x-api-key': apiKey } });
		if (!response.ok) throw new Error(`GET ${url.pathname} returned ${response.status}`);
		const chunk = (await response.json()) as Chunk;
		customers.push(...chunk.result);
		if (!chunk.hasNext) return customers;
		offset = chunk.offset;
	}
}
