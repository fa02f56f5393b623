import { chain, node, running } from './fixture.cts';
import { itemsOf } from './instance.cts';
import { publish, runsOf, storeWebhookCredential, trigger } from './webhooks.cts';

const { n8n, studio } = running();
const NEXT = 'Next';

async function ask<T>(url: string, method: string, headers = {}, body?: unknown): Promise<T> {
	const response = await fetch(url, {
		method,
		headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
	return JSON.parse(text) as T;
}

afterAll(async () => {
	await ask(`${studio.controlUrl}/webhooks`, 'DELETE');
});

describe('the whole way from the studio to a workflow', () => {
	it('takes a customer who was just created to the next node', async () => {
		const credentialId = await storeWebhookCredential(n8n, studio);
		const { id, url } = await publish(
			n8n,
			chain('Whole way', [
				trigger(credentialId, { events: ['CUSTOMER_CREATED'], includeEntity: true }),
				node(NEXT, 'n8n-nodes-base.noOp', 1),
			]),
		);
		await ask(`${studio.controlUrl}/webhooks`, 'POST', {}, { url });

		const lead = {
			leadCustomer: { firstname: 'Nova', lastname: 'Newperson', email: 'nova@example.com' },
		};
		await ask(`${studio.baseUrl}/v1/leads/create`, 'POST', { 'x-api-key': studio.apiKey }, lead);

		const [run] = await runsOf(n8n, id, 1);
		expect([run.status, run.data.resultData.error?.message]).toEqual(['success', undefined]);
		expect(itemsOf(run.data, NEXT).map(({ json }) => json)).toEqual([
			expect.objectContaining({
				event: 'CUSTOMER_CREATED',
				entity: expect.objectContaining({ firstName: 'Nova', lastName: 'Newperson' }),
			}),
		]);
		const { deliveries } = await ask<{ deliveries: Array<{ url: string }> }>(
			`${studio.controlUrl}/deliveries`,
			'GET',
		);
		expect(deliveries.filter((delivery) => delivery.url === url)).toEqual([
			expect.objectContaining({ url, type: 'CUSTOMER_CREATED', attempt: 1, status: 200 }),
		]);
	});
});
