/** Reads a list over more days than the API returns at once: range by range, the newest first. */

import type { IDataObject } from 'n8n-workflow';

import type { DateRanges } from './plan';

const MS_PER_DAY = 86_400_000;
/** Without a first day, a list ends after this many ranges in a row without a record. */
const MAX_EMPTY_RANGES = 5;

/**
 * @param limit the number of records to return; Infinity for all
 * @param today `YYYY-MM-DD`
 * @returns whether one request cannot return the whole list
 */
export function needsDateRanges(
	query: IDataObject,
	{ from, to, days }: DateRanges,
	limit: number,
	today: string,
): boolean {
	if (query[from] === undefined) return limit === Infinity;
	return daysBetween(String(query[from]), String(query[to] ?? today)) > days;
}

/**
 * Two ranges share a day, so it does not matter whether the API includes the last day. A record that
 * two ranges return is returned once: it is recognized by its id, or by all it holds if it has none.
 *
 * @param readRange reads one range: a query with both days
 * @param query the query as entered, with both days, one or none
 * @param limit the number of records to return; Infinity for all
 * @param today the last day where none was entered, `YYYY-MM-DD`
 * @returns the records in pages, those of the newest range first, up to `limit`
 */
export async function* readDateRanges(
	readRange: (query: IDataObject) => AsyncIterable<unknown[]>,
	query: IDataObject,
	{ from, to, days, id }: DateRanges,
	limit: number,
	today: string,
): AsyncGenerator<unknown[], void> {
	const seen = new Set<string>();
	let count = 0;
	const first = query[from] === undefined ? undefined : String(query[from]);
	let last = String(query[to] ?? today);
	let emptyInARow = 0;

	for (;;) {
		const earliest = daysBefore(last, days);
		const start = first !== undefined && first > earliest ? first : earliest;
		const before = count;
		const inRange = new Set<string>();
		for await (const page of readRange({ ...query, [from]: start, [to]: last })) {
			const fresh: unknown[] = [];
			for (const record of page) {
				const identity = idOf(record, id);
				const key = identity ?? JSON.stringify(record);
				// One range can hold two equal records without an id.
				const isKnown = seen.has(key) || (identity !== undefined && inRange.has(key));
				if (count >= limit || isKnown) continue;
				inRange.add(key);
				count++;
				fresh.push(record);
			}
			yield fresh;
			if (count >= limit) return;
		}

		for (const key of inRange) seen.add(key);
		emptyInARow = count === before ? emptyInARow + 1 : 0;
		const isAtEnd = first === undefined ? emptyInARow >= MAX_EMPTY_RANGES : start <= first;
		if (isAtEnd) return;
		last = start;
	}
}

function idOf(record: unknown, name: string): string | undefined {
	const id = typeof record === 'object' && record !== null && (record as IDataObject)[name];
	return typeof id === 'number' || typeof id === 'string' ? `${name} ${id}` : undefined;
}

function daysBetween(start: string, end: string): number {
	return (Date.parse(end) - Date.parse(start)) / MS_PER_DAY;
}

function daysBefore(date: string, days: number): string {
	return new Date(Date.parse(date) - days * MS_PER_DAY).toISOString().slice(0, 10);
}
