import { receiveWebhook } from './triggerHarness.cts';

const BODY = {
	entityId: 1210000001,
	uuid: '095be615-a8ad-4c33-8e9c-c7612fbf6c9f',
	payload: [{ timestamp: 1642779144176, type: 'CUSTOMER_CREATED', content: {} }],
};

/** Each test has a credential of its own, of which nothing is in memory yet. */
let credentialId = 0;
/** The webhook key that the credential has at the moment. */
let entered: string;
const onRead = jest.fn();

beforeEach(() => {
	jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
	onRead.mockClear();
	entered = 'right';
	credentialId += 1;
});
afterEach(() => jest.useRealTimers());

async function statusOf(key: string): Promise<number> {
	const { refused } = await receiveWebhook({
		key,
		body: BODY,
		credential: { webhookApiKey: entered },
		credentialId: String(credentialId),
		onRead,
	});
	return refused ?? 200;
}

describe('unknown webhook keys', () => {
	test('that arrive together cause two readings of the credential', async () => {
		const keys = Array.from({ length: 300 }, (_, index) => `unknown ${index}`);
		const statuses = await Promise.all(keys.map(statusOf));
		expect([...new Set(statuses)]).toEqual([401]);
		expect(onRead).toHaveBeenCalledTimes(2);
	});

	test('that arrive one after the other cause two readings a second at most', async () => {
		for (let count = 0; count < 300; count++) {
			expect(await statusOf(`unknown ${count}`)).toBe(401);
			jest.advanceTimersByTime(10);
		}
		// For three seconds.
		expect(onRead.mock.calls.length).toBeLessThanOrEqual(6);
	});

	test('do not hold up the right key', async () => {
		expect(await statusOf('right')).toBe(200);
		for (let count = 0; count < 20; count++) await statusOf(`unknown ${count}`);
		const readings = onRead.mock.calls.length;
		expect(await statusOf('right')).toBe(200);
		expect(onRead).toHaveBeenCalledTimes(readings);
	});

	test.each([1000, 1900, 2100, 60_000])(
		'do not keep a key from being accepted that was entered %d ms ago',
		async (ms) => {
			await statusOf('right');
			await Promise.all([statusOf('new'), statusOf('new')]);
			entered = 'new';
			for (let passed = 0; passed < ms; passed += 100) {
				jest.advanceTimersByTime(100);
				await statusOf(`unknown ${passed}`);
			}
			expect(await statusOf('new')).toBe(200);
		},
	);

	test('are looked up at once after a pause', async () => {
		await statusOf('right');
		entered = 'new';
		expect(await statusOf('new')).toBe(200);
	});
});

describe('a replaced webhook key', () => {
	test('is refused after two seconds', async () => {
		await statusOf('right');
		entered = 'new';
		jest.advanceTimersByTime(2001);
		expect(await statusOf('right')).toBe(401);
	});

	test('is refused after two seconds, although the clock was set back by an hour', async () => {
		await statusOf('right');
		entered = 'new';
		jest.setSystemTime(Date.now() - 3_600_000);
		jest.advanceTimersByTime(2001);
		expect(await statusOf('right')).toBe(401);
	});
});
