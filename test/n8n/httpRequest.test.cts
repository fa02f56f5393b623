import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { chain, CREDENTIAL, manualTrigger, node, running, storeCredential } from './fixture.cts';
import { itemsOf, type Execution } from './instance.cts';
import type { ListedCustomer } from './studio.cts';

const { n8n, studio } = running();

interface Visit {
	url: string | undefined;
	headers: IncomingHttpHeaders;
}

const servers: Server[] = [];

/** Starts another server, which may redirect. `visits` has the requests it received. */
async function otherServer(location?: string): Promise<{ url: string; visits: Visit[] }> {
	const visits: Visit[] = [];
	const server = createServer(({ url, headers }, response) => {
		visits.push({ url, headers });
		if (location !== undefined) response.writeHead(302, { location });
		response.end('{}');
	});
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The server has no port');
	return { url: `http://127.0.0.1:${address.port}`, visits };
}

afterAll(async () => {
	for (const server of servers) await new Promise((resolve) => server.close(resolve));
});

/** n8n's HTTP Request node with "Predefined Credential Type" set to ours. */
async function request(url: string, baseUrl: string): Promise<Execution> {
	const id = await storeCredential(n8n, { baseUrl, apiKey: studio.apiKey });
	const workflow = chain('HTTP Request', [
		manualTrigger(),
		node(
			'Request',
			'n8n-nodes-base.httpRequest',
			4.2,
			{ url, authentication: 'predefinedCredentialType', nodeCredentialType: CREDENTIAL },
			{ credentials: { [CREDENTIAL]: { id, name: CREDENTIAL } } },
		),
	]);
	return await n8n.runWorkflow(await n8n.createWorkflow(workflow));
}

describe("n8n's HTTP Request node with our credential", () => {
	it('calls the studio with its key', async () => {
		const { status, data } = await request(
			`${studio.baseUrl}/v1/customers?sliceSize=50`,
			studio.baseUrl,
		);

		expect(data.resultData.error?.message).toBeUndefined();
		expect(status).toBe('success');
		const { result } = itemsOf(data, 'Request')[0].json as { result: ListedCustomer[] };
		expect(result).toHaveLength(50);
	});

	it('does not send a request to another host', async () => {
		const other = await otherServer();

		const { status } = await request(`${other.url}/v1/customers`, studio.baseUrl);

		expect(status).toBe('error');
		expect(other.visits).toEqual([]);
	});

	it('treats a different host name with the same port as another host', async () => {
		const other = await otherServer();

		const { status } = await request(
			`${other.url}/v1/customers`,
			other.url.replace('127.0.0.1', 'localhost'),
		);

		expect(status).toBe('error');
		expect(other.visits).toEqual([]);
	});

	it('does not send the key along a redirect', async () => {
		const other = await otherServer();
		const tenant = await otherServer(`${other.url}/elsewhere`);

		await request(`${tenant.url}/v1/customers`, tenant.url);

		expect(tenant.visits).toHaveLength(1);
		expect(tenant.visits[0].headers['x-api-key']).toBe(studio.apiKey);
		expect(other.visits.filter(({ headers }) => 'x-api-key' in headers)).toEqual([]);
	});
});
