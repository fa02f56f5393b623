import type { Call, Handlers } from '../call.cts';
import { chunkByIndex } from '../chunks.cts';
import { addMonths, dateOf, daysBetween, instant, zoned } from '../dates.cts';
import { conflict, invalid } from '../errors.cts';
import type { Checkin } from '../records.cts';
import type { Studio } from '../state.cts';

/** The longest time that one request may span, in days. */
const LONGEST_WINDOW = 365;

/** From which date to which, both included; the last month when the caller names none. */
function windowOf(call: Call): { from: string; to: string } {
	const to = call.text('toDate') ?? call.studio.today();
	const from = call.text('fromDate') ?? addMonths(to, -1);
	if (from > to) throw invalid('fromDate lies after toDate', 'fromDate');
	if (daysBetween(from, to) > LONGEST_WINDOW) {
		throw invalid(`The window is longer than ${LONGEST_WINDOW} days`, 'fromDate');
	}
	return { from, to };
}

function history(call: Call, studio: Studio): unknown {
	const { from, to } = windowOf(call);
	const within = studio.checkinsOf(call.id('customerId')).filter(({ checkInDateTime }) => {
		const date = dateOf(instant(checkInDateTime));
		return date >= from && date <= to;
	});
	return chunkByIndex(within, call.text('offset'), call.id('sliceSize'));
}

function openVisit(call: Call): Checkin | undefined {
	return call.studio
		.checkinsOf(call.id('customerId'))
		.find(({ checkOutDateTime }) => checkOutDateTime === undefined);
}

/** Visits: the history, and manual check-in and check-out. */
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
