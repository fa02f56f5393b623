/** Lists of contracts, membership offers and online offers to pick from. */

import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { asRecords, chosenId, listIn, matching, nextOffset, read, textOf } from './lists';

const OFFERS_PER_PAGE = 100;

async function searchMembershipOffers(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const items = (await membershipOffers(this)).map(({ id, name }) => item(id, textOf(name)));
	return { results: matching(withUniqueNames(items), filter) };
}

/** All terms of all offers, so that the user does not have to choose an offer first. */
async function searchOfferTerms(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return { results: matching(termsOf(await membershipOffers(this)), filter) };
}

/** The terms of the offers in the chosen switch configuration. */
async function searchSwitchOfferTerms(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const operation = 'getMembershipSwitchConfigurationForCustomer';
	const template = '/v1/memberships/{customerId}/membership-switch/configs/{configId}';
	const ids = { configId: chosenId(this, 'switchConfigId') };
	const configuration = (await read(this, operation, template, { ids })) as IDataObject;
	const offers = asRecords(configuration.destinationMembershipOffers);
	return { results: matching(termsOf(offers), filter) };
}

async function searchSourceContracts(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const template = '/v1/customers/{customerId}/contracts';
	const contracts = asRecords(await read(this, 'getCustomersContracts', template));
	const items = contracts.map(({ id, rateName, startDate, endDate }) =>
		item(id, `${textOf(rateName)}, ${textOf(startDate)} to ${textOf(endDate)}`),
	);
	return { results: matching(withUniqueNames(items), filter) };
}

async function searchOnlineOffers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const query = {
		sliceSize: OFFERS_PER_PAGE,
		...(paginationToken && { offset: paginationToken }),
	};
	const template = '/v1/online-offers/purchasable';
	const chunk = await read(this, 'getPurchasableOnlineOffers', template, { query });
	const items = listIn(chunk).map(({ onlineOfferId, name, price }) => {
		const parts = [textOf(name) || textOf(onlineOfferId), money(price)];
		return item(onlineOfferId, parts.filter(Boolean).join(', '));
	});
	return {
		results: matching(withUniqueNames(items), filter),
		paginationToken: nextOffset(chunk, paginationToken),
	};
}

/**
 * @returns an item for each configuration with which the chosen customer can switch memberships
 * @throws n8n's error, with a message for users
 */
export async function membershipSwitchConfigurations(
	context: ILoadOptionsFunctions,
): Promise<INodeListSearchItems[]> {
	const operation = 'getMembershipSwitchConfigurationsForCustomer';
	const template = '/v1/memberships/{customerId}/membership-switch/configs';
	const configurations = asRecords(await read(context, operation, template));
	return withUniqueNames(configurations.map(({ id, name }) => item(id, textOf(name))));
}

async function membershipOffers(context: ILoadOptionsFunctions): Promise<IDataObject[]> {
	const template = '/v1/memberships/membership-offers';
	return asRecords(await read(context, 'getMembershipOffers', template));
}

/** For example "Basic: 12 months, 29.9 EUR, Every month". */
function termsOf(offers: IDataObject[]): INodeListSearchItems[] {
	const items = offers.flatMap(({ name, terms }) =>
		asRecords(terms).map(({ id, term, paymentFrequency }) => {
			const { price, formattedPaymentFrequency } = (paymentFrequency ?? {}) as IDataObject;
			const parts = [duration(term), money(price), textOf(formattedPaymentFrequency)];
			return item(id, `${textOf(name)}: ${parts.filter(Boolean).join(', ')}`);
		}),
	);
	return withUniqueNames(items);
}

/** @returns for example "12 months" or "1 year"; empty for an offer without an end */
function duration(term: unknown): string {
	const { value, unit } = (term ?? {}) as IDataObject;
	if (!textOf(value)) return '';
	return `${textOf(value)} ${textOf(unit).toLowerCase()}${value === 1 ? '' : 's'}`;
}

function money(price: unknown): string {
	const { amount, currency } = (price ?? {}) as IDataObject;
	return textOf(amount) && `${textOf(amount)} ${textOf(currency)}`.trim();
}

function item(id: unknown, name: string): INodeListSearchItems {
	return { name: name || textOf(id), value: textOf(id) };
}

/** Adds the ID to names that several items share. */
function withUniqueNames(items: INodeListSearchItems[]): INodeListSearchItems[] {
	const counts = new Map<string, number>();
	for (const { name } of items) counts.set(name, (counts.get(name) ?? 0) + 1);
	return items.map(({ name, value }) => ({
		name: counts.get(name) === 1 ? name : `${name} (${value})`,
		value,
	}));
}

/** List searches, by the names that the parameters use in `searchListMethod`. */
export const membershipLists = {
	searchMembershipOffers,
	searchOfferTerms,
	searchOnlineOffers,
	searchSourceContracts,
	searchSwitchOfferTerms,
};
