/** A free slot of an appointment as one value, so that it is picked once: when it starts and ends. */

import type { IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';

import type { Check } from '../transport/declarations';
import { unwrapLocator } from '../transport/values';

/** As ISO 8601 writes a period. */
const BETWEEN = '/';
/** The API's times end in `[Europe/Berlin]`, whose slash would be taken for {@link BETWEEN}. */
const ZONE = /\[[^\]]*\]$/;

/** @returns the value of a slot in the list, for the API's own times */
export function slotValue(start: string, end: string): string {
	return [start, end].map(withoutZone).join(BETWEEN);
}

/** @returns the time as others can read it */
export function withoutZone(time: string): string {
	return time.replace(ZONE, '');
}

/**
 * Puts both times of the chosen slot into the body, where they are treated as if they had been
 * entered. n8n calls this before our transport; it sends one value to one place only.
 */
export async function sendSlot(
	this: IExecuteSingleFunctions,
	options: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const slot = unwrapLocator(this.getNodeParameter('appointmentSlot'));
	const [startDateTime, endDateTime] = typeof slot === 'string' ? slot.split(BETWEEN) : [];
	if (!endDateTime) return options;
	return { ...options, body: { ...Object(options.body), startDateTime, endDateTime } };
}

/** Holds for booking and for asking whether it can be booked. */
export const checkTimes: Check = ({ body }) => {
	if (Array.isArray(body) || !body) return undefined;
	const { startDateTime, endDateTime } = body;
	if (startDateTime === undefined || endDateTime === undefined) {
		return '"Slot" is missing: choose a free one, or choose "Start and End" as "Time" and enter both';
	}
	const length = Date.parse(String(endDateTime)) - Date.parse(String(startDateTime));
	return length < 0 ? '"End" is before "Start"' : undefined;
};
