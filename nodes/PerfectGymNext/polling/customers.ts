/** Reads the customers that a poll compares. */

import type { IDataObject } from 'n8n-workflow';

import type { PollReader } from './reader';
import type { PollSettings } from './settings';

/** The operation that lists customers. */
export const LIST_CUSTOMERS = 'getCustomers';
/** The value of "Customers" for both lists. */
export const BOTH = 'BOTH';
/** How far a sample looks for the end of the list: ten requests. */
const MAX_SAMPLED = 5000;

/**
 * @returns the lists to read. Prospects come first: one who becomes a member in the meantime is then
 *   in both lists, and not in none.
 */
export function statusesOf({ customers }: PollSettings): string[] {
	return customers === BOTH ? ['PROSPECT', 'MEMBER'] : [customers];
}

/** @returns the newest customer, or one far down a long list */
export async function recentCustomer(
	reader: PollReader,
	settings: PollSettings,
): Promise<IDataObject | undefined> {
	let last: IDataObject | undefined;
	let count = 0;
	const [customerStatus] = statusesOf(settings).slice(-1);
	for await (const records of reader.list(LIST_CUSTOMERS, { customerStatus })) {
		last = records.at(-1) ?? last;
		count += records.length;
		if (count >= MAX_SAMPLED) break;
	}
	return last;
}
