import type { Check } from '../../transport/operations';

/** A field of a lead has one value, or a list if the field allows several. */
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

/** Checks across the values of an operation. The API reports other errors itself. */
export const leadChecks: Readonly<Record<string, Check>> = {
	createLead: hasValues,
	validateForLeadCreation: hasValues,
};
