/** Brings the API's records into the shape that the user chose. */

import type { IDataObject } from 'n8n-workflow';

/**
 * As it came, one column per value, or only the chosen fields. `order` lists the fields that come
 * first, so that a sheet that is filled every night keeps its columns.
 */
export type OutputShape =
	| { mode: 'full' }
	| { mode: 'flat'; order?: readonly string[] }
	| { mode: 'selected'; fields: string[] };

const SEPARATOR = '_';
/** `2022-06-15T23:59:59.999+02:00[Europe/Berlin]`: no spreadsheet reads the zone in brackets. */
const ZONED_DATE_TIME = /^(\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)\[[^\]]+\]$/;

/** @param records what one input item yields; all of them get the same columns when flat */
export function shapeRecords(records: unknown[], shape: OutputShape): IDataObject[] {
	const objects = records.map(asObject);
	if (shape.mode === 'flat') return flatten(objects, shape.order ?? []);
	if (shape.mode === 'selected') return objects.map((record) => select(record, shape.fields));
	return objects;
}

function asObject(record: unknown): IDataObject {
	return isObject(record) ? record : { value: record as IDataObject[string] };
}

/** The id is always there, so that a later step can find the record again. */
function select(record: IDataObject, fields: string[]): IDataObject {
	const id = 'id' in record ? 'id' : Object.keys(record).find((key) => key.endsWith('Id'));
	const chosen = id === undefined || fields.includes(id) ? fields : [id, ...fields];
	return Object.fromEntries(chosen.map((field) => [field, record[field] ?? null]));
}

function flatten(records: IDataObject[], order: readonly string[]): IDataObject[] {
	const columns = new Columns(order);
	const rows = records.map((record) => {
		const row = new Map<string, IDataObject[string]>();
		flattenInto(row, columns, record, []);
		return row;
	});
	const names = columns.names();
	return rows.map((row) => Object.fromEntries(names.map((name) => [name, row.get(name) ?? null])));
}

function flattenInto(
	row: Map<string, IDataObject[string]>,
	columns: Columns,
	record: IDataObject,
	parents: string[],
): void {
	for (const [key, value] of Object.entries(record)) {
		const path = [...parents, key];
		if (isObject(value)) {
			columns.branchAt(path);
			flattenInto(row, columns, value, path);
		} else {
			row.set(columns.nameOf(path, value), cell(value));
		}
	}
}

function cell(value: unknown): IDataObject[string] {
	if (typeof value === 'string') return value.replace(ZONED_DATE_TIME, '$1');
	if (typeof value === 'number' || typeof value === 'boolean') return value;
	if (!Array.isArray(value)) return null;
	const isPlain = value.every((entry) => typeof entry !== 'object' || entry === null);
	return isPlain
		? value.map((entry) => String(cell(entry) ?? '')).join(', ')
		: JSON.stringify(value);
}

interface Column {
	name: string;
	/** No record has had a value here so far. */
	isEmpty: boolean;
	rank: number;
}

/** Columns in a given order of fields; those of other fields follow as they first appeared. */
class Columns {
	private readonly byPath = new Map<string, Column>();

	private readonly taken = new Set<string>();

	private readonly branches = new Set<string>();

	private readonly ranks: ReadonlyMap<string, number>;

	constructor(order: readonly string[]) {
		this.ranks = new Map(order.map((field, rank) => [field, rank]));
	}

	/** `address.city` is `address_city`; a second path to the same name gets a number. */
	nameOf(path: string[], value: unknown): string {
		const column = this.byPath.get(keyOf(path)) ?? this.add(path);
		column.isEmpty &&= value === null;
		return column.name;
	}

	/** There is an object at this path in some record, while others may have null there. */
	branchAt(path: string[]): void {
		this.branches.add(keyOf(path));
	}

	/** Where some records have an object, null in others is no column of its own. */
	names(): string[] {
		return [...this.byPath]
			.filter(([key, { isEmpty }]) => !(isEmpty && this.branches.has(key)))
			.map(([, column]) => column)
			.sort((one, other) => one.rank - other.rank)
			.map(({ name }) => name);
	}

	private add(path: string[]): Column {
		const plain = path.join(SEPARATOR);
		let name = plain;
		for (let count = 2; this.taken.has(name); count++) name = `${plain}${SEPARATOR}${count}`;
		this.taken.add(name);
		const rank = this.ranks.get(path[0]) ?? this.ranks.size;
		const column = { name, isEmpty: true, rank };
		this.byPath.set(keyOf(path), column);
		return column;
	}
}

function keyOf(path: string[]): string {
	return path.join('\n');
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
