import type { DebtCollectionUpdate, Money, OnlineOfferPurchase, TaxExport } from './records.cts';

type ReportedDebtor = DebtCollectionUpdate['debtors'][number];

/** The state of a studio that does not belong to its customer records. */
export class Books {
	/** The debt collection runs with a transfer that the agency confirmed. */
	readonly confirmedRuns = new Set<number>();
	/** The latest reported state of each debtor's cases, by debtor id. */
	readonly reportedDebtors = new Map<string, ReportedDebtor>();
	/** The tax advisor exports, by id. */
	readonly exports = new Map<number, TaxExport>();
	/** The payments through the API, by customer id. */
	readonly payments = new Map<number, Money[]>();
	/** The online purchases through the API, by customer id. */
	readonly purchases = new Map<number, OnlineOfferPurchase[]>();
	/** The ids of the devices that were activated through the API. */
	readonly activeDevices = new Set<number>();
	/** Check-ins minus check-outs through the API. */
	visitors = 0;
}
