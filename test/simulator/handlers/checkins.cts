import type { Call, Handlers } from '../call.cts';
import { chunkByIndex } from '../chunks.cts';
import { addMonths, dateOf, daysBetween, instant, zoned } from '../dates.cts';
import { conflict, invalid } from '../errors.cts';
import type { Checkin } from '../records.cts';
import type { Studio } from '../state.cts';

/** The longest date range of one request, in days. */
const MAX_RANGE_DAYS = 365;

/** The dates of the request, both inclusive. Default: the month up to today. */
function dateRangeOf(call: Call): { from: string; to: string } {
	const to = call.text('toDate') ?? call.studio.today();
	const from = call.text('fromDate') ?? addMonths(to, -1);
	if (from > to) throw invalid('fromDate lies after toDate', 'fromDate');
	if (daysBetween(from, to) > MAX_RANGE_DAYS) {
		throw invalid(`The window is longer than ${MAX_RANGE_DAYS} days`, 'fromDate');
	}
	return { from, to };
}

function history(call: Call, studio: Studio): unknown {
	const { from, to } = dateRangeOf(call);
	const inRange = studio.checkinsOf(call.id('customerId')).filter(({ checkInDateTime }) => {
		const date = dateOf(instant(checkInDateTime));
		return date >= from && date <= to;
	});
	return chunkByIndex(inRange, call.text('offset'), call.id('sliceSize'));
}

function openVisit(call: Call): Checkin | undefined {
	return call.studio
		.checkinsOf(call.id('customerId'))
		.find(({ checkOutDateTime }) => checkOutDateTime === undefined);
}

/** Handlers for the check-in history, and manual check-in and check-out. */
export const checkinHandlers: Handlers = {
	getCustomersCheckinHistory: (call) => history(call, call.studio),
	getCrossStudioCustomersCheckinHistory: (call) =>
		history(call, call.world.studioOfCustomer(call.id('customerId'))),
	checkin(call) {
		if (openVisit(call)) throw conflict('The customer is checked in');
		const { checkInDateTime = zoned(call.studio.now()) } =
			call.input<{ checkInDateTime?: string } | undefined>() ?? {};
		const { studioId, studioName } = call.studio.place;
		call.studio.checkinsOf(call.id('customerId')).push({
			checkinId: call.studio.newId(),
			checkInDateTime,
			studioId,
			studioName,
		});
		call.studio.books.visitors += 1;
	},
	checkout(call) {
		const visit = openVisit(call);
		if (visit === undefined) throw conflict('The customer is not checked in');
		const { checkOutDateTime = zoned(call.studio.now()) } =
			call.input<{ checkOutDateTime?: string } | undefined>() ?? {};
		visit.checkOutDateTime = checkOutDateTime;
		call.studio.books.visitors -= 1;
	},
};
