import { eventTypeOf } from '../../nodes/PerfectGymNext/trigger/events.ts';
import { addDays, startOf, zoned } from './dates.cts';
import { firstIdOf } from './handlers/other.cts';
import type { AppointmentBooking, ClassBooking, Contract, Customer } from './records.cts';
import { instructors } from './seed.cts';
import type { Studio, StudioEvent } from './state.cts';

const HOUR = 3_600_000;

/** The vendor's event documentation gives this id a different name in the payload. */
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

function classBooking(studio: Studio, isCanceled: boolean): number {
	for (const { bookingId, bookingStatus } of studio.classBookings.values()) {
		if ((bookingStatus === 'CANCELED') === isCanceled) return bookingId;
	}
	const { classId, classSlotId } = classSlot(studio);
	const booking: ClassBooking = {
		bookingId: studio.newId(),
		bookingStatus: isCanceled ? 'CANCELED' : 'BOOKED',
		classSlotId,
		classId,
		customerId: member(studio).customer.id,
		classSlotStatus: 'PLANNED',
		participantStatus: 'UNSET',
	};
	studio.classBookings.set(booking.bookingId, booking);
	if (!isCanceled) studio.slot(classSlotId).bookedParticipants += 1;
	return booking.bookingId;
}

function appointmentBooking(studio: Studio, isCanceled: boolean): number {
	for (const { bookingId, bookingStatus } of studio.appointmentBookings.values()) {
		if ((bookingStatus === 'CANCELED') === isCanceled) return bookingId;
	}
	const [{ id: bookableAppointmentId, title, duration, category }] = studio.appointments;
	const start = startOf(addDays(studio.today(), 1)) + 9 * HOUR;
	const booking: AppointmentBooking & { bookableAppointmentId: number } = {
		bookingId: studio.newId(),
		bookingStatus: isCanceled ? 'CANCELED' : 'BOOKED',
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
	const isCanceled = type.endsWith('_CANCELLED');
	return type.startsWith('CLASS_')
		? classBooking(studio, isCanceled)
		: appointmentBooking(studio, isCanceled);
}

/**
 * Finds a record for each kind of id in the catalog. Bookings and idle periods are created when
 * there are none. Records without state exist under any id, so those ids are fixed.
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
 * Fills in a missing `entityId` and `content` with a record that the API has.
 * @throws when there is no such record, or the type is not in the catalog and has no `entityId`
 */
export function completeEvent(
	studio: Studio,
	{ type, entityId, content }: Partial<StudioEvent> & { type: string },
): StudioEvent {
	const known = eventTypeOf(type);
	if (known === undefined && entityId === undefined) {
		throw new Error(`${type} is not in the catalog and needs an entityId`);
	}
	// The envelope requires an id, even for types without a documented record.
	const id = entityId ?? idOf(known?.id ?? 'studioId', studio, type);
	const given = content ?? contentOf(studio, type);
	return { type, entityId: id, ...(given === undefined ? {} : { content: given }) };
}
