import fc from 'fast-check';
import { chain, node, running } from './fixture.cts';
import {
	eventOf,
	inParallel,
	post,
	publish,
	runsOf,
	sendEvent,
	storeWebhookCredential,
	timesRun,
	trigger,
	WEBHOOK_KEY,
	type Answer,
	type SentEvent,
} from './webhooks.cts';

/** One request of the fuzz test. */
interface Fuzz {
	kind: string;
	contentType: string;
	headers?: Record<string, string>;
	body: string | Buffer;
}

const { n8n, studio } = running();
const NEXT = 'Next';
const FUZZED = 1_000;
const AT_ONCE = 20;
/** Long enough for a response while 20 requests are waiting. */
const TIMEOUT_MS = 15_000;
const NO_ANSWER: Answer = { status: 0, text: '', json: undefined, ms: TIMEOUT_MS };
const MEGABYTE = 1024 * 1024;
const JSON_TYPE = 'application/json';
let target: { id: string; url: string };

beforeAll(async () => {
	const credentialId = await storeWebhookCredential(n8n, studio);
	const next = node(NEXT, 'n8n-nodes-base.noOp', 1);
	target = await publish(n8n, chain('Forms', [trigger(credentialId), next]));
});

/** An event with properties changed, added, or removed if undefined. */
function changed(changes: Record<string, unknown>): Record<string, unknown> {
	return { ...eventOf('CUSTOMER_CREATED'), ...changes };
}

function withEntry(changes: Record<string, unknown>): Record<string, unknown> {
	const event = eventOf('CUSTOMER_CREATED');
	return { ...event, payload: [{ ...event.payload[0], ...changes }] };
}

function nested(depth: number, open: string, close: string): string {
	return open.repeat(depth) + '1' + close.repeat(depth);
}

function asText(given: unknown): string {
	return JSON.stringify(given);
}

/** An event with JSON text as its content. JSON.stringify could not produce some of these texts. */
function withContent(content: string): string {
	return asText(withEntry({ content: 'HERE' })).replace('"HERE"', content);
}

async function sendText(body: string | Buffer, contentType = JSON_TYPE): Promise<Answer> {
	return await post(target.url, { 'content-type': contentType, 'x-api-key': WEBHOOK_KEY }, body);
}

describe('payload validation', () => {
	const noise = Array.from({ length: MEGABYTE / 8 }, (_, i) => (i * 2_654_435_761) % 1e7).join('');
	const WRONG: Array<[string, string]> = [
		['no entityId', asText(changed({ entityId: undefined }))],
		['null as entityId', asText(changed({ entityId: null }))],
		['text as entityId', asText(changed({ entityId: '12' }))],
		['a fraction as entityId', asText(changed({ entityId: 1.5 }))],
		['no uuid', asText(changed({ uuid: undefined }))],
		['a number as uuid', asText(changed({ uuid: 12 }))],
		['an empty uuid', asText(changed({ uuid: '' }))],
		['a list as uuid', asText(changed({ uuid: ['a'] }))],
		['a uuid of 1 MB', asText(changed({ uuid: 'a'.repeat(MEGABYTE) }))],
		['no payload', asText(changed({ payload: undefined }))],
		['a payload that is an object', asText(changed({ payload: {} }))],
		['a payload that is text', asText(changed({ payload: 'CUSTOMER_CREATED' }))],
		['entries that are null', asText(changed({ payload: [null] }))],
		['entries that are lists', asText(changed({ payload: [[]] }))],
		['a list as the body', asText([eventOf('CUSTOMER_CREATED')])],
		['text as the body', asText('CUSTOMER_CREATED')],
		['null as the body', 'null'],
		['an empty object', '{}'],
		['an empty body', ''],
		['no type', asText(withEntry({ type: undefined }))],
		['a number as type', asText(withEntry({ type: 7 }))],
		['a type that is not an identifier', asText(withEntry({ type: '<b>' }))],
		['no timestamp', asText(withEntry({ timestamp: undefined }))],
		['text as timestamp', asText(withEntry({ timestamp: '2026-01-01' }))],
		['a timestamp out of range', asText(withEntry({ timestamp: 9e15 }))],
		['text as content', asText(withEntry({ content: 'x' }))],
		['a list of numbers as content', asText(withEntry({ content: [1] }))],
		['1 MB of digits in a property', asText({ nonsense: noise })],
		['1 MB of digits as text', asText(noise)],
		['a list of 1 MB of digits', asText({ ...eventOf('CUSTOMER_CREATED'), more: [...noise] })],
		['lists nested 30 levels deep', withContent(`{"deep":${nested(30, '[', ']')}}`)],
		['objects nested 1,000 levels deep', withContent(nested(1000, '{"deep":', '}'))],
		['__proto__ in the body', asText(eventOf('A')).replace('{', '{"__proto__":{"polluted":true},')],
		['__proto__ in the content', withContent('{"__proto__":{"polluted":true}}')],
		['constructor in the content', withContent('{"constructor":{"prototype":{"polluted":1}}}')],
	];

	it.each(WRONG)('rejects %s with 400 and a message', async (_title, body) => {
		const { status, json, text } = await sendText(body);

		expect(status).toBe(400);
		expect(json).toEqual({ message: expect.stringMatching(/\w/) as string });
		expect(text).not.toContain(WEBHOOK_KEY);
		expect(text.length).toBeLessThan(300);
	});

	it('leaves a body that is not JSON to n8n, which rejects it with 422', async () => {
		const { status } = await sendText('{"entityId": 1,');
		expect(status).toBe(422);
	});

	it('accepts unknown properties, and runs only for valid payloads', async () => {
		const event = { ...eventOf('CUSTOMER_CREATED'), version: 2, more: { deep: [1] } };
		const { status } = await sendEvent(target.url, WEBHOOK_KEY, event);
		expect(status).toBe(200);

		const runs = await runsOf(n8n, target.id, 1);

		// The workflow did not run for the rejected payloads above.
		expect(timesRun(runs, NEXT)).toEqual(new Map([[event.uuid, 1]]));
		expect(runs).toHaveLength(1);
		expect(JSON.stringify(runs)).not.toContain('"more"');
		expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
	});
});

const numbers = fc.constantFrom(0, -1, 1.5, 1e308, -1e-308, 2 ** 53, 8.64e15, 8.64e15 + 1, 7e15);
const names = fc.constantFrom(
	...['uuid', 'entityId', 'payload', 'type', 'timestamp', 'content', 'toString', 'length'],
	...['__proto__', 'constructor', 'prototype', 'hasOwnProperty', '', '$json', '={{ 1 }}'],
);
const value = fc.oneof(
	fc.jsonValue({ maxDepth: 6 }),
	numbers,
	names,
	fc.string({ unit: 'binary' }),
);

/** An event with an extra property, or with another payload. */
const mutation = fc.tuple(names, value, fc.nat(3)).map(([name, given, where]): string => {
	const event: SentEvent = eventOf('CUSTOMER_UPDATED', 5, { contractId: 6 });
	const entry = event.payload[0];
	const places = [event, entry, entry.content, event.payload];
	// Inserted as text, since __proto__ cannot be set as a property.
	const mark = { mark: 'HERE' };
	Object.defineProperty(places[where], 'HERE', { value: mark, enumerable: true });
	const text = asText(event).replace(
		'"HERE":{"mark":"HERE"}',
		() => `${asText(name)}:${asText(given)}`,
	);
	return where === 3 ? asText({ ...event, payload: given }) : text;
});

/** An event with one of its values replaced or removed. */
const replaced = fc
	.tuple(
		fc.constantFrom('uuid', 'entityId', 'payload', 'type', 'timestamp', 'content'),
		fc.option(value),
	)
	.map(([name, given]) => {
		const change = { [name]: given === null ? undefined : given };
		const isOfEntry = ['type', 'timestamp', 'content'].includes(name);
		return asText(isOfEntry ? withEntry(change) : changed(change));
	});

/** An event with some bytes changed, so that it is often not valid JSON. */
const bytes = fc
	.array(fc.tuple(fc.nat(180), fc.nat(255)), { minLength: 1, maxLength: 4 })
	.map((changes) => {
		const body = Buffer.from(asText(eventOf('CUSTOMER_CREATED', 8)));
		for (const [at, byte] of changes) body[at % body.length] = byte;
		return body;
	});

const deep = fc
	.tuple(fc.integer({ min: 1, max: 3_000 }), fc.constantFrom(['[', ']'], ['{"a":', '}']))
	.map(([depth, [open, close]]) => withContent(`{"deep":${nested(depth, open, close)}}`));

const contentTypes = fc.constantFrom(
	...['text/plain', 'application/xml', 'text/html', 'application/octet-stream', 'image/png'],
	...[
		'application/x-www-form-urlencoded',
		'multipart/form-data',
		'multipart/form-data; boundary=x',
	],
	...[
		'application/json; charset=utf-16',
		'application/json; charset=nonsense',
		'application/jsonp',
	],
	...['application/vnd.api+json', 'nonsense', '', 'application/json;;;', '*/*', 'a/b/c'],
);

function as(kind: string, body: fc.Arbitrary<string | Buffer>): fc.Arbitrary<Fuzz> {
	return body.map((given) => ({ kind, contentType: JSON_TYPE, body: given }));
}

const fuzz = fc.oneof(
	as('any JSON', value.map(asText)),
	as('extra property', mutation),
	as('replaced value', replaced),
	as('changed bytes', bytes),
	as('deep nesting', deep),
	fc
		.tuple(contentTypes, fc.oneof(mutation, fc.constant(asText(eventOf('CUSTOMER_CREATED')))))
		.map(([contentType, body]) => ({ kind: 'wrong content type', contentType, body })),
	fc
		.tuple(fc.constantFrom('gzip', 'br', 'deflate', 'nonsense'), fc.uint8Array({ maxLength: 200 }))
		.map(([encoding, body]) => ({
			kind: 'wrong encoding',
			contentType: JSON_TYPE,
			headers: { 'content-encoding': encoding },
			body: Buffer.from(body),
		})),
);

describe('fuzzing with the right key', () => {
	it(`does not break n8n with ${FUZZED} inputs`, async () => {
		const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
		const inputs = fc.sample(fuzz, { numRuns: FUZZED, seed });
		const send = async ({ contentType, headers, body }: Fuzz, url = target.url) =>
			await post(
				url,
				{ 'content-type': contentType, 'x-api-key': WEBHOOK_KEY, ...headers },
				body,
				TIMEOUT_MS,
			).catch((error: Error) => ({ ...NO_ANSWER, text: error.message }));

		const before = (await runsOf(n8n, target.id, 0)).length;
		const answers = await inParallel(inputs, AT_ONCE, async (input) => await send(input));

		const table: Record<string, Record<string, number>> = {};
		for (const [index, { kind }] of inputs.entries()) {
			const row = (table[kind] ??= {});
			const { status } = answers[index];
			row[status] = (row[status] ?? 0) + 1;
		}
		print(`Fuzz, seed ${seed}: ${FUZZED} inputs`);
		for (const [kind, row] of Object.entries(table)) {
			print(`  ${kind.padEnd(30)} ${JSON.stringify(row)}`);
		}

		const statuses = new Set(answers.map(({ status }) => status));
		expect(
			[...statuses].filter(
				(status) => !isFailure(status) && ![200, 400, 415, 422].includes(status),
			),
		).toEqual([]);
		// n8n's own Webhook node must fail in the same way for these inputs.
		const own = await webhookNode();
		const failing = [...inputs.entries()].filter(([index]) => isFailure(answers[index].status));
		const theirs = await inParallel(failing, AT_ONCE, async ([, input]) => await send(input, own));
		expect(failing.map(([index, input]) => [answers[index].status, input])).toEqual(
			failing.map(([, input], index) => [theirs[index].status, input]),
		);
		print(`n8n failed for ${failing.length} of them, also with its own Webhook node`);
		for (const { status, json } of answers) {
			if (status === 400) expect(json).toMatchObject({ message: expect.any(String) as string });
		}

		const event = eventOf('CUSTOMER_CREATED');
		expect((await sendEvent(target.url, WEBHOOK_KEY, event)).status).toBe(200);
		const accepted = answers.filter(({ status }) => status === 200).length;
		const runs = await runsOf(n8n, target.id, before + 1, 120_000);
		expect(timesRun(runs, NEXT).get(event.uuid)).toBe(1);
		// Events without entries are accepted but do not run.
		expect(runs.length - before - 1).toBeLessThanOrEqual(accepted);
		expect(runs.filter(({ status }) => status !== 'success')).toEqual([]);
	});
});

function print(line: string): void {
	process.stderr.write(`${line}\n`);
}

/** No response or a 5xx status. The caller checks that n8n itself is the cause. */
function isFailure(status: number): boolean {
	return status === 0 || status >= 500;
}

/** The URL of a workflow with n8n's own Webhook node. */
async function webhookNode(): Promise<string> {
	const path = 'fuzzed';
	const webhook = node(
		'Webhook',
		'n8n-nodes-base.webhook',
		2.1,
		{ httpMethod: 'POST', path },
		{ webhookId: path },
	);
	await n8n.publishWorkflow(await n8n.createWorkflow(chain('Fuzzed', [webhook])));
	return `${n8n.baseUrl}/webhook/${path}`;
}
