import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';

import { fillingsOf } from '../contract/filling.cts';
import { nodeOperations } from '../contract/operations.cts';
import { prepareRun, withDefaults } from '../engine/harness.cts';
import { operationById } from '../simulator/contract.cts';
import { sample } from '../simulator/sample.cts';
import { expectInvariants, observe, type Rules, watchLog } from './invariants.cts';
import { catchAllRequests, type SeenRequest } from './network.cts';
import { mutationsOf, Odd, oddJson, oddTexts, oddValues } from './odd.cts';
import { files, NO_WAITING, ORIGIN, rulesOf } from './run.cts';
import { settings } from './settings.cts';

const RUNS = 15;
const RUNS_OF_CUSTOM_REQUEST = 300;
const LONE_SURROGATE = /[\ud800-\udfff]/u;
const CUSTOM_PATH = '/v1/customers';

catchAllRequests();
watchLog();

/** A body as it is entered: text, or what an expression gives. */
interface Entered {
	value: unknown;
	isExpression: boolean;
}

/** JSON, and text that is JSON almost. */
function bodiesLike(original: unknown): fc.Arbitrary<Odd> {
	const values = fc.oneof(
		{ weight: 3, arbitrary: mutationsOf(original).map(({ value }) => value) },
		{ weight: 1, arbitrary: oddJson },
	);
	const texts = fc.oneof(
		values.map((value) => JSON.stringify(value) ?? ''),
		fc
			.tuple(values, fc.nat(), oddTexts)
			.map(([value, at, added]) => spliced(JSON.stringify(value) ?? '', at, added)),
		fc.constantFrom('9007199254740993', '1e400', '-0', '1.50', '1E2').map((n) => `{"a": ${n}}`),
		fc.constantFrom('{"a":1,"a":2}', '{"__proto__":{"a":1}}', '{"a":"\ud800"}', ' {} ', '[]\n'),
		oddTexts,
	);
	return fc
		.oneof(
			texts.map((value): Entered => ({ value, isExpression: false })),
			texts.map((value): Entered => ({ value, isExpression: true })),
			fc.oneof(values, oddValues).map((value): Entered => ({ value, isExpression: true })),
		)
		.map((entered) => new Odd(entered));
}

function spliced(text: string, at: number, added: string): string {
	const start = at % (text.length + 1);
	return text.slice(0, start) + added + text.slice(start);
}

/** The JSON arrives as it was entered, to the digit, or nothing does. */
function expectSameJson(requests: readonly SeenRequest[], value: unknown, error: unknown): void {
	if (error !== undefined) {
		expect(requests).toEqual([]);
		return;
	}
	const [{ body }] = requests;
	if (typeof value !== 'string') {
		expect(body).toBe(JSON.stringify(value));
		expect(body).not.toMatch(/900719925474099[24]|1e\+21|1e\+308/);
	} else if (LONE_SURROGATE.test(value)) {
		expect(JSON.parse(body)).toEqual(JSON.parse(value));
	} else {
		// axios takes blanks around the text away.
		expect(body).toBe(value.trim());
	}
}

async function tryBody(
	parameters: INodeParameters,
	name: 'jsonBody' | 'requestBody',
	{ value, isExpression }: Entered,
	rules: Rules,
) {
	// As text that is entered, it would be an expression.
	if (!isExpression && String(value).startsWith('=')) return;
	const entered = { ...parameters, [name]: isExpression ? '={{ $json.odd }}' : value };
	const json = { odd: isExpression ? value : undefined } as INodeParameters;
	const observation = await observe(
		(apiKey) =>
			prepareRun({
				parameters: entered as INodeParameters,
				items: [{ json, binary: files }],
				credential: { apiKey },
			}),
		() => () => ({ body: { id: 1 } }),
	);
	const inputLength = (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).length;
	expectInvariants(observation, { ...rules, inputLength });
	const { requests, error } = observation;
	const isLeftOut = name === 'requestBody' && requests[0]?.body === '';
	if (isLeftOut) expect(typeof value === 'string' ? value.trim() : (value ?? '')).toBe('');
	else if (!requests[0]?.headers['content-type']?.startsWith('multipart')) {
		expectSameJson(requests, value, error);
	}
}

const writers = nodeOperations
	.filter(({ resource, value }) => 'specifyBody' in withDefaults({ resource, operation: value }))
	.map(({ resource, value }) => ({ name: `${resource}: ${value}`, resource, id: String(value) }));

test.each(writers)('$name sends JSON as it is, or refuses it', async ({ name, resource, id }) => {
	const [filling] = fillingsOf(resource, id, 'required');
	const parameters = { ...filling, specifyBody: 'json', options: NO_WAITING };
	const { body } = operationById(id);
	const original = body ? sample(body.schema, id) : { text: 'Alpha', number: 7 };
	const property = fc.asyncProperty(bodiesLike(original), async ({ value }) => {
		await tryBody(parameters, 'jsonBody', value as Entered, rulesOf(parameters));
	});
	await fc.assert(property, settings(RUNS, name));
});

test('API Request sends JSON as it is, or refuses it', async () => {
	const parameters = {
		resource: 'apiRequest',
		operation: 'sendApiRequest',
		requestMethod: 'POST',
		requestPath: CUSTOM_PATH,
		options: NO_WAITING,
	};
	const original = { list: [{ text: 'Alpha', number: 7, nothing: null }], flag: true };
	const rules = {
		origin: ORIGIN,
		endpoints: [{ method: 'POST', template: CUSTOM_PATH }],
		isWrite: true,
	};
	const property = fc.asyncProperty(bodiesLike(original), async ({ value }) => {
		await tryBody(parameters, 'requestBody', value as Entered, rules);
	});
	await fc.assert(property, settings(RUNS_OF_CUSTOM_REQUEST, 'API Request'));
});
