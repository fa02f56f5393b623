import { bookingFields } from '../fields/booking';
import { fromListOrById } from '../fields/modes';
import { checkTimes } from '../fields/slot';
import { chunksOf100, readOnly } from './plans';
import type { Resource } from './resource';

/** Appointments and their bookings. */
export const appointment: Resource = {
	name: 'Appointment',
	value: 'appointment',
	operations: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['appointment'] } },
		options: [
			{
				name: 'Book',
				value: 'bookAppointmentBooking',
				action: 'Book an appointment',
				description: 'Book a free slot of an appointment for a customer',
				routing: { request: { method: 'POST', url: '/v1/appointments/booking/book' } },
			},
			{
				name: 'Cancel Booking',
				value: 'deleteAppointmentBooking',
				action: 'Cancel an appointment booking',
				description: 'Cancel an appointment booking',
				routing: { request: { method: 'DELETE', url: '/v1/appointments/booking/{bookingId}' } },
			},
			{
				name: 'Get',
				value: 'getBookableAppointment',
				action: 'Get an appointment',
				description: 'Get one bookable appointment type',
				routing: {
					request: { method: 'GET', url: '/v1/appointments/bookable/{bookableAppointmentId}' },
				},
			},
			{
				name: 'Get Booking',
				value: 'getAppointmentBooking',
				action: 'Get an appointment booking',
				description: 'Get one booking by ID, with its customer',
				routing: { request: { method: 'GET', url: '/v1/appointments/booking/{bookingId}' } },
			},
			{
				name: 'Get Free Slots',
				value: 'getBookableAppointmentSlots',
				action: 'Get free slots of an appointment',
				description: 'Get when an appointment can take place, up to six days ahead',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/appointments/bookable/{bookableAppointmentId}/slots',
					},
				},
			},
			{
				name: 'Get Many',
				value: 'getBookableAppointments',
				action: 'Get many appointments',
				description: 'Get the appointment types that can be booked online',
				routing: { request: { method: 'GET', url: '/v1/appointments/bookable' } },
				plan: chunksOf100,
			},
			{
				name: 'Get Many Bookings',
				value: 'getAppointmentBookings',
				action: 'Get many appointment bookings',
				description: "Get a customer's bookings from two weeks ago to two weeks ahead",
				routing: {
					request: {
						method: 'GET',
						url: '/v1/appointments/booking',
						qs: { customerId: '{customerId}' },
					},
				},
			},
			{
				name: 'Validate Booking',
				value: 'validateForAppointmentBooking',
				action: 'Validate an appointment booking',
				description: 'Check whether a customer can book a slot, without booking it',
				routing: { request: { method: 'POST', url: '/v1/appointments/bookable/validate' } },
				plan: readOnly,
			},
		],
		default: 'getBookableAppointments',
	},
	ids: [
		{
			displayName: 'Appointment',
			name: 'bookableAppointmentId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			description: 'The appointment type',
			modes: fromListOrById('searchAppointments', {
				example: '1210000001',
				digitsOnly: 'An appointment ID',
			}),
		},
	],
	fields: [...bookingFields],
	checks: {
		bookAppointmentBooking: checkTimes,
		validateForAppointmentBooking: checkTimes,
	},
};
