import { isBefore } from '../../transport/dates';
import type { Check } from '../../transport/operations';

/** For a check-in history: the days in their order. */
export const checkDays: Check = ({ query: { fromDate, toDate } }) =>
	isBefore(toDate, fromDate) ? '"To" is before "From"' : undefined;

/** What must hold between the values of an operation. */
export const customerChecks: Readonly<Record<string, Check>> = {
	setAccessRestriction({ body }) {
		if (Array.isArray(body) || !body) return undefined;
		const { startDate, endDate } = body;
		if ((startDate === undefined) !== (endDate === undefined)) {
			return `"${startDate === undefined ? 'Start Date' : 'End Date'}" is missing: a restriction has both dates or none`;
		}
		return isBefore(endDate, startDate) ? '"End Date" is before "Start Date"' : undefined;
	},

	getCustomersCheckinHistory: checkDays,
};
