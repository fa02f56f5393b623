/** The lists from which a user picks classes, appointments and trial offers. */

import type { ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';

/** The configurations of trial offers. */
export async function trialOfferConfigurations(
	_context: ILoadOptionsFunctions,
): Promise<INodeListSearchItems[]> {
	return [];
}

export const bookingLists = {};
