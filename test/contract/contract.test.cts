import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import nock from 'nock';

import { answerFields } from '../../nodes/PerfectGymNext/resources/answerFields';
import { answerLinks } from '../../nodes/PerfectGymNext/resources/links';
import { scopes } from '../../nodes/PerfectGymNext/resources/scopes';
import { eventTypes } from '../../nodes/PerfectGymNext/trigger/events';
import { operations } from '../../nodes/PerfectGymNext/resources';
import { WHOLE_BODY } from '../../nodes/PerfectGymNext/transport/operations';
import { placesOf } from '../../nodes/PerfectGymNext/transport/path';
import { unwrapLocator } from '../../nodes/PerfectGymNext/transport/serialize';
import { node, runNode, withDefaults } from '../engine/harness.cts';
import { operationById, resolve as resolveSimulated } from '../simulator/contract.cts';
import { sample, samples } from '../simulator/sample.cts';
import { type Filling, fillingsOf } from './filling.cts';
import {
	contractOf,
	contractOperations,
	nodeOperations,
	recordSchema,
	resolve,
	type Schema,
} from './operations.cts';
import { catchRequests, check, type SentRequest } from './wire.cts';

/** The transport's own: which chunk of a list. */
const CHUNK_PARAMETERS = ['offset', 'sliceSize'];
/** An operation that the contract calls deprecated is left out where another does the same. */
const SUCCESSORS: Record<string, string> = { addAccessMedium: 'addAccessMediums' };
/** The contract does not know what their bodies hold, so that whatever is given goes through. */
const UNKNOWN_BODIES: Record<string, object> = {
	createContractWithdrawalAmendment: { madeUp: [{ text: 'Alpha' }, 7], nothing: null },
};
/** Their bodies are criteria to search by, which write nothing. */
const SEARCHES = ['searchCustomers', 'searchCrossStudioCustomers'];
/** After so many a history of visits is taken to be at its beginning. */
const EMPTY_WINDOWS = 5;
const FILLINGS: Filling[] = ['required', 'everything', 'expressions'];
/** How many records a made-up list has: all fields in the first, some missing in the others. */
const SAMPLES = 4;
const FIRST_ID = 1_900_000_001;

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

/** Files are taken from the field that the parameters name. */
function itemWithFile({ binaryPropertyName = 'data' }: INodeParameters): INodeExecutionData {
	const name = String(binaryPropertyName).replace(/^=\{\{ '|' \}\}$/g, '');
	const data = Buffer.from('a file').toString('base64');
	return { json: {}, binary: { [name]: { data, mimeType: 'image/jpeg', fileName: 'a.jpg' } } };
}

async function requestsOf(value: string, resource: string, filling: Filling) {
	const requests: SentRequest[] = [];
	for (const parameters of fillingsOf(resource, value, filling)) {
		const sent = catchRequests();
		await runNode({ parameters, items: [itemWithFile(parameters)] });
		nock.cleanAll();
		// A history without dates is read window by window, until there is nothing any more.
		const isHistory = sent.length > 0 && sent.every(({ query }) => 'fromDate' in query);
		expect(sent).toHaveLength(isHistory && filling === 'required' ? EMPTY_WINDOWS : 1);
		requests.push(...sent);
	}
	return requests;
}

describe.each(nodeOperations)('$resource: $name', ({ value, resource }) => {
	const operationId = String(value);

	test.each(FILLINGS)('sends what the contract asks for, filled with %s', async (filling) => {
		for (const request of await requestsOf(operationId, resource, filling)) {
			expect(await check(request)).toEqual({ operationId, wrong: [] });
		}
	});

	test('sends every parameter and every field of the body that the contract has', async () => {
		const contract = contractOf.get(operationId);
		const requests = await requestsOf(operationId, resource, 'everything');
		const queried = new Set(requests.flatMap(({ query }) => Object.keys(query)));
		const missing = (contract?.parameters ?? [])
			.filter((parameter) => parameter.in === 'query' && !isReplaced(parameter))
			.map(({ name }) => name)
			.filter((name) => !queried.has(name) && !CHUNK_PARAMETERS.includes(name));
		expect(missing).toEqual([]);
		if (!contract?.body) return;
		// A field that excludes another is there in one of the requests.
		const schema = contract.body;
		const lacking = requests.map(({ body }) => missingIn(schema, body));
		expect(lacking.reduce((one, other) => one.filter((path) => other.includes(path)))).toEqual([]);
	});

	test('offers each value of an enumeration, and no other', () => {
		const contract = contractOf.get(operationId);
		for (const { parameter, into, property } of operations.get(operationId).sent) {
			const schema =
				into === 'query'
					? contract?.parameters.find(({ name }) => name === property)?.schema
					: property === WHOLE_BODY
						? contract?.json
						: schemaAt(contract?.json, property.split('.'));
			expect(schema).toBeDefined();
			if (schema) expectSameChoices(parameter, schema);
		}
	});
});

const writers = nodeOperations.filter(
	({ resource, value }) => 'specifyBody' in withDefaults({ resource, operation: value }),
);

test.each(writers)(
	'$resource: $name sends a body entered as JSON as it stands',
	async (operation) => {
		const { resource, value } = operation;
		const [request] = await requestsOf(String(value), resource, 'everything');
		// What is entered is the JSON, which of several parts is one.
		const body = request.parts
			? (request.body as { data: unknown }).data
			: (request.body ?? UNKNOWN_BODIES[String(value)]);
		const [parameters] = fillingsOf(resource, String(value), 'required');
		// Indented, since two braces on end would close the expression.
		const json = JSON.stringify(body, null, 1);
		for (const jsonBody of [json, `={{ ${json} }}`]) {
			const sent = catchRequests();
			await runNode({ parameters: { ...parameters, specifyBody: 'json', jsonBody } });
			nock.cleanAll();
			expect(sent.map((one) => one.body)).toEqual([request.parts ? { data: body } : body]);
		}
	},
);

const withRecords = nodeOperations.filter(({ value }) =>
	outputOperations().includes(String(value)),
);

describe.each(withRecords)('$resource: $name', ({ value, resource }) => {
	const operationId = String(value);

	test('gives the records of an answer unchanged when they shall be full', async () => {
		const { body, records } = sampleAnswer(operationId);
		expect(records).not.toEqual([]);
		expect(await answered(shaped(resource, operationId, 'full'), body)).toEqual(records);
	});

	test('gives rows of plain values in equal columns when they shall be flat', async () => {
		const { body, records } = sampleAnswer(operationId);
		const rows = await answered(shaped(resource, operationId, 'flat'), body);
		const columns = Object.keys(rows[0]);
		for (const row of rows) {
			expect(Object.keys(row)).toEqual(columns);
			expect(Object.values(row).filter((cell) => !isPlain(cell))).toEqual([]);
		}
		const filled = rows.map((row) => Object.values(row).filter((cell) => cell !== null).length);
		expect(filled).toEqual(records.map(countCells));
	});
});

test.each(nodeOperations.filter((operation) => !withRecords.includes(operation)))(
	'$resource: $name tells what it acted on, since its answer says nothing',
	async ({ resource, value, routing }) => {
		const operationId = String(value);
		const { answer } = operationById(operationId);
		const [parameters] = fillingsOf(resource, operationId, 'required');
		const places = placesOf(routing?.request?.url ?? '');
		const ids = places.map((name) => [name, idIn(parameters[name])]);
		expect(await answered(parameters, answer ? sample(answer, operationId) : '')).toEqual([
			{ success: true, ...Object.fromEntries(ids) },
		]);
	},
);

test('lets every operation that writes take JSON', () => {
	const written = contractOperations.filter(({ json, operationId }) => {
		const isThere = nodeOperations.some(({ value }) => value === operationId);
		const takesBody = json !== undefined || operationId in UNKNOWN_BODIES;
		return isThere && takesBody && !SEARCHES.includes(operationId);
	});
	expect(writers.map(({ value }) => value).sort()).toEqual(
		written.map(({ operationId }) => operationId).sort(),
	);
});

test('names the scopes that the contract asks for, for every operation that is used', () => {
	for (const { value } of nodeOperations) expect(scopes).toHaveProperty(String(value));
	for (const { entity } of eventTypes) if (entity) expect(scopes).toHaveProperty(entity.operation);
	for (const [operation, named] of Object.entries(scopes)) {
		expect([operation, named]).toEqual([operation, contractOf.get(operation)?.scopes]);
	}
});

test('lists the fields of each answer as the contract has them', () => {
	const operations = outputOperations();
	expect(Object.keys(answerFields).sort()).toEqual(operations.sort());
	for (const operation of operations) {
		const answer = contractOf.get(operation)?.answer;
		expect([operation, answerFields[operation]]).toEqual([
			operation,
			Object.keys((answer && recordSchema(answer).properties) ?? {}),
		]);
	}
});

test('knows every link to a file in the answers of the contract', () => {
	const linked = contractOperations
		.filter(({ operationId }) => !(operationId in SUCCESSORS))
		.map(({ operationId, answer }) => [operationId, answer ? linksOf(recordSchema(answer)) : []])
		.filter(([, paths]) => paths.length > 0);
	expect(answerLinks).toEqual(Object.fromEntries(linked));
	const { displayOptions } =
		node.description.properties.find(({ name }) => name === 'download') ?? {};
	expect([...(displayOptions?.show?.operation ?? [])].sort()).toEqual(
		Object.keys(answerLinks).sort(),
	);
});

test('has every operation of the contract', () => {
	const there = new Set(nodeOperations.map(({ value }) => value));
	const lacking = contractOperations
		.map(({ operationId }) => operationId)
		.filter((id) => !there.has(id));
	expect(lacking.sort()).toEqual(Object.keys(SUCCESSORS).sort());
	for (const [old, successor] of Object.entries(SUCCESSORS)) {
		expect(contractOf.get(old)?.deprecated).toBe(true);
		expect(there).toContain(successor);
	}
});

test('has no operation that the contract lacks', () => {
	expect(nodeOperations.filter(({ value }) => !contractOf.has(String(value)))).toEqual([]);
});

/** An answer as the contract describes it, and the records that it holds. */
function sampleAnswer(operationId: string): { body: unknown; records: IDataObject[] } {
	const { answer, chunk } = operationById(operationId);
	if (!answer) throw new Error(`The contract knows no answer of ${operationId}`);
	const item = chunk?.item ?? resolveSimulated(answer).items;
	if (!item) {
		const body = sample(answer, operationId);
		return { body, records: [body as IDataObject] };
	}
	const records = samples(item, operationId, SAMPLES, FIRST_ID) as IDataObject[];
	return { body: chunk ? { result: records, hasNext: false, offset: '0' } : records, records };
}

/** Fills what is required, and chooses the shape in which the records come out. */
function shaped(resource: string, operation: string, output: string): INodeParameters {
	const fillings = fillingsOf(resource, operation, 'required');
	// A made-up answer links to files that are nowhere.
	const chosen = fillings.find(
		(parameters) => parameters.output === output && parameters.download !== true,
	);
	if (!chosen) throw new Error(`${operation} cannot give its output ${output}`);
	return chosen;
}

async function answered(parameters: INodeParameters, body: unknown): Promise<IDataObject[]> {
	catchRequests(body);
	const items = await runNode({ parameters, items: [itemWithFile(parameters)] });
	nock.cleanAll();
	return items.map(({ json }) => json);
}

/** What was entered for a place of the path, as the node gives it back. */
function idIn(entered: unknown): unknown {
	const id = unwrapLocator(entered);
	return /^\d+$/.test(String(id)) ? Number(id) : id;
}

function isPlain(cell: unknown): boolean {
	return cell === null || ['string', 'number', 'boolean'].includes(typeof cell);
}

/** How many values a record has, a list counting as one. */
function countCells(value: unknown): number {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return 1;
	return Object.values(value).reduce<number>((sum, inner) => sum + countCells(inner), 0);
}

/** Deprecated where `offset` does the same; the QR code has no successor. */
function isReplaced({ name, deprecated }: { name: string; deprecated?: boolean }): boolean {
	return deprecated === true && name === 'lastOffsetId';
}

function outputOperations(): string[] {
	const output = node.description.properties.find(({ name }) => name === 'output');
	return (output?.displayOptions?.show?.operation ?? []).map(String);
}

/** The paths of the schema's properties that a value does not have. */
function missingIn(declared: Schema, value: unknown, path = ''): string[] {
	const schema = resolve(declared);
	if (schema.items) {
		const items = schema.items;
		if (!Array.isArray(value) || value.length === 0) return [path];
		return value.flatMap((entry) => missingIn(items, entry, `${path}[]`));
	}
	if (!schema.properties) return value === undefined ? [path] : [];
	if (typeof value !== 'object' || value === null) return [path];
	return Object.entries(schema.properties).flatMap(([name, property]) =>
		missingIn(property, (value as Record<string, unknown>)[name], `${path}.${name}`),
	);
}

/** A link to a page of somebody else is no file of PerfectGym. */
function linksOf(declared: Schema, path = ''): string[] {
	const schema = resolve(declared);
	if (schema.items) return linksOf(schema.items, `${path}[]`);
	return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
		if (name === 'attachedExternalUrlDto') return [];
		const at = path === '' ? name : `${path}.${name}`;
		return /url$/i.test(name) && resolve(property).type === 'string' ? [at] : linksOf(property, at);
	});
}

function schemaAt(schema: Schema | undefined, path: string[]): Schema | undefined {
	const [name, ...rest] = path;
	if (!schema || name === undefined) return schema;
	const property = resolve(schema).properties?.[name];
	return property && schemaAt(property, rest);
}

function expectSameChoices(parameter: INodeProperties, declared: Schema): void {
	const schema = resolve(declared);
	if (schema.enum) {
		const offered = (parameter.options as INodePropertyOptions[]).map(({ value }) => value);
		expect([parameter.displayName, [...offered].sort()]).toEqual([
			parameter.displayName,
			[...schema.enum].sort(),
		]);
		return;
	}
	const record = schema.items ? resolve(schema.items) : schema;
	for (const group of parameter.options ?? []) {
		if (!('values' in group)) continue;
		for (const nested of group.values) {
			const property = record.properties?.[nested.name];
			expect([nested.name, property]).toEqual([nested.name, expect.anything()]);
			if (property) expectSameChoices(nested, property);
		}
	}
}
