/** Offers the studio's own fields as columns. */

import type {
	FieldType,
	IDataObject,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { own } from '../transport/serialize';
import { asRecords, readRecords, textOf } from './read';

/** The columns of n8n's mapper for the types of fields; others are texts. */
const TYPES: Readonly<Record<string, FieldType>> = {
	BOOLEAN: 'boolean',
	DATE: 'dateTime',
	LIST: 'options',
	NUMERIC: 'number',
};

/** @returns a column for each field of the studio; a field of a list offers its items by name */
export async function getAdditionalInformationColumns(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const fields = await readRecords(this, 'getAdditionalInformationFields');
	return {
		fields: fields.map(toColumn),
		emptyFieldsNotice: 'The studio has no fields for additional information.',
	};
}

function toColumn({ id, name, type, listItems }: IDataObject): ResourceMapperField {
	const column: ResourceMapperField = {
		id: textOf(id),
		displayName: textOf(name) || textOf(id),
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		// The user adds the fields to send: a switch that nobody has touched would send "false".
		removed: true,
		type: own(TYPES, String(type)) ?? 'string',
	};
	if (column.type !== 'options') return column;
	const items = asRecords(listItems);
	return {
		...column,
		options: items.map((item) => ({ name: textOf(item.name), value: textOf(item.id) })),
	};
}
