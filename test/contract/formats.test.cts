import { formats } from '../../nodes/PerfectGymNext/resources/formats';
import type { Format, Formats } from '../../nodes/PerfectGymNext/transport/formats';
import {
	contractOf,
	type ContractOperation,
	nodeOperations,
	resolve,
	type Schema,
} from './operations.cts';

const FORMATS: Record<string, Format> = {
	'ISO 3166-1': 'country',
	'ISO 4217': 'currency',
	'ISO 639-1': 'language',
	uuid: 'uuid',
};
/** What properties hold for which the contract has a name, but not a format. */
const FORMATS_BY_NAME: Record<string, Format> = {
	country: 'country',
	countryCode: 'country',
	countryOfBirth: 'country',
	currency: 'currency',
	email: 'email',
	languageCode: 'language',
};

test('checks the formats that the contract names, in every request of the node', () => {
	const expected = nodeOperations.flatMap(({ value }): Array<[string, Formats]> => {
		const contract = contractOf.get(String(value));
		const named = contract ? formatsOf(contract) : {};
		return Object.keys(named).length > 0 ? [[String(value), named]] : [];
	});
	expect(formats).toEqual(Object.fromEntries(expected));
});

function formatsOf({ parameters, json }: ContractOperation): Formats {
	const queried = parameters.filter((one) => one.in === 'query');
	const places = parameters.filter(
		({ in: where, schema }) => where === 'path' && schema.type === 'string',
	);
	return Object.fromEntries([
		...places.map(({ name }): [string, Format] => [name, 'text']),
		...queried.flatMap(({ name, schema }) => formatsIn(schema, name)),
		...(json ? formatsIn(json) : []),
	]);
}

function formatsIn(declared: Schema, path = ''): Array<[path: string, format: Format]> {
	const schema = resolve(declared);
	if (schema.items) return formatsIn(schema.items, `${path}[]`);
	if (schema.properties) {
		return Object.entries(schema.properties).flatMap(([name, property]) =>
			formatsIn(property, path === '' ? name : `${path}.${name}`),
		);
	}
	const name = path.split('.').pop() ?? '';
	const format = FORMATS[schema.format ?? ''] ?? (schema.enum ? undefined : FORMATS_BY_NAME[name]);
	return format ? [[path, format]] : [];
}
