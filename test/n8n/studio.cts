/** The simulated studio as the demo and the tests see it. */
export interface Studio {
	baseUrl: string;
	/** Where faults and data are set, apart from the API. */
	controlUrl: string;
	apiKey: string;
}

/** A customer as the API lists it, as far as is looked at here. */
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

/** How many of the simulator's customers are members, whom alone the list shows unless asked. */
const MEMBERS = 0.86;

/** How many customers the simulator has to make up for its list to show so many. */
export function customersToSeed(listed: number): number {
	return Math.floor(listed / MEMBERS);
}

/** Every customer that the studio's API lists, read without our node. */
export async function listCustomers({ baseUrl, apiKey }: Studio): Promise<ListedCustomer[]> {
	const customers: ListedCustomer[] = [];
	let offset: string | undefined;
	for (;;) {
		const url = new URL('/v1/customers?sliceSize=500', baseUrl);
		if (offset !== undefined) url.searchParams.set('offset', offset);
		const response = await fetch(url, { headers: { 'x-api-key': apiKey } });
		if (!response.ok) throw new Error(`GET ${url.pathname} answered ${response.status}`);
		const chunk = (await response.json()) as Chunk;
		customers.push(...chunk.result);
		if (!chunk.hasNext) return customers;
		offset = chunk.offset;
	}
}
