import type { Call, Handlers } from '../call.cts';
import { chunkById } from '../chunks.cts';
import { addDays, DAY, instant, startOf, zoned } from '../dates.cts';
import { conflict, notFound } from '../errors.cts';
import type { AppointmentBooking } from '../records.cts';
import { instructors } from '../seed.cts';
import type { Studio } from '../state.cts';

const HOUR = 3_600_000;
const FIRST_HOUR = 9;
const LAST_HOUR = 17;
const LIST_RANGE = 14 * DAY;

interface BookingInput {
	customerId: number;
	bookableAppointmentId: number;
	startDateTime: string;
	endDateTime: string;
	instructorIds?: number[];
}

function isTaken(studio: Studio, appointment: number, start: number): boolean {
	return [...studio.appointmentBookings.values()].some(
		(booking) =>
			booking.bookableAppointmentId === appointment &&
			booking.bookingStatus !== 'CANCELED' &&
			instant(booking.startDateTime) === start,
	);
}

function slots(call: Call): unknown[] {
	const { id, duration } = call.studio.appointment(call.id('bookableAppointmentId'));
	const from = call.text('slotWindowStartDate') ?? call.studio.today();
	const free: unknown[] = [];
	for (let day = 0; day <= call.id('daysAhead'); day++) {
		const midnight = startOf(addDays(from, day));
		for (let hour = FIRST_HOUR; hour <= LAST_HOUR; hour++) {
			const start = midnight + hour * HOUR;
			if (start <= call.studio.now() || isTaken(call.studio, id, start)) continue;
			free.push({
				startDateTime: zoned(start),
				endDateTime: zoned(start + duration * 60_000),
				instructors,
			});
		}
	}
	return free;
}

function verdict(call: Call): string {
	const input = call.input<BookingInput>();
	call.studio.customer(input.customerId);
	const { id, duration } = call.studio.appointment(input.bookableAppointmentId);
	const start = instant(input.startDateTime);
	const end = instant(input.endDateTime);
	if (start < call.studio.now()) return 'PAST_START_DATE_TIME';
	if (end <= start) return 'END_DATE_TIME_NOT_AFTER_START_DATE_TIME';
	if (end - start !== duration * 60_000) return 'PERIOD_DOES_NOT_MATCH';
	return isTaken(call.studio, id, start) ? 'NO_CONTINGENT' : 'AVAILABLE';
}

function withoutInternals(
	booking: AppointmentBooking & { bookableAppointmentId: number },
): AppointmentBooking {
	const { bookableAppointmentId, ...shown } = booking;
	void bookableAppointmentId;
	return shown;
}

/** Only `getAppointmentBooking` returns the customer id. */
function withoutCustomer(booking: AppointmentBooking & { bookableAppointmentId: number }): unknown {
	const { customerId, ...shown } = withoutInternals(booking);
	void customerId;
	return shown;
}

function book(call: Call, bookingStatus: AppointmentBooking['bookingStatus']): unknown {
	const status = verdict(call);
	if (status !== 'AVAILABLE') {
		throw conflict(`The appointment cannot be booked: ${status}`, 'startDateTime');
	}
	const { customerId, bookableAppointmentId, startDateTime, endDateTime } =
		call.input<BookingInput>();
	const { title, duration, category } = call.studio.appointment(bookableAppointmentId);
	const booking: AppointmentBooking & { bookableAppointmentId: number } = {
		bookingId: call.studio.newId(),
		bookingStatus,
		startDateTime,
		endDateTime,
		title,
		duration,
		category,
		instructors: [...instructors],
		appointmentStatus: 'PLANNED',
		participantStatus: 'UNSET',
		customerId,
		bookableAppointmentId,
	};
	call.studio.appointmentBookings.set(booking.bookingId, booking);
	return withoutCustomer(booking);
}

function find(call: Call): AppointmentBooking & { bookableAppointmentId: number } {
	const id = call.id('bookingId');
	const found = call.studio.appointmentBookings.get(id);
	if (found === undefined) throw notFound('Booking', id);
	return found;
}

const validate = (call: Call) => ({ validationStatus: verdict(call) });

/** Handlers for appointments and their bookings, including trial offers. */
export const appointmentHandlers: Handlers = {
	getBookableAppointments: (call) =>
		chunkById(call.studio.appointments, call.text('offset'), call.id('sliceSize'), ({ id }) => id),
	getBookableTrialOfferAppointments(call) {
		const { appointments } = call.studio;
		const size = call.id('sliceSize');
		const chunk = chunkById(appointments, call.text('offset'), size, ({ id }) => id);
		const result = chunk.result.map((trialOfferBookableAppointment) => ({
			trialOfferConfigId: 1_560_000_001,
			trialOfferBookableAppointment,
			id: trialOfferBookableAppointment.id,
		}));
		return { ...chunk, result };
	},
	getBookableAppointment: (call) => call.studio.appointment(call.id('bookableAppointmentId')),
	getBookableAppointmentSlots: slots,
	getBookableAppointmentSlotsForTrialOffers: slots,
	validateForAppointmentBooking: validate,
	validateForAppointmentBookingForTrialOffers: validate,
	bookAppointmentBooking: (call) => book(call, 'BOOKED'),
	bookAppointmentForTrialOffer: (call) => book(call, 'BOOKED_WITH_CONFIRMATION_REQUIRED'),
	getAppointmentBooking: (call) => withoutInternals(find(call)),
	deleteAppointmentBooking(call) {
		const booking = find(call);
		if (booking.bookingStatus === 'CANCELED') throw conflict('The booking is canceled');
		booking.bookingStatus = 'CANCELED';
		return { success: 'true' };
	},
	getAppointmentBookings(call) {
		const { id } = call.studio.customer(call.id('customerId'));
		const now = call.studio.now();
		return [...call.studio.appointmentBookings.values()]
			.filter(
				(booking) =>
					booking.customerId === id &&
					booking.bookingStatus !== 'CANCELED' &&
					Math.abs(instant(booking.startDateTime) - now) <= LIST_RANGE,
			)
			.map(withoutCustomer);
	},
	confirmTrialOfferBooking(call) {
		const id = call.id('bookingId');
		const booking = call.studio.classBookings.get(id) ?? call.studio.appointmentBookings.get(id);
		if (booking === undefined) throw notFound('Booking', id);
		if (booking.bookingStatus === 'CANCELED') return { status: 'EXPIRED' };
		booking.bookingStatus = 'BOOKED';
		return { status: 'CONFIRMED' };
	},
};
