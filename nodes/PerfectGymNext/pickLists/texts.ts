/** Names of records, as lists show them. */

import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';

import { asRecord, textOf } from './read';

/** @returns an item with this name, or with the ID if the record has no name */
export function itemOf(id: unknown, name: unknown): INodeListSearchItems {
	return { name: textOf(name) || textOf(id), value: textOf(id) };
}

/** @returns the parts that are not empty, with a separator in between */
export function joined(parts: unknown[], separator = ', '): string {
	return parts.map(textOf).filter(Boolean).join(separator);
}

/** @returns the full name of a person, or the ID when the person has no name */
export function personName({ firstName, lastName, id }: IDataObject): string {
	return joined([firstName, lastName], ' ') || textOf(id);
}

/** @returns for example "29.9 EUR", or an empty text */
export function money(price: unknown): string {
	const { amount, currency } = asRecord(price);
	return textOf(amount) && joined([amount, currency], ' ');
}

/** @returns for example "12 months" or "1 year", or an empty text */
export function duration(term: unknown): string {
	const { value, unit } = asRecord(term);
	if (!textOf(value)) return '';
	return joined([value, `${textOf(unit).toLowerCase()}${value === 1 ? '' : 's'}`], ' ');
}
