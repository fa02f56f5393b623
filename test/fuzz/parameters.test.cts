import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';

import { operations } from '../../nodes/PerfectGymNext/properties';
import { fillingsOf } from '../contract/filling.cts';
import { allOperations } from '../contract/operations.cts';
import { prepareRun, type RunOptions } from '../engine/harness.cts';
import { expectInvariants, observe, watchLog } from './invariants.cts';
import { catchAllRequests, type SeenRequest } from './network.cts';
import { Odd, oddExpressions, oddValues, pathsIn, replaceAt } from './odd.cts';
import { rulesOf } from './run.cts';
import { settings } from './settings.cts';

const RUNS_PER_VALUE = 2;
const MAX_ROWS = 10_000;
/** What decides which operation runs is chosen from lists that take no expression. */
const FIXED = ['resource', 'operation', 'authentication'];
const EMPTY_LIST = { result: [], hasNext: false, offset: '0' };
/** The operation has its options to itself: they are the same for all. */
const OPTIONS: INodeParameters = {
	options: { maxWait: 0, requestsPerMinute: 1000, maxFileSize: 100, escapeFormulas: true },
	requestOptions: {
		timeout: 10_000,
		allowUnauthorizedCerts: true,
		proxy: '',
		batching: { batch: { batchSize: 1, batchInterval: 0 } },
	},
};
const WITH_OPTIONS = ['getCustomerById', 'getCustomers', 'setAccessRestriction'];
/** Text that JavaScript makes of a value when nobody decides what it is to become. */
const ACCIDENTS = ['[object ', '%5Bobject', 'function Object'];

catchAllRequests();
watchLog();

/** How a value gets into a parameter. */
type Way = 'entered' | 'expression';

/** Runs an operation with an odd value in one place, and checks all that must hold. */
async function tryValue(parameters: INodeParameters, path: string[], odd: Odd, way: Way) {
	const { operation: id } = parameters;
	const { plan } = operations.get(id as string);
	const rules = rulesOf(parameters);
	const isEntered = way === 'entered';
	const entered = replaceAt(parameters, path, isEntered ? odd.value : '={{ $json.odd }}');
	// n8n makes a row of each character, before the node runs.
	const isLong = typeof odd.value === 'string' && odd.value.length > MAX_ROWS;
	if (isEntered && isLong && isRows(parameters, path)) return;
	const json = { odd: isEntered ? undefined : odd.value } as INodeParameters;
	const data = Buffer.from('a file').toString('base64');
	const file = { data, mimeType: 'image/jpeg', fileName: 'a.jpg' };
	const items = [{ json, binary: { data: file, Alpha: file } }];
	if (!opens({ parameters: entered, items })) return;
	const observation = await observe(
		(apiKey) => prepareRun({ parameters: entered, items, credential: { apiKey } }),
		() => () => ({ body: EMPTY_LIST }),
	);
	const { requests } = observation;
	expectInvariants(observation, {
		...rules,
		endpoints: plan.isCustom ? customEndpoints(requests) : rules.endpoints,
		isWrite: rules.isWrite && !plan.isCustom,
	});
	expectNothingLost(requests, odd.value);
}

function isRows(parameters: INodeParameters, path: string[]): boolean {
	const value = path.reduce<unknown>(
		(outer, name) => (outer as Record<string, unknown>)[name],
		parameters,
	);
	return Array.isArray(value);
}

/** @returns whether n8n can open the workflow; for some values it cannot, whatever the node does */
function opens(options: RunOptions): boolean {
	try {
		prepareRun(options);
		return true;
	} catch {
		return false;
	}
}

/** A custom request goes where its user says, but not out of the API. */
function customEndpoints(requests: readonly SeenRequest[]) {
	return requests
		.filter(({ path }) => /^\/v\d+(\/[^/]+)*\/?$/.test(path))
		.map(({ method, path }) => ({ method, template: path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') }));
}

function expectNothingLost(requests: readonly SeenRequest[], value: unknown): void {
	const sent = requests.map(({ path, query, body }) => `${path}${query} ${body}`).join('\n');
	expect(ACCIDENTS.filter((text) => sent.includes(text))).toEqual([]);
	// 2^53 + 1 becomes 2^53, so a number of that size is not what the user has.
	if (typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value)) return;
	expect(sent).not.toContain(encodeURIComponent(String(value)));
	expect(sent).not.toContain(String(value));
}

const cases = allOperations.map(({ resource, value }) => {
	const options = WITH_OPTIONS.includes(String(value)) ? OPTIONS : { options: { maxWait: 0 } };
	const fillings = fillingsOf(resource, String(value), 'everything');
	return {
		name: `${resource}: ${value}`,
		fillings: fillings.map((filling): INodeParameters => ({ ...filling, ...options })),
		tries: WITH_OPTIONS.includes(String(value)) ? 3 * RUNS_PER_VALUE : RUNS_PER_VALUE,
	};
});

/** @returns each place in the parameters once, with a filling that has it */
function placesIn(fillings: INodeParameters[]): Array<[INodeParameters, string[]]> {
	const places = new Map<string, [INodeParameters, string[]]>();
	for (const filling of fillings) {
		for (const path of pathsIn(filling)) {
			// The rows of a list are alike.
			const name = path.join('.').replace(/\.[1-9]\d*(?=\.|$)/g, '.0');
			if (!FIXED.includes(path[0]) && !places.has(name)) places.set(name, [filling, path]);
		}
	}
	return [...places.values()];
}

test.each(cases)('$name takes any value, or refuses it', async ({ name, fillings, tries }) => {
	const places = placesIn(fillings);
	expect(places).not.toEqual([]);
	const tried = fc.oneof(
		{ weight: 4, arbitrary: fc.tuple(oddValues, fc.constantFrom<Way>('entered', 'expression')) },
		{ weight: 1, arbitrary: fc.tuple(oddExpressions, fc.constant<Way>('entered')) },
	);
	for (const [filling, path] of places) {
		const property = fc.asyncProperty(
			fc.constant(path.join('.')),
			tried.map(([value, way]) => [new Odd(value), way] as const),
			async (_place, [odd, way]) => await tryValue(filling, path, odd, way),
		);
		await fc.assert(property, settings(tries, `${name} ${path.join('.')}`));
	}
});
