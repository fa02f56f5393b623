import type { INodeParameters } from 'n8n-workflow';

import { operations } from '../../../nodes/PerfectGymNext/properties';
import { execute } from '../../../nodes/PerfectGymNext/transport/execute';
import type { SentRequest } from '../fakes.cts';
import { fakeContext, fakeRun, LEFT_MS } from '../fakes.cts';

const credentials = { perfectGymNextApi: { baseUrl: 'acme', apiKey: 'key' } };
const device = (deviceId: string): INodeParameters => ({ resource: 'device', deviceId });

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Runs an operation for three items. */
function run(
	operation: string,
	answer: (request: SentRequest) => unknown,
	signal: AbortSignal,
	parameters: INodeParameters = {},
) {
	const { context, sent } = fakeContext(answer);
	Object.assign(context, { getExecutionCancelSignal: () => signal });
	const settled = execute(
		fakeRun({
			parameters: { ...device('5'), ...parameters },
			items: [{ json: {} }, { json: {} }, { json: {} }],
			credentials,
			context,
		}),
		operations.get(operation),
		operations,
	);
	return { settled, sent };
}

const ok = { statusCode: 200, headers: {}, body: { id: 1 } };
const overloaded = { statusCode: 503, headers: {}, body: {} };

describe('a canceled execution', () => {
	test('does not send the waiting writes', async () => {
		const controller = new AbortController();
		const { settled, sent } = run(
			'activateDevice',
			() => {
				controller.abort(new Error('canceled'));
				return ok;
			},
			controller.signal,
		);
		await expect(settled).rejects.toThrow('canceled');
		expect(sent).toHaveLength(1);
	});

	test('ends the pause before a retry', async () => {
		const controller = new AbortController();
		const { settled, sent } = run('getDevices', () => overloaded, controller.signal);
		const ended = expect(settled).rejects.toThrow('canceled');
		await jest.advanceTimersByTimeAsync(1);
		expect(sent).toHaveLength(3);
		controller.abort(new Error('canceled'));
		await ended;
		await jest.advanceTimersByTimeAsync(LEFT_MS);
		expect(sent).toHaveLength(3);
		expect(jest.getTimerCount()).toBe(0);
	});

	test('ends the pause between two batches', async () => {
		const controller = new AbortController();
		const requestOptions = { batching: { batch: { batchSize: 1, batchInterval: 60_000 } } };
		const { settled, sent } = run('activateDevice', () => ok, controller.signal, {
			requestOptions,
		});
		const ended = expect(settled).rejects.toThrow('canceled');
		await jest.advanceTimersByTimeAsync(59_999);
		expect(sent).toHaveLength(1);
		await jest.advanceTimersByTimeAsync(1);
		expect(sent).toHaveLength(2);
		controller.abort(new Error('canceled'));
		await ended;
		expect(sent).toHaveLength(2);
	});
});

test('a failed item ends the pause before a retry of another item', async () => {
	let count = 0;
	const { settled, sent } = run(
		'getDevices',
		() => (++count === 2 ? { statusCode: 404, headers: {}, body: {} } : overloaded),
		new AbortController().signal,
	);
	await expect(settled).rejects.toMatchObject({ httpCode: '404', context: { itemIndex: 1 } });
	await jest.advanceTimersByTimeAsync(LEFT_MS);
	expect(sent).toHaveLength(3);
	expect(jest.getTimerCount()).toBe(0);
});
