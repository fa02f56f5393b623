import { API_KEY, itemsOf, locator, runNode, type RunOptions } from './harness.cts';
import { inSimulatedTime } from './time.cts';

const RECORD = { id: 1, status: 'MEMBER' };
const read = { resource: 'customer', operation: 'getCustomerById', customerId: locator('1') };

/** Each test has its own key, because the rate limiters last for the whole process. */
let credential: { apiKey: string };
let testCount = 0;
/** When each request was sent, in ms. */
let sentAt: number[];
beforeEach(() => {
	credential = { apiKey: `${API_KEY}-${testCount++}` };
	sentAt = [];
});

/** Answers at once. */
const answer: RunOptions['answer'] = () => {
	sentAt.push(Date.now());
	return Promise.resolve({ statusCode: 200, headers: {}, body: RECORD });
};

function items(count: number) {
	return itemsOf(Array.from({ length: count }, (_, index) => ({ id: index + 1 })));
}

async function run(options: Partial<RunOptions>) {
	return await runNode({ parameters: read, credential, answer, ...options });
}

/** How long after the first request each of the others was sent, in ms. */
function delays(): number[] {
	return sentAt.map((time) => time - sentAt[0]);
}

describe('the rate limit', () => {
	test('holds back the requests of all runs beyond the limit of a minute', async () => {
		const parameters = { ...read, options: { requestsPerMinute: 10 } };
		const { outcome, ms } = await inSimulatedTime(
			async () =>
				await Promise.all([
					run({ parameters, items: items(15) }),
					run({ parameters, items: items(10) }),
				]),
		);
		expect(outcome.status).toBe('fulfilled');
		expect(delays().filter((delay) => delay < 60_000)).toHaveLength(10);
		expect(delays().filter((delay) => delay < 120_000)).toHaveLength(20);
		expect(ms).toBeGreaterThanOrEqual(120_000);
		expect(ms).toBeLessThan(130_000);
	});

	test('is 1,000 requests a minute unless the option says otherwise', async () => {
		const { outcome } = await inSimulatedTime(async () => await run({ items: items(1005) }));
		expect(outcome.status).toBe('fulfilled');
		expect(delays().filter((delay) => delay < 60_000)).toHaveLength(1000);
		expect(sentAt).toHaveLength(1005);
	});

	test('slows a run down and does not fail it, however few requests are allowed', async () => {
		const parameters = { ...read, options: { requestsPerMinute: 1 } };
		const { outcome, ms } = await inSimulatedTime(
			async () => await run({ parameters, items: items(10) }),
		);
		expect(outcome).toMatchObject({ status: 'fulfilled', value: { length: 10 } });
		expect(ms).toBeGreaterThanOrEqual(540_000);
	});

	test('counts the requests for all ids of a path together', async () => {
		const parameters = {
			...read,
			customerId: locator('={{ $json.id }}'),
			options: { requestsPerMinute: 1 },
		};
		await inSimulatedTime(async () => await run({ parameters, items: items(2) }));
		expect(sentAt).toHaveLength(2);
		expect(delays()[1]).toBeGreaterThanOrEqual(60_000);
	});

	test('counts the requests for all ids of a custom path together', async () => {
		const parameters = {
			resource: 'apiRequest',
			operation: 'sendApiRequest',
			requestPath: '=/v1/customers/{{ $json.id }}/contracts',
			options: { requestsPerMinute: 1 },
		};
		await inSimulatedTime(async () => await run({ parameters, items: items(2) }));
		expect(sentAt).toHaveLength(2);
		expect(delays()[1]).toBeGreaterThanOrEqual(60_000);
	});

	test('counts other paths and other keys apart', async () => {
		const options = { requestsPerMinute: 1 };
		await inSimulatedTime(async () => {
			await run({ parameters: { ...read, options } });
			await run({ parameters: { ...read, operation: 'getBenefits', options } });
			await run({ parameters: { ...read, options }, credential: { apiKey: `${API_KEY}-other` } });
		});
		expect(delays()).toEqual([0, 0, 0]);
	});

	describe('when the execution is canceled', () => {
		/** Runs 1,500 items that wait because of a 429, and cancels them after 5 s. */
		async function cancelWaitingItems() {
			const refused = run({
				parameters: { ...read, options: { maxWait: 0 } },
				answer: () => Promise.resolve({ statusCode: 429, headers: {}, body: {} }),
			});
			await expect(refused).rejects.toMatchObject({ httpCode: '429' });

			const controller = new AbortController();
			setTimeout(() => controller.abort(new Error('canceled')), 5000);
			const start = Date.now();
			const waiting = run({ items: items(1500), signal: controller.signal });
			await expect(waiting).rejects.toThrow('canceled');
			return Date.now() - start;
		}

		test('waiting items end at once, and are not sent', async () => {
			const { outcome } = await inSimulatedTime(cancelWaitingItems);
			expect(outcome).toEqual({ status: 'fulfilled', value: 5000 });
			expect(sentAt).toEqual([]);
		});

		test('nothing is sent when it was canceled before the node started', async () => {
			const signal = AbortSignal.abort(new Error('canceled'));
			const { outcome } = await inSimulatedTime(async () => await run({ items: items(3), signal }));
			expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'canceled' } });
			expect(sentAt).toEqual([]);
		});

		test('waiting items leave all requests of the next minute to the next run', async () => {
			const { outcome } = await inSimulatedTime(async () => {
				await cancelWaitingItems();
				await new Promise((resolve) => setTimeout(resolve, 60_000));
				return await run({ items: items(1000) });
			});
			expect(outcome).toMatchObject({ status: 'fulfilled', value: { length: 1000 } });
			expect(sentAt).toHaveLength(1000);
			expect(Math.max(...delays())).toBe(0);
		});
	});
});
