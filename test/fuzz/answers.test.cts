import fc from 'fast-check';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { operations } from '../../nodes/PerfectGymNext/properties';
import { isEmptyAnswer } from '../../nodes/PerfectGymNext/transport/output';
import { isRounded, unwrapLocator } from '../../nodes/PerfectGymNext/transport/serialize';
import { STUDIO_PATH } from '../../nodes/PerfectGymNext/transport/studioCheck';
import { nodeOperations } from '../contract/operations.cts';
import { prepareRun } from '../engine/harness.cts';
import { inSimulatedTime } from '../engine/time.cts';
import { operationById, resolve } from '../simulator/contract.cts';
import { sample, samples } from '../simulator/sample.cts';
import { studiosCredential } from '../studiosCredential.cts';
import { expectInvariants, observe, watchLog } from './invariants.cts';
import { type Answer, catchAllRequests } from './network.cts';
import { longTexts, mutationsOf, Odd, oddJson, oddTexts } from './odd.cts';
import { FIELDS, files, ORIGIN, rulesOf, withoutWaiting } from './run.cts';
import { settings } from './settings.cts';

const RUNS = 4;
const RUNS_OF_NAMES = 60;
const RUNS_OF_LINKS = 100;
const RECORDS = 3;
const FIRST_ID = 1_900_000_001;
/** In an answer, stands for the key of the request. */
const KEY = '{{the key}}';
const STATUSES = [
	204, 206, 301, 302, 304, 400, 401, 403, 404, 407, 409, 418, 422, 500, 502, 503, 504,
];
/** The connection broke after the request had left, as far as one can know. */
const BREAKS = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ERR_BAD_RESPONSE'];

catchAllRequests();
watchLog();

const cases = nodeOperations.map(({ resource, value }) => ({
	name: `${resource}: ${value}`,
	fillings: withoutWaiting(resource, String(value), 'required'),
}));

/** @returns an answer as the contract describes it */
function sampleAnswer(operationId: string): unknown {
	const { answer, chunk } = operationById(operationId);
	if (!answer) return {};
	const item = chunk?.item ?? resolve(answer).items;
	if (!item) return sample(answer, operationId);
	const records = samples(item, operationId, RECORDS, FIRST_ID);
	return chunk ? { result: records, hasNext: false, offset: '0' } : records;
}

function itemsOf(output: unknown): INodeExecutionData[] {
	return output as INodeExecutionData[];
}

/** Every record that was sent comes out, or there is an error. */
function expectAllRecords(
	parameters: INodeParameters,
	body: unknown,
	requests: number,
	items: INodeExecutionData[],
): void {
	const { operation, returnAll, output } = parameters;
	const { plan, method, owners } = operations.get(operation as string);
	const isRead = method === 'GET' || plan.isRead === true;
	if (plan.dateRanges && requests > 1) return;
	let records: unknown[];
	if (plan.sliceSizes) {
		const { result, hasNext } = body as IDataObject;
		records = Array.from({ length: requests }, () => result as unknown[]).flat();
		const isLimited = returnAll !== true && items.length === 50;
		if (!isLimited) expect([false, 'false']).toContain(hasNext);
		if (returnAll !== true) records = records.slice(0, 50);
	} else {
		records = isEmptyAnswer(body) ? [] : Array.isArray(body) ? (body as unknown[]) : [body];
	}
	if (!isRead && records.length === 0) {
		const done = method === 'DELETE' ? { deleted: true } : { success: true };
		expect(items).toMatchObject([{ json: done }]);
		return;
	}
	expect(items).toHaveLength(records.length);
	if (output !== 'full' && output !== undefined) return;
	for (const [index, record] of records.entries()) {
		const isObject = typeof record === 'object' && record !== null && !Array.isArray(record);
		const owner = owners.map((name) => [name, Number(unwrapLocator(parameters[name]))]);
		const owned = Object.fromEntries(owner) as IDataObject;
		const expected = { ...owned, ...(isObject ? record : { value: record }) };
		expect(textOf(items[index].json)).toBe(textOf(expected));
	}
}

/** A file that is missing adds its reason. A number that would be rounded comes out as text. */
function textOf(json: IDataObject): string {
	return JSON.stringify({ ...json, downloadError: undefined }, (_key, value: unknown) =>
		typeof value === 'number' && isRounded(value) ? JSON.stringify(value) : value,
	);
}

test.each(cases)('$name takes an answer of any shape, or says what is wrong', async (one) => {
	const { name, fillings } = one;
	const original = sampleAnswer(fillings[0].operation as string);
	const answers = fc.oneof(
		{ weight: 3, arbitrary: mutationsOf(original) },
		{ weight: 1, arbitrary: oddJson.map((value) => new Odd(value)) },
	);
	const property = fc.asyncProperty(
		fc.constantFrom(...fillings),
		answers,
		async (parameters, { value: body }) => {
			const { operation } = parameters;
			const observation = await observe(
				(apiKey) =>
					prepareRun({ parameters, items: [{ json: {}, binary: files }], credential: { apiKey } }),
				() =>
					({ origin }) =>
						origin === ORIGIN ? { body: asJson(body) } : { body: 'a file' },
			);
			const inputLength = asJson(body).length;
			expectInvariants(observation, { ...rulesOf(parameters), inputLength });
			if (observation.error !== undefined) return;
			const count = observation.requests.filter(
				({ origin, path }) =>
					origin === ORIGIN && (path !== FIELDS.template || operation === FIELDS.id),
			).length;
			expectAllRecords(parameters, parsed(body), count, itemsOf(observation.output));
		},
	);
	await fc.assert(property, settings(RUNS, name));
});

/** Text that is an answer is JSON too. */
function asJson(body: unknown): string {
	return JSON.stringify(body) ?? '';
}

/** As the node gets it: -0 becomes 0, for instance. */
function parsed(body: unknown): unknown {
	return body === undefined ? '' : JSON.parse(JSON.stringify(body));
}

const withKey = fc.oneof(
	fc.constant(KEY),
	fc
		.tuple(fc.constantFrom('', 'x-api-key: ', 'x'.repeat(150), 'x'.repeat(990), 'x'.repeat(4995)))
		.map(([before]) => `${before}${KEY} and more`),
	longTexts.map((text) => `${text.slice(0, 9990)}${KEY}${text.slice(9990)}`),
	oddTexts,
	oddJson,
);
const errorBodies = fc.oneof(
	fc.record(
		{
			errorMessage: withKey,
			errorCode: withKey,
			errorCodes: fc.oneof(fc.array(withKey), withKey),
			message: withKey,
			error: withKey,
			path: withKey,
			reference: withKey,
			traceId: withKey,
		},
		{ requiredKeys: [] },
	),
	withKey.map((value) => `<html><title>${JSON.stringify(value) ?? ''}</title>`),
	withKey.map((value) => [value]),
	withKey,
);
const errorHeaders = fc.oneof(
	fc.constant({}),
	fc.constantFrom('0', '-1', '1e9', 'soon', '99999999999', '9'.repeat(1000)).map((after) => ({
		'retry-after': after,
	})),
	fc.constantFrom(`https://${KEY}.example/`, '//', 'x'.repeat(5000)).map((location) => ({
		location,
	})),
	fc.constantFrom(`text/html; charset=${KEY}`, 'x', ';;;', 'application/json').map((type) => ({
		'content-type': type,
	})),
);

/** Writes the key into an answer, as a server does that repeats the request. */
function reveal({ body, headers = {}, ...others }: Answer, apiKey: string): Answer {
	const show = (text: string) => text.replaceAll(KEY, apiKey);
	const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
	const shown = Object.entries(headers).map(([name, value]) => [name, show(value)]);
	return { ...others, body: show(text), headers: Object.fromEntries(shown) as typeof headers };
}

test.each(cases)('$name turns any failure into one error without the key', async (one) => {
	const { name, fillings } = one;
	const answers = fc.oneof(
		{
			weight: 4,
			arbitrary: fc.record({
				status: fc.constantFrom(...STATUSES),
				body: errorBodies,
				headers: errorHeaders,
			}),
		},
		{ weight: 1, arbitrary: fc.record({ breaksWith: fc.constantFrom(...BREAKS) }) },
	);
	const property = fc.asyncProperty(
		fc.constantFrom(...fillings),
		answers.map((answer) => new Odd(answer)),
		fc.boolean(),
		async (parameters, { value: answer }, continues) => {
			const rules = rulesOf(parameters);
			// A write has time to be sent again, and must not be.
			const options = rules.isWrite ? {} : parameters.options;
			const observation = await observe(
				(apiKey) => {
					const run = prepareRun({
						parameters: { ...parameters, options },
						items: [{ json: {}, binary: files }],
						credential: { apiKey },
						onError: continues ? 'continueRegularOutput' : undefined,
					});
					return rules.isWrite ? async () => await inTime(run) : run;
				},
				() =>
					({ headers }) =>
						reveal(answer as Answer, headers['x-api-key']),
			);
			const inputLength = asJson((answer as Answer).body).length;
			expectInvariants(observation, { ...rules, inputLength });
			expect(observation.requests).not.toEqual([]);
			const { status } = answer as Answer;
			if (status === 204) return;
			if (!continues) expect(observation.error).toBeDefined();
			else
				expect(itemsOf(observation.output)).toMatchObject([
					{ json: { error: expect.any(String) as string } },
				]);
		},
	);
	await fc.assert(property, settings(RUNS, `${name} fails`));
});

const links = fc
	.tuple(
		fc.constantFrom('https://', 'http://', 'ftp://', '', 'javascript:', 'https://127.0.0.1/'),
		fc.constantFrom('files.example', KEY, '8.8.8.8', 'localhost', '[::1]', '\u0430', ''),
		fc.constantFrom('/file', `/${KEY}`, `/?key=${KEY}`, `:1/${KEY}`, `#${KEY}`),
	)
	.map((parts) => parts.join(''));

test('a linked file that cannot be had is one error without the key', async () => {
	const [filling] = withoutWaiting('customer', 'getCustomerById', 'required');
	const parameters = { ...filling, download: true, output: 'full' };
	const files = fc.record({ status: fc.constantFrom(200, ...STATUSES), headers: errorHeaders });
	const property = fc.asyncProperty(
		fc.oneof(links, oddTexts).map((link) => new Odd(link)),
		fc.oneof(oddTexts, fc.constant(KEY)).map((name) => new Odd(name)),
		files,
		async (link, fileName, file) => {
			const record = { id: 1, imageUrl: link.value, fileName: fileName.value };
			let apiKey = '';
			const observation = await observe(
				(own) => {
					apiKey = own;
					return prepareRun({ parameters, credential: { apiKey } });
				},
				() =>
					({ origin }) =>
						reveal(origin === ORIGIN ? { body: record } : { ...file, body: 'a file' }, apiKey),
			);
			const inputLength = JSON.stringify(record).length;
			// What the API says of a record comes out as it is.
			expectInvariants(
				{ ...observation, output: undefined },
				{ ...rulesOf(parameters), inputLength },
			);
		},
	);
	await fc.assert(property, settings(RUNS_OF_LINKS, 'links'));
});

test('a studio can have any name in PerfectGym Next', async () => {
	const [filling] = withoutWaiting('customer', 'getCustomerById', 'required');
	const parameters = { ...filling, authentication: 'studios', studio: 'Alpha' };
	const names = fc.oneof(withKey, fc.constant('alpha'));
	const property = fc.asyncProperty(
		names.map((name) => new Odd(name)),
		fc.constantFrom(200, 200, ...STATUSES),
		async ({ value: name }, status) => {
			const observation = await observe(
				// The name is remembered for each key.
				(apiKey) => {
					const own = `${apiKey}-${keyCount++}`;
					const studio = { name: 'Alpha', baseUrl: ORIGIN, apiKey: own };
					const run = prepareRun({ parameters, credential: studiosCredential([studio]) });
					// The reading of the name waits, whatever the options say.
					return async () => await inTime(run);
				},
				() =>
					({ path, headers }) =>
						path === STUDIO_PATH
							? reveal({ status, body: { name } }, headers['x-api-key'])
							: { body: { id: 1 } },
			);
			const { endpoints, ...rules } = rulesOf(parameters);
			const own = { method: 'GET', template: STUDIO_PATH };
			const inputLength = asJson(name).length;
			expectInvariants(observation, { ...rules, inputLength, endpoints: [own, ...endpoints] });
		},
	);
	await fc.assert(property, settings(RUNS_OF_NAMES, 'names'));
});
let keyCount = 0;

async function inTime(run: () => Promise<unknown>): Promise<unknown> {
	const { outcome } = await inSimulatedTime(run);
	if (outcome.status === 'rejected') throw outcome.reason;
	return outcome.value;
}
