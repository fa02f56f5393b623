/** Converts the API's records to the output that the user chose. */

import type { IDataObject } from 'n8n-workflow';

/**
 * The full records, one column per value, or only the chosen fields. `order` lists the fields of the
 * first columns, so that a spreadsheet keeps its columns from run to run.
 */
export type OutputShape =
	| { mode: 'full' }
	| { mode: 'flat'; order?: readonly string[] }
	| { mode: 'selected'; fields: string[] };

const SEPARATOR = '_';
/** Spreadsheets cannot read the zone in `2022-06-15T23:59:59.999+02:00[Europe/Berlin]`. */
const ZONED_DATE_TIME = /^(\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)\[[^\]]+\]$/;

/** @returns whether an answer has no data: no content, or an object with at most `success: "true"` */
export function isEmptyAnswer(body: unknown): boolean {
	if (body === '' || body === null || body === undefined) return true;
	if (!isObject(body)) return false;
	const { success, ...others } = body;
	return Object.keys(others).length === 0 && String(success) !== 'false';
}

/**
 * @param records the records of one input item; in flat mode all of them get the same columns
 * @returns one object for each record; a record that is not an object becomes `{ value }`
 */
export function shapeRecords(records: unknown[], shape: OutputShape): IDataObject[] {
	const objects = records.map(asObject);
	if (shape.mode === 'flat') return flatten(objects, shape.order ?? []);
	if (shape.mode === 'selected') return objects.map((record) => select(record, shape.fields));
	return objects;
}

function asObject(record: unknown): IDataObject {
	return isObject(record) ? record : { value: record as IDataObject[string] };
}

/** Always keeps the ID, so that a later step can find the record again. */
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

/** A field at some depth of the records: a column of its own, the parent of columns, or both. */
interface Column {
	name: string;
	rank: number;
	/** Some record has null or a value here that is not an object. */
	isColumn: boolean;
	/** Some record has a value here. */
	hasValue: boolean;
	children: Map<string, Column>;
}

/** Columns in the given order of fields. Other fields follow in the order of their first appearance. */
class Columns {
	readonly root: Column = column('', 0);

	private readonly all: Column[] = [];

	private readonly taken = new Set<string>();

	private readonly ranks: ReadonlyMap<string, number>;

	constructor(order: readonly string[]) {
		this.ranks = new Map(order.map((field, rank) => [field, rank]));
	}

	/** Finds or adds a column. `address.city` becomes `address_city`. */
	at(parent: Column, key: string): Column {
		const known = parent.children.get(key);
		if (known) return known;
		const isField = parent === this.root;
		const rank = isField ? (this.ranks.get(key) ?? this.ranks.size) : parent.rank;
		const added = column(isField ? key : `${parent.name}${SEPARATOR}${key}`, rank);
		parent.children.set(key, added);
		return added;
	}

	/** Makes a field a column of its own. A second column of the same name gets a number. */
	fill(column: Column, hasValue: boolean): void {
		column.hasValue ||= hasValue;
		if (column.isColumn) return;
		column.isColumn = true;
		const plain = column.name;
		for (let count = 2; this.taken.has(column.name); count++) {
			column.name = `${plain}${SEPARATOR}${count}`;
		}
		this.taken.add(column.name);
		this.all.push(column);
	}

	/** Leaves out fields that are objects in some records and null in the others. */
	inOrder(): Column[] {
		return this.all
			.filter(({ hasValue, children }) => hasValue || children.size === 0)
			.sort((one, other) => one.rank - other.rank);
	}
}

function column(name: string, rank: number): Column {
	return { name, rank, isColumn: false, hasValue: false, children: new Map() };
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
