import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import type { PerfectGymNextTrigger } from '../../nodes/PerfectGymNext/PerfectGymNextTrigger.node';
import { studiosCredential } from '../studiosCredential.cts';
import { receiveWebhook, trigger, triggerOfAnotherProcess } from './triggerHarness.cts';

const KEY = 'webhook-key-that-must-not-show';
const UUID = '095be615-a8ad-4c33-8e9c-c7612fbf6c9f';
const EVENT = {
	entityId: 1210000001,
	uuid: UUID,
	payload: [{ timestamp: 1642779144176, type: 'CUSTOMER_CREATED', content: {} }],
};

describe('a webhook', () => {
	/** A webhook, and the node that receives it. */
	interface Request {
		key?: string | null;
		body?: unknown;
		events?: string[];
		credential?: IDataObject;
		authentication?: string;
	}

	const warn = jest.fn();
	beforeEach(() => warn.mockClear());

	/** Runs the webhook without n8n's engine. @returns its result, and the answer that it wrote itself */
	async function receive({
		key = KEY,
		body = EVENT,
		events = [],
		credential = {},
		authentication = 'studio',
	}: Request) {
		const answered: { status?: number; body?: unknown } = {};
		const response = {
			status(status: number) {
				answered.status = status;
				return response;
			},
			json(json: unknown) {
				answered.body = json;
				return response;
			},
		};
		const context = {
			getCredentials: () =>
				Promise.resolve({
					baseUrl: 'https://acme.open-api.perfectgym.com',
					apiKey: 'api-key',
					webhookApiKey: KEY,
					...credential,
				}),
			getRequestObject: () => ({ rawHeaders: key === null ? [] : ['X-Api-Key', key] }),
			getResponseObject: () => response,
			getBodyData: () => body,
			getNodeParameter: (name: string) => ({ events, authentication, options: {} })[name],
			logger: { warn },
			getNode: () => ({ id: '1', credentials: {} }),
		} as unknown as IWebhookFunctions;
		return { ...(await trigger.webhook.call(context)), answered };
	}

	test('with the right key starts the workflow, and n8n answers it', async () => {
		const { workflowData, answered, ...outcome } = await receive({});
		expect(workflowData?.[0]).toHaveLength(1);
		expect(workflowData?.[0][0].json).toMatchObject({
			event: 'CUSTOMER_CREATED',
			customerId: 1210000001,
			studio: { name: 'acme', baseUrl: 'https://acme.open-api.perfectgym.com' },
		});
		expect(outcome).toEqual({ webhookResponse: { received: true } });
		expect(answered).toEqual({});
		expect(JSON.stringify(workflowData)).not.toContain(KEY);
	});

	test.each([
		['a wrong key', { key: 'wrong' }],
		['no key', { key: null }],
		['no key in the credential', { credential: { webhookApiKey: '' } }],
		['no key in the request or the credential', { key: '', credential: { webhookApiKey: '' } }],
		['the key of the API', { key: 'api-key' }],
		['a wrong key and a body that would be refused', { key: 'wrong', body: 'nonsense' }],
	])('with %s is refused with 401 and starts nothing', async (_what, request) => {
		const { answered, ...outcome } = await receive(request);
		expect(outcome).toEqual({ noWebhookResponse: true });
		expect(answered).toEqual({
			status: 401,
			body: { message: 'The webhook key is missing or wrong' },
		});
	});

	test('with a body that is not an event is refused with 400 and the reason', async () => {
		const { answered, ...outcome } = await receive({ body: { ...EVENT, payload: 5 } });
		expect(outcome).toEqual({ noWebhookResponse: true });
		expect(answered).toEqual({ status: 400, body: { message: 'payload must be a list' } });
	});

	describe('for many studios', () => {
		const studio = (name: string, webhookApiKey: string) => ({
			name,
			baseUrl: 'acme',
			apiKey: `api-key-${name}`,
			webhookApiKey,
		});
		const authentication = 'studios';
		const many = (...studios: object[]) => studiosCredential(studios);

		test('names the studio that sent it', async () => {
			const credential = many(studio('North', 'other'), studio(' South ', KEY), studio('East', ''));
			const { workflowData } = await receive({ authentication, credential });
			expect(workflowData?.[0][0].json.studio).toEqual({
				name: 'South',
				baseUrl: 'https://acme.open-api.perfectgym.com',
			});
			expect(JSON.stringify(workflowData)).not.toMatch(/api-key|must-not-show/);
			expect(warn).not.toHaveBeenCalled();
		});

		test('is refused when two studios have its key, and the log says so', async () => {
			const credential = many(studio('North', KEY), studio('East', 'other'), studio('South', KEY));
			const { answered, ...outcome } = await receive({ authentication, credential });
			expect(outcome).toEqual({ noWebhookResponse: true });
			expect(answered.status).toBe(401);
			expect(warn.mock.calls).toEqual([
				[
					'An event was rejected: "North" and "South" have the same Webhook API Key in the credential, so it is not clear which studio sent it',
				],
			]);
			const other = await receive({ authentication, credential, key: 'other' });
			expect(other.workflowData?.[0]).toHaveLength(1);
		});

		test.each([
			['a wrong key', { key: 'wrong' }],
			['an empty key, although a studio has none', { key: '' }],
			['no key', { key: null }],
			['the key of the API', { key: 'api-key-North' }],
		])('is refused with %s', async (_what, request) => {
			const credential = many(studio('North', KEY), studio('East', ''));
			const { answered } = await receive({ authentication, credential, ...request });
			expect(answered.status).toBe(401);
		});

		test('is refused when there are no studios', async () => {
			const credential = { webhookApiKey: KEY, studios: {} };
			const { answered } = await receive({ authentication, credential });
			expect(answered.status).toBe(401);
		});
	});

	test('of an event that was not chosen is accepted and starts nothing', async () => {
		const outcome = await receive({ events: ['CUSTOMER_DELETED'] });
		expect(outcome).toEqual({ webhookResponse: { received: true }, answered: {} });
	});
});

describe('the credential', () => {
	const CACHE_MS = 2000;

	/** The time on all clocks, in ms. */
	let now: number;
	beforeEach(() => {
		now = Date.now();
		jest.spyOn(Date, 'now').mockImplementation(() => now);
		jest.spyOn(performance, 'now').mockImplementation(() => now);
	});
	afterEach(() => jest.restoreAllMocks());

	/** The trigger of a process that has read no credential yet. */
	let instance: PerfectGymNextTrigger;
	beforeEach(async () => {
		instance = await triggerOfAnotherProcess();
	});

	/**
	 * Receives a webhook with one key, while the credential has another.
	 *
	 * @returns the status of the answer
	 */
	async function receive(
		sent: string,
		webhookApiKey: string,
		{ onRead, id = '7' }: { onRead?: () => void; id?: string } = {},
	): Promise<number> {
		const { refused } = await receiveWebhook({
			key: sent,
			body: EVENT,
			credential: { webhookApiKey },
			credentialId: id,
			instance,
			onRead,
		});
		return refused ?? 200;
	}

	/** @returns whether n8n reads the credential for a webhook with its key */
	async function isRead(id: string): Promise<boolean> {
		const onRead = jest.fn();
		expect(await receive('key', 'key', { onRead, id })).toBe(200);
		return onRead.mock.calls.length > 0;
	}

	test('is read again for an unknown key, so that a new key works at once', async () => {
		expect(await receive('old', 'old')).toBe(200);
		expect(await receive('new', 'new')).toBe(200);
	});

	test('is read again after two seconds, and an old key stops working then', async () => {
		expect(await receive('old', 'old')).toBe(200);
		now += CACHE_MS - 1;
		expect(await receive('old', 'new')).toBe(200);
		now += 1;
		expect(await receive('old', 'new')).toBe(401);
	});

	test('is read once for webhooks that arrive at the same moment', async () => {
		const onRead = jest.fn();
		const receiveOnce = async () => await receive('old', 'old', { onRead });
		const statuses = await Promise.all([receiveOnce(), receiveOnce(), receiveOnce()]);
		expect(statuses).toEqual([200, 200, 200]);
		expect(onRead).toHaveBeenCalledTimes(1);
	});

	test('is read again after a read that failed', async () => {
		const onRead = () => {
			throw new Error('no database');
		};
		await expect(receive('old', 'old', { onRead })).rejects.toThrow('no database');
		expect(await receive('old', 'old')).toBe(200);
	});

	describe('among more than 100', () => {
		const old = Array.from({ length: 60 }, (_, index) => `old-${index}`);
		const recent = Array.from({ length: 60 }, (_, index) => `recent-${index}`);

		async function countReads(ids: string[]): Promise<number> {
			let count = 0;
			for (const id of ids) if (await isRead(id)) count++;
			return count;
		}

		test('is kept while it is fresh', async () => {
			expect(await countReads([...old, ...recent])).toBe(120);
			expect(await countReads([...old, ...recent])).toBe(0);
			now += CACHE_MS;
			expect(await countReads([...old, ...recent])).toBe(120);
		});

		test('is removed when it has expired, and fresh ones are kept', async () => {
			expect(await countReads(old)).toBe(60);
			now += CACHE_MS - 500;
			expect(await countReads(recent.slice(0, 40))).toBe(40);
			now += 500;
			// Now the old ones have expired, and this credential is one too many.
			expect(await countReads(['new'])).toBe(1);
			// With the clock set back, they would count as fresh if they were still there.
			now -= 500;
			expect(await countReads(['new', ...recent.slice(0, 40)])).toBe(0);
			expect(await countReads(old)).toBe(60);
		});

		test('is not removed while there is room', async () => {
			expect(await countReads(old)).toBe(60);
			now += CACHE_MS;
			expect(await countReads(recent.slice(0, 40))).toBe(40);
			now -= CACHE_MS;
			expect(await countReads(old)).toBe(0);
		});
	});
});
