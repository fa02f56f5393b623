import type { DebtCollectionUpdate, Money, OnlineOfferPurchase, TaxExport } from './records.cts';

type ReportedDebtor = DebtCollectionUpdate['debtors'][number];

/** What a studio remembers of money, devices and visitors beyond its customers. */
export class Books {
	/** The runs of debt collection whose transfer the agency has confirmed. */
	readonly confirmedRuns = new Set<number>();
	/** The latest state of each debtor's cases that an agency has reported, by debtor. */
	readonly reportedDebtors = new Map<string, ReportedDebtor>();
	/** The exports for the tax adviser, by their id. */
	readonly exports = new Map<number, TaxExport>();
	/** What each customer has paid through the API. */
	readonly payments = new Map<number, Money[]>();
	/** What each customer has bought online through the API. */
	readonly purchases = new Map<number, OnlineOfferPurchase[]>();
	/** The devices that were activated through the API. */
	readonly activeDevices = new Set<number>();
	/** How many more people are in the studio than before the first check-in through the API. */
	visitors = 0;
}
