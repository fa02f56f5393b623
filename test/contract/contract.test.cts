import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import nock from 'nock';

import { operations } from '../../nodes/PerfectGymNext/properties';
import { WHOLE_BODY } from '../../nodes/PerfectGymNext/transport/operations';
import { placesOf } from '../../nodes/PerfectGymNext/transport/path';
import { unwrapLocator } from '../../nodes/PerfectGymNext/transport/serialize';
import { node, runNode, runTool, withDefaults } from '../engine/harness.cts';
import { operationById, resolve as resolveSimulated } from '../simulator/contract.cts';
import { sample, samples } from '../simulator/sample.cts';
import { type Filling, fillingsOf } from './filling.cts';
import { contractOf, contractOperations, recordSchema, resolve, type Schema } from './contract.cts';
import { nodeOperations } from './operations.cts';
import { catchRequests, check, type SentRequest } from './wire.cts';

/** The transport sets these itself: they choose the chunk of a list. */
const CHUNK_PARAMETERS = ['offset', 'sliceSize'];
/** Deprecated operations that the node leaves out, each with the operation that replaces it. */
const SUCCESSORS: Record<string, string> = { addAccessMedium: 'addAccessMediums' };
/** Operations with bodies that the contract does not describe: the node sends any JSON. */
const UNKNOWN_BODIES: Record<string, object> = {
	createContractWithdrawalAmendment: { madeUp: [{ text: 'Alpha' }, 7], nothing: null },
};
/** Operations with search criteria as their body: they write nothing. */
const SEARCHES = ['searchCustomers', 'searchCrossStudioCustomers'];
/** After this many empty date ranges, the node takes a check-in history to be complete. */
const EMPTY_RANGES = 5;
const FILLINGS: Filling[] = ['required', 'everything', 'expressions'];
/** The records of a sample list: the first has all fields, the others lack some. */
const SAMPLES = 4;
const FIRST_ID = 1_900_000_001;

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

/** @returns an item with a file in the field that the parameters name */
function itemWithFile({ binaryPropertyName = 'data' }: INodeParameters): INodeExecutionData {
	const name = (binaryPropertyName as string).replace(/^=\{\{ '|' \}\}$/g, '');
	const data = Buffer.from('a file').toString('base64');
	return { json: {}, binary: { [name]: { data, mimeType: 'image/jpeg', fileName: 'a.jpg' } } };
}

/** @returns the requests that an operation sends with each of its fillings */
async function requestsOf(value: string, resource: string, filling: Filling, run = runNode) {
	const requests: SentRequest[] = [];
	for (const parameters of fillingsOf(resource, value, filling)) {
		const sent = catchRequests();
		await run({ parameters, items: [itemWithFile(parameters)] });
		nock.cleanAll();
		// A history without dates is read in date ranges, until nothing comes any more.
		const isHistory = sent.length > 0 && sent.every(({ query }) => 'fromDate' in query);
		expect(sent).toHaveLength(isHistory && filling === 'required' ? EMPTY_RANGES : 1);
		requests.push(...sent);
	}
	return requests;
}

describe.each(nodeOperations)('$resource: $name', ({ value, resource }) => {
	const operationId = String(value);

	test.each(FILLINGS)(
		'sends a request that the contract allows, filled with %s',
		async (filling) => {
			for (const request of await requestsOf(operationId, resource, filling)) {
				expect(await check(request)).toEqual({ operationId, wrong: [] });
			}
		},
	);

	test('sends the same requests in a workflow and as a tool', async () => {
		const inWorkflow = await requestsOf(operationId, resource, 'required');
		const asTool = await requestsOf(operationId, resource, 'required', runTool);
		expect(inWorkflow).not.toEqual([]);
		expect(asTool.map(withoutHeaders)).toEqual(inWorkflow.map(withoutHeaders));
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
		// Fields that cannot be used together are in different requests.
		const schema = contract.body;
		const lacking = requests.map(({ body }) => missingIn(schema, body));
		expect(lacking.reduce((one, other) => one.filter((path) => other.includes(path)))).toEqual([]);
	});

	test('offers exactly the values of each enumeration', () => {
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

test.each(writers)('$resource: $name sends a JSON body unchanged', async (operation) => {
	const { resource, value } = operation;
	const [request] = await requestsOf(String(value), resource, 'everything');
	// In a multipart body, the JSON is one of the parts.
	const body = request.parts
		? (request.body as { data: unknown }).data
		: (request.body ?? UNKNOWN_BODIES[String(value)]);
	const [parameters] = fillingsOf(resource, String(value), 'required');
	// Indented, because two braces in a row would end the expression.
	const json = JSON.stringify(body, null, 1);
	for (const jsonBody of [json, `={{ ${json} }}`]) {
		const sent = catchRequests();
		await runNode({ parameters: { ...parameters, specifyBody: 'json', jsonBody } });
		nock.cleanAll();
		expect(sent.map((one) => one.body)).toEqual([request.parts ? { data: body } : body]);
	}
});

const withRecords = nodeOperations.filter(
	({ value }) => operations.get(String(value)).fields.length > 0,
);
const withOutput = nodeOperations.filter(({ value }) => outputOperations().includes(String(value)));

test('every operation that reads records has a choice of outputs', () => {
	expect(withRecords).toEqual(expect.arrayContaining(withOutput));
	const others = withRecords.filter((operation) => !withOutput.includes(operation));
	const reads = others.filter(({ value }) => {
		const { method, plan } = operations.get(String(value));
		return method === 'GET' || plan.isRead === true;
	});
	expect(reads).toEqual([]);
});

describe.each(withRecords)('$resource: $name', ({ value, resource }) => {
	const operationId = String(value);

	test('returns the records of an answer unchanged in full output', async () => {
		const { body, records } = sampleAnswer(operationId);
		expect(records).not.toEqual([]);
		const parameters = shaped(resource, operationId, 'full');
		const owner = ownerIn(operationId, parameters);
		expect(await answered(parameters, body)).toEqual(
			records.map((record) => ({ ...owner, ...record })),
		);
	});
});

describe.each(withOutput)('$resource: $name', ({ value, resource }) => {
	const operationId = String(value);

	test('returns rows of plain values with equal columns in flat output', async () => {
		const { body, records } = sampleAnswer(operationId);
		const parameters = {
			...shaped(resource, operationId, 'flat'),
			options: { additionalInformationAsColumns: false },
		};
		const owner = ownerIn(operationId, parameters);
		const rows = await answered(parameters, body);
		const columns = Object.keys(rows[0]);
		for (const row of rows) {
			expect(Object.keys(row)).toEqual(columns);
			expect(Object.values(row).filter((cell) => !isPlain(cell))).toEqual([]);
		}
		const filled = rows.map((row) => Object.values(row).filter((cell) => cell !== null).length);
		expect(filled).toEqual(records.map((record) => countCells({ ...owner, ...record })));
	});
});

test.each(nodeOperations.filter((operation) => !withRecords.includes(operation)))(
	'$resource: $name returns the ids of the request if it is a write, because its answer is empty',
	async ({ resource, value, routing }) => {
		const operationId = String(value);
		const { answer } = operationById(operationId);
		const [parameters] = fillingsOf(resource, operationId, 'required');
		const places = placesOf(routing?.request?.url ?? '');
		const ids = places.map((name) => [name, idIn(parameters[name])]);
		// A read that returns nothing has found nothing.
		const { method } = routing?.request ?? {};
		const done = method === 'DELETE' ? { deleted: true } : { success: true };
		expect(await answered(parameters, answer ? sample(answer, operationId) : '')).toEqual(
			method === 'GET' ? [] : [{ ...done, ...Object.fromEntries(ids) }],
		);
	},
);

test('every operation that writes takes JSON', () => {
	const written = contractOperations.filter(({ json, operationId }) => {
		const isThere = nodeOperations.some(({ value }) => value === operationId);
		const takesBody = json !== undefined || operationId in UNKNOWN_BODIES;
		return isThere && takesBody && !SEARCHES.includes(operationId);
	});
	expect(writers.map(({ value }) => value).sort()).toEqual(
		written.map(({ operationId }) => operationId).sort(),
	);
});

test('every operation has what the contract says of it', () => {
	const { scopes, links, formats } = operations.get('getCustomerBy');
	expect({ scopes, links, formats }).toEqual({
		scopes: ['CUSTOMER_READ'],
		links: ['imageUrl'],
		formats: { qrCodeUuid: 'uuid' },
	});
	for (const id of outputOperations()) {
		const { fields } = operations.get(id);
		const answer = contractOf.get(id)?.answer;
		const expected = Object.keys((answer && recordSchema(answer).properties) ?? {});
		expect([id, fields]).toEqual([id, expected]);
	}
});

test('links to files are found in lists and objects, and links to other pages are not', () => {
	const links = operations.all().flatMap((operation) => operation.links);
	expect(links).toContain(
		'destinationMembershipOffers[].contractTextBlocks[].attachedDocument.url',
	);
	expect(links.filter((link) => link.includes('External'))).toEqual([]);
});

test('the node has every operation of the contract', () => {
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

test('the node has only operations of the contract', () => {
	expect(nodeOperations.filter(({ value }) => !contractOf.has(String(value)))).toEqual([]);
});

/** @returns an answer as the contract describes it, and the records in it */
function sampleAnswer(operationId: string): { body: unknown; records: IDataObject[] } {
	const { answer, chunk } = operationById(operationId);
	if (!answer) throw new Error(`The contract does not describe the answer of ${operationId}`);
	const item = chunk?.item ?? resolveSimulated(answer).items;
	if (!item) {
		const body = sample(answer, operationId);
		return { body, records: [body as IDataObject] };
	}
	const records = samples(item, operationId, SAMPLES, FIRST_ID) as IDataObject[];
	return { body: chunk ? { result: records, hasNext: false, offset: '0' } : records, records };
}

/** @returns the required parameters, with an output mode */
function shaped(resource: string, operation: string, output: string): INodeParameters {
	const fillings = fillingsOf(resource, operation, 'required');
	// The links in a sample answer lead nowhere.
	const chosen = fillings.find(
		({ output: offered = 'full', download }) => offered === output && download !== true,
	);
	if (!chosen) throw new Error(`${operation} does not offer the output ${output}`);
	return chosen;
}

/** @returns the output of the node for an answer with the body */
async function answered(parameters: INodeParameters, body: unknown): Promise<IDataObject[]> {
	catchRequests(body);
	const items = await runNode({ parameters, items: [itemWithFile(parameters)] });
	nock.cleanAll();
	return items.map(({ json }) => json);
}

/** The IDs of what the records belong to, which the API does not repeat in them. */
function ownerIn(operationId: string, parameters: INodeParameters): IDataObject {
	const { owners } = operations.get(operationId);
	return Object.fromEntries(owners.map((name) => [name, idIn(parameters[name])]));
}

/** @returns an id of the path as the node outputs it */
function idIn(entered: unknown): IDataObject[string] {
	const id = unwrapLocator(entered);
	return /^\d+$/.test(String(id)) ? Number(id) : String(id);
}

/** The headers differ: each multipart body has its own boundary. */
function withoutHeaders({ method, path, query, body }: SentRequest) {
	return { method, path, query, body };
}

function isPlain(cell: unknown): boolean {
	return cell === null || ['string', 'number', 'boolean'].includes(typeof cell);
}

/** @returns the number of values in a record; a list counts as one */
function countCells(value: unknown): number {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return 1;
	return Object.values(value).reduce<number>((sum, inner) => sum + countCells(inner), 0);
}

/** `offset` replaces `lastOffsetId`. The QR code is deprecated too, but nothing replaces it. */
function isReplaced({ name, deprecated }: { name: string; deprecated?: boolean }): boolean {
	return deprecated === true && name === 'lastOffsetId';
}

function outputOperations(): string[] {
	const output = node.description.properties.find(({ name }) => name === 'output');
	return (output?.displayOptions?.show?.operation ?? []).map(String);
}

/** @returns the paths of the schema's properties that a value lacks */
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

function schemaAt(schema: Schema | undefined, path: string[]): Schema | undefined {
	const [name, ...rest] = path;
	if (!schema || name === undefined) return schema;
	const property = resolve(schema).properties?.[name];
	return property && schemaAt(property, rest);
}

function expectSameChoices(parameter: INodeProperties, declared: Schema): void {
	const schema = resolve(declared);
	if (schema.enum) {
		const offered = (parameter.options as INodePropertyOptions[])
			.map(({ value }) => value)
			// Stands for a choice that is still to be made.
			.filter((value) => value !== '');
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
