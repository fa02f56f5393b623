import { resolve, type Schema } from './contract.cts';
import { city, email, firstName, lastName, street } from './names.cts';
import { between, pick, randomFrom, uuid, type Random } from './random.cts';

/** Fixed values by property name, e.g. the ids in the path. */
export type Known = Readonly<Record<string, unknown>>;

/** Options for generating a value. */
export interface SampleOptions {
	/** Fixed values for top-level properties. */
	known?: Known;
	/** Whether to include all optional properties, or leave some out. Default: true. */
	complete?: boolean;
	/** The beginning of URLs. Default: a host that does not exist. */
	filesUrl?: string;
}

interface SampleContext {
	random: Random;
	complete: boolean;
	filesUrl: string;
}

/** Optional properties below this depth are left out, so that recursive schemas end. */
const MAX_DEPTH = 8;
const LIST_LENGTH = 2;

/** The positive results of validation operations; preferred where an enum has one. */
const positiveStatuses = [
	'AVAILABLE',
	'POSSIBLE',
	'VALID',
	'ADDITIONAL_MODULE_PURCHASABLE',
	'CONFIRMED',
	'WAITING_FOR_CONFIRMATION',
	'ACTIVE',
	'IDLEPERIOD_UPDATABLE',
	'CHANGES_WITHOUT_VERIFICATION',
];

/** A generator that picks one of these texts. */
function oneOf(...choices: string[]): (random: Random) => string {
	return (random) => pick(random, choices);
}

const texts: Record<string, (random: Random) => string> = {
	firstName,
	firstname: firstName,
	lastName,
	lastname: lastName,
	street,
	city,
	email: (random) => email(firstName(random), lastName(random), between(random, 1, 99)),
	houseNumber: oneOf('7', '12a'),
	zipCode: oneOf('00001'),
	currency: oneOf('EUR'),
	timeFrom: oneOf('08:00'),
	timeTo: oneOf('22:00'),
	success: oneOf('true'),
	iban: oneOf('DE00000000000000000000'),
	bic: oneOf('SAMPDEXXXXX'),
	description: oneOf('A sample, made up', 'Two lines,\nwith a comma and "quotes"'),
};

const formats: Record<string, (random: Random) => string> = {
	date: (random) => `2026-0${between(random, 1, 9)}-${between(random, 10, 28)}`,
	'date-time': (random) =>
		`2026-06-${between(random, 10, 28)}T1${between(random, 0, 9)}:00:00.000+02:00[Europe/Berlin]`,
	uuid,
	binary: () => '',
	'ISO 4217': () => 'EUR',
	'ISO 639-1': (random) => pick(random, ['de', 'en']),
	'ISO 3166-1': (random) => pick(random, ['DE', 'AT', 'CH']),
};

function text(schema: Schema, name: string, { random, filesUrl }: SampleContext): string {
	if (schema.enum) {
		return (
			schema.enum.find((value) => positiveStatuses.includes(value)) ?? pick(random, schema.enum)
		);
	}
	const format = schema.format && formats[schema.format];
	if (format) return format(random);
	if (/url$/i.test(name)) return `${filesUrl}/${name}/${between(random, 100, 999)}`;
	if (/date$/i.test(name)) return formats.date(random);
	return texts[name]?.(random) ?? `Sample ${name} ${between(random, 1, 99)}`;
}

function number(schema: Schema, name: string, random: Random): number {
	const low = schema.minimum ?? 1;
	if (schema.format === 'int64' && /id$/i.test(name)) return between(random, 1.5e9, 1.6e9);
	if (schema.type === 'integer') return between(random, low, schema.maximum ?? low + 59);
	return between(random, 100, 9999) / 100;
}

function object(
	schema: Schema,
	context: SampleContext,
	known: Known,
	depth: number,
): Record<string, unknown> {
	const result: Record<string, unknown> = {};
	for (const [name, property] of Object.entries(schema.properties ?? {})) {
		const isRequired = schema.required?.includes(name) === true;
		const isLeftOut = depth > MAX_DEPTH || (!context.complete && context.random() < 0.25);
		if (name in known) result[name] = known[name];
		else if (isRequired || !isLeftOut) result[name] = value(property, name, context, depth);
	}
	return result;
}

function list(schema: Schema, name: string, context: SampleContext, depth: number): unknown[] {
	const { items, uniqueItems } = schema;
	if (items === undefined || depth > MAX_DEPTH) return [];
	const item = resolve(items);
	// The contract requires distinct values in some lists.
	if (uniqueItems && item.enum) return item.enum.slice(0, LIST_LENGTH);
	return Array.from({ length: LIST_LENGTH }, () => value(item, name, context, depth));
}

function value(given: Schema, name: string, context: SampleContext, depth: number): unknown {
	const schema = resolve(given);
	switch (schema.type) {
		case 'object':
			return object(schema, context, {}, depth + 1);
		case 'array':
			return list(schema, name, context, depth);
		case 'boolean':
			return context.random() < 0.5;
		case 'integer':
		case 'number':
			return number(schema, name, context.random);
		case 'string':
			return text(schema, name, context);
		default:
			// The contract gives no type; most of these values are ids.
			return between(context.random, 1, 99);
	}
}

/** Generates a value that is valid against the schema, the same for the same seed. */
export function sample(
	schema: Schema,
	seed: string,
	{ known = {}, complete = true, filesUrl = 'https://files.example.com' }: SampleOptions = {},
): unknown {
	const target = resolve(schema);
	const context = { random: randomFrom(seed), complete, filesUrl };
	if (target.type === 'object') return object(target, context, known, 0);
	return value(target, 'value', context, 0);
}

/**
 * Generates `count` records. Where records have an id, the ids ascend from `firstId`. All records
 * except the first lack some optional properties.
 */
export function samples(
	item: Schema,
	seed: string,
	count: number,
	firstId: number,
	options: SampleOptions = {},
): unknown[] {
	const idName = idProperty(item);
	return Array.from({ length: count }, (_, i) => {
		const id = idName === undefined ? {} : { [idName]: firstId + i };
		const known = { ...options.known, ...id };
		return sample(item, `${seed} ${i}`, { ...options, known, complete: i === 0 });
	});
}

/**
 * The name of the property that identifies a record: `id`, otherwise the first required int64 with
 * a name that ends in `id`; undefined when there is neither.
 */
export function idProperty(item: Schema): string | undefined {
	const { properties = {}, required = [] } = resolve(item);
	if (properties.id) return 'id';
	return required.find((name) => properties[name]?.format === 'int64' && /id$/i.test(name));
}
