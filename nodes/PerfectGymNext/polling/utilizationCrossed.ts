/** Trigger On > Utilization Crosses a Threshold. */

import type { IDataObject } from 'n8n-workflow';

import { RequestError } from '../transport/errors';
import { isObject } from '../transport/serialize';
import type { Change, PollKind } from './kind';
import type { PollReader } from './reader';
import type { PollSettings } from './settings';

/** The side of the threshold on which the utilization is. */
type Side = 'above' | 'below';

const GET_UTILIZATION = 'getUtilization';
const PERCENT = 100;
/** Shares are rounded to it. */
const SMALLEST_SHARE = 0.1;

/** Compares the share of the capacity that is in use with the threshold. */
export const utilizationCrossed: PollKind<Side> = {
	option: {
		name: 'Utilization Crosses a Threshold',
		value: 'utilizationCrossed',
		action: 'On utilization crossing a threshold',
		description: 'When the studio becomes more or less busy than a share that you choose',
	},
	operation: GET_UTILIZATION,
	basis: ['threshold', 'direction'],
	async compare(reader, settings, before) {
		const record = await utilization(reader);
		const after = sideOf(shareOf(record), settings, before);
		const isWanted = settings.direction === 'both' || settings.direction === after;
		const isCrossed = before !== undefined && before !== after && isWanted;
		return { changes: isCrossed ? [changeOf(record, settings, after)] : [], after };
	},
	async sample(reader, settings) {
		const record = await utilization(reader);
		return changeOf(record, settings, sideOf(shareOf(record), settings, undefined));
	},
};

/**
 * A share that goes up and down around the threshold must not start the workflow each time. So it
 * must go back by the hysteresis before it counts as being on the other side again.
 */
function sideOf(
	share: number,
	{ threshold, hysteresis, direction }: PollSettings,
	before: Side | undefined,
): Side {
	// The threshold is exact in the direction that starts the workflow.
	const isExactDown = direction === 'below';
	if (before === 'above') {
		// An empty studio is always below.
		const down = Math.max(threshold - hysteresis, Math.min(threshold, SMALLEST_SHARE));
		return share < (isExactDown ? threshold : down) ? 'below' : 'above';
	}
	// A full studio is always above.
	const back = Math.min(threshold + hysteresis, Math.max(threshold, PERCENT));
	return share >= (isExactDown && before === 'below' ? back : threshold) ? 'above' : 'below';
}

async function utilization(reader: PollReader): Promise<IDataObject> {
	const record = await reader.read(GET_UTILIZATION);
	if (!isObject(record)) throw new RequestError('PerfectGym Next did not return a record');
	return record;
}

function shareOf({ capacity, count }: IDataObject): number {
	if (typeof capacity === 'number' && capacity > 0) {
		return Math.round((Number(count) / capacity) * PERCENT * 10) / 10;
	}
	throw new RequestError(
		'The studio has no capacity in PerfectGym Next, so its utilization in percent is unknown',
		'Enter the capacity in PerfectGym Next.',
	);
}

function changeOf(record: IDataObject, { threshold }: PollSettings, side: Side): Change {
	return { record: { ...record, share: shareOf(record) }, added: { crossed: side, threshold } };
}
