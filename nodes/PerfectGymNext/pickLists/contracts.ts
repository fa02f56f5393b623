/** Lists of contracts, idle periods, modules and reasons. */

import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems } from 'n8n-workflow';

import { contractItem, contractsOf, findCustomers } from './customers';
import { offered, pickList } from './pickList';
import { asRecord, asRecords, chosenId, readRecords, textOf } from './read';
import { duration, itemOf, joined, money } from './texts';

/** The number of customers whose contracts are read concurrently. */
const MAX_CONCURRENT_CUSTOMERS = 8;
/** The API returns an end date in the year 9999 for an idle period without an end. */
const ENDLESS = /^9999/;

const FREQUENCIES: Readonly<Record<string, string>> = {
	FREE: 'Free',
	MONTH_DAY: 'On certain days of the year',
	NON_RECURRING: 'Once',
	RECURRING: 'Recurring',
	TERM_BASED: 'By term',
};

async function searchModulePaymentFrequencies(this: ILoadOptionsFunctions, filter?: string) {
	const chosen = chosenId(this, 'additionalModuleId');
	const modules = await readRecords(this, 'getPurchasableAdditionalModules');
	const module = modules.find(({ id }) => textOf(id) === chosen);
	const items = asRecords(module?.paymentFrequencies)
		.filter(({ id }) => textOf(id) !== '')
		.map(frequencyItem);
	return { results: offered(items, filter) };
}

/**
 * Modules of the chosen contract. The API returns them only with the contracts of a customer, so the
 * user searches for the customer.
 */
async function searchModuleContracts(this: ILoadOptionsFunctions, filter?: string) {
	const chosen = chosenId(this, 'contractId');
	const customers = await findCustomers(this, filter?.trim() ?? '');
	for (let start = 0; start < customers.length; start += MAX_CONCURRENT_CUSTOMERS) {
		const batch = customers.slice(start, start + MAX_CONCURRENT_CUSTOMERS);
		const lists = await Promise.all(
			batch.map(async ({ id }) => await contractsOf(this, textOf(id))),
		);
		const contract = lists.flat().find(({ id }) => textOf(id) === chosen);
		if (contract) return { results: asRecords(contract.moduleContracts).map(contractItem) };
	}
	return { results: [] };
}

function idlePeriodItem(period: IDataObject): INodeListSearchItems {
	const { id, startDate, endDate, unlimited, idlePeriodReason, state } = period;
	const isEndless = unlimited === true || ENDLESS.test(textOf(endDate));
	const days = isEndless
		? `From ${textOf(startDate)}`
		: `${textOf(startDate)} to ${textOf(endDate)}`;
	const status = state === 'PENDING_VERIFICATION' ? 'waiting for the studio' : '';
	return { name: joined([days, asRecord(idlePeriodReason).name, status]), value: textOf(id) };
}

/** For example "Recurring, every 1 month, 19.9 EUR". */
function frequencyItem({ id, type, term, price }: IDataObject): INodeListSearchItems {
	const every = duration(term);
	const kind = FREQUENCIES[textOf(type)] ?? type;
	return { name: joined([kind, every && `every ${every}`, money(price)]), value: textOf(id) };
}

/** List searches, by the names that the parameters use in `searchListMethod`. */
export const contractLists = {
	searchCancelationReasons: pickList(
		'getContractCancelationReasonData',
		({ cancelationReasonId, cancelationReasonName }) =>
			itemOf(cancelationReasonId, cancelationReasonName),
	),
	searchCustomerContracts: pickList('getCustomersContracts', contractItem),
	searchIdlePeriodReasons: pickList(
		'getIdlePeriodConfig',
		({ id, name, documentRequired }) =>
			itemOf(id, documentRequired === true ? `${textOf(name)} (needs a document)` : name),
		(config) => asRecords(asRecord(config).idlePeriodReasons),
	),
	searchIdlePeriods: pickList('getIdlePeriods', idlePeriodItem, (lists) => {
		const { currentAndUpcomingIdlePeriods, pastIdlePeriods } = asRecord(lists);
		return [currentAndUpcomingIdlePeriods, pastIdlePeriods].flatMap(asRecords);
	}),
	searchModuleContracts,
	searchModulePaymentFrequencies,
	searchPurchasableModules: pickList(
		'getPurchasableAdditionalModules',
		({ id, name, termInformation }) =>
			itemOf(id, joined([name, duration(asRecord(termInformation).term)])),
	),
};
