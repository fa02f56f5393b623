import type { INodeProperties } from 'n8n-workflow';

import { bookingFields } from '../parameters/bookingFields';
import { checkTimes } from '../parameters/slot';
import type { Check } from '../transport/declarations';
import { chunksOf100, sendRead } from '../transport/request';

/** What can be done with appointments, and with bookings of them. */
export const appointmentOperations: INodeProperties[] = [
	{
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
				action: 'Cancel the booking of an appointment',
				description: 'Take back the booking of an appointment',
				routing: { request: { method: 'DELETE', url: '/v1/appointments/booking/{bookingId}' } },
			},
			{
				name: 'Get',
				value: 'getBookableAppointment',
				action: 'Get an appointment',
				description: 'Get one kind of appointment that can be booked',
				routing: {
					request: { method: 'GET', url: '/v1/appointments/bookable/{bookableAppointmentId}' },
				},
			},
			{
				name: 'Get Booking',
				value: 'getAppointmentBooking',
				action: 'Get the booking of an appointment',
				description: 'Get one booking by ID, with its customer',
				routing: { request: { method: 'GET', url: '/v1/appointments/booking/{bookingId}' } },
			},
			{
				name: 'Get Free Slots',
				value: 'getBookableAppointmentSlots',
				action: 'Get the free slots of an appointment',
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
				description: 'Get the kinds of appointment that can be booked online',
				routing: {
					request: { method: 'GET', url: '/v1/appointments/bookable' },
					operations: { pagination: chunksOf100 },
				},
			},
			{
				name: 'Get Many Bookings',
				value: 'getAppointmentBookings',
				action: 'Get many appointment bookings of a customer',
				description: 'Get what a customer has booked from two weeks ago to two weeks ahead',
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
				action: 'Validate the booking of an appointment',
				description: 'Find out whether a customer could book a slot, without booking it',
				routing: {
					request: { method: 'POST', url: '/v1/appointments/bookable/validate' },
					operations: { pagination: sendRead },
				},
			},
		],
		default: 'getBookableAppointments',
	},
];

/** The fields of bookings stand here for classes and trial offers as well: a name is declared once. */
export const appointmentFields: INodeProperties[] = [...bookingFields];

/** What must hold between the values of an operation. */
export const appointmentChecks: Readonly<Record<string, Check>> = {
	bookAppointmentBooking: checkTimes,
	validateForAppointmentBooking: checkTimes,
};
