import { records } from '../../nodes/PerfectGymNext/resources/contract';
import { simplified } from '../../nodes/PerfectGymNext/resources/simplified';
import { contractOperations, recordName, recordSchema, resolve, type Schema } from './contract.cts';

/** n8n asks for a simplified output of records with more than ten fields. */
const MAX_FIELDS = 10;

const schemas = new Map<string, Schema>();
for (const { answer } of contractOperations) {
	const name = answer && recordName(answer);
	if (name !== undefined) schemas.set(name, recordSchema(answer as Schema));
}

test('there is a choice for each type of record with more than ten fields, and for no other', () => {
	const large = Object.keys(records).filter((name) => records[name].length > MAX_FIELDS);
	expect(Object.keys(simplified).sort()).toEqual(large.sort());
});

test.each(Object.entries(simplified))(
	'%s has at most ten of its fields, each once',
	(name, paths) => {
		expect(paths.length).toBeLessThanOrEqual(MAX_FIELDS);
		expect(new Set(paths).size).toBe(paths.length);
		for (const path of paths)
			expect([path, isIn(schemas.get(name), path.split('.'))]).toEqual([path, true]);
		const id = records[name].find((field) => field === 'id' || field.endsWith('Id'));
		if (id !== undefined) expect(paths).toContain(id);
	},
);

function isIn(declared: Schema | undefined, [name, ...rest]: string[]): boolean {
	if (name === undefined) return declared !== undefined;
	if (declared === undefined) return false;
	const schema = resolve(declared);
	const { properties } = schema.items ? resolve(schema.items) : schema;
	return isIn(properties?.[name], rest);
}
