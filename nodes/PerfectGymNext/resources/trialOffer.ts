import type { INodeProperties } from 'n8n-workflow';

import { chunksOf100, sendRead } from '../transport/request';

import type { Check } from '../transport/declarations';

export const trialOfferOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['trialOffer'] } },
		options: [
			{
				name: 'Book Appointment For Trial Offer',
				value: 'bookAppointmentForTrialOffer',
				action: 'Book appointment for trial offer',
				description: 'TODO bookAppointmentForTrialOffer',
				routing: { request: { method: 'POST', url: '/v1/trial-offers/appointments/booking/book' } },
			},
			{
				name: 'Book Class Slot For Trial Offers',
				value: 'bookClassSlotForTrialOffers',
				action: 'Book class slot for trial offers',
				description: 'TODO bookClassSlotForTrialOffers',
				routing: { request: { method: 'POST', url: '/v1/trial-offers/classes/booking/book' } },
			},
			{
				name: 'Confirm Trial Offer Booking',
				value: 'confirmTrialOfferBooking',
				action: 'Confirm trial offer booking',
				description: 'TODO confirmTrialOfferBooking',
				routing: {
					request: { method: 'POST', url: '/v1/trial-offers/bookings/{bookingId}/confirm' },
				},
			},
			{
				name: 'Create Lead Customer',
				value: 'createLeadCustomer',
				action: 'Create lead customer',
				description: 'TODO createLeadCustomer',
				routing: { request: { method: 'POST', url: '/v1/trial-offers/lead/create' } },
			},
			{
				name: 'Get Bookable Appointment Slots For Trial Offers',
				value: 'getBookableAppointmentSlotsForTrialOffers',
				action: 'Get bookable appointment slots for trial offers',
				description: 'TODO getBookableAppointmentSlotsForTrialOffers',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/trial-offers/bookable-trial-offers/appointments/bookable/{bookableAppointmentId}/slots',
					},
				},
			},
			{
				name: 'Get Bookable Trial Offer Appointments',
				value: 'getBookableTrialOfferAppointments',
				action: 'Get bookable trial offer appointments',
				description: 'TODO getBookableTrialOfferAppointments',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/trial-offers/bookable-trial-offers/appointments/bookable',
					},
					operations: { pagination: chunksOf100 },
				},
			},
			{
				name: 'Get Bookable Trial Offer Classes',
				value: 'getBookableTrialOfferClasses',
				action: 'Get bookable trial offer classes',
				description: 'TODO getBookableTrialOfferClasses',
				routing: {
					request: { method: 'GET', url: '/v1/trial-offers/bookable-trial-offers/classes' },
					operations: { pagination: chunksOf100 },
				},
			},
			{
				name: 'Get Class Slots For Trial Offers',
				value: 'getClassSlotsForTrialOffers',
				action: 'Get class slots for trial offers',
				description: 'TODO getClassSlotsForTrialOffers',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/trial-offers/bookable-trial-offers/classes/{classId}/slots',
					},
					operations: { pagination: chunksOf100 },
				},
			},
			{
				name: 'Get Trial Offer Config',
				value: 'getTrialOfferConfig',
				action: 'Get trial offer config',
				description: 'TODO getTrialOfferConfig',
				routing: { request: { method: 'GET', url: '/v1/trial-offers/config/{configId}' } },
			},
			{
				name: 'Validate Class Slot For Trial Offers',
				value: 'validateClassSlotForTrialOffers',
				action: 'Validate class slot for trial offers',
				description: 'TODO validateClassSlotForTrialOffers',
				routing: {
					request: { method: 'POST', url: '/v1/trial-offers/classes/booking/validate' },
					operations: { pagination: sendRead },
				},
			},
			{
				name: 'Validate For Appointment Booking For Trial Offers',
				value: 'validateForAppointmentBookingForTrialOffers',
				action: 'Validate for appointment booking for trial offers',
				description: 'TODO validateForAppointmentBookingForTrialOffers',
				routing: {
					request: { method: 'POST', url: '/v1/trial-offers/appointments/booking/validate' },
					operations: { pagination: sendRead },
				},
			},
			{
				name: 'Validate For Lead Customer Creation',
				value: 'validateForLeadCustomerCreation',
				action: 'Validate for lead customer creation',
				description: 'TODO validateForLeadCustomerCreation',
				routing: {
					request: { method: 'POST', url: '/v1/trial-offers/lead/validate' },
					operations: { pagination: sendRead },
				},
			},
		],
		default: 'bookAppointmentForTrialOffer',
	},
];

export const trialOfferFields: INodeProperties[] = [];

export const trialOfferChecks: Readonly<Record<string, Check>> = {};
