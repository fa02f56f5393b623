import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { noteReception } from '../../nodes/PerfectGymNext/trigger/deduplication';
import { eventItem, receiveWebhook, runTrigger, useStore } from './triggerHarness.cts';

const KEY = 'webhook-key';
const store = useStore();

async function receive(type: string, parameters: INodeParameters, event: IDataObject = {}) {
	const body = {
		entityId: 1210000001,
		uuid: '095be615-a8ad-4c33-8e9c-c7612fbf6c9f',
		payload: [{ timestamp: 1642779144176, type }],
		...event,
	};
	return await receiveWebhook({ key: KEY, body, parameters, credential: { webhookApiKey: KEY } });
}

async function startsOn(type: string, parameters: INodeParameters): Promise<boolean> {
	return (await receive(type, parameters)).items.length === 1;
}

describe('"Trigger On" and "Other Event Types"', () => {
	test('text is not searched for the names of other types', async () => {
		const parameters = { events: '={{ "CUSTOMER_CHECKIN_STUDIOS_UPDATED" }}' };
		expect(await startsOn('CUSTOMER_CHECKIN_STUDIOS_UPDATED', parameters)).toBe(true);
		expect(await startsOn('CUSTOMER_CHECKIN', parameters)).toBe(false);
	});

	test('types by name start the workflow beside those that were chosen', async () => {
		const parameters = {
			events: ['CUSTOMER_CREATED'],
			options: { otherEvents: 'CUSTOMER_PAYMENT_REJECTED, CONTRACT_REVERSED' },
		};
		expect(await startsOn('CUSTOMER_CREATED', parameters)).toBe(true);
		expect(await startsOn('CONTRACT_REVERSED', parameters)).toBe(true);
		expect(await startsOn('CUSTOMER_UPDATED', parameters)).toBe(false);
	});

	test('only types by name start the workflow if nothing was chosen beside them', async () => {
		const parameters = { options: { otherEvents: 'CONTRACT_REVERSED' } };
		expect(await startsOn('CONTRACT_REVERSED', parameters)).toBe(true);
		expect(await startsOn('CUSTOMER_CREATED', parameters)).toBe(false);
	});

	test('without either, all types start the workflow, also those without an ID', async () => {
		const { items } = await receive('CUSTOMER_PAYMENT_REJECTED', {}, { entityId: null });
		expect(items).toMatchObject([{ json: { event: 'CUSTOMER_PAYMENT_REJECTED', entityId: null } }]);
	});

	test('"Any Event" stands for all types, whatever else is chosen', async () => {
		const parameters = {
			events: ['CUSTOMER_CREATED', '*'],
			options: { otherEvents: 'CONTRACT_REVERSED' },
		};
		expect(await startsOn('CUSTOMER_UPDATED', parameters)).toBe(true);
		expect(await startsOn('CUSTOMER_PAYMENT_REJECTED', { events: ['*'] })).toBe(true);
	});

	test('an expression that does not return types fails by name, and the event is not acknowledged', async () => {
		await expect(receive('CUSTOMER_CREATED', { events: '={{ 5 }}' })).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringContaining('"Trigger On"') as unknown,
		});
	});
});

async function execute(parameters: INodeParameters, uuid = 'event') {
	const warnings: string[] = [];
	const items = await runTrigger({
		items: [eventItem({ uuid })],
		parameters,
		workflowId: store.workflowId,
		answer: { body: { id: 1210000001 } },
		onWarning: (message) => warnings.push(message),
	});
	return { items, warnings };
}

test.each(['0', '-5', '"abc"', '[]'])(
	'"Events to Remember" of %s falls back to 10,000 with a warning',
	async (value) => {
		noteReception();
		store.known = Array.from({ length: 20_000 }, (_, index) => `old-${index}`);
		const { items, warnings } = await execute({ options: { rememberedEvents: `={{ ${value} }}` } });
		expect(items).toHaveLength(1);
		expect(store.known).toHaveLength(10_000);
		expect(warnings).toEqual([
			expect.stringMatching(/^"Events to Remember" must be .* 10000 events are remembered\.$/),
		]);
	},
);

test('"Include Details" given as text counts', async () => {
	const { items } = await execute({ includeEntity: '={{ "true" }}' });
	expect(items[0].json.entity).toEqual({ id: 1210000001 });
});

test('"Ignore Duplicate Events" given as text counts', async () => {
	const parameters = { options: { deduplicate: '={{ "false" }}' } };
	expect((await execute(parameters)).items).toHaveLength(1);
	expect((await execute(parameters)).items).toHaveLength(1);
});

test('a value that is neither true nor false fails by name before the event counts as run', async () => {
	await expect(execute({ includeEntity: '={{ "perhaps" }}' })).rejects.toThrow(
		/^"Include Details" must be true or false/,
	);
	expect((await execute({})).items).toHaveLength(1);
});

describe('an answer without the record is not a raw error', () => {
	const read = async (event: IDataObject, body: unknown) => {
		const [{ json }] = await runTrigger({
			items: [eventItem(event)],
			parameters: { includeEntity: true },
			mode: 'manual',
			answer: { body },
		});
		return json.entity;
	};

	test.each([[[null]], [[null, 5, 'text', { id: 5 }, { id: '7' }]], [[]], [null], [''], [{}]])(
		'for the contract of a customer: %j',
		async (body) => {
			const entity = await read({ event: 'CONTRACT_CREATED', contractId: 7 }, body);
			expect(entity).toEqual(Array.isArray(body) && body.length === 5 ? { id: '7' } : null);
		},
	);

	test.each([[null], [''], [{}]])('for a customer: %j', async (body) => {
		expect(await read({}, body)).toBeNull();
	});
});
