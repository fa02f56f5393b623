/** IDs beyond 2^53, which a JavaScript number cannot hold exactly. */

import type { IDataObject } from 'n8n-workflow';
import nock from 'nock';

import { locator, runNode, runTool } from './harness.cts';
import { receiveWebhook } from './triggerHarness.cts';

const HOST = 'https://acme.open-api.perfectgym.com';
const JSON_TYPE = { 'content-type': 'application/json' };
const LARGE = '9007199254740993';
const LARGER = '9007199254740995';
const KEY = 'webhook-key';

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

const getById = (id: string) => ({
	...{ resource: 'customer', operation: 'getCustomerById' },
	customerId: locator(id),
});

test.each([
	['a workflow', runNode],
	['a tool', runTool],
])('%s gets the digits of an ID in an answer as text, and can use them again', async (_, run) => {
	const answer = `{"id":${LARGE},"studioId":5,"iban":"DE89370400440532013000"}`;
	nock(HOST).get(`/v1/customers/${LARGE}`).twice().reply(200, answer, JSON_TYPE);
	const [{ json }] = await run({ parameters: getById(LARGE) });
	expect(json).toEqual({ id: LARGE, studioId: 5, iban: 'DE89370400440532013000' });
	const parameters = getById('={{ $json.id }}');
	const [again] = await run({ parameters, items: [{ json }] });
	expect(again.json).toEqual(json);
});

test('an ID from an answer goes out in a body with all its digits', async () => {
	const bodies: unknown[] = [];
	nock(HOST)
		.post('/v1/customers/5/things', (body) => bodies.push(body) > 0)
		.reply(200, {});
	await runNode({
		parameters: {
			...{ resource: 'apiRequest', operation: 'sendApiRequest', requestMethod: 'POST' },
			requestPath: '/v1/customers/5/things',
			requestBody: '={{ { contractId: $json.id } }}',
		},
		items: [{ json: { id: LARGE } }],
	});
	expect(bodies).toEqual([{ contractId: LARGE }]);
});

test('an offset that is such a number is sent back with all its digits', async () => {
	const chunk = (id: number, offset: string, hasNext: boolean) =>
		`{"result":[{"id":${id}}],"offset":${offset},"hasNext":${hasNext}}`;
	nock(HOST)
		.get('/v1/customers')
		.query(({ offset }) => offset === undefined)
		.reply(200, chunk(1, LARGE, true), JSON_TYPE);
	nock(HOST)
		.get('/v1/customers')
		.query(({ offset }) => offset === LARGE)
		.reply(200, chunk(2, LARGER, false), JSON_TYPE);
	const parameters = { resource: 'customer', operation: 'getCustomers', returnAll: true };
	expect((await runNode({ parameters })).map(({ json }) => json.id)).toEqual([1, 2]);
});

test('an error answer is read as well', async () => {
	const answer = `{"errorMessage":"No such customer","errorCode":"NOT_FOUND","id":${LARGE}}`;
	nock(HOST).get('/v1/customers/5').reply(404, answer, JSON_TYPE);
	await expect(runNode({ parameters: getById('5') })).rejects.toThrow('No such customer');
});

describe('an event', () => {
	const text = `{"entityId":${LARGE},"uuid":"095be615-a8ad-4c33-8e9c-c7612fbf6c9f","payload":[{"timestamp":1642779144176,"type":"CONTRACT_CREATED","content":{"contractId":${LARGER},"name":"ü"}}]}`;
	const receive = async (rawBody: Buffer | undefined, encoding: BufferEncoding = 'utf8') =>
		await receiveWebhook({
			key: KEY,
			// As n8n parses it.
			body: JSON.parse((rawBody ?? Buffer.from(text)).toString(encoding)) as IDataObject,
			rawBody,
			credential: { webhookApiKey: KEY },
		});

	test('has the digits of its IDs as text', async () => {
		const { items } = await receive(Buffer.from(text));
		expect(items).toHaveLength(1);
		expect(items[0].json).toMatchObject({
			entityId: LARGE,
			customerId: LARGE,
			contractId: LARGER,
			content: { contractId: LARGER, name: 'ü' },
		});
	});

	test('is refused when n8n does not hand over the bytes of the body', async () => {
		expect(await receive(undefined)).toEqual({ items: [], refused: 400 });
	});

	test('is refused when n8n has read the bytes in another character set', async () => {
		const { refused } = await receive(Buffer.from(text, 'latin1'), 'latin1');
		expect(refused).toBe(400);
	});
});
