/** The list of the studios in the credential to pick from. */

import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { UserInputError } from '../transport/errors';
import { toNodeError } from '../transport/nodeErrors';
import { readStudios } from '../transport/studio';
import { matching } from './lists';

/**
 * @returns the studios' names from the credential, without a request
 * @throws n8n's error when the credential has no studios
 */
export async function searchConfiguredStudios(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const studios = await readStudios(this);
	const names = studios.map(({ name }) => name).filter((name) => name !== '');
	if (names.length === 0) {
		const error = new UserInputError('The credential has no studios', 'Open it and add one.');
		throw toNodeError(this.getNode(), error, undefined);
	}
	const items = names.map((name) => ({ name, value: name }));
	return { results: matching(items, filter) };
}
