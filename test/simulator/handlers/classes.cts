import type { Call, Handlers } from '../call.cts';
import { chunkById, chunkByIndex } from '../chunks.cts';
import { addDays, DAY, dateOf, instant } from '../dates.cts';
import { conflict, notFound } from '../errors.cts';
import type { ClassBooking, ClassSlot } from '../records.cts';

/** Lists of a customer's bookings cover two weeks in the past and in the future. */
const LIST_RANGE = 14 * DAY;

interface BookingInput {
	customerId: number;
	classSlotId: number;
}

type Verdict = 'AVAILABLE' | 'CUSTOMER_ALREADY_BOOKED' | 'NO_CONTINGENT';

function isFull(slot: ClassSlot): boolean {
	return slot.bookedParticipants >= slot.maxParticipants;
}

function verdict(call: Call): { slot: ClassSlot; status: Verdict } {
	const { customerId, classSlotId } = call.input<BookingInput>();
	call.studio.customer(customerId);
	const slot = call.studio.slot(classSlotId);
	const isBooked = [...call.studio.classBookings.values()].some(
		(booking) =>
			booking.customerId === customerId &&
			booking.classSlotId === classSlotId &&
			booking.bookingStatus !== 'CANCELED',
	);
	if (isBooked) return { slot, status: 'CUSTOMER_ALREADY_BOOKED' };
	const hasRoom = !isFull(slot) || slot.waitingListParticipants < slot.maxWaitingListParticipants;
	return { slot, status: hasRoom ? 'AVAILABLE' : 'NO_CONTINGENT' };
}

function book(call: Call, bookedStatus: ClassBooking['bookingStatus']): ClassBooking {
	const { slot, status } = verdict(call);
	if (status !== 'AVAILABLE') {
		throw conflict(`The class slot cannot be booked: ${status}`, 'classSlotId');
	}
	const isWaiting = isFull(slot);
	if (isWaiting) slot.waitingListParticipants += 1;
	else slot.bookedParticipants += 1;
	const booking: ClassBooking = {
		bookingId: call.studio.newId(),
		bookingStatus: isWaiting ? 'WAITING_LIST' : bookedStatus,
		classSlotId: slot.id,
		classId: slot.classInformation.id,
		customerId: call.input<BookingInput>().customerId,
		classSlotStatus: 'PLANNED',
		participantStatus: 'UNSET',
	};
	call.studio.classBookings.set(booking.bookingId, booking);
	return booking;
}

function find(call: Call): ClassBooking {
	const id = call.id('bookingId');
	const found = call.studio.classBookings.get(id);
	if (found === undefined) throw notFound('Booking', id);
	return found;
}

function cancel(call: Call): void {
	const booking = find(call);
	if (booking.bookingStatus === 'CANCELED') throw conflict('The booking is canceled');
	const slot = call.studio.slot(booking.classSlotId);
	if (booking.bookingStatus === 'WAITING_LIST') slot.waitingListParticipants -= 1;
	else slot.bookedParticipants -= 1;
	booking.bookingStatus = 'CANCELED';
}

function bookingsOfCustomer(call: Call): ClassBooking[] {
	const { id } = call.studio.customer(call.id('customerId'));
	const now = call.studio.now();
	return [...call.studio.classBookings.values()].filter((booking) => {
		const start = instant(call.studio.slot(booking.classSlotId).startDateTime);
		return (
			booking.customerId === id &&
			booking.bookingStatus !== 'CANCELED' &&
			Math.abs(start - now) <= LIST_RANGE
		);
	});
}

function slotsOfAllClasses(call: Call): unknown {
	const from = call.text('slotWindowStartDate') ?? call.studio.today();
	const to = addDays(from, call.id('daysAhead'));
	const inRange = call.studio.classes
		.flatMap(({ id }) => call.studio.slotsOf(id))
		.filter(({ startDateTime }) => {
			const date = dateOf(instant(startDateTime));
			return date >= from && date <= to;
		});
	return chunkByIndex(inRange, call.text('offset'), call.id('sliceSize'));
}

function slotsOfOneClass(call: Call): unknown {
	const slots = call.studio.slotsOf(call.id('classId'));
	return chunkByIndex(slots, call.text('offset'), call.id('sliceSize'));
}

const validate = (call: Call) => ({ validationStatus: verdict(call).status });

/** Handlers for classes, their slots and bookings, including trial offers. */
export const classHandlers: Handlers = {
	getActiveClasses: (call) =>
		chunkById(call.studio.classes, call.text('offset'), call.id('sliceSize'), ({ id }) => id),
	getBookableTrialOfferClasses(call) {
		const { classes } = call.studio;
		const chunk = chunkById(classes, call.text('offset'), call.id('sliceSize'), ({ id }) => id);
		const result = chunk.result.map((trialOfferClass) => ({
			trialOfferConfigId: 1_560_000_001,
			trialOfferClass,
			id: trialOfferClass.id,
		}));
		return { ...chunk, result };
	},
	getClassById: (call) => call.studio.classById(call.id('classId')),
	getClassSlotsForMultipleClasses: slotsOfAllClasses,
	getClassSlots: slotsOfOneClass,
	getClassSlotsForTrialOffers: slotsOfOneClass,
	getClassSlotById(call) {
		const id = call.id('classSlotId');
		const found = call.studio.slotsOf(call.id('classId')).find((slot) => slot.id === id);
		if (found === undefined) throw notFound('Class slot', id);
		return found;
	},
	bookClassSlot: (call) => book(call, 'BOOKED'),
	bookClassSlotForTrialOffers: (call) => book(call, 'BOOKED_WITH_CONFIRMATION_REQUIRED'),
	validateClassSlot: validate,
	validateClassSlotForTrialOffers: validate,
	getClassBookingById: find,
	cancelClassSlotById: cancel,
	getClassBookingsByCustomerId: bookingsOfCustomer,
};
