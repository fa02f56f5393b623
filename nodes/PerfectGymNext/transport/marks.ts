/**
 * Marks for declarations: what n8n's notation has no word for. They are `typeOptions`, which n8n passes
 * over, and `serialize` reads them.
 */

import type { INodeProperties, INodePropertyTypeOptions } from 'n8n-workflow';

interface MarkedOptions extends INodePropertyTypeOptions {
	holds?: 'ids' | 'textIds' | 'name';
	minFields?: number;
	rowNames?: RowNames;
}

/** What the API calls the field and the value of a mapped column. */
export interface RowNames {
	field: string;
	value: string;
}

/** For a text list of IDs that are numbers. A row can take several, with commas. */
export const ofIds: MarkedOptions = { multipleValueButtonText: 'Add ID', holds: 'ids' };

/** For a text list of IDs that the API has as text, such as UUIDs. A row can take several too. */
export const ofTextIds: MarkedOptions = { multipleValueButtonText: 'Add ID', holds: 'textIds' };

/** For a resource locator of records that have a name and no ID. A name of digits stays text. */
export const nameLocator: MarkedOptions = { holds: 'name' };

/** For a collection that needs at least one field. */
export const needsField: MarkedOptions = { minFields: 1 };

/** For a column mapper whose columns go out as a list of rows. @param rowNames the properties of a row */
export function mapsToRows(rowNames: RowNames): Pick<MarkedOptions, 'rowNames'> {
	return { rowNames };
}

/** @returns the properties of the rows that a column mapper sends */
export function rowNamesOf(parameter: INodeProperties): RowNames {
	return marksOf(parameter).rowNames ?? { field: 'field', value: 'value' };
}

/** @returns whether a list holds IDs that go out as numbers */
export function holdsIds(parameter: INodeProperties): boolean {
	return marksOf(parameter).holds === 'ids';
}

/** @returns whether a row of a list can take several entries, because none of them has a comma */
export function splitsRows(parameter: INodeProperties): boolean {
	const { holds } = marksOf(parameter);
	return holds === 'ids' || holds === 'textIds';
}

/** @returns whether a resource locator takes names */
export function holdsName(parameter: INodeProperties): boolean {
	return marksOf(parameter).holds === 'name';
}

/** @returns whether a collection must not be empty */
export function requiresField(parameter: INodeProperties): boolean {
	return (marksOf(parameter).minFields ?? 0) > 0;
}

function marksOf({ typeOptions = {} }: INodeProperties): MarkedOptions {
	return typeOptions;
}
