import type { Check, Sent } from '../../transport/declarations';

/** What must hold between the values of an operation; the rest the API says better. */
export const membershipSelfServiceChecks: Readonly<Record<string, Check>> = {
	createIdlePeriodAmendment: (sent) => idlePeriodWrong(sent, ALTERNATIVES_WHEN_NEW),
	idlePeriodUpdatePreview: (sent) => idlePeriodWrong(sent, ALTERNATIVES_WHEN_CHANGED),
	updateIdlePeriod: (sent) => idlePeriodWrong(sent, ALTERNATIVES_WHEN_CHANGED),
	validateIdlePeriodRequest: (sent) => idlePeriodWrong(sent, ALTERNATIVES_WHEN_NEW),
};

const ALTERNATIVES_WHEN_NEW = 'or turn on "Unlimited"';
const ALTERNATIVES_WHEN_CHANGED = 'give an "End Date" instead, or turn on "Unlimited"';

/** An idle period lasts for a number of units, until a day, or without an end: one of the three. */
function idlePeriodWrong({ body }: Sent, alternatives: string): string | undefined {
	if (Array.isArray(body) || !body) return undefined;
	const { startDate, termValue, temporalUnit, unlimited, endDate } = body;
	const hasTerm = isGiven(termValue) || isGiven(temporalUnit);
	if (unlimited === true) {
		if (isGiven(endDate)) return '"End Date" and "Unlimited" exclude each other: choose one';
		return hasTerm ? '"Duration" and "Unlimited" exclude each other: choose one' : undefined;
	}
	if (isGiven(endDate)) {
		if (hasTerm) return '"End Date" and "Duration" exclude each other: choose one';
		return String(endDate) < String(startDate) ? '"End Date" is before "Start Date"' : undefined;
	}
	if (!isGiven(termValue)) return `"Duration" is missing: give one, ${alternatives}`;
	return isGiven(temporalUnit) ? undefined : '"Duration Unit" is missing';
}

/** In a body that was entered as JSON, null stands for nothing. */
function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null;
}
