/** The ways to choose a record, for the `modes` of a resource locator. */

import type { INodePropertyMode } from 'n8n-workflow';

/** How a person enters an ID. */
interface IdEntry {
	/** An ID as the API has them, for the placeholder. */
	example: string;
	/** What the ID is called where anything but digits is refused, such as "A customer ID". */
	digitsOnly?: string;
	/** The list is empty until a person has entered a text to search for. */
	searchFirst?: boolean;
}

// Apart from the types: n8n's linter would take whole modes for parameters, which need a default.
const FROM_LIST = { displayName: 'From List', name: 'list' };
const BY_ID = { displayName: 'By ID', name: 'id' };

/** @returns the mode that takes an ID */
export function byId({ example, digitsOnly }: IdEntry): INodePropertyMode[] {
	const mode: INodePropertyMode = { ...BY_ID, type: 'string', placeholder: `e.g. ${example}` };
	if (digitsOnly === undefined) return [mode];
	const errorMessage = `${digitsOnly} can only contain digits`;
	return [
		{ ...mode, validation: [{ type: 'regex', properties: { regex: '^\\d+$', errorMessage } }] },
	];
}

/**
 * @param searchListMethod the pick list, by its name in the node's `methods.listSearch`
 * @returns the mode with a list to choose from, and the mode that takes an ID
 */
export function fromListOrById(searchListMethod: string, entry: IdEntry): INodePropertyMode[] {
	const search = { searchListMethod, searchable: true };
	const typeOptions = entry.searchFirst ? { ...search, searchFilterRequired: true } : search;
	return [{ ...FROM_LIST, type: 'list', typeOptions }, ...byId(entry)];
}
