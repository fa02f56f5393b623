/** The operations of the contract. */

import document from './open-api.json';

/** A schema of the contract, as far as the tests need it. */
export interface Schema {
	$ref?: string;
	type?: string;
	format?: string;
	enum?: string[];
	properties?: Record<string, Schema>;
	items?: Schema;
	required?: string[];
	deprecated?: boolean;
}

/** An operation of the contract. */
export interface ContractOperation {
	operationId: string;
	method: string;
	path: string;
	deprecated: boolean;
	scopes: string[];
	parameters: Array<{
		name: string;
		in: string;
		required?: boolean;
		deprecated?: boolean;
		schema: Schema;
	}>;
	/** The schema of the body, if there is one. The properties of a multipart body are its parts. */
	body?: Schema;
	/** The schema of the JSON: the body, or the part that is not a file. */
	json?: Schema;
	isMultipart: boolean;
	/** Whether it came after version 1.11.0 of the API. */
	isNewer: boolean;
	/** The schema of the answer, if the contract has one. */
	answer?: Schema;
}

interface RawOperation {
	operationId: string;
	deprecated?: boolean;
	'x-scopes'?: string[];
	'x-since'?: string;
	parameters?: ContractOperation['parameters'];
	requestBody?: { content: Record<string, { schema: Schema }> };
	responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

const JSON_TYPE = 'application/json';
const MULTIPART = 'multipart/form-data';
const schemas = document.components.schemas as Record<string, Schema>;

/** All operations of the contract. */
export const contractOperations: ContractOperation[] = Object.entries(document.paths).flatMap(
	([path, methods]) =>
		Object.entries(methods as unknown as Record<string, RawOperation>).map(([method, raw]) => ({
			...bodyOf(raw),
			operationId: raw.operationId,
			method: method.toUpperCase(),
			path,
			deprecated: raw.deprecated === true,
			scopes: raw['x-scopes'] ?? [],
			parameters: raw.parameters ?? [],
			isNewer: !/^(<=1\.5\.0|>1\.5\.0, <=1\.11\.0)$/.test(raw['x-since'] ?? ''),
			answer: raw.responses['200']?.content?.[JSON_TYPE]?.schema,
		})),
);

function bodyOf({ requestBody }: RawOperation) {
	const json = requestBody?.content[JSON_TYPE]?.schema;
	const parts = requestBody?.content[MULTIPART]?.schema;
	if (!parts) return { body: json, json, isMultipart: false };
	const fields = Object.values(resolve(parts).properties ?? {});
	return { body: parts, json: fields.find(({ format }) => format !== 'binary'), isMultipart: true };
}

/** The operations of the contract by their operationId. */
export const contractOf = new Map(contractOperations.map((one) => [one.operationId, one]));

/** @returns the schema, with its reference followed */
export function resolve(schema: Schema): Schema {
	if (schema.$ref === undefined) return schema;
	return schemas[nameOf(schema) ?? ''];
}

/** @returns the schema of one record: in a chunk, in a list, or the answer itself */
export function recordSchema(answer: Schema): Schema {
	const schema = resolve(answer);
	if (schema.items) return resolve(schema.items);
	const result = schema.properties?.result;
	return schema.properties?.hasNext && result ? recordSchema(result) : schema;
}

/** @returns the name of the schema of one record, if it has one */
export function recordName(answer: Schema): string | undefined {
	const schema = resolve(answer);
	if (schema.items) return nameOf(schema.items);
	const result = schema.properties?.result;
	return schema.properties?.hasNext && result ? recordName(result) : nameOf(answer);
}

function nameOf({ $ref }: Schema): string | undefined {
	return $ref?.split('/').pop();
}
