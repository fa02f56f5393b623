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
	return Object.fromEntries(
		chosen.map((field) => [field, Object.hasOwn(record, field) ? record[field] : null]),
	);
}

function flatten(records: IDataObject[], order: readonly string[]): IDataObject[] {
	const columns = new Columns(order);
	const rows = records.map((record) => {
		const row = new Map<Column, IDataObject[string]>();
		flattenInto(row, columns, record, columns.root);
		return row;
	});
	const named = columns.inOrder();
	return rows.map((row) =>
		Object.fromEntries(named.map((column) => [column.name, row.get(column) ?? null])),
	);
}

function flattenInto(
	row: Map<Column, IDataObject[string]>,
	columns: Columns,
	record: IDataObject,
	parent: Column,
): void {
	for (const [key, value] of Object.entries(record)) {
		const column = columns.at(parent, key);
		if (isObject(value)) {
			flattenInto(row, columns, value, column);
		} else {
			columns.fill(column, value !== null);
			row.set(column, cell(value));
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

/** A place in the records: a column of its own, or the parent of others, or both. */
interface Column {
	name: string;
	rank: number;
	/** Some record has something here that is no object, be it null. */
	isThere: boolean;
	/** Some record has a value here. */
	hasValue: boolean;
	children: Map<string, Column>;
}

/** Columns in a given order of fields; those of other fields follow as they first appeared. */
class Columns {
	readonly root: Column = column('', 0);

	private readonly all: Column[] = [];

	private readonly taken = new Set<string>();

	private readonly ranks: ReadonlyMap<string, number>;

	constructor(order: readonly string[]) {
		this.ranks = new Map(order.map((field, rank) => [field, rank]));
	}

	/** `address.city` is `address_city`. */
	at(parent: Column, key: string): Column {
		const known = parent.children.get(key);
		if (known) return known;
		const isField = parent === this.root;
		const rank = isField ? (this.ranks.get(key) ?? this.ranks.size) : parent.rank;
		const added = column(isField ? key : `${parent.name}${SEPARATOR}${key}`, rank);
		parent.children.set(key, added);
		return added;
	}

	/** Makes it a column of its own; a second one of the same name gets a number. */
	fill(column: Column, hasValue: boolean): void {
		column.hasValue ||= hasValue;
		if (column.isThere) return;
		column.isThere = true;
		const plain = column.name;
		for (let count = 2; this.taken.has(column.name); count++) {
			column.name = `${plain}${SEPARATOR}${count}`;
		}
		this.taken.add(column.name);
		this.all.push(column);
	}

	/** Where some records have an object, null in others is no column of its own. */
	inOrder(): Column[] {
		return this.all
			.filter(({ hasValue, children }) => hasValue || children.size === 0)
			.sort((one, other) => one.rank - other.rank);
	}
}

function column(name: string, rank: number): Column {
	return { name, rank, isThere: false, hasValue: false, children: new Map() };
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
