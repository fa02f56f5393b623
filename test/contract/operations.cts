/** The contract's operations, and those of the node, side by side. */

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { PerfectGymNext } from '../../nodes/PerfectGymNext/PerfectGymNext.node.ts';
import document from './open-api.json';

const node = new PerfectGymNext();

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
	/** The schema of the body, if there is one; its properties are parts where it is multipart. */
	body?: Schema;
	/** The schema of what is sent as JSON: the body, or the part that is no file. */
	json?: Schema;
	isMultipart: boolean;
	/** It came after version 1.11.0 of the API. */
	isNewer: boolean;
	/** The schema of the answer, if it is known. */
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

export const contractOf = new Map(contractOperations.map((one) => [one.operationId, one]));

/** A schema with its reference followed. */
export function resolve(schema: Schema): Schema {
	if (schema.$ref === undefined) return schema;
	const name = schema.$ref.split('/').pop() ?? '';
	return schemas[name];
}

/** The schema of one record of an answer: of a chunk's, a list's, or the answer itself. */
export function recordSchema(answer: Schema): Schema {
	const schema = resolve(answer);
	if (schema.items) return resolve(schema.items);
	const result = schema.properties?.result;
	return schema.properties?.hasNext && result ? recordSchema(result) : schema;
}

/** The one operation that is none of the API's: a request of the user's own. */
export const FREE_RESOURCE = 'apiRequest';

/** All operations of the node, each an option of an `operation` parameter. */
export const allOperations: Array<INodePropertyOptions & { resource: string }> =
	node.description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap((parameter) =>
			(parameter.options as INodePropertyOptions[]).map((option) => ({
				...option,
				resource: String(parameter.displayOptions?.show?.resource?.[0]),
			})),
		);

/** The operations of the node that are the API's. */
export const nodeOperations = allOperations.filter(({ resource }) => resource !== FREE_RESOURCE);

/** The node's parameters, those within collections and groups included. */
export function* allParameters(
	parameters: INodeProperties[] = node.description.properties,
): Generator<INodeProperties> {
	for (const parameter of parameters) {
		yield parameter;
		for (const option of parameter.options ?? []) {
			if ('type' in option) yield* allParameters([option]);
			if ('values' in option) yield* allParameters(option.values);
		}
	}
}
