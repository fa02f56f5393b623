/** Tells records that are gone from a list that is cut short. */

/** What a list says about records that it no longer has. */
export interface Absence {
	/** Gone for good. */
	gone: string[];
	/** Missing in a list that has shrunk by more than half. The next poll decides. */
	suspects: string[];
}

/**
 * An answer can be cut short without an error. A list that has lost more than half of its records is
 * believed only where the next one lacks the same records.
 *
 * @param known the IDs of the last poll, suspects included
 * @param isListed whether a record is in the list now
 * @param suspectsBefore the suspects of the last poll
 */
export function judgeAbsence(
	known: readonly string[],
	isListed: (id: string) => boolean,
	suspectsBefore: readonly string[] = [],
): Absence {
	const missing = known.filter((id) => !isListed(id));
	if (missing.length * 2 <= known.length) return { gone: missing, suspects: [] };
	const seenTwice = new Set(suspectsBefore);
	return {
		gone: missing.filter((id) => seenTwice.has(id)),
		suspects: missing.filter((id) => !seenTwice.has(id)),
	};
}

/** @returns what the log says when records are suspects; undefined when none is */
export function warnOf({ suspects }: Absence, known: readonly string[]): string | undefined {
	if (suspects.length === 0) return undefined;
	return `PerfectGym Next lists ${known.length - suspects.length} of the ${known.length} records of the last poll. The others count as gone only if they are missing in the next poll too.`;
}
