import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The part of JSON Schema that the contract uses. */
export interface Schema {
	$ref?: string;
	type?: string;
	format?: string;
	enum?: string[];
	items?: Schema;
	properties?: Record<string, Schema>;
	required?: string[];
	additionalProperties?: boolean;
	minimum?: number;
	maximum?: number;
	default?: string | number | boolean;
	uniqueItems?: boolean;
}

/** A path or query parameter. */
export interface Parameter {
	name: string;
	in: 'path' | 'query';
	required: boolean;
	schema: Schema;
}

/** The meaning of `offset`: the last id of the chunk before, or an index. */
export type OffsetMeaning = 'id' | 'index';

/** One operation of the contract, in the form that the simulator works with. */
export interface Operation {
	operationId: string;
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** The path template, e.g. `/v1/customers/{customerId}`. */
	path: string;
	/** Empty when the contract names none; any key may then call the operation. */
	scopes: readonly string[];
	/** Whether one of the scopes is enough; otherwise all are needed. */
	anyScope: boolean;
	parameters: readonly Parameter[];
	body?: { required: boolean; multipart: boolean; schema: Schema };
	/** The schema of the 200 answer; absent when its body is empty. */
	answer?: Schema;
	/** Present when the answer is `{result, hasNext, offset}`. */
	chunk?: { item: Schema; defaultSize: number; offset: OffsetMeaning };
}

interface RawOperation {
	operationId: string;
	'x-scopes'?: string[];
	'x-scopes-mode'?: string;
	parameters: Parameter[];
	requestBody?: { required: boolean; content: Record<string, { schema: Schema }> };
	responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

/** The parts of the OpenAPI document that the simulator reads. */
export interface Contract {
	paths: Record<string, Record<string, RawOperation>>;
	components: { schemas: Record<string, Schema> };
}

/** The id of the document in Ajv. */
export const CONTRACT_ID = 'contract.json';

/**
 * The operations with an offset that the vendor documents as "last ID". All others count an index.
 * The copy of the contract has no descriptions, so the list is here.
 */
const offsetIsId = new Set([
	'getCustomers',
	'getActiveClasses',
	'getBookableAppointments',
	'getBookableTrialOfferClasses',
	'getBookableTrialOfferAppointments',
	'getPurchasableOnlineOffers',
]);

/**
 * Makes references absolute, so that a schema compiles on its own, and closes objects, so that
 * requests and answers with a mistyped property fail. Schemas that the contract marks as
 * incomplete stay open.
 */
function prepare(_name: string, value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if ('$ref' in value && typeof value.$ref === 'string') {
		return { ...value, $ref: value.$ref.replace(/^#/, `${CONTRACT_ID}#`) };
	}
	const isClosed =
		'type' in value &&
		value.type === 'object' &&
		'properties' in value &&
		!('additionalProperties' in value) &&
		!('x-incomplete' in value);
	return isClosed ? { ...value, additionalProperties: false } : value;
}

/** The contract, with references made absolute and objects closed. */
export const contract = JSON.parse(
	readFileSync(join(__dirname, '..', 'contract', 'open-api.json'), 'utf8'),
	prepare,
) as Contract;

/**
 * The schema that a reference points to, or the schema itself.
 * @throws when the reference points to nothing
 */
export function resolve(schema: Schema): Schema {
	if (schema.$ref === undefined) return schema;
	const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
	const target = contract.components.schemas[name];
	if (target === undefined) throw new Error(`The contract has no schema ${name}`);
	return resolve(target);
}

function methodOf(name: string): Operation['method'] {
	const method = name.toUpperCase();
	if (method === 'GET' || method === 'POST' || method === 'PUT' || method === 'DELETE') {
		return method;
	}
	throw new Error(`The contract uses the method ${name}, which the simulator does not support`);
}

function bodyOf(raw: RawOperation): Operation['body'] {
	if (raw.requestBody === undefined) return undefined;
	const [[type, { schema }]] = Object.entries(raw.requestBody.content);
	return {
		required: raw.requestBody.required,
		multipart: type === 'multipart/form-data',
		schema,
	};
}

function chunkOf(raw: RawOperation, answer: Schema | undefined): Operation['chunk'] {
	const size = raw.parameters.find(({ name }) => name === 'sliceSize');
	const item = answer && resolve(answer).properties?.result?.items;
	if (size === undefined || item === undefined) return undefined;
	return {
		item,
		defaultSize: Number(size.schema.default),
		offset: offsetIsId.has(raw.operationId) ? 'id' : 'index',
	};
}

function operationOf(path: string, method: string, raw: RawOperation): Operation {
	const answer = raw.responses['200']?.content?.['application/json']?.schema;
	return {
		operationId: raw.operationId,
		method: methodOf(method),
		path,
		scopes: raw['x-scopes'] ?? [],
		anyScope: raw['x-scopes-mode'] === 'any',
		parameters: raw.parameters,
		body: bodyOf(raw),
		answer,
		chunk: chunkOf(raw, answer),
	};
}

/** Every operation of the contract. */
export const operations: readonly Operation[] = Object.entries(contract.paths).flatMap(
	([path, methods]) =>
		Object.entries(methods).map(([method, raw]) => operationOf(path, method, raw)),
);

/** The operation with this operationId. @throws when there is none */
export function operationById(operationId: string): Operation {
	const found = operations.find((operation) => operation.operationId === operationId);
	if (found === undefined) throw new Error(`The contract has no operation ${operationId}`);
	return found;
}
