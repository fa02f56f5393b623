import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { isEmptyAnswer, shapeRecords } from '../../../nodes/PerfectGymNext/transport/output';

// Many values or tasks: a slow machine needs more than the default of five seconds.
jest.setTimeout(60_000);

function flat(records: unknown[], order?: string[]): IDataObject[] {
	return shapeRecords(records, { mode: 'flat', order });
}

function columns(rows: IDataObject[]): string[][] {
	return rows.map((row) => Object.keys(row));
}

/** Records as the API could send them, with any keys that JSON allows. */
function fromJson(json: string): IDataObject[] {
	return JSON.parse(json) as IDataObject[];
}

describe('an answer', () => {
	test.each([[''], [' \n'], [null], [undefined], [{}], [{ success: true }], [{ success: 'true' }]])(
		'without data is empty: %j',
		(body) => {
			expect(isEmptyAnswer(body)).toBe(true);
		},
	);

	test.each([[{ success: false }], [{ success: 'false' }]])(
		'that reports a failure is not empty: %j',
		(body) => {
			expect(isEmptyAnswer(body)).toBe(false);
		},
	);

	test.each([[{ success: true, id: 1 }], [{ id: 1 }], [[]], [[{ success: true }]], [0], ['text']])(
		'with data is not empty: %j',
		(body) => {
			expect(isEmptyAnswer(body)).toBe(false);
		},
	);
});

describe('full', () => {
	test('returns records unchanged', () => {
		const records = [{ id: 1, address: { city: 'Berlin' }, tags: ['a'], at: 'x[Europe/Berlin]' }];
		expect(shapeRecords(records, { mode: 'full' })).toEqual(records);
	});

	test.each([[5], ['text'], [null], [[1, 2]], [true]])(
		'wraps %j, which is not an object, in a record',
		(value) => {
			expect(shapeRecords([value], { mode: 'full' })).toEqual([{ value }]);
		},
	);
});

describe('flat', () => {
	test('has a column for each value, named after its path', () => {
		const records = [{ id: 1, address: { city: 'Berlin', geo: { lat: 52.5 } }, active: false }];
		expect(flat(records)).toEqual([
			{ id: 1, address_city: 'Berlin', address_geo_lat: 52.5, active: false },
		]);
	});

	test.each([
		[['a', 'b'], 'a, b'],
		[[1, true, null, 'x'], '1, true, , x'],
		[[], ''],
		[['2026-01-15T10:00:00+01:00[Europe/Berlin]'], '2026-01-15T10:00:00+01:00'],
		[[{ id: 1 }, { id: 2 }], '[{"id":1},{"id":2}]'],
		[['a', { id: 1 }], '["a",{"id":1}]'],
		[[[1], [2]], '[[1],[2]]'],
	])('turns the list %j into %j', (list, cell) => {
		expect(flat([{ list }])).toEqual([{ list: cell }]);
	});

	test.each([
		['2022-06-15T23:59:59.999+02:00[Europe/Berlin]', '2022-06-15T23:59:59.999+02:00'],
		['2022-06-15T23:59:59Z[UTC]', '2022-06-15T23:59:59Z'],
		['2022-06-15T23:59[America/Argentina/Buenos_Aires]', '2022-06-15T23:59'],
		['2022-06-15T23:59:59+02:00', '2022-06-15T23:59:59+02:00'],
		['2022-06-15', '2022-06-15'],
		['Course [beginners]', 'Course [beginners]'],
		['see 2022-06-15T23:59:59Z[UTC]', 'see 2022-06-15T23:59:59Z[UTC]'],
	])('removes the zone from date-times and changes nothing else: %s', (value, cell) => {
		expect(flat([{ nested: { value } }])).toEqual([{ nested_value: cell }]);
	});

	test('has the columns of all records in each row, in the order of their first appearance', () => {
		const rows = flat([
			{ id: 1, email: 'a' },
			{ address: { city: 'b' }, id: 2 },
			{ id: 3, note: 'c' },
		]);
		const names = ['id', 'email', 'address_city', 'note'];
		expect(columns(rows)).toEqual([names, names, names]);
		expect(rows[1]).toEqual({ id: 2, email: null, address_city: 'b', note: null });
	});

	test('starts with the fields of the operation in their order, so that a sheet keeps its columns', () => {
		const order = ['id', 'name', 'address', 'email'];
		const rows = flat(
			[
				{ other: 1, email: 'a', address: { zip: '1' }, id: 1 },
				{ id: 2, address: { city: 'b' }, name: 'c', another: 2 },
			],
			order,
		);
		const names = ['id', 'name', 'address_zip', 'address_city', 'email', 'other', 'another'];
		expect(columns(rows)).toEqual([names, names]);
		expect(Object.values(rows[1])).toEqual([2, 'c', null, 'b', null, null, 2]);
	});

	test('numbers columns that would have the same name, whatever the order of fields and records', () => {
		const records = [
			{ address: { city: 'Berlin' }, address_city: 'Bonn', address_city_2: 'Ulm' },
			{ address_city: 'Trier', address: { city: 'Mainz' } },
		];
		const rows = flat(records);
		expect(rows).toEqual([
			{ address_city: 'Bonn', address_city_2: 'Ulm', address_city_3: 'Berlin' },
			{ address_city: 'Trier', address_city_2: null, address_city_3: 'Mainz' },
		]);
		expect(flat([...records].reverse())).toEqual([...rows].reverse());
	});

	test('cuts a text that is longer than a cell of a spreadsheet, and marks the cut', () => {
		const [row] = flat([
			{ fits: 'x'.repeat(32_767), long: 'y'.repeat(32_768), list: ['😀'.repeat(20_000)] },
		]);
		expect(row.fits).toHaveLength(32_767);
		expect(row.long).toHaveLength(32_767);
		expect(row.long).toMatch(/^y+… \[cut\]$/);
		expect(row.list).toMatch(/^(😀)+… \[cut\]$/u);
	});

	test('escapes formulas only when asked to, and never numbers and phone numbers', () => {
		const values = {
			sum: '=1+1',
			plus: '+1+cmd',
			minus: '-2+3',
			at: '@SUM(A1)',
			tab: '\t=1',
			phone: '+49 (0)30/123-45',
			negative: '-5.30',
			number: -7,
			text: 'Kim = Lee',
		};
		expect(flat([values])).toEqual([values]);
		const escaped = shapeRecords([values], { mode: 'flat', escapeFormulas: true });
		expect(escaped).toEqual([
			{
				...values,
				sum: "'=1+1",
				plus: "'+1+cmd",
				minus: "'-2+3",
				at: "'@SUM(A1)",
				tab: "'\t=1",
			},
		]);
	});

	test('keeps a field named __proto__ as a column', () => {
		const [row] = flat(fromJson('[{"__proto__": 1, "id": 2}]'));
		expect(Object.entries(row)).toEqual([
			['__proto__', 1],
			['id', 2],
		]);
	});

	test('does not mix up names with line breaks', () => {
		const [row] = flat([{ 'a\nb': 1, a: { b: 2 } }]);
		expect(Object.values(row).sort()).toEqual([1, 2]);
	});

	test.each([
		['before', [{ address: null }, { address: { city: 'Berlin' } }]],
		['after', [{ address: { city: 'Berlin' } }, { address: null }]],
	])('does not have a column of its own for null %s the field is an object', (_when, records) => {
		expect(columns(flat(records))).toEqual([['address_city'], ['address_city']]);
	});

	test('has a column for a field that is null in all records', () => {
		expect(flat([{ address: null }])).toEqual([{ address: null }]);
	});

	test('has a column for a field that is a value in one record and an object in another', () => {
		expect(flat([{ fee: { amount: 5 } }, { fee: 'free' }])).toEqual([
			{ fee_amount: 5, fee: null },
			{ fee_amount: null, fee: 'free' },
		]);
	});

	test('does not change the prototype of objects', () => {
		const rows = flat(fromJson('[{"__proto__":{"isAdmin":true}},{"__proto__":"text"}]'));
		expect(Object.entries(rows[0])).toEqual([
			['__proto___isAdmin', true],
			['__proto__', null],
		]);
		expect(Object.entries(rows[1])).toEqual([
			['__proto___isAdmin', null],
			['__proto__', 'text'],
		]);
		expect(rows.map((row) => Object.getPrototypeOf(row) as unknown)).toEqual([
			Object.prototype,
			Object.prototype,
		]);
		expect(({} as IDataObject).isAdmin).toBeUndefined();
	});

	test.each([[5], ['text'], [null]])('wraps %j, which is not an object, in a record', (value) => {
		expect(flat([value])).toEqual([{ value }]);
	});

	test('returns nothing for no records', () => {
		expect(flat([])).toEqual([]);
	});
});

/** The keys of a record, without its values. */
type Tree = { [key: string]: Tree | null };

const keys = fc.oneof(
	fc.constantFrom('id', 'a', 'b', 'a_b', 'a_b_2', '_', '', '__proto__', 'constructor', '1', '0'),
	fc.string({ maxLength: 3 }),
);
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
	tree: fc.dictionary(keys, fc.option(tie('tree'), { maxDepth: 3 }), { maxKeys: 4 }),
}));

/**
 * Fills a tree with values that are all different.
 *
 * @param paths receives the path of each value
 * @returns the record as JSON
 */
function grow(tree: Tree, paths: Map<number, string>, parents: string[] = []): string {
	const members = Object.entries(tree).map(([key, branch]) => {
		const path = [...parents, key];
		if (branch) return `${JSON.stringify(key)}:${grow(branch, paths, path)}`;
		paths.set(paths.size, JSON.stringify(path));
		return `${JSON.stringify(key)}:${paths.size - 1}`;
	});
	return `{${members.join(',')}}`;
}

describe('flat, for any records', () => {
	test('has the same columns in the same order in all rows, with plain cells', () => {
		const records = fc.array(fc.dictionary(keys, fc.jsonValue(), { maxKeys: 5 }));
		fc.assert(
			fc.property(records, fc.uniqueArray(keys), (some, order) => {
				const rows = flat(fromJson(JSON.stringify(some)), order);
				expect(rows).toHaveLength(some.length);
				for (const row of rows) {
					expect(Object.keys(row)).toEqual(Object.keys(rows[0]));
					const isPlain = (cell: unknown) => cell === null || typeof cell !== 'object';
					expect(Object.values(row).every(isPlain)).toBe(true);
				}
			}),
		);
	});

	test('keeps every value, with one column for each path and one path for each column', () => {
		fc.assert(
			fc.property(fc.array(tree, { maxLength: 5 }), (trees) => {
				const paths = new Map<number, string>();
				const rows = flat(fromJson(`[${trees.map((one) => grow(one, paths)).join(',')}]`));

				const columnOf = new Map<string, string>();
				const pathOf = new Map<string, string>();
				const seen: number[] = [];
				for (const [column, cell] of rows.flatMap((row) => Object.entries(row))) {
					if (cell === null) continue;
					const path = paths.get(cell as number) ?? 'not a value of the records';
					seen.push(cell as number);
					expect(columnOf.get(path) ?? column).toBe(column);
					expect(pathOf.get(column) ?? path).toBe(path);
					columnOf.set(path, column);
					pathOf.set(column, path);
				}
				expect(seen.sort((a, b) => a - b)).toEqual([...paths.keys()]);
			}),
			{ numRuns: 300 },
		);
	});
});

describe('flat with chosen fields', () => {
	test('has the ID and the columns of these fields, in their order', () => {
		const records = [
			{ id: 1, note: 'a', address: { city: 'b', zip: 'c' }, tags: ['d'] },
			{ id: 2 },
		];
		const fields = ['address', 'note'];
		const rows = shapeRecords(records, { mode: 'flat', order: ['note', 'id'], fields });
		expect(rows).toEqual([
			{ id: 1, address_city: 'b', address_zip: 'c', note: 'a' },
			{ id: 2, address_city: null, address_zip: null, note: null },
		]);
	});
});

describe('simplified', () => {
	function simplified(record: unknown, paths?: string[]): IDataObject {
		return shapeRecords([record], { mode: 'simplified', paths })[0];
	}

	test('keeps what the paths reach, in their order', () => {
		const record = { b: 2, id: 1, c: 3, term: { value: 6, unit: 'MONTH', id: 9 } };
		const row = simplified(record, ['id', 'term.value', 'b']);
		expect(Object.entries(row)).toEqual([
			['id', 1],
			['term', { value: 6 }],
			['b', 2],
		]);
	});

	test('reaches into lists', () => {
		const record = { people: [{ id: 1, name: 'a' }, { id: 2 }, null, 'text'] };
		expect(simplified(record, ['people.name'])).toEqual({
			people: [{ name: 'a' }, {}, null, 'text'],
		});
	});

	test('leaves out fields that a record does not have', () => {
		expect(simplified({ id: 1 }, ['id', 'note', 'toString'])).toEqual({ id: 1 });
	});

	test('keeps a value that is not an object as it is', () => {
		expect(simplified({ id: 1, term: null }, ['id', 'term.value'])).toEqual({ id: 1, term: null });
	});

	test('keeps small records complete', () => {
		const record = { id: 1, note: 'a', inner: { tags: ['b', null] } };
		expect(simplified(record)).toEqual(record);
	});

	test.each([
		['2026-03-20T06:00:00.000+01:00[Europe/Berlin]', '2026-03-20T06:00:00+01:00'],
		['2026-03-20T06:00:00.000Z', '2026-03-20T06:00:00Z'],
		['2026-03-20T06:00:00.120Z', '2026-03-20T06:00:00.120Z'],
		['2026-03-20', '2026-03-20'],
		['At 2026-03-20T06:00:00.000Z', 'At 2026-03-20T06:00:00.000Z'],
	])('writes date-times without what nobody reads: %s', (long, short) => {
		expect(simplified({ at: long, slots: [{ at: long }] }, ['at', 'slots.at'])).toEqual({
			at: short,
			slots: [{ at: short }],
		});
		expect(simplified({ times: [long] })).toEqual({ times: [short] });
	});
});

describe('selected', () => {
	function selected(record: unknown, fields: string[]): IDataObject {
		return shapeRecords([record], { mode: 'selected', fields })[0];
	}

	test('returns the id and the chosen fields, in the chosen order', () => {
		const row = selected({ email: 'a', id: 1, note: 'b', city: 'c' }, ['note', 'email']);
		expect(Object.entries(row)).toEqual([
			['id', 1],
			['note', 'b'],
			['email', 'a'],
		]);
	});

	test('returns the id once, where it was chosen', () => {
		expect(Object.keys(selected({ id: 1, note: 'b' }, ['note', 'id']))).toEqual(['note', 'id']);
	});

	test('finds an id with another name', () => {
		expect(selected({ note: 'b', customerId: 1 }, ['note'])).toEqual({ customerId: 1, note: 'b' });
	});

	test('prefers the field id to other ids', () => {
		expect(selected({ studioId: 2, id: 1 }, [])).toEqual({ id: 1 });
	});

	test('returns only the chosen fields of a record without an id', () => {
		expect(selected({ note: 'b', city: 'c' }, ['note'])).toEqual({ note: 'b' });
	});

	test('returns null for a missing field, so that all records have the same fields', () => {
		expect(selected({ id: 1 }, ['note'])).toEqual({ id: 1, note: null });
	});

	test('ignores the properties that every object inherits', () => {
		const row = selected({ id: 1 }, ['toString', '__proto__', 'constructor']);
		expect(Object.entries(row)).toEqual([
			['id', 1],
			['toString', null],
			['__proto__', null],
			['constructor', null],
		]);
	});

	test.each([[0], [false], [''], [{ city: 'c' }], [['a']]])('returns %j unchanged', (value) => {
		expect(selected({ id: 1, value }, ['value'])).toEqual({ id: 1, value });
	});
});
