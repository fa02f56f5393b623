import type { ICredentialDataDecryptedObject, INode, INodeParameters } from 'n8n-workflow';

import { noteReception } from '../../nodes/PerfectGymNext/trigger/deduplication';
import { startSimulator, type Simulator } from '../simulator/server.cts';
import { outputOf } from './harness.cts';
import { eventItem, prepareTrigger, runTriggerWorkflow, useStore } from './triggerHarness.cts';

jest.setTimeout(60_000);

const store = useStore();
let simulator: Simulator;
beforeAll(async () => {
	noteReception();
	simulator = await startSimulator({ customers: 30 });
});
beforeEach(() => {
	simulator.clearFaults();
	simulator.clearRequests();
});
afterAll(async () => await simulator.close());

const ITEMS = [eventItem(), eventItem({ event: 'CUSTOMER_UPDATED', customerId: 1210000002 })];

async function execute(
	onError: INode['onError'],
	parameters: INodeParameters = { includeEntity: true },
	credential: ICredentialDataDecryptedObject = {},
) {
	const { workflowId } = store;
	const run = await runTriggerWorkflow({
		items: ITEMS,
		parameters,
		credential: { baseUrl: simulator.baseUrl, apiKey: simulator.apiKey, ...credential },
		workflowId,
		settings: { onError },
	});
	const received = (name: string) => (outputOf(run, name)[0] ?? []).map(({ json }) => json);
	return { run, success: received('Success'), failure: received('Failure') };
}

/** Lets the second of two entities fail. */
function failSecond(): void {
	simulator.injectFault({ kind: 'status', status: 403, after: 1 });
}

const DETAILS = { httpStatus: 403, scopes: ['CUSTOMER_READ'] };

describe('an entity that cannot be read', () => {
	test('goes to the error output with the reason and the event', async () => {
		failSecond();
		const { success, failure } = await execute('continueErrorOutput');
		expect(success).toMatchObject([{ event: 'CUSTOMER_CREATED', entity: { id: 1210000001 } }]);
		expect(failure).toMatchObject([
			{
				error: {
					message: expect.stringMatching(/./) as unknown,
					details: DETAILS,
					event: ITEMS[1].json,
				},
			},
		]);
	});

	test('stays on the regular output with the reason', async () => {
		failSecond();
		const { success, failure } = await execute('continueRegularOutput');
		expect(success).toMatchObject([
			{ event: 'CUSTOMER_CREATED', entity: { id: 1210000001 } },
			{
				event: 'CUSTOMER_UPDATED',
				customerId: 1210000002,
				error: expect.stringMatching(/./) as unknown,
				details: DETAILS,
			},
		]);
		expect(success[0]).not.toHaveProperty('error');
		expect(failure).toEqual([]);
	});

	test('stops the workflow by default', async () => {
		failSecond();
		const { run, success, failure } = await execute('stopWorkflow');
		expect(run.data.resultData.error).toMatchObject({ httpCode: '403' });
		expect([...success, ...failure]).toEqual([]);
	});

	test('is tried again by Retry On Fail before it goes to the error output', async () => {
		simulator.injectFault({ kind: 'status', status: 403 });
		const run = await runTriggerWorkflow({
			items: [ITEMS[0]],
			parameters: { includeEntity: true },
			credential: { baseUrl: simulator.baseUrl, apiKey: simulator.apiKey },
			workflowId: store.workflowId,
			settings: {
				onError: 'continueErrorOutput',
				retryOnFail: true,
				maxTries: 2,
				waitBetweenTries: 1,
			},
		});
		expect(outputOf(run, 'Success')[0]).toMatchObject([{ json: { entity: { id: 1210000001 } } }]);
	});
});

describe('a failure that concerns all events', () => {
	test.each([
		[
			'a parameter that is not valid',
			{ includeEntity: 'perhaps' },
			{},
			'"Include Details" must be',
		],
		['a base URL that cannot be used', { includeEntity: true }, { baseUrl: '' }, 'Base URL is'],
	])('goes to the error output: %s', async (_what, parameters, credential, reason) => {
		const { success, failure } = await execute('continueErrorOutput', parameters, credential);
		expect(success).toEqual([]);
		expect(failure).toMatchObject(
			ITEMS.map(({ json }) => ({
				error: { message: expect.stringContaining(reason) as unknown, event: json },
			})),
		);
	});
});

test('a canceled execution is not taken for an event that failed', async () => {
	const canceled = new AbortController();
	simulator.injectFault({ kind: 'slow', delayMs: 1000 });
	const run = prepareTrigger({
		items: ITEMS,
		parameters: { includeEntity: true },
		credential: { baseUrl: simulator.baseUrl, apiKey: simulator.apiKey },
		mode: 'manual',
		settings: { onError: 'continueRegularOutput' },
		signal: canceled.signal,
	})();
	canceled.abort(new Error('canceled'));
	await expect(run).rejects.toThrow('canceled');
});
