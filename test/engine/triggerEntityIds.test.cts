import type { IDataObject } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { eventItem, runTrigger, useStore } from './triggerHarness.cts';

useStore();
let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ customers: 30 });
});
beforeEach(() => simulator.clearRequests());
afterAll(async () => await simulator.close());

async function entityOf(event: IDataObject): Promise<unknown> {
	const [{ json }] = await runTrigger({
		items: [eventItem(event)],
		parameters: { includeEntity: true },
		credential: { baseUrl: simulator.baseUrl, apiKey: simulator.apiKey },
		mode: 'manual',
	});
	return json.entity;
}

test.each<[string, unknown]>([
	['a step up', '..'],
	['a step that stays', '.'],
	['a path', '1/../../studios'],
	['an encoded path', '%2e%2e'],
	['half a surrogate pair', '\ud800'],
	['an object', { id: 5 }],
	['a list', [5]],
	['an object that cannot be text', { toString: 1, valueOf: 2 }],
	['true', true],
	['a fraction', 1.5],
	['a number below zero', -1],
	['a number that cannot be exact', 2 ** 53],
	['a number that is not written in digits', 1e21],
	['a very long text', '1'.repeat(100_000)],
])('an event whose ID is %s is not used for a request', async (_what, contractId) => {
	const event = {
		event: 'CONTRACT_IDLE_PERIOD_CREATED',
		contractId,
		idlePeriodId: 5,
	} as IDataObject;
	await expect(entityOf(event)).rejects.toMatchObject({
		name: 'NodeOperationError',
		message: expect.stringMatching(
			/^The contractId of the event must be an ID, but it is .{1,83}$/su,
		) as unknown,
	});
	expect(simulator.requests).toEqual([]);
});

test.each<[string, unknown]>([
	['text', '1310000010'],
	['text with blanks', ' 1310000010 '],
	['a number', 1310000010],
])('the contract of an event is found if its ID is %s', async (_what, contractId) => {
	const event = { event: 'CONTRACT_CREATED', contractId } as IDataObject;
	expect(await entityOf(event)).toMatchObject({ id: 1310000010 });
});

test('the contracts of a customer are not read for an ID that cannot be one', async () => {
	const event = { event: 'CONTRACT_CREATED', contractId: { id: 5 } };
	await expect(entityOf(event)).rejects.toThrow('The contractId of the event must be an ID');
	expect(simulator.requests).toEqual([]);
});

test.each([[undefined], [null], ['']])(
	'all cases of debt collection are not read for the ID %p',
	async (entityId) => {
		const event = { event: 'FINANCE_DEBT_COLLECTION_CASE_UPDATED', entityId } as IDataObject;
		expect(await entityOf(event)).toBeNull();
		expect(simulator.requests).toEqual([]);
	},
);
