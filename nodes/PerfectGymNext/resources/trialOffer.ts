import { address } from '../fields/address';
import { leadPerson } from '../fields/lead';
import { fromListOrById } from '../fields/modes';
import { sentInBody } from '../fields/sent';
import { checkTimes } from '../fields/slot';
import { chunksOf100, readOnly } from './plans';
import type { Resource } from './resource';

/** Trial offers: classes and appointments for people who are not members yet. */
export const trialOffer: Resource = {
	name: 'Trial Offer',
	value: 'trialOffer',
	operations: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['trialOffer'] } },
		options: [
			{
				name: 'Book Appointment',
				value: 'bookAppointmentForTrialOffer',
				action: 'Book an appointment for a trial',
				description: 'Book a free slot of a trial appointment for a lead or a customer',
				routing: { request: { method: 'POST', url: '/v1/trial-offers/appointments/booking/book' } },
			},
			{
				name: 'Book Class',
				value: 'bookClassSlotForTrialOffers',
				action: 'Book a class slot for a trial',
				description: 'Book a slot of a trial class for a lead or a customer',
				routing: { request: { method: 'POST', url: '/v1/trial-offers/classes/booking/book' } },
			},
			{
				name: 'Confirm Booking',
				value: 'confirmTrialOfferBooking',
				action: 'Confirm a trial booking',
				description: 'Confirm a booking whose configuration requires confirmation',
				routing: {
					request: { method: 'POST', url: '/v1/trial-offers/bookings/{bookingId}/confirm' },
				},
			},
			{
				name: 'Create Lead',
				value: 'createLeadCustomer',
				action: 'Create a lead for a trial',
				description: 'Create a lead for a trial, and get the customer ID for the booking',
				routing: { request: { method: 'POST', url: '/v1/trial-offers/lead/create' } },
			},
			{
				name: 'Get Class Slots',
				value: 'getClassSlotsForTrialOffers',
				action: 'Get slots of a trial class',
				description: 'Get when a trial class takes place, from yesterday to two weeks ahead',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/trial-offers/bookable-trial-offers/classes/{classId}/slots',
					},
				},
				plan: chunksOf100,
			},
			{
				name: 'Get Configuration',
				value: 'getTrialOfferConfig',
				action: 'Get a trial offer configuration',
				description:
					'Get how often a trial offer can be booked, by whom, and which data a lead must enter',
				routing: { request: { method: 'GET', url: '/v1/trial-offers/config/{configId}' } },
			},
			{
				name: 'Get Free Appointment Slots',
				value: 'getBookableAppointmentSlotsForTrialOffers',
				action: 'Get free slots of a trial appointment',
				description: 'Get when a trial appointment can take place, up to six days ahead',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/trial-offers/bookable-trial-offers/appointments/bookable/{bookableAppointmentId}/slots',
					},
				},
			},
			{
				name: 'Get Many Appointments',
				value: 'getBookableTrialOfferAppointments',
				action: 'Get many trial appointments',
				description: 'Get the appointments that can be booked as a trial within a year',
				routing: {
					request: {
						method: 'GET',
						url: '/v1/trial-offers/bookable-trial-offers/appointments/bookable',
					},
				},
				plan: chunksOf100,
			},
			{
				name: 'Get Many Classes',
				value: 'getBookableTrialOfferClasses',
				action: 'Get many trial classes',
				description: 'Get the classes that can be booked as a trial within a year',
				routing: {
					request: { method: 'GET', url: '/v1/trial-offers/bookable-trial-offers/classes' },
				},
				plan: chunksOf100,
			},
			{
				name: 'Validate Appointment Booking',
				value: 'validateForAppointmentBookingForTrialOffers',
				action: 'Validate a trial appointment booking',
				description: 'Check whether a lead or a customer can book a slot, without booking it',
				routing: {
					request: { method: 'POST', url: '/v1/trial-offers/appointments/booking/validate' },
				},
				plan: readOnly,
			},
			{
				name: 'Validate Class Booking',
				value: 'validateClassSlotForTrialOffers',
				action: 'Validate a trial class booking',
				description: 'Check whether a lead or a customer can book a slot, without booking it',
				routing: { request: { method: 'POST', url: '/v1/trial-offers/classes/booking/validate' } },
				plan: readOnly,
			},
			{
				name: 'Validate Lead',
				value: 'validateForLeadCustomerCreation',
				action: 'Validate a lead for a trial',
				description: 'Check whether a lead can be created, without creating one',
				routing: { request: { method: 'POST', url: '/v1/trial-offers/lead/validate' } },
				plan: readOnly,
			},
		],
		default: 'getBookableTrialOfferClasses',
	},
	fields: [
		{
			displayName: 'Configuration',
			name: 'trialOfferConfigId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			description: 'The configuration of the trial offer',
			displayOptions: {
				show: {
					operation: ['createLeadCustomer', 'validateForLeadCustomerCreation'],
					specifyBody: ['fields'],
				},
			},
			modes: fromListOrById('searchTrialOfferConfigurations', {
				example: '1210000001',
				digitsOnly: 'A configuration ID',
			}),
			routing: { send: { type: 'body', property: 'trialOfferConfigId' } },
		},
		{
			displayName: 'First Name',
			name: 'trialFirstName',
			type: 'string',
			required: true,
			default: '',
			displayOptions: {
				show: {
					operation: ['createLeadCustomer', 'validateForLeadCustomerCreation'],
					specifyBody: ['fields'],
				},
			},
			routing: { send: { type: 'body', property: 'leadCustomerData.firstname' } },
		},
		{
			displayName: 'Last Name',
			name: 'trialLastName',
			type: 'string',
			required: true,
			default: '',
			displayOptions: {
				show: {
					operation: ['createLeadCustomer', 'validateForLeadCustomerCreation'],
					specifyBody: ['fields'],
				},
			},
			routing: { send: { type: 'body', property: 'leadCustomerData.lastname' } },
		},
		{
			displayName: 'Email',
			name: 'trialEmail',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'name@email.com',
			displayOptions: {
				show: {
					operation: ['createLeadCustomer', 'validateForLeadCustomerCreation'],
					specifyBody: ['fields'],
				},
			},
			routing: { send: { type: 'body', property: 'leadCustomerData.email' } },
		},
		{
			displayName: 'Additional Fields',
			name: 'trialLeadFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			displayOptions: {
				show: {
					operation: ['createLeadCustomer', 'validateForLeadCustomerCreation'],
					specifyBody: ['fields'],
				},
			},
			options: [
				{
					displayName: 'Address',
					name: 'address',
					type: 'fixedCollection',
					default: {},
					placeholder: 'Add Address',
					options: [
						{
							displayName: 'Address',
							name: 'address',
							values: [address.street, address.houseNumber, address.zipCode, address.city],
						},
					],
					routing: { send: { type: 'body', property: 'leadCustomerData.address' } },
				},
				...sentInBody(
					[
						leadPerson.dateOfBirth,
						leadPerson.gender,
						leadPerson.language,
						leadPerson.telephone,
						leadPerson.secondFirstname,
						leadPerson.secondLastname,
						leadPerson.thirdPartyId,
					],
					'leadCustomerData',
				),
			],
		},
	],
	checks: {
		bookAppointmentForTrialOffer: checkTimes,
		validateForAppointmentBookingForTrialOffers: checkTimes,
	},
};
