/** The list of configurations to pick from. */

import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { trialOfferConfigurations } from './bookingLists';
import { matching } from './lists';
import { membershipSwitchConfigurations } from './membershipLists';

/** Configurations of trial offers or of membership switches, depending on the operation. */
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

/** List searches, by the names that the parameters use in `searchListMethod`. */
export const configurationLists = { searchConfigurations };
