import type { Call, Handlers } from '../call.cts';
import { addDays, addMonths } from '../dates.cts';
import type { Contract } from '../records.cts';
import { anyHandler } from './other.cts';

/** How many days to choose from a contract can end on. */
const CHOICES = 3;

/** Why contracts are canceled, as the studio has set it up. */
export const cancelationReasons = [
	{ cancelationReasonId: 1_543_000_001, cancelationReasonName: 'Moved away, "too far"' },
	{ cancelationReasonId: 1_543_000_002, cancelationReasonName: 'Illness' },
	{ cancelationReasonId: 1_543_000_003, cancelationReasonName: 'Öffnungszeiten; "zu kurz"' },
];

/** The ends of the months from the last day of the term on, or from today where that is over. */
function possibleEnds({ endDate }: Contract, today: string): string[] {
	const first = `${(endDate > today ? endDate : today).slice(0, 7)}-01`;
	return Array.from({ length: CHOICES }, (_, i) => addDays(addMonths(first, i + 1), -1));
}

/** A contract as members see it, who may cancel it. */
function contractData(contract: Contract, today: string): object {
	const { id, startDate, endDate, rateName, contractStatus, price, priceDetails } = contract;
	const { cancelled, cancellationDate, cancellationReason } = contract;
	const shown = { id, startDate, endDate, rateName, contractStatus, price, priceDetails };
	// The contract of the API has no status for one that goes on, so none is given.
	if (!cancelled) {
		return {
			...shown,
			cancelationPeriod: { periodValue: 1, periodUnit: 'MONTH' },
			lastPossibleCancelationDate: contract.lastPossibleCancellationDate,
			availableCancelationDates: possibleEnds(contract, today),
		};
	}
	return {
		...shown,
		cancelationStatus: 'CANCELED',
		cancelationOrigin: 'CUSTOMER',
		...(cancellationDate === undefined ? {} : { cancelationDate: cancellationDate }),
		...(cancellationReason === undefined ? {} : { cancelationReason: cancellationReason }),
	};
}

function contactData(call: Call): object {
	const id = call.id('customerId');
	const { pendingAmendment, ...data } = Object(anyHandler(call));
	const { contactAmendments } = call.studio;
	const pending = contactAmendments.has(id) ? contactAmendments.get(id) : pendingAmendment;
	return pending ? { ...data, pendingAmendment: pending } : data;
}

/** What members see and change of their data themselves, and how they want to be written to. */
export const selfServiceHandlers: Handlers = {
	getContractCancelationReasonData: () => cancelationReasons,
	getContractData: (call) =>
		call.studio
			.contractsOf(call.id('customerId'))
			.map((contract) => contractData(contract, call.studio.today())),
	getCustomerContactData: contactData,
	createCustomerContactDataAmendment(call) {
		const amendment = { id: call.studio.newId(), ...call.input<object>() };
		call.studio.contactAmendments.set(call.id('customerId'), amendment);
		return amendment;
	},
	withdrawAmendment(call) {
		const id = call.id('customerId');
		const { contactAmendments } = call.studio;
		if (contactAmendments.get(id)?.id === call.id('amendmentId')) {
			contactAmendments.set(id, undefined);
		}
		return anyHandler(call);
	},
	getCommunicationPreferences: (call) =>
		call.studio.preferences.get(call.id('customerId')) ?? anyHandler(call),
	updateCommunicationPreferences(call) {
		const preferences = call.input<object[]>();
		call.studio.preferences.set(call.id('customerId'), preferences);
		return preferences;
	},
};
