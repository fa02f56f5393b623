/** Outputs additional information, the studio's own fields, by name. The API gives IDs and texts. */

import type { IDataObject } from 'n8n-workflow';

import { isObject, setOwn } from './serialize';

/** The property of a customer that lists field IDs and values. */
export const ASSIGNMENTS = 'additionalInformationFieldAssignments';
/** Takes the place of the list. */
const BY_NAME = 'additionalInformation';

/** One field of the studio, as `GET /v1/customers/additional-information-fields` describes it. */
interface StudioField {
	/** Unique among the fields. */
	name: string;
	type: string;
	/** The names of a list's items, by ID. */
	items: ReadonlyMap<string, string>;
}

/** The fields that a studio has defined for its customers. */
export class StudioFields {
	private readonly byId = new Map<string, StudioField>();

	private readonly taken: Set<string>;

	/** The names in the order of the definitions. */
	readonly names: readonly string[];

	/**
	 * @param definitions the API's answer
	 * @param taken names that stand for other things
	 */
	constructor(
		private readonly definitions: unknown[],
		taken: Iterable<string> = [],
	) {
		this.taken = new Set(taken);
		for (const { id, name, type, listItems } of objectsIn(definitions)) {
			const items = objectsIn(listItems).map((item): [string, string] => [
				String(item.id),
				String(item.name),
			]);
			const unique = uniqueName(String(name ?? id), this.taken);
			this.taken.add(unique);
			this.byId.set(String(id), { name: unique, type: String(type), items: new Map(items) });
		}
		this.names = [...this.byId.values()].map(({ name }) => name);
	}

	/** @returns the same fields; one whose name is taken gets a number */
	apartFrom(taken: Iterable<string>): StudioFields {
		return new StudioFields(this.definitions, taken);
	}

	/** @returns the record with the object `additionalInformation` in place of the list */
	asObject(record: IDataObject): IDataObject {
		if (!Object.hasOwn(record, ASSIGNMENTS)) return record;
		const replaced: IDataObject = {};
		for (const key of Object.keys(record)) {
			if (key !== ASSIGNMENTS) setOwn(replaced, key, record[key]);
			else replaced[BY_NAME] = this.valuesIn(record[ASSIGNMENTS]);
		}
		return replaced;
	}

	/**
	 * A field that the studio has removed no longer has a name, so its ID stands in.
	 *
	 * @returns a property for each field; null for a field that is not assigned
	 */
	valuesIn(assignments: unknown): IDataObject {
		const values: IDataObject = {};
		for (const name of this.names) setOwn(values, name, null);
		for (const { additionalInformationFieldId, value } of objectsIn(assignments)) {
			const id = String(additionalInformationFieldId);
			const field = this.byId.get(id);
			const name = field?.name ?? uniqueName(`Field ${id}`, this.taken);
			setOwn(values, name, typed(value as Value, field));
		}
		return values;
	}
}

type Value = IDataObject[string];

/** The API sends every value as text. */
function typed(value: Value, field: StudioField | undefined): Value {
	if (!field || typeof value !== 'string') return value;
	if (field.type === 'LIST') return field.items.get(value) ?? value;
	if (field.type === 'BOOLEAN' && (value === 'true' || value === 'false')) return value === 'true';
	if (field.type === 'NUMERIC' && String(Number(value)) === value) return Number(value);
	return value;
}

function objectsIn(list: unknown): IDataObject[] {
	return Array.isArray(list) ? list.filter(isObject) : [];
}

function uniqueName(name: string, taken: ReadonlySet<string>): string {
	let unique = name;
	for (let count = 2; taken.has(unique); count++) unique = `${name} (${count})`;
	return unique;
}
