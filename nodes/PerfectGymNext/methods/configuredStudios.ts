/** The list from which a user picks one of many studios. */

import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { toNodeError } from '../transport/errors';
import { RequestFault } from '../transport/fault';
import { readStudios } from '../transport/studio';
import { matching } from './lists';

/** @returns the names in the credential: nothing is asked */
export async function searchConfiguredStudios(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const studios = await readStudios(this);
	const names = studios.map(({ name }) => name).filter((name) => name !== '');
	if (names.length === 0) {
		const fault = new RequestFault('The credential has no studios', 'Open it and add one.');
		throw toNodeError(this.getNode(), fault, undefined);
	}
	const items = names.map((name) => ({ name, value: name }));
	return { results: matching(items, filter) };
}
