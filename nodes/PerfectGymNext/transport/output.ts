/** Converts the API's records to the output that the user chose. */

import type { IDataObject } from 'n8n-workflow';

import type { StudioFields } from './additionalInformation';
import { ASSIGNMENTS } from './additionalInformation';
import { isObject, own, setOwn } from './serialize';

/** The form of the records that come out. */
export type OutputShape =
	| { mode: 'full' }
	/** Only what these dotted paths reach, all fields when they are left out, with short date-times. */
	| { mode: 'simplified'; paths?: readonly string[] }
	| FlatShape
	/** The ID and these fields. */
	| { mode: 'selected'; fields: readonly string[] };

/** One level, with one column for each value. */
interface FlatShape {
	mode: 'flat';
	/** The fields of the first columns, so that a spreadsheet keeps its columns from run to run. */
	order?: readonly string[];
	/** Only the ID and these fields; all when left out. */
	fields?: readonly string[];
	/** Keeps text from being read as a formula. */
	escapeFormulas?: boolean;
}

/** What is added to the records of one input item. */
export interface Additions {
	/** The IDs of what the records belong to, by their names in the API. */
	owner?: IDataObject;
	/** Additional information comes out by the names of these fields; as it is when left out. */
	studioFields?: StudioFields;
}

const SEPARATOR = '_';
/** The largest text that a cell of Excel takes ("Excel specifications and limits"). */
const MAX_CELL_LENGTH = 32_767;
const CUT_MARK = '… [cut]';
/** Spreadsheets take a text that begins like this for a formula (OWASP, "CSV Injection"). */
const FORMULA_START = /^[=+\-@\t\r]/;
/** A number or a phone number, which is not dangerous although it begins with a sign. */
const NUMBER_LIKE = /^[+-][\d\s().,/-]*$/;
const MAX_NUMBER_LENGTH = 40;
/** The length of a date, which the time follows. */
const DATE_LENGTH = '2022-06-15'.length;
/** Spreadsheets cannot read the zone in `2022-06-15T23:59:59.999+02:00[Europe/Berlin]`. */
const ZONED_DATE_TIME = /^(\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)\[[^\]]+\]$/;
const ZERO_MILLISECONDS = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\.000(?=Z|[+-])/;

/** @returns whether an answer has no data: no content, or an object with at most `success: "true"` */
export function isEmptyAnswer(body: unknown): boolean {
	if (body === null || body === undefined) return true;
	if (typeof body === 'string') return body.trim() === '';
	if (!isObject(body)) return false;
	const { success, ...others } = body;
	return Object.keys(others).length === 0 && String(success) !== 'false';
}

/**
 * @param records the records of one input item; in flat mode all of them get the same columns
 * @returns one object for each record; a record that is not an object becomes `{ value }`
 */
export function shapeRecords(
	records: unknown[],
	shape: OutputShape,
	{ owner = {}, studioFields }: Additions = {},
): IDataObject[] {
	const chosen = chooseFields(records.map(asObject), shape, owner);
	const owned =
		Object.keys(owner).length > 0 ? chosen.map((one) => ({ ...owner, ...one })) : chosen;
	if (shape.mode === 'flat') return flatten(owned, shape, { owner, studioFields });
	return studioFields ? owned.map((record) => studioFields.asObject(record)) : owned;
}

/** @returns whether the additional information of a record comes out */
export function hasAdditionalInformation(records: unknown[], shape: OutputShape): boolean {
	if (shape.mode === 'simplified' && shape.paths) return false;
	if ('fields' in shape && shape.fields && !shape.fields.includes(ASSIGNMENTS)) return false;
	return records.some((record) => isObject(record) && Object.hasOwn(record, ASSIGNMENTS));
}

function chooseFields(
	records: IDataObject[],
	shape: OutputShape,
	owner: IDataObject,
): IDataObject[] {
	if (shape.mode === 'simplified') {
		const tree = toTree(shape.paths ?? []);
		return records.map((record) => pruneValue(record, tree) as IDataObject);
	}
	const fields = 'fields' in shape ? shape.fields : undefined;
	return fields ? records.map((record) => select(record, fields, owner)) : records;
}

function asObject(record: unknown): IDataObject {
	return isObject(record) ? record : { value: record as IDataObject[string] };
}

/** Always keeps the ID, so that a later step can find the record again. */
function select(record: IDataObject, fields: readonly string[], owner: IDataObject): IDataObject {
	const id = 'id' in record ? 'id' : Object.keys(record).find((key) => key.endsWith('Id'));
	const chosen = id === undefined || fields.includes(id) ? fields : [id, ...fields];
	return Object.fromEntries(
		chosen.map((field) => [field, own(record, field) ?? own(owner, field) ?? null]),
	);
}

/** Dotted paths as nested maps: `['id', 'term.value']` becomes `id`, and `term` with `value`. */
type Tree = Map<string, Tree>;

/** Keeps all that is below. */
const COMPLETE: Tree = new Map();

function toTree(paths: readonly string[]): Tree {
	const root: Tree = new Map();
	for (const path of paths) {
		let tree = root;
		for (const name of path.split('.')) {
			const inner: Tree = tree.get(name) ?? new Map();
			tree.set(name, inner);
			tree = inner;
		}
	}
	return root;
}

function prune(record: IDataObject, tree: Tree): IDataObject {
	const kept: IDataObject = {};
	for (const name of tree.size === 0 ? Object.keys(record) : tree.keys()) {
		if (!Object.hasOwn(record, name)) continue;
		setOwn(kept, name, pruneValue(record[name], tree.get(name) ?? COMPLETE));
	}
	return kept;
}

function pruneValue(value: unknown, tree: Tree): IDataObject[string] {
	if (typeof value === 'string') {
		return mayBeDateTime(value)
			? value.replace(ZONED_DATE_TIME, '$1').replace(ZERO_MILLISECONDS, '$1')
			: value;
	}
	if (Array.isArray(value)) return value.map((one) => pruneValue(one, tree)) as IDataObject[];
	return isObject(value) ? prune(value, tree) : (value as IDataObject[string]);
}

/** Every text goes through this. It takes a tenth of the time of the regular expressions. */
function mayBeDateTime(text: string): boolean {
	return text[DATE_LENGTH] === 'T';
}

function flatten(
	records: IDataObject[],
	{ order = [], escapeFormulas = false }: FlatShape,
	{ owner = {}, studioFields }: Additions,
): IDataObject[] {
	const named = studioFields?.apartFrom(namesIn(records, order));
	const columns = new Columns([
		...Object.keys(owner),
		...order.flatMap((field) => (field === ASSIGNMENTS && named ? named.names : field)),
	]);
	const rows = records.map((record) => {
		const row: Row = [];
		flattenInto(row, columns, record, columns.root, named);
		if (named && !Object.hasOwn(record, ASSIGNMENTS)) {
			flattenInto(row, columns, named.valuesIn([]), columns.root);
		}
		return row;
	});
	const inOrder = columns.inOrder();
	return rows.map((row) => toObject(row, inOrder, escapeFormulas));
}

function namesIn(records: readonly IDataObject[], order: readonly string[]): Set<string> {
	const names = new Set(order);
	for (const record of records) {
		for (const name of Object.keys(record)) names.add(name);
	}
	return names;
}

/** The cells of one record by the index of their column. */
type Row = Array<IDataObject[string]>;

function toObject(row: Row, columns: readonly Column[], escapeFormulas: boolean): IDataObject {
	const object: IDataObject = {};
	for (const { index, name } of columns) {
		setOwn(object, name, finishCell(row[index] ?? null, escapeFormulas));
	}
	return object;
}

function finishCell(value: IDataObject[string], escapeFormulas: boolean): IDataObject[string] {
	if (typeof value !== 'string') return value;
	const text = escapeFormulas && isFormula(value) ? `'${value}` : value;
	if (text.length <= MAX_CELL_LENGTH) return text;
	const end = MAX_CELL_LENGTH - CUT_MARK.length;
	// Half an emoji is not text.
	return text.slice(0, end).replace(/[\ud800-\udbff]$/, '') + CUT_MARK;
}

function isFormula(text: string): boolean {
	if (!FORMULA_START.test(text)) return false;
	return text.length > MAX_NUMBER_LENGTH || !NUMBER_LIKE.test(text);
}

/** @param named the fields that take the place of the list of additional information */
function flattenInto(
	row: Row,
	columns: Columns,
	record: IDataObject,
	parent: Column,
	named?: StudioFields,
): void {
	for (const key of Object.keys(record)) {
		const value = record[key];
		if (named && key === ASSIGNMENTS) {
			flattenInto(row, columns, named.valuesIn(value), parent);
			continue;
		}
		const column = columns.at(parent, key);
		if (isObject(value)) {
			flattenInto(row, columns, value, column);
		} else {
			columns.fill(column, value !== null);
			row[column.index] = cell(value);
		}
	}
}

function cell(value: unknown): IDataObject[string] {
	if (typeof value === 'string') {
		return mayBeDateTime(value) ? value.replace(ZONED_DATE_TIME, '$1') : value;
	}
	if (typeof value === 'number' || typeof value === 'boolean') return value;
	if (!Array.isArray(value)) return null;
	const isPlain = value.every((entry) => typeof entry !== 'object' || entry === null);
	return isPlain
		? value.map((entry) => String(cell(entry) ?? '')).join(', ')
		: JSON.stringify(value);
}

/** A field at some depth of the records: a column of its own, the parent of columns, or both. */
interface Column {
	/** Where it is in a record, such as `['address', 'city']`. */
	path: readonly string[];
	/** Unique among all columns. */
	name: string;
	/** Among all columns; -1 until some record has null or a value here that is not an object. */
	index: number;
	rank: number;
	/** Some record has a value here. */
	hasValue: boolean;
	children: Map<string, Column>;
}

/** Columns in the given order of fields. Other fields follow in the order of their first appearance. */
class Columns {
	readonly root: Column = column([], 0);

	private readonly all: Column[] = [];

	private readonly ranks: ReadonlyMap<string, number>;

	constructor(order: readonly string[]) {
		this.ranks = new Map(order.map((field, rank) => [field, rank]));
	}

	/** Finds or adds the field of a record, or of an object in it. */
	at(parent: Column, key: string): Column {
		const known = parent.children.get(key);
		if (known) return known;
		const isField = parent === this.root;
		const rank = isField ? (this.ranks.get(key) ?? this.ranks.size) : parent.rank;
		const added = column([...parent.path, key], rank);
		parent.children.set(key, added);
		return added;
	}

	/** Makes a field a column of its own. */
	fill(column: Column, hasValue: boolean): void {
		column.hasValue ||= hasValue;
		if (column.index < 0) column.index = this.all.push(column) - 1;
	}

	/** Names the columns. Leaves out fields that are objects in some records and null in the others. */
	inOrder(): Column[] {
		const kept = this.all.filter(({ hasValue, children }) => hasValue || children.size === 0);
		nameColumns(kept);
		kept.sort((one, other) => one.rank - other.rank);
		return kept;
	}
}

/**
 * `address.city` becomes `address_city`. If two columns have one name, the field that is less deep keeps
 * it and the other gets a number, whatever the order in which the records came.
 */
function nameColumns(columns: readonly Column[]): void {
	const taken = new Set<string>();
	const byDepth = [...columns].sort(
		(one, other) =>
			one.path.length - other.path.length ||
			compareText(one.path.join('\0'), other.path.join('\0')),
	);
	for (const column of byDepth) {
		const plain = column.path.join(SEPARATOR);
		column.name = plain;
		for (let count = 2; taken.has(column.name); count++) {
			column.name = `${plain}${SEPARATOR}${count}`;
		}
		taken.add(column.name);
	}
}

function compareText(one: string, other: string): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}

function column(path: readonly string[], rank: number): Column {
	return { path, name: '', index: -1, rank, hasValue: false, children: new Map() };
}
