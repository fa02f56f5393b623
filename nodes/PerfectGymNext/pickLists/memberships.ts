/** Lists of membership offers, online offers and configurations. */

import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';

import { trialOfferConfigurations } from './bookings';
import { offered, pickList } from './pickList';
import { asRecord, asRecords, chosenId, readRecord, readRecords, textOf } from './read';
import { duration, itemOf, joined, money } from './texts';

/** All terms of all offers, so that the user does not have to choose an offer first. */
async function searchOfferTerms(this: ILoadOptionsFunctions, filter?: string) {
	const offers = await readRecords(this, 'getMembershipOffers');
	return { results: offered(termsOf(offers), filter) };
}

/** The terms of the offers in the chosen switch configuration. */
async function searchSwitchOfferTerms(this: ILoadOptionsFunctions, filter?: string) {
	const ids = { configId: chosenId(this, 'switchConfigId') };
	const configuration = await readRecord(this, 'getMembershipSwitchConfigurationForCustomer', {
		ids,
	});
	const offers = asRecords(configuration.destinationMembershipOffers);
	return { results: offered(termsOf(offers), filter) };
}

/** Configurations of trial offers or of membership switches, depending on the operation. */
async function searchConfigurations(this: ILoadOptionsFunctions, filter?: string) {
	const isTrial = this.getCurrentNodeParameter('operation') === 'getTrialOfferConfig';
	const configurations = isTrial
		? await trialOfferConfigurations(this)
		: await readRecords(this, 'getMembershipSwitchConfigurationsForCustomer');
	return { results: offered(configurations.map(nameItem), filter) };
}

/** For example "Basic: 12 months, 29.9 EUR, Every month". */
function termsOf(offers: IDataObject[]): INodeListSearchItems[] {
	return offers.flatMap(({ name, terms }) =>
		asRecords(terms).map(({ id, term, paymentFrequency }) => {
			const { price, formattedPaymentFrequency } = asRecord(paymentFrequency);
			const details = joined([duration(term), money(price), formattedPaymentFrequency]);
			return itemOf(id, `${textOf(name)}: ${details}`);
		}),
	);
}

function nameItem({ id, name }: IDataObject): INodeListSearchItems {
	return itemOf(id, name);
}

/** List searches, by the names that the parameters use in `searchListMethod`. */
export const membershipLists = {
	searchConfigurations,
	searchMembershipOffers: pickList('getMembershipOffers', nameItem),
	searchOfferTerms,
	searchOnlineOffers: pickList('getPurchasableOnlineOffers', ({ onlineOfferId, name, price }) =>
		itemOf(onlineOfferId, joined([textOf(name) || onlineOfferId, money(price)])),
	),
	searchSourceContracts: pickList('getCustomersContracts', ({ id, rateName, startDate, endDate }) =>
		itemOf(id, `${textOf(rateName)}, ${textOf(startDate)} to ${textOf(endDate)}`),
	),
	searchSwitchOfferTerms,
};
