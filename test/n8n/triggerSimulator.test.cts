import { chain, node, running } from './fixture.cts';
import { itemsOf } from './instance.cts';
import { publish, runsOf, storeWebhookCredential, trigger } from './webhooks.cts';

const { n8n, studio } = running();
const NEXT = 'Next';

async function request<T>(url: string, method: string, headers = {}, body?: unknown): Promise<T> {
	const response = await fetch(url, {
		method,
		headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`${url} returned ${response.status}: ${text}`);
	return JSON.parse(text) as T;
}

afterAll(async () => {
	await request(`${studio.controlUrl}/webhooks`, 'DELETE');
});

describe('the trigger with webhooks from the simulated studio', () => {
	it('passes a new customer on to the next node', async () => {
		const credentialId = await storeWebhookCredential(n8n, studio);
		const { id, url } = await publish(
			n8n,
			chain('End to end', [
				trigger(credentialId, { events: ['CUSTOMER_CREATED'], includeEntity: true }),
				node(NEXT, 'n8n-nodes-base.noOp', 1),
			]),
		);
		await request(`${studio.controlUrl}/webhooks`, 'POST', {}, { url });

		const lead = {
			leadCustomer: { firstname: 'Nova', lastname: 'Newperson', email: 'nova@example.com' },
		};
		const headers = { 'x-api-key': studio.apiKey };
		await request(`${studio.baseUrl}/v1/leads/create`, 'POST', headers, lead);

		const [run] = await runsOf(n8n, id, 1);
		expect([run.status, run.data.resultData.error?.message]).toEqual(['success', undefined]);
		expect(itemsOf(run.data, NEXT).map(({ json }) => json)).toEqual([
			expect.objectContaining({
				event: 'CUSTOMER_CREATED',
				entity: expect.objectContaining({ firstName: 'Nova', lastName: 'Newperson' }) as object,
			}),
		]);
		const { deliveries } = await request<{ deliveries: Array<{ url: string }> }>(
			`${studio.controlUrl}/deliveries`,
			'GET',
		);
		expect(deliveries.filter((delivery) => delivery.url === url)).toEqual([
			expect.objectContaining({ url, type: 'CUSTOMER_CREATED', attempt: 1, status: 200 }),
		]);
	});
});
