/** The lists from which a user picks memberships and offers. */

import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { asRecords, chosenId, listIn, matching, nextOffset, read, textOf } from './lists';

const OFFERS_A_PAGE = 100;

async function searchMembershipOffers(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const items = (await membershipOffers(this)).map(({ id, name }) => item(id, textOf(name)));
	return { results: matching(toldApart(items), filter) };
}

/** All terms of all offers, so that no offer has to be chosen first. */
async function searchOfferTerms(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return { results: matching(termsOf(await membershipOffers(this)), filter) };
}

/** The terms of the offers that the chosen configuration of the chosen customer leads to. */
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
	return { results: matching(toldApart(items), filter) };
}

async function searchOnlineOffers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const query = {
		sliceSize: OFFERS_A_PAGE,
		...(paginationToken && { offset: paginationToken }),
	};
	const template = '/v1/online-offers/purchasable';
	const chunk = await read(this, 'getPurchasableOnlineOffers', template, { query });
	const items = listIn(chunk).map(({ onlineOfferId, name, price }) => {
		const parts = [textOf(name) || textOf(onlineOfferId), money(price)];
		return item(onlineOfferId, parts.filter(Boolean).join(', '));
	});
	return {
		results: matching(toldApart(items), filter),
		paginationToken: nextOffset(chunk, paginationToken),
	};
}

/** The configurations by which the chosen customer can switch the membership. */
export async function membershipSwitchConfigurations(
	context: ILoadOptionsFunctions,
): Promise<INodeListSearchItems[]> {
	const operation = 'getMembershipSwitchConfigurationsForCustomer';
	const template = '/v1/memberships/{customerId}/membership-switch/configs';
	const configurations = asRecords(await read(context, operation, template));
	return toldApart(configurations.map(({ id, name }) => item(id, textOf(name))));
}

async function membershipOffers(context: ILoadOptionsFunctions): Promise<IDataObject[]> {
	const template = '/v1/memberships/membership-offers';
	return asRecords(await read(context, 'getMembershipOffers', template));
}

/** "Basic: 12 months, 29.9 EUR, Every month". */
function termsOf(offers: IDataObject[]): INodeListSearchItems[] {
	const items = offers.flatMap(({ name, terms }) =>
		asRecords(terms).map(({ id, term, paymentFrequency }) => {
			const { price, formattedPaymentFrequency } = (paymentFrequency ?? {}) as IDataObject;
			const parts = [duration(term), money(price), textOf(formattedPaymentFrequency)];
			return item(id, `${textOf(name)}: ${parts.filter(Boolean).join(', ')}`);
		}),
	);
	return toldApart(items);
}

/** "12 months", "1 year"; an offer without an end has no term. */
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

/** Adds the ID to names that several items bear. */
function toldApart(items: INodeListSearchItems[]): INodeListSearchItems[] {
	const counts = new Map<string, number>();
	for (const { name } of items) counts.set(name, (counts.get(name) ?? 0) + 1);
	return items.map(({ name, value }) => ({
		name: counts.get(name) === 1 ? name : `${name} (${value})`,
		value,
	}));
}

export const membershipLists = {
	searchMembershipOffers,
	searchOfferTerms,
	searchOnlineOffers,
	searchSourceContracts,
	searchSwitchOfferTerms,
};
