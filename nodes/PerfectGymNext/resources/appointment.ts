import type { INodeProperties } from 'n8n-workflow';

import { chunksOf100, sendRead } from '../transport/request';

import type { Check } from '../transport/declarations';

export const appointmentOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['appointment'] } },
		options: [
			{
				name: 'Book Appointment Booking',
				value: 'bookAppointmentBooking',
				action: 'Book appointment booking',
				description: 'TODO bookAppointmentBooking',
				routing: { request: { method: 'POST', url: '/v1/appointments/booking/book' } },
			},
			{
				name: 'Delete Appointment Booking',
				value: 'deleteAppointmentBooking',
				action: 'Delete appointment booking',
				description: 'TODO deleteAppointmentBooking',
				routing: { request: { method: 'DELETE', url: '/v1/appointments/booking/{bookingId}' } },
			},
			{
				name: 'Get Appointment Booking',
				value: 'getAppointmentBooking',
				action: 'Get appointment booking',
				description: 'TODO getAppointmentBooking',
				routing: { request: { method: 'GET', url: '/v1/appointments/booking/{bookingId}' } },
			},
			{
				name: 'Get Appointment Bookings',
				value: 'getAppointmentBookings',
				action: 'Get appointment bookings',
				description: 'TODO getAppointmentBookings',
				routing: { request: { method: 'GET', url: '/v1/appointments/booking' } },
			},
			{
				name: 'Get Bookable Appointment',
				value: 'getBookableAppointment',
				action: 'Get bookable appointment',
				description: 'TODO getBookableAppointment',
				routing: {
					request: { method: 'GET', url: '/v1/appointments/bookable/{bookableAppointmentId}' },
				},
			},
			{
				name: 'Get Bookable Appointment Slots',
				value: 'getBookableAppointmentSlots',
				action: 'Get bookable appointment slots',
				description: 'TODO getBookableAppointmentSlots',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/appointments/bookable/{bookableAppointmentId}/slots',
					},
				},
			},
			{
				name: 'Get Bookable Appointments',
				value: 'getBookableAppointments',
				action: 'Get bookable appointments',
				description: 'TODO getBookableAppointments',
				routing: {
					request: { method: 'GET', url: '/v1/appointments/bookable' },
					operations: { pagination: chunksOf100 },
				},
			},
			{
				name: 'Validate For Appointment Booking',
				value: 'validateForAppointmentBooking',
				action: 'Validate for appointment booking',
				description: 'TODO validateForAppointmentBooking',
				routing: {
					request: { method: 'POST', url: '/v1/appointments/bookable/validate' },
					operations: { pagination: sendRead },
				},
			},
		],
		default: 'bookAppointmentBooking',
	},
];

export const appointmentFields: INodeProperties[] = [];

export const appointmentChecks: Readonly<Record<string, Check>> = {};
