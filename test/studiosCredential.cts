/** The data of a credential of many studios. */

import type { IDataObject } from 'n8n-workflow';

/** What `studiosCredential` returns: each studio in a place of its own. */
export interface StudiosCredential {
	studios: Record<string, IDataObject>;
	[key: string]: IDataObject;
}

/** Puts studios into the places of the credential, the first into `studio1`. */
export function studiosCredential(studios: readonly object[]): StudiosCredential {
	const places = studios.map((studio, index) => [`studio${index + 1}`, studio] as const);
	return { studios: Object.fromEntries(places) as Record<string, IDataObject> };
}
