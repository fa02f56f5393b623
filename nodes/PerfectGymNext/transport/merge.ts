/** Completes a list that the API replaces as a whole. */

import { notAList } from './chunks';
import { parseJson } from './json';
import { isObject } from './serialize';

/**
 * @param current the list that the API has; undefined and null are empty lists
 * @param body the new entries, as JSON. Their text is kept, since it can hold numbers that are rounded
 *   when they are read.
 * @param key the property that tells one entry from another
 * @returns the list as JSON: entries that the body does not name, and then those of the body
 * @throws {RequestError} when the current list cannot be read
 */
export function mergeLists(current: unknown, body: string, key: string): string {
	if (current !== undefined && current !== null && !Array.isArray(current)) {
		throw notAList();
	}
	const entries = parseJson(body);
	const named = new Set(Array.isArray(entries) ? entries.map((entry) => keyOf(entry, key)) : []);
	const kept = (current ?? []).filter((entry: unknown) => !named.has(keyOf(entry, key)));
	if (kept.length === 0) return body;
	const before = JSON.stringify(kept).slice(0, -1);
	return named.size === 0 ? `${before}]` : `${before},${body.trim().slice(1)}`;
}

function keyOf(entry: unknown, key: string): string {
	return isObject(entry) ? String(entry[key]) : '';
}
