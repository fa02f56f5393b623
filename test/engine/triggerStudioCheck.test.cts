import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';

import { noteReception } from '../../nodes/PerfectGymNext/trigger/deduplication';
import { startSimulator, type Simulator } from '../simulator/server.cts';
import { outputOf } from './harness.cts';
import { eventItem, runTrigger, runTriggerWorkflow, useStore } from './triggerHarness.cts';

const store = useStore();
let simulator: Simulator;
beforeAll(async () => {
	noteReception();
	simulator = await startSimulator({
		customers: 5,
		studios: [
			{ name: 'Downtown', apiKey: 'key-one' },
			{ name: 'Riverside', apiKey: 'key-two' },
			{ name: 'Airport', apiKey: 'key-three', scopes: ['CUSTOMER_READ'] },
		],
	});
});
beforeEach(() => {
	simulator.clearRequests();
});
afterAll(async () => await simulator.close());

/** @returns a credential in which each studio has a key, by the name of the studio */
function credentialWith(keys: Record<string, string>): ICredentialDataDecryptedObject {
	const { baseUrl } = simulator;
	const studios = Object.entries(keys).map(([name, apiKey], index) => [
		`studio${index + 1}`,
		{ name, baseUrl, apiKey },
	]);
	return { studios: Object.fromEntries(studios) as ICredentialDataDecryptedObject };
}

const MIXED_UP = { Downtown: 'key-two', Riverside: 'key-one' };
const RIGHT = { Downtown: 'key-one', Riverside: 'key-two' };

async function execute(
	keys: Record<string, string>,
	{ studio = 'Downtown', settings }: { studio?: string; settings?: Partial<INode> } = {},
) {
	return await runTriggerWorkflow({
		items: [eventItem({ studio: { name: studio } })],
		parameters: { authentication: 'studios' },
		credential: credentialWith(keys),
		workflowId: store.workflowId,
		settings,
	});
}

test('an event does not run when the key of its studio belongs to another studio', async () => {
	const { data } = await execute(MIXED_UP);
	expect(data.resultData.error).toMatchObject({
		message: expect.stringMatching(/"Downtown" belongs to .* "Riverside"/) as unknown,
	});
	expect(JSON.stringify(data)).not.toContain('key-two');
});

test('an event that was refused runs once the key is right', async () => {
	await execute(MIXED_UP);
	expect(store.calls).toBe(0);
	expect(outputOf(await execute(RIGHT), 'Success')[0]).toHaveLength(1);
});

test('the reason goes to the error output', async () => {
	const run = await execute(MIXED_UP, { settings: { onError: 'continueErrorOutput' } });
	expect(outputOf(run, 'Success')[0] ?? []).toEqual([]);
	expect(outputOf(run, 'Failure')[0]).toMatchObject([
		{ json: { error: { message: expect.stringContaining('belongs to the studio') as unknown } } },
	]);
});

test('an event runs when its key may not read the name of the studio', async () => {
	const run = await execute({ Uptown: 'key-three' }, { studio: 'Uptown' });
	expect(outputOf(run, 'Success')[0]).toHaveLength(1);
});

test('the name of the only studio is not checked', async () => {
	const credential = { baseUrl: simulator.baseUrl, apiKey: 'key-one' };
	const { workflowId } = store;
	expect(await runTrigger({ items: [eventItem()], credential, workflowId })).toHaveLength(1);
	expect(simulator.requests).toEqual([]);
});
