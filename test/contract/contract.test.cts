import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import nock from 'nock';

import { answerFields } from '../../nodes/PerfectGymNext/resources/answerFields';
import { scopes } from '../../nodes/PerfectGymNext/resources/scopes';
import { eventTypes } from '../../nodes/PerfectGymNext/trigger/events';
import { parametersSentBy, WHOLE_BODY } from '../../nodes/PerfectGymNext/transport/declarations';
import { node, runNode, withDefaults } from '../engine/harness.cts';
import { type Filling, fillingsOf } from './filling.cts';
import {
	contractOf,
	contractOperations,
	nodeOperations,
	recordSchema,
	resolve,
	type Schema,
} from './operations.cts';
import stillToCome from './stillToCome.json';
import { catchRequests, check, type SentRequest } from './wire.cts';

/** The transport's own: which chunk of a list. */
const CHUNK_PARAMETERS = ['offset', 'sliceSize'];
/** An operation that the contract calls deprecated is left out where another does the same. */
const SUCCESSORS: Record<string, string> = { addAccessMedium: 'addAccessMediums' };
/** The contract does not know what their bodies hold, so that whatever is given goes through. */
const UNKNOWN_BODIES: Record<string, object> = {
	createContractWithdrawalAmendment: { madeUp: { texts: ['Alpha'], number: 7, nothing: null } },
};
const FILLINGS: Filling[] = ['required', 'everything', 'expressions'];

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

async function requestsOf(value: string, resource: string, filling: Filling) {
	const requests: SentRequest[] = [];
	for (const parameters of fillingsOf(resource, value, filling)) {
		const sent = catchRequests();
		await runNode({ parameters });
		nock.cleanAll();
		expect(sent).toHaveLength(1);
		requests.push(sent[0]);
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
		// Fields that exclude each other come in different requests.
		const [lacking, ...others] = requests.map(({ body }) => missingIn(contract.body ?? {}, body));
		expect(lacking.filter((path) => others.every((paths) => paths.includes(path)))).toEqual([]);
	});

	test('offers each value of an enumeration, and no other', () => {
		const contract = contractOf.get(operationId);
		for (const { parameter, into, property } of parametersSentBy(operationId)) {
			const schema =
				into === 'query'
					? contract?.parameters.find(({ name }) => name === property)?.schema
					: property === WHOLE_BODY
						? contract?.body
						: schemaAt(contract?.body, property.split('.'));
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
		const body = request.body ?? UNKNOWN_BODIES[String(value)];
		const [parameters] = fillingsOf(resource, String(value), 'required');
		for (const jsonBody of [JSON.stringify(body), `={{ ${JSON.stringify(body)} }}`]) {
			const sent = catchRequests();
			await runNode({ parameters: { ...parameters, specifyBody: 'json', jsonBody } });
			nock.cleanAll();
			expect(sent.map((request) => request.body)).toEqual([body]);
		}
	},
);

test('lets every operation that writes take JSON', () => {
	const written = contractOperations.filter(({ body, operationId }) => {
		const isThere = nodeOperations.some(({ value }) => value === operationId);
		const takesBody = body !== undefined || operationId in UNKNOWN_BODIES;
		return isThere && takesBody && operationId !== 'searchCustomers';
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

test('has every operation of the contract, but for those still to come', () => {
	const there = new Set(nodeOperations.map(({ value }) => value));
	const lacking = contractOperations
		.map(({ operationId }) => operationId)
		.filter((id) => !there.has(id));
	const explained = [...stillToCome, ...Object.keys(SUCCESSORS)];
	expect(lacking.sort()).toEqual(explained.sort());
	for (const [old, successor] of Object.entries(SUCCESSORS)) {
		expect(contractOf.get(old)?.deprecated).toBe(true);
		expect(there).toContain(successor);
	}
});

test('has no operation that the contract lacks', () => {
	expect(nodeOperations.filter(({ value }) => !contractOf.has(String(value)))).toEqual([]);
});

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
