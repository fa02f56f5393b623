/** The lists from which a user picks a configuration. */

import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { trialOfferConfigurations } from './bookingLists';
import { matching } from './lists';
import { membershipSwitchConfigurations } from './membershipLists';

/** Of trial offers or of membership switches, as the operation wants. */
async function searchConfigurations(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const isTrial = this.getCurrentNodeParameter('operation') === 'getTrialOfferConfig';
	const items = isTrial
		? await trialOfferConfigurations(this)
		: await membershipSwitchConfigurations(this);
	return { results: matching(items, filter) };
}

export const configurationLists = { searchConfigurations };
