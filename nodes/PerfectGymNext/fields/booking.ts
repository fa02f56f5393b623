import type { INodeProperties } from 'n8n-workflow';

import { ofIds } from '../transport/marks';
import { fromListOrById } from './modes';

/** Operations that book an appointment or check whether that is possible. */
const appointmentBookings = [
	'bookAppointmentBooking',
	'bookAppointmentForTrialOffer',
	'validateForAppointmentBooking',
	'validateForAppointmentBookingForTrialOffers',
];
/** Operations that book a class slot or check whether that is possible. */
const classBookings = [
	'bookClassSlot',
	'bookClassSlotForTrialOffers',
	'validateClassSlot',
	'validateClassSlotForTrialOffers',
];

/** The first day of a list of slots. */
export const firstDay: INodeProperties = {
	displayName: 'First Day',
	name: 'slotWindowStartDate',
	type: 'dateTime',
	typeOptions: { dateOnly: true },
	default: '',
	description: 'The first day of the list. The default is today.',
	routing: { send: { type: 'query', property: 'slotWindowStartDate' } },
};

/** The fields of a booking, shared by classes, appointments and trial offers. */
export const bookingFields: INodeProperties[] = [
	{
		displayName: 'Customer',
		name: 'bookingCustomerId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The customer to book for. The list searches by name, email or customer number.',
		displayOptions: {
			show: {
				operation: [...appointmentBookings, ...classBookings],
				specifyBody: ['fields'],
			},
		},
		modes: fromListOrById('searchCustomers', {
			example: '1210656710',
			digitsOnly: 'A customer ID',
		}),
		routing: { send: { type: 'body', property: 'customerId' } },
	},
	{
		displayName: 'Class',
		name: 'slotClassId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description:
			'Narrows the list of slots below to one class. It is not sent. For trial offers, choose the class first.',
		displayOptions: {
			show: {
				operation: classBookings,
				specifyBody: ['fields'],
			},
		},
		modes: fromListOrById('searchClasses', { example: '1210000001', digitsOnly: 'A class ID' }),
	},
	{
		displayName: 'Slot',
		name: 'bookedClassSlotId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description:
			'The class slot. If you choose no class, search the list for a date such as 2026-12-31 to see the week from that day on.',
		displayOptions: {
			show: {
				operation: classBookings,
				specifyBody: ['fields'],
			},
		},
		modes: fromListOrById('searchSlotsToBook', { example: '1210000001', digitsOnly: 'A slot ID' }),
		routing: { send: { type: 'body', property: 'classSlotId' } },
	},
	{
		displayName: 'Appointment',
		name: 'bookedAppointmentId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The appointment type',
		displayOptions: {
			show: {
				operation: appointmentBookings,
				specifyBody: ['fields'],
			},
		},
		modes: fromListOrById('searchAppointments', {
			example: '1210000001',
			digitsOnly: 'An appointment ID',
		}),
		routing: { send: { type: 'body', property: 'bookableAppointmentId' } },
	},
	{
		displayName: 'Time',
		name: 'appointmentTime',
		type: 'options',
		noDataExpression: true,
		default: 'slot',
		description: 'How to set the time of the appointment',
		displayOptions: {
			show: {
				operation: appointmentBookings,
				specifyBody: ['fields'],
			},
		},
		options: [
			{ name: 'Free Slot', value: 'slot', description: 'Choose a free slot from a list' },
			{
				name: 'Start and End',
				value: 'times',
				description: 'Enter both, or use expressions',
			},
		],
	},
	{
		displayName: 'Slot',
		name: 'appointmentSlot',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description:
			'A free slot in the next days. Search the list for a date such as 2026-12-31 to see the slots from that day on.',
		displayOptions: {
			show: {
				operation: appointmentBookings,
				specifyBody: ['fields'],
				appointmentTime: ['slot'],
			},
		},
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchAppointmentSlots', searchable: true },
			},
		],
		routing: { send: { type: 'body', property: 'startDateTime/endDateTime' } },
	},
	{
		displayName: 'Start',
		name: 'appointmentStart',
		type: 'dateTime',
		required: true,
		default: '',
		description: 'When the appointment starts. It must match the start of a free slot.',
		displayOptions: {
			show: {
				operation: appointmentBookings,
				specifyBody: ['fields'],
				appointmentTime: ['times'],
			},
		},
		routing: { send: { type: 'body', property: 'startDateTime' } },
	},
	{
		displayName: 'End',
		name: 'appointmentEnd',
		type: 'dateTime',
		required: true,
		default: '',
		description: 'When the appointment ends. It must match the end of the free slot.',
		displayOptions: {
			show: {
				operation: appointmentBookings,
				specifyBody: ['fields'],
				appointmentTime: ['times'],
			},
		},
		routing: { send: { type: 'body', property: 'endDateTime' } },
	},
	{
		displayName: 'Additional Fields',
		name: 'appointmentBookingFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		displayOptions: {
			show: {
				operation: appointmentBookings,
				specifyBody: ['fields'],
			},
		},
		options: [
			{
				displayName: 'Instructor IDs',
				name: 'instructorIds',
				type: 'string',
				typeOptions: { multipleValues: true, ...ofIds },
				default: [],
				description: 'The instructors that the customer wants, from those of the slot',
				routing: { send: { type: 'body', property: 'instructorIds' } },
			},
		],
	},
	{
		displayName: 'Filters',
		name: 'appointmentSlotFilters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: {
			show: {
				operation: ['getBookableAppointmentSlots', 'getBookableAppointmentSlotsForTrialOffers'],
			},
		},
		options: [
			{
				displayName: 'Customer',
				name: 'customerId',
				type: 'resourceLocator',
				default: { mode: 'list', value: '' },
				description:
					'The customer who must be able to book the slots. The list searches by name, email or customer number.',
				modes: fromListOrById('searchCustomers', {
					example: '1210656710',
					digitsOnly: 'A customer ID',
				}),
				routing: { send: { type: 'query', property: 'customerId' } },
			},
			{
				displayName: 'Days Ahead',
				name: 'daysAhead',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 6, numberPrecision: 0 },
				default: 1,
				description: 'How many days to look ahead from the first day (1 to 6)',
				routing: { send: { type: 'query', property: 'daysAhead' } },
			},
			firstDay,
		],
	},
];
