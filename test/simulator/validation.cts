import type { ErrorObject, ValidateFunction } from 'ajv';
import { CONTRACT_ID, contract, type Operation, type Schema } from './contract.cts';
import { instant } from './dates.cts';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { ApiError, invalid } from './errors.cts';

/** The values of path or query parameters, by name, in the types of the contract. */
export type Values = Record<string, string | number | boolean | string[]>;

const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?(\[[\w/+-]+\])?$/;

const ajv = new Ajv({ strict: false, allErrors: false });
addFormats(ajv, ['date', 'uuid', 'int32', 'int64', 'double', 'binary']);
// The API's date-times end in a zone such as [Europe/Berlin] and can lack an offset.
ajv.addFormat('date-time', (text: string) => dateTime.test(text) && !Number.isNaN(instant(text)));
ajv.addFormat('ISO 4217', /^[A-Z]{3}$/);
ajv.addFormat('ISO 639-1', /^[a-z]{2}$/);
ajv.addFormat('ISO 3166-1', /^[A-Z]{2}$/);
ajv.addSchema(contract, CONTRACT_ID);

const compiled = new Map<string, ValidateFunction>();

function validator(name: string, schema: () => Schema): ValidateFunction {
	let check = compiled.get(name);
	if (check === undefined) {
		check = ajv.compile(schema());
		compiled.set(name, check);
	}
	return check;
}

/** The failing field in the vendor's format, e.g. `contract.startDate` or `[0].value`. */
function referenceOf({ instancePath, keyword, params }: ErrorObject): string {
	const steps = instancePath.split('/').slice(1);
	if (keyword === 'required') steps.push(String(params.missingProperty));
	if (keyword === 'additionalProperties') steps.push(String(params.additionalProperty));
	return steps
		.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`))
		.join('')
		.replace(/^\./, '');
}

function check(validate: ValidateFunction, value: unknown): void {
	if (validate(value)) return;
	const [error] = validate.errors ?? [];
	if (error === undefined) throw new ApiError(400, 'Validation failed.');
	const reference = referenceOf(error);
	throw invalid(`${reference || 'body'} ${error.message ?? 'is invalid'}`, reference);
}

/** Converts a parameter to the type of its schema; leaves it a string where it does not fit. */
function typed(schema: Schema, text: string): string | number {
	if (schema.type === 'integer' && /^-?\d{1,19}$/.test(text)) return Number(text);
	return text;
}

function parametersSchema(operation: Operation, place: 'path' | 'query'): Schema {
	const parameters = operation.parameters.filter((parameter) => parameter.in === place);
	return {
		type: 'object',
		properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
		required: parameters.filter(({ required }) => required).map(({ name }) => name),
	};
}

/**
 * Converts and checks path parameters.
 * @throws ApiError 400 when one does not fit the contract
 */
export function pathValues(operation: Operation, given: Record<string, string>): Values {
	const values: Values = {};
	for (const { in: place, name, schema } of operation.parameters) {
		if (place === 'path') values[name] = typed(schema, given[name]);
	}
	check(
		validator(`${operation.operationId} path`, () => parametersSchema(operation, 'path')),
		values,
	);
	return values;
}

/**
 * Converts and checks query parameters and adds the contract's defaults. Lists are repeated keys.
 * @throws ApiError 400 when one is unknown, missing, given twice or does not fit
 */
export function queryValues(
	operation: Operation,
	given: Record<string, string | string[]>,
): Values {
	const values: Values = {};
	for (const [name, value] of Object.entries(given)) {
		const schema = operation.parameters.find(
			(parameter) => parameter.in === 'query' && parameter.name === name,
		)?.schema;
		if (schema === undefined) throw invalid(`${name} is not a parameter`, name);
		if (schema.type === 'array') {
			const list = [value].flat();
			// Some servers would read joined values as one, others as several.
			if (list.some((item) => item.includes(','))) {
				throw invalid(`${name} must be repeated, not joined by commas`, name);
			}
			values[name] = list;
		} else if (Array.isArray(value)) {
			throw invalid(`${name} is given more than once`, name);
		} else {
			values[name] = typed(schema, value);
		}
	}
	check(
		validator(`${operation.operationId} query`, () => parametersSchema(operation, 'query')),
		values,
	);
	for (const { in: place, name, schema } of operation.parameters) {
		if (place === 'query' && schema.default !== undefined) values[name] ??= schema.default;
	}
	return values;
}

/**
 * Checks a JSON body without converting types.
 * @throws ApiError 400 with the failing field as reference
 */
export function checkBody(operation: Operation, schema: Schema, body: unknown): void {
	check(
		validator(`${operation.operationId} body`, () => schema),
		body,
	);
}

/** Describes how a 200 answer violates the contract; undefined when it does not. */
export function answerProblem(operation: Operation, answer: unknown): string | undefined {
	const { answer: schema } = operation;
	if (schema === undefined)
		return answer === undefined ? undefined : 'has a body, but the contract has none';
	const validate = validator(`${operation.operationId} answer`, () => schema);
	return validate(answer) ? undefined : ajv.errorsText(validate.errors);
}

/** Describes how an error answer violates the contract; undefined when it does not. */
export function errorProblem(body: unknown): string | undefined {
	const validate = validator('error', () => ({
		$ref: `${CONTRACT_ID}#/components/schemas/ErrorResponse`,
	}));
	return validate(body) ? undefined : ajv.errorsText(validate.errors);
}
