import type { Check } from '../../transport/declarations';

/** A field of a lead holds one value or, where several can be chosen, a list of them. */
const hasValues: Check = ({ body }) => {
	const rows = Array.isArray(body) ? undefined : body?.additionalInformation;
	if (!Array.isArray(rows)) return undefined;
	const isBare = rows.some(
		(row) => row instanceof Object && !('value' in row) && !('values' in row),
	);
	return isBare
		? 'A field of "Additional Information" has neither "Value" nor "Values"'
		: undefined;
};

/** What must hold between the values of an operation; the rest the API says better. */
export const leadChecks: Readonly<Record<string, Check>> = {
	createLead: hasValues,
	validateForLeadCreation: hasValues,
};
