import type { IDataObject } from 'n8n-workflow';

import { records } from '../../nodes/PerfectGymNext/resources/contract';
import { simplified } from '../../nodes/PerfectGymNext/resources/simplified';
import { shapeRecords } from '../../nodes/PerfectGymNext/transport/output';
import { startSimulator } from '../simulator/server.cts';
import { get } from '../simulator/testClient.cts';
import { contractOperations, recordName, recordSchema, resolve, type Schema } from './contract.cts';

/** n8n asks for a simplified output of records with more than ten fields. */
const MAX_FIELDS = 10;
/** For language models, a list of 50 records has at most 8 KB. */
const LISTED = 50;
const MAX_LIST_BYTES = 8192;
/** Their records hold lists of debts, which no choice of fields makes short. */
const DEBTS = '/v1/debt-collection';
const ids: Record<string, number> = {
	classId: 1_510_000_001,
	customerId: 1_210_000_001,
};

const schemas = new Map<string, Schema>();
for (const { answer } of contractOperations) {
	const name = answer && recordName(answer);
	if (name !== undefined) schemas.set(name, recordSchema(answer as Schema));
}

/** Lists of 50 records that come in chunks, by the type of their records. */
const lists = new Map<string, IDataObject[]>();

beforeAll(async () => {
	const simulator = await startSimulator({ customers: 100 });
	for (const { answer, path } of contractOperations) {
		const name = answer && recordName(answer);
		if (name === undefined || !resolve(answer as Schema).properties?.hasNext) continue;
		if (path.startsWith(DEBTS)) continue;
		const filled = path.replace(/\{(\w+)\}/g, (_, id: string) => String(ids[id]));
		const { result } = await get<{ result: IDataObject[] }>(simulator, filled);
		if (result.length === 0) throw new Error(`The simulator has no records for ${path}`);
		lists.set(
			name,
			Array.from({ length: LISTED }, (_, index) => result[index % result.length]),
		);
	}
	await simulator.close();
});

/** The bytes of a list, without the ID of what it was asked for. */
function sizeOf(name: string, paths?: readonly string[]): number {
	const shaped = shapeRecords(lists.get(name) ?? [], { mode: 'simplified', paths });
	return Buffer.byteLength(JSON.stringify(shaped));
}

test('there is a choice for each type of large records, and for no other', () => {
	const large = Object.keys(records).filter(
		(name) => records[name].length > MAX_FIELDS || sizeOf(name) > MAX_LIST_BYTES,
	);
	expect(Object.keys(simplified).sort()).toEqual(large.sort());
});

test('a list of 50 records is short enough for a language model', () => {
	expect(lists.size).toBeGreaterThan(10);
	const tooLong = [...lists.keys()]
		.map((name) => [name, sizeOf(name, simplified[name])] as const)
		.filter(([, bytes]) => bytes > MAX_LIST_BYTES);
	expect(tooLong).toEqual([]);
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
