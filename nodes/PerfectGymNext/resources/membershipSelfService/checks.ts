import { isBefore } from '../../transport/dates';
import type { Check, SentValues } from '../../transport/operations';

/** Checks across the values of an operation. The API reports other errors itself. */
export const membershipSelfServiceChecks: Readonly<Record<string, Check>> = {
	createIdlePeriodAmendment: (sent) => findIdlePeriodError(sent, ALTERNATIVES_WHEN_NEW),
	idlePeriodUpdatePreview: (sent) => findIdlePeriodError(sent, ALTERNATIVES_WHEN_CHANGED),
	updateIdlePeriod: (sent) => findIdlePeriodError(sent, ALTERNATIVES_WHEN_CHANGED),
	validateIdlePeriodRequest: (sent) => findIdlePeriodError(sent, ALTERNATIVES_WHEN_NEW),
};

const ALTERNATIVES_WHEN_NEW = 'or turn on "Unlimited"';
const ALTERNATIVES_WHEN_CHANGED = 'enter an "End Date" instead, or turn on "Unlimited"';

/**
 * An idle period has exactly one of these: a duration, an end date, or no end.
 *
 * @returns the error message, or undefined
 */
function findIdlePeriodError({ body }: SentValues, alternatives: string): string | undefined {
	if (Array.isArray(body) || !body) return undefined;
	const { startDate, termValue, temporalUnit, unlimited, endDate } = body;
	const hasTerm = isGiven(termValue) || isGiven(temporalUnit);
	if (unlimited === true) {
		if (isGiven(endDate)) return '"End Date" and "Unlimited" cannot be used together: choose one';
		return hasTerm ? '"Duration" and "Unlimited" cannot be used together: choose one' : undefined;
	}
	if (isGiven(endDate)) {
		if (hasTerm) return '"End Date" and "Duration" cannot be used together: choose one';
		return isBefore(endDate, startDate) ? '"End Date" is before "Start Date"' : undefined;
	}
	if (!isGiven(termValue)) return `"Duration" is missing: enter one, ${alternatives}`;
	return isGiven(temporalUnit) ? undefined : '"Duration Unit" is missing';
}

/** In a body that the user enters as JSON, null means no value. */
function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null;
}
