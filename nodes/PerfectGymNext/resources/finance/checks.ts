import type { Check } from '../../transport/declarations';

const MOST_IDS = 50;
const LONGEST_EXPORT_DAYS = 90;
const MS_PER_DAY = 86_400_000;
/** In UTC+14 a day begins first. */
const MS_AHEAD_OF_UTC = 14 * 3_600_000;

const ID_LISTS = {
	agencyCollectionCaseId: 'Agency Case IDs',
	collectionCaseId: 'Case IDs',
	debtorId: 'Debtor IDs',
};

/** What must hold between the values of an operation; the rest the API says better. */
export const financeChecks: Readonly<Record<string, Check>> = {
	getDebtCollectionCases({ query }) {
		for (const [name, displayName] of Object.entries(ID_LISTS)) {
			const ids = query[name];
			if (Array.isArray(ids) && ids.length > MOST_IDS) {
				return `"${displayName}" has ${ids.length} IDs, but PerfectGym Next takes at most ${MOST_IDS} at a time`;
			}
		}
		return undefined;
	},

	createExport({ body }) {
		if (Array.isArray(body) || !body) return undefined;
		const [from, to] = [Date.parse(String(body.fromDate)), Date.parse(String(body.toDate))];
		if (to < from) return '"To" is before "From"';
		const days = (to - from) / MS_PER_DAY;
		if (days > LONGEST_EXPORT_DAYS) {
			return `"From" and "To" are ${days} days apart, but PerfectGym Next exports at most ${LONGEST_EXPORT_DAYS} at a time`;
		}
		return isOver(to) ? undefined : '"To" must be yesterday or earlier';
	},
};

/**
 * Whether the day is over at least where it ends first. In which zone the studio is nobody says here,
 * and a date that the studio would take must not be refused.
 */
function isOver(day: number): boolean {
	return Number.isNaN(day) || day + MS_PER_DAY <= Date.now() + MS_AHEAD_OF_UTC;
}
