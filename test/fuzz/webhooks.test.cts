import fc from 'fast-check';
import { DataDeduplicationService } from 'n8n-core';
import type {
	IDataDeduplicator,
	IDataObject,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';

import { operations } from '../../nodes/PerfectGymNext/properties';
import { eventTypes } from '../../nodes/PerfectGymNext/trigger/events';
import { prepareTrigger, receiveWebhook, Store } from '../engine/triggerHarness.cts';
import { expectInvariants, observe, type Rules, watchLog } from './invariants.cts';
import { catchAllRequests } from './network.cts';
import { longTexts, mutationsOf, Odd, oddJson, oddTexts, oddValues, replaceAt } from './odd.cts';
import { ORIGIN } from './run.cts';
import { settings } from './settings.cts';

const RUNS_OF_BODIES = 20;
const RUNS_OF_HEADERS = 300;
const RUNS_OF_PARAMETERS = 300;
const WEBHOOK_KEY = 'yak-hook-that-must-not-show';
const ID = 1_210_000_001;

catchAllRequests();
watchLog();
beforeAll(async () => {
	await DataDeduplicationService.init(new Store() as unknown as IDataDeduplicator);
});

const rules: Rules = {
	origin: ORIGIN,
	endpoints: eventTypes.flatMap(({ entity }) =>
		entity ? [{ method: 'GET', template: operations.get(entity.operation).template }] : [],
	),
	otherKeys: [WEBHOOK_KEY],
};

/** @returns the body of a webhook as PerfectGym Next sends it */
function bodyOf({ value, contentIds = [] }: (typeof eventTypes)[number]): IDataObject {
	const content = Object.fromEntries(contentIds.map((name, index) => [name, ID + index]));
	return {
		entityId: ID,
		uuid: '095be615-a8ad-4c33-8e9c-c7612fbf6c9f',
		payload: [{ timestamp: 1_642_779_144_176, type: String(value), content }],
	};
}

/** Whatever names the record of the event, and so becomes a part of a path. */
function oddIdsOf(type: (typeof eventTypes)[number]): fc.Arbitrary<Odd> {
	const body = bodyOf(type);
	const places = (type.contentIds ?? []).map((name) => ['payload', '0', 'content', name]);
	return fc
		.tuple(fc.constantFrom(['entityId'], ...places), oddJson)
		.map(([place, id]) => new Odd(replaceAt(body, place, id)));
}

/** n8n hands over what JSON holds. */
function parsed(body: unknown): IDataObject {
	return JSON.parse(JSON.stringify(body) ?? 'null') as IDataObject;
}

interface Received {
	items: INodeExecutionData[];
	refused?: number;
}

test.each(eventTypes.map((type) => ({ name: String(type.value), type })))(
	'$name with any body and any record is refused, or runs once',
	async ({ name, type }) => {
		const bodies = fc.oneof(
			{ weight: 2, arbitrary: mutationsOf(bodyOf(type)) },
			{ weight: 2, arbitrary: oddIdsOf(type) },
			{ weight: 1, arbitrary: oddJson.map((value) => new Odd(value)) },
		);
		const entities = mutationsOf([{ id: ID, contractId: ID, name: 'Alpha' }]);
		const property = fc.asyncProperty(bodies, entities, async (body, entity) => {
			const given = parsed(body.value);
			const inputLength = JSON.stringify([given, parsed(entity.value)]).length;
			const hook = await observe(
				() => async () =>
					await receiveWebhook({
						key: WEBHOOK_KEY,
						body: given,
						credential: { webhookApiKey: WEBHOOK_KEY },
						credentialId: 'hook',
					}),
			);
			expectInvariants({ ...hook, output: undefined }, { ...rules, inputLength });
			const { items, refused } = hook.output as Received;
			expect(hook.requests).toEqual([]);
			if (refused !== undefined) {
				expect([refused, items]).toEqual([400, []]);
				return;
			}
			// An item for each entry, and each has what the workflow needs to know.
			expect(items).toHaveLength((given.payload as unknown[]).length);
			for (const { json } of items) expect(json).toMatchObject({ uuid: given.uuid });
			if (items.length === 0) return;

			const run = await observe(
				(apiKey) =>
					prepareTrigger({
						items: structuredClone(items),
						parameters: { includeEntity: true, options: { deduplicate: false } },
						credential: { apiKey, webhookApiKey: WEBHOOK_KEY },
					}),
				() => () => ({ body: JSON.stringify(entity.value) ?? '' }),
			);
			expectInvariants(run, { ...rules, inputLength });
			if (run.error === undefined) expect(run.output).toHaveLength(items.length);
			// An ID in a path has no sign that could mean anything there.
			for (const { path } of run.requests) expect(path).toMatch(/^[\w/-]+$/);
		});
		await fc.assert(property, settings(RUNS_OF_BODIES, name));
	},
);

test('an event runs only with exactly one header that has the key', async () => {
	const names = fc.oneof(
		{ weight: 3, arbitrary: fc.constantFrom('x-api-key', 'X-API-KEY', 'X-Api-Key') },
		{ weight: 1, arbitrary: fc.constantFrom('x-api-key ', 'x_api_key', 'authorization', '') },
	);
	const values = fc.oneof(
		{ weight: 3, arbitrary: fc.constant(WEBHOOK_KEY) },
		{
			weight: 2,
			arbitrary: fc.constantFrom(
				...['', ` ${WEBHOOK_KEY}`, `${WEBHOOK_KEY}\0`, WEBHOOK_KEY.slice(1), 'undefined'],
				...[WEBHOOK_KEY.toUpperCase(), `${WEBHOOK_KEY},${WEBHOOK_KEY}`],
			),
		},
		{ weight: 1, arbitrary: oddTexts },
		{ weight: 1, arbitrary: longTexts },
	);
	const headers = fc.array(fc.tuple(names, values), { maxLength: 3 });
	const property = fc.asyncProperty(
		headers.map((value) => new Odd(value)),
		async ({ value }) => {
			const given = value as Array<[string, string]>;
			const { requests, ...hook } = await observe(
				() => async () =>
					await receiveWebhook({
						key: '',
						rawHeaders: given.flat(),
						body: bodyOf(eventTypes[0]),
						credential: { webhookApiKey: WEBHOOK_KEY },
						credentialId: 'hook',
					}),
			);
			expectInvariants({ requests, ...hook }, rules);
			const keys = given.filter(([name]) => name.toLowerCase() === 'x-api-key');
			const isRight = keys.length === 1 && keys[0][1] === WEBHOOK_KEY;
			const { items, refused } = hook.output as Received;
			expect([refused, items.length]).toEqual(isRight ? [undefined, 1] : [401, 0]);
		},
	);
	await fc.assert(property, settings(RUNS_OF_HEADERS, 'headers'));
});

test('any value of a parameter of the trigger is taken or refused', async () => {
	const places = [
		...['events', 'includeEntity', 'options', 'options.deduplicate'],
		...['options.rememberedEvents', 'options.otherEvents'],
	];
	const property = fc.asyncProperty(
		fc.constantFrom(...places),
		oddValues.map((value) => new Odd(value)),
		async (place, { value }) => {
			const [name, option] = place.split('.');
			const odd = option === undefined ? value : { [option]: value };
			const parameters = { includeEntity: true, [name]: odd } as INodeParameters;
			const credential = { webhookApiKey: WEBHOOK_KEY };
			const hook = await observe(
				() => async () =>
					await receiveWebhook({
						key: WEBHOOK_KEY,
						body: bodyOf(eventTypes[0]),
						parameters,
						credential,
						credentialId: 'hook',
					}),
			);
			expectInvariants({ ...hook, output: undefined }, rules);
			const run = await observe(
				(apiKey) =>
					prepareTrigger({
						items: [{ json: { ...bodyOf(eventTypes[0]), event: 'CUSTOMER_CREATED' } }],
						parameters,
						credential: { ...credential, apiKey },
						// The store of known events waits between its calls.
						mode: 'manual',
					}),
				() => () => ({ body: { id: ID } }),
			);
			expectInvariants(run, rules);
			if (run.error === undefined) expect(run.output).toHaveLength(1);
		},
	);
	await fc.assert(property, settings(RUNS_OF_PARAMETERS, 'parameters of the trigger'));
});
