import type { Check } from '../../transport/operations';

/** Checks across the values of an operation. The API reports other errors itself. */
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

/** Compares as text, which the API's dates (`YYYY-MM-DD`) allow. */
function isBefore(one: unknown, other: unknown): boolean {
	return typeof one === 'string' && typeof other === 'string' && one < other;
}
