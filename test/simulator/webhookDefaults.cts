import { eventTypeOf } from '../../nodes/PerfectGymNext/trigger/events.ts';
import { addDays, startOf, zoned } from './dates.cts';
import { firstIdOf } from './handlers/other.cts';
import type { AppointmentBooking, ClassBooking, Contract, Customer } from './records.cts';
import { instructors } from './seed.cts';
import type { Studio, StudioEvent } from './state.cts';

const HOUR = 3_600_000;

/** The event page of the vendor's documentation names this id differently from the others. */
const sentAs: Readonly<Record<string, string>> = {
	agencyCollectionCaseId: 'agencyDebtCollectionCaseId',
};

function member(studio: Studio): { customer: Customer; contract: Contract } {
	for (const customer of studio.customers) {
		const [contract] = studio.contractsOf(customer.id);
		if (contract !== undefined) return { customer, contract };
	}
	throw new Error(`${studio.spec.name} has no customer with a contract`);
}

function classSlot(studio: Studio): { classId: number; classSlotId: number } {
	const [{ id: classId }] = studio.classes;
	return { classId, classSlotId: studio.slotsOf(classId)[0].id };
}

function classBooking(studio: Studio, isCancelled: boolean): number {
	for (const { bookingId, bookingStatus } of studio.classBookings.values()) {
		if ((bookingStatus === 'CANCELED') === isCancelled) return bookingId;
	}
	const { classId, classSlotId } = classSlot(studio);
	const booking: ClassBooking = {
		bookingId: studio.newId(),
		bookingStatus: isCancelled ? 'CANCELED' : 'BOOKED',
		classSlotId,
		classId,
		customerId: member(studio).customer.id,
		classSlotStatus: 'PLANNED',
		participantStatus: 'UNSET',
	};
	studio.classBookings.set(booking.bookingId, booking);
	if (!isCancelled) studio.slot(classSlotId).bookedParticipants += 1;
	return booking.bookingId;
}

function appointmentBooking(studio: Studio, isCancelled: boolean): number {
	for (const { bookingId, bookingStatus } of studio.appointmentBookings.values()) {
		if ((bookingStatus === 'CANCELED') === isCancelled) return bookingId;
	}
	const [{ id: bookableAppointmentId, title, duration, category }] = studio.appointments;
	const start = startOf(addDays(studio.today(), 1)) + 9 * HOUR;
	const booking: AppointmentBooking & { bookableAppointmentId: number } = {
		bookingId: studio.newId(),
		bookingStatus: isCancelled ? 'CANCELED' : 'BOOKED',
		startDateTime: zoned(start),
		endDateTime: zoned(start + duration * 60_000),
		title,
		duration,
		category,
		instructors: [...instructors],
		appointmentStatus: 'PLANNED',
		participantStatus: 'UNSET',
		customerId: member(studio).customer.id,
		bookableAppointmentId,
	};
	studio.appointmentBookings.set(booking.bookingId, booking);
	return booking.bookingId;
}

function idlePeriod(studio: Studio): number {
	const periods = studio.idlePeriodsOf(member(studio).contract.id);
	if (periods.length === 0) {
		const startDate = addDays(studio.today(), 7);
		periods.push({
			id: studio.newId(),
			startDate,
			endDate: addDays(startDate, 13),
			reason: 'Holiday',
			fee: { amount: 5.5, currency: 'EUR' },
			state: 'PENDING_VERIFICATION',
			unlimited: false,
			idlePeriodReason: { id: 1, name: 'Holiday', documentRequired: false },
		});
	}
	return periods[0].id;
}

function booking(studio: Studio, type: string): number {
	const isCancelled = type.endsWith('_CANCELLED');
	return type.startsWith('CLASS_')
		? classBooking(studio, isCancelled)
		: appointmentBooking(studio, isCancelled);
}

/**
 * A record for each id of the catalogue. What keeps no state is found under any id, and what can
 * be booked is booked when there is none, so that every event is about something.
 */
const ids: Readonly<Record<string, (studio: Studio, type: string) => number>> = {
	studioId: ({ place }) => place.studioId,
	sourceStudioId: ({ place }) => place.studioId + 1,
	targetStudioId: ({ place }) => place.studioId,
	customerId: (studio) => member(studio).customer.id,
	contractId: (studio) => member(studio).contract.id,
	idlePeriodId: idlePeriod,
	bookingId: booking,
	classId: (studio) => classSlot(studio).classId,
	classSlotId: (studio) => classSlot(studio).classSlotId,
	employeeId: () => firstIdOf('getEmployees'),
	deviceId: () => firstIdOf('getDevices'),
	aggregatorId: () => 1_570_000_001,
	moduleContractId: () => 1_570_000_002,
	debtCollectionRunId: () => 1_570_000_003,
	caseAdjustmentRequestId: () => 1_570_000_004,
	agencyCollectionCaseId: () => 1_570_000_005,
	collectionCaseId: () => 1_570_000_006,
	exportId: () => 1_570_000_007,
};

function idOf(name: string, studio: Studio, type: string): number {
	const find = ids[name];
	if (find === undefined) throw new Error(`The simulator has no record for ${name}`);
	return find(studio, type);
}

function contentOf(studio: Studio, type: string): unknown {
	if (type === 'AUTOMATIC_CUSTOMER_CHECKOUT') {
		const { id } = member(studio).customer;
		return { checkouts: [{ customerId: id, checkoutTime: new Date(studio.now()).toISOString() }] };
	}
	const names = eventTypeOf(type)?.contentIds;
	return names && Object.fromEntries(names.map((n) => [sentAs[n] ?? n, idOf(n, studio, type)]));
}

/**
 * An event about a record that the API has, as far as the caller does not say what it is about.
 * @throws when it cannot be known what an event is about
 */
export function completeEvent(
	studio: Studio,
	{ type, entityId, content }: Partial<StudioEvent> & { type: string },
): StudioEvent {
	const known = eventTypeOf(type);
	if (known === undefined && entityId === undefined) {
		throw new Error(`${type} is not in the catalogue: say its entityId`);
	}
	// The envelope asks for an id even where the documentation does not say of what.
	const own = entityId ?? idOf(known?.id ?? 'studioId', studio, type);
	const given = content ?? contentOf(studio, type);
	return { type, entityId: own, ...(given === undefined ? {} : { content: given }) };
}
