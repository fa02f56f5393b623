/** The lists from which a user picks memberships and offers. */

import type { ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';

/** The configurations by which the chosen customer can switch the membership. */
export async function membershipSwitchConfigurations(
	_context: ILoadOptionsFunctions,
): Promise<INodeListSearchItems[]> {
	return [];
}

export const membershipLists = {};
