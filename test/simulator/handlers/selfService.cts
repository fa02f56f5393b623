import type { Call, Handlers } from '../call.cts';
import { addDays, addMonths } from '../dates.cts';
import { asRecord } from '../json.cts';
import type { Contract } from '../records.cts';
import { sampleHandler } from './other.cts';

/** The number of possible end dates of a contract. */
const CHOICES = 3;

/** The studio's cancelation reasons. */
export const cancelationReasons = [
	{ cancelationReasonId: 1_543_000_001, cancelationReasonName: 'Moved away, "too far"' },
	{ cancelationReasonId: 1_543_000_002, cancelationReasonName: 'Illness' },
	{ cancelationReasonId: 1_543_000_003, cancelationReasonName: 'Öffnungszeiten; "zu kurz"' },
];

/** Ends of months, from the month in which the term ends, or from this month when it has ended. */
function possibleEnds({ endDate }: Contract, today: string): string[] {
	const first = `${(endDate > today ? endDate : today).slice(0, 7)}-01`;
	return Array.from({ length: CHOICES }, (_, i) => addDays(addMonths(first, i + 1), -1));
}

/** A contract as members see it in self-service. */
function contractData(contract: Contract, today: string): object {
	const { id, startDate, endDate, rateName, contractStatus, price, priceDetails } = contract;
	const { cancelled, cancellationDate, cancellationReason } = contract;
	const shown = { id, startDate, endDate, rateName, contractStatus, price, priceDetails };
	// The API has no status for a contract that is not canceled.
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
	const { pendingAmendment, ...data } = asRecord(sampleHandler(call));
	const { contactAmendments } = call.studio;
	const pending = contactAmendments.has(id) ? contactAmendments.get(id) : pendingAmendment;
	return pending ? { ...data, pendingAmendment: pending } : data;
}

/** Handlers for self-service: cancelation, contact data, communication preferences. */
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
		return sampleHandler(call);
	},
	getCommunicationPreferences: (call) =>
		call.studio.preferences.get(call.id('customerId')) ?? sampleHandler(call),
	updateCommunicationPreferences(call) {
		const preferences = call.input<object[]>();
		call.studio.preferences.set(call.id('customerId'), preferences);
		return preferences;
	},
};
