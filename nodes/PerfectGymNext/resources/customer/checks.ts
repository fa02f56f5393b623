import type { Check } from '../../transport/declarations';

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
		return isBefore(toDate, fromDate) ? '"To" is before "From"' : undefined;
	},
};

/** Dates as the API writes them, `YYYY-MM-DD`, sort as text. */
function isBefore(one: unknown, other: unknown): boolean {
	return typeof one === 'string' && typeof other === 'string' && one < other;
}
