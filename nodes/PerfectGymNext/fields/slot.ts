/** Encodes a free appointment slot as one value, so that a user picks its start and end together. */

import { instantOf } from '../transport/dates';
import type { Check } from '../transport/operations';
import { PERIOD_SEPARATOR } from '../transport/operations';

/** The API's times end in a zone such as `[Europe/Berlin]`, which contains a slash. */
const ZONE = /\[[^\]]*\]$/;

/**
 * @param start a time as the API returns it
 * @param end a time as the API returns it
 * @returns both times without their zones, joined by {@link PERIOD_SEPARATOR}
 */
export function slotValue(start: string, end: string): string {
	return [start, end].map(withoutZone).join(PERIOD_SEPARATOR);
}

/** @returns the time without the zone in brackets, which `Date.parse` does not accept */
export function withoutZone(time: string): string {
	return time.replace(ZONE, '');
}

/** For booking an appointment and for validating a booking: a start, an end, and in that order. */
export const checkTimes: Check = ({ body }) => {
	if (Array.isArray(body) || !body) return undefined;
	const { startDateTime, endDateTime } = body;
	if (startDateTime === undefined || endDateTime === undefined) {
		return '"Slot" is missing: choose a free slot, or set "Time" to "Start and End" and enter both';
	}
	const length = instantOf(endDateTime) - instantOf(startDateTime);
	return length < 0 ? '"End" is before "Start"' : undefined;
};
