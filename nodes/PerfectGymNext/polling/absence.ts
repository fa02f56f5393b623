/** Tells records that are gone from a list that is cut short. */

/** What a list says about records that it no longer has. */
export interface Absence {
	/** Gone for good. */
	gone: string[];
	/** Missing in a list that has shrunk by more than half. The next poll decides. */
	suspects: string[];
	/** What the log says of the suspects. */
	warning?: string;
}

/**
 * An answer can be cut short without an error. A list that has lost more than half of its records is
 * believed only where the next one lacks the same records.
 *
 * @param known the IDs in the list of the last poll, suspects included
 * @param isListed whether a record is listed now
 * @param suspectsBefore the suspects of the last poll
 */
export function judgeAbsence(
	known: readonly string[],
	isListed: (id: string) => boolean,
	suspectsBefore: readonly string[],
): Absence {
	const missing = known.filter((id) => !isListed(id));
	if (missing.length * 2 <= known.length) return { gone: missing, suspects: [] };
	const seenTwice = new Set(suspectsBefore);
	const suspects = missing.filter((id) => !seenTwice.has(id));
	return {
		gone: missing.filter((id) => seenTwice.has(id)),
		suspects,
		...(suspects.length > 0 && { warning: warningOf(known.length, suspects.length) }),
	};
}

function warningOf(known: number, missing: number): string {
	return `PerfectGym Next no longer lists ${missing} of ${known} records. They count as gone if the next poll does not find them either.`;
}
