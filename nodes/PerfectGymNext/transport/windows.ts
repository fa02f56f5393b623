/** Reads a list over more time than the API gives at once: window by window, the newest first. */

import type { IDataObject } from 'n8n-workflow';

import type { Want } from './chunks';
import { tooMany } from './chunks';

/** Between which days an operation reads, and what it allows. */
export interface Windows {
	/** The query parameters for the first and the last day, `YYYY-MM-DD`. */
	from: string;
	to: string;
	/** The most days that may lie between them. */
	days: number;
	/** What tells one record from another. */
	id: string;
}

const MS_PER_DAY = 86_400_000;
/** Where no first day is given, a list ends after so many windows without a record. */
const MOST_EMPTY_WINDOWS = 5;

/** @returns whether the list is more than what the API gives for one request without more ado */
export function needsWindows(
	query: IDataObject,
	{ from, to, days }: Windows,
	want: Want,
	today: string,
): boolean {
	if (query[from] === undefined) return want.limit === Infinity;
	return daysBetween(String(query[from]), String(query[to] ?? today)) > days;
}

/**
 * Windows meet on a day that both have, so that it does not matter whether the API counts a last day
 * in; a record that comes twice is given once.
 *
 * @param list reads one window: a query with both days
 * @param query the query as it was entered, with one day, both or none of them
 * @param today the last day where none was given, `YYYY-MM-DD`
 * @returns the records, those of the newest window first, no more than `want.limit`
 * @throws {RequestFault} when there are more than `want.most`
 */
export async function followWindows(
	list: (query: IDataObject) => Promise<unknown[]>,
	query: IDataObject,
	{ from, to, days, id }: Windows,
	want: Want,
	today: string,
): Promise<unknown[]> {
	const records = new Map<unknown, unknown>();
	const first = query[from] === undefined ? undefined : String(query[from]);
	let last = String(query[to] ?? today);
	let emptyInARow = 0;

	for (;;) {
		const earliest = daysBefore(last, days);
		const start = first !== undefined && first > earliest ? first : earliest;
		const before = records.size;
		for (const record of await list({ ...query, [from]: start, [to]: last })) {
			const key = (record as IDataObject)[id];
			if (records.size < want.limit && !records.has(key)) records.set(key, record);
		}
		if (records.size > want.most) throw tooMany(want.most);

		emptyInARow = records.size === before ? emptyInARow + 1 : 0;
		const isAtEnd = first === undefined ? emptyInARow >= MOST_EMPTY_WINDOWS : start <= first;
		if (isAtEnd || records.size >= want.limit) return [...records.values()];
		last = start;
	}
}

function daysBetween(start: string, end: string): number {
	return (Date.parse(end) - Date.parse(start)) / MS_PER_DAY;
}

function daysBefore(date: string, days: number): string {
	return new Date(Date.parse(date) - days * MS_PER_DAY).toISOString().slice(0, 10);
}
