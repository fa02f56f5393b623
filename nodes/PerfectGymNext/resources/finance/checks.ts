import { instantOf } from '../../transport/dates';
import type { Check } from '../../transport/operations';

const MAX_IDS = 50;
const MAX_EXPORT_DAYS = 90;
const MS_PER_DAY = 86_400_000;
/** UTC+14 is the time zone in which a day begins first. */
const MS_AHEAD_OF_UTC = 14 * 3_600_000;

const ID_LISTS = {
	agencyCollectionCaseId: 'Agency Case IDs',
	collectionCaseId: 'Case IDs',
	debtorId: 'Debtor IDs',
};

/** Checks across the values of an operation. The API reports other errors itself. */
export const financeChecks: Readonly<Record<string, Check>> = {
	getDebtCollectionCases({ query }) {
		for (const [name, displayName] of Object.entries(ID_LISTS)) {
			const ids = query[name];
			if (Array.isArray(ids) && ids.length > MAX_IDS) {
				return `"${displayName}" has ${ids.length} IDs, but PerfectGym Next accepts at most ${MAX_IDS} at a time`;
			}
		}
		return undefined;
	},

	createExport({ body }) {
		if (Array.isArray(body) || !body) return undefined;
		const [from, to] = [instantOf(body.fromDate), instantOf(body.toDate)];
		if (to < from) return '"To" is before "From"';
		const days = (to - from) / MS_PER_DAY;
		if (days > MAX_EXPORT_DAYS) {
			return `"From" and "To" are ${days} days apart, but PerfectGym Next exports at most ${MAX_EXPORT_DAYS} days at a time`;
		}
		return isOver(to) ? undefined : '"To" must be yesterday or earlier';
	},
};

/**
 * Whether the day is over in the time zone in which it ends first. The studio's time zone is unknown
 * here, and the check must not reject a date that the studio accepts.
 */
function isOver(day: number): boolean {
	return Number.isNaN(day) || day + MS_PER_DAY <= Date.now() + MS_AHEAD_OF_UTC;
}
