import type { Check } from '../../transport/declarations';

const LONGEST_HISTORY_DAYS = 365;
const MS_PER_DAY = 86_400_000;

/** What must hold between the values of an operation; the rest the API says better. */
export const customerChecks: Readonly<Record<string, Check>> = {
	setAccessRestriction({ body }) {
		if (Array.isArray(body) || !body) return undefined;
		const { startDate, endDate } = body;
		if ((startDate === undefined) !== (endDate === undefined)) {
			return `"${startDate === undefined ? 'Start Date' : 'End Date'}" is missing: a restriction has both dates or none`;
		}
		return isBefore(endDate, startDate) ? '"End Date" is before "Start Date"' : undefined;
	},

	getCustomersCheckinHistory({ query: { fromDate, toDate } }) {
		if (isBefore(toDate, fromDate)) return '"To" is before "From"';
		const days = (Date.parse(String(toDate)) - Date.parse(String(fromDate))) / MS_PER_DAY;
		if (days > LONGEST_HISTORY_DAYS) {
			return `"From" and "To" are ${days} days apart, but PerfectGym Next gives at most ${LONGEST_HISTORY_DAYS} at a time`;
		}
		return undefined;
	},
};

/** Dates as the API writes them, `YYYY-MM-DD`, sort as text. */
function isBefore(one: unknown, other: unknown): boolean {
	return typeof one === 'string' && typeof other === 'string' && one < other;
}
