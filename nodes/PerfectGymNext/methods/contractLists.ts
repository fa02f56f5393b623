/** Lists of contracts, idle periods, modules and reasons to pick from. */

import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { contractItem, contractRecords, contractsOf, findCustomers } from './customerLists';
import { asRecords, chosenId, matching, read, textOf } from './lists';

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

async function searchCustomerContracts(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return { results: matching(await contractsOf(this), filter) };
}

async function searchCancelationReasons(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const template = '/v1/memberships/self-service/contract-cancelation-reasons';
	const reasons = asRecords(await read(this, 'getContractCancelationReasonData', template));
	const items = reasons.map(({ cancelationReasonId, cancelationReasonName }) => ({
		name: textOf(cancelationReasonName),
		value: textOf(cancelationReasonId),
	}));
	return { results: matching(items, filter) };
}

async function searchIdlePeriods(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const template = '/v1/memberships/{contractId}/self-service/idle-periods';
	const lists = (await read(this, 'getIdlePeriods', template)) as IDataObject;
	const periods = [lists.currentAndUpcomingIdlePeriods, lists.pastIdlePeriods].flatMap(asRecords);
	return { results: matching(periods.map(idlePeriodItem), filter) };
}

async function searchIdlePeriodReasons(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const template = '/v1/memberships/{contractId}/self-service/idle-periods/config';
	const config = (await read(this, 'getIdlePeriodConfig', template)) as IDataObject;
	const items = asRecords(config.idlePeriodReasons).map(({ id, name, documentRequired }) => ({
		name: documentRequired === true ? `${textOf(name)} (needs a document)` : textOf(name),
		value: textOf(id),
	}));
	return { results: matching(items, filter) };
}

async function searchPurchasableModules(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const items = (await purchasableModules(this)).map(({ id, name, termInformation }) => {
		const term = termOf((termInformation as IDataObject | undefined)?.term);
		return { name: [textOf(name), term].filter(Boolean).join(', '), value: textOf(id) };
	});
	return { results: matching(items, filter) };
}

async function searchModulePaymentFrequencies(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const chosen = chosenId(this, 'additionalModuleId');
	const modules = await purchasableModules(this);
	const module = modules.find(({ id }) => textOf(id) === chosen);
	const items = asRecords(module?.paymentFrequencies)
		.filter(({ id }) => textOf(id) !== '')
		.map(frequencyItem);
	return { results: matching(items, filter) };
}

/**
 * Modules of the chosen contract. The API returns them only with the contracts of a customer, so the
 * user searches for the customer.
 */
async function searchModuleContracts(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const chosen = chosenId(this, 'contractId');
	const customers = await findCustomers(this, filter?.trim() ?? '');
	for (let start = 0; start < customers.length; start += MAX_CONCURRENT_CUSTOMERS) {
		const batch = customers.slice(start, start + MAX_CONCURRENT_CUSTOMERS);
		const lists = await Promise.all(
			batch.map(async ({ id }) => await contractRecords(this, textOf(id))),
		);
		const contract = lists.flat().find(({ id }) => textOf(id) === chosen);
		if (contract) return { results: asRecords(contract.moduleContracts).map(contractItem) };
	}
	return { results: [] };
}

async function purchasableModules(context: ILoadOptionsFunctions): Promise<IDataObject[]> {
	const template = '/v1/memberships/{contractId}/self-service/additional-modules/purchasable';
	return asRecords(await read(context, 'getPurchasableAdditionalModules', template));
}

function idlePeriodItem(period: IDataObject): INodeListSearchItems {
	const { id, startDate, endDate, unlimited, idlePeriodReason, state } = period;
	const isEndless = unlimited === true || ENDLESS.test(textOf(endDate));
	const days = isEndless
		? `From ${textOf(startDate)}`
		: `${textOf(startDate)} to ${textOf(endDate)}`;
	const reason = textOf((idlePeriodReason as IDataObject | undefined)?.name);
	const status = state === 'PENDING_VERIFICATION' ? 'waits for the studio' : '';
	return { name: [days, reason, status].filter(Boolean).join(', '), value: textOf(id) };
}

/** For example "Recurring, every 1 month, 19.9 EUR". */
function frequencyItem({ id, type, term, price }: IDataObject): INodeListSearchItems {
	const every = termOf(term);
	const { amount, currency } = (price ?? {}) as IDataObject;
	const sum = [textOf(amount), textOf(currency)].filter(Boolean).join(' ');
	const name = [FREQUENCIES[textOf(type)] ?? textOf(type), every && `every ${every}`, sum];
	return { name: name.filter(Boolean).join(', '), value: textOf(id) };
}

/** @returns for example "1 month" or "6 weeks" */
function termOf(term: unknown): string {
	const { value, unit } = (term ?? {}) as IDataObject;
	if (value === undefined || unit === undefined) return '';
	return `${textOf(value)} ${textOf(unit).toLowerCase()}${value === 1 ? '' : 's'}`;
}

/** List searches, by the names that the parameters use in `searchListMethod`. */
export const contractLists = {
	searchCancelationReasons,
	searchCustomerContracts,
	searchIdlePeriodReasons,
	searchIdlePeriods,
	searchModuleContracts,
	searchModulePaymentFrequencies,
	searchPurchasableModules,
};
