import { firstDay } from '../fields/booking';
import { fromListOrById } from '../fields/modes';
import { chunksOf100, readOnly } from './plans';
import type { Resource } from './resource';

/** Classes, their slots and the bookings of slots. */
export const classes: Resource = {
	name: 'Class',
	value: 'class',
	operations: {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['class'] } },
		options: [
			{
				name: 'Book',
				value: 'bookClassSlot',
				action: 'Book a class slot',
				description: 'Book a class slot for a customer, or a place on the waiting list',
				routing: { request: { method: 'POST', url: '/v1/classes/booking/book' } },
			},
			{
				name: 'Cancel Booking',
				value: 'cancelClassSlotById',
				action: 'Cancel a class booking',
				description: 'Cancel the booking of a class slot',
				routing: { request: { method: 'DELETE', url: '/v1/classes/booking/{bookingId}' } },
			},
			{
				name: 'Get',
				value: 'getClassById',
				action: 'Get a class',
				description: 'Get one class by ID',
				routing: { request: { method: 'GET', url: '/v1/classes/{classId}' } },
			},
			{
				name: 'Get Booking',
				value: 'getClassBookingById',
				action: 'Get a class booking',
				description: 'Get one booking of a class slot by ID',
				routing: { request: { method: 'GET', url: '/v1/classes/booking/{bookingId}' } },
			},
			{
				name: 'Get Many',
				value: 'getActiveClasses',
				action: 'Get many classes',
				description: 'Get the classes from yesterday to two weeks ahead',
				routing: { request: { method: 'GET', url: '/v1/classes' } },
				plan: chunksOf100,
			},
			{
				name: 'Get Many Bookings',
				value: 'getClassBookingsByCustomerId',
				action: 'Get many class bookings',
				description: "Get a customer's bookings from two weeks ago to two weeks ahead",
				routing: {
					request: {
						method: 'GET',
						url: '/v1/classes/booking',
						qs: { customerId: '{customerId}' },
					},
				},
			},
			{
				name: 'Get Many Slots',
				value: 'getClassSlots',
				action: 'Get many slots of a class',
				description: 'Get when a class takes place, from yesterday to two weeks ahead',
				routing: { request: { method: 'GET', url: '/v1/classes/{classId}/slots' } },
				plan: chunksOf100,
			},
			{
				name: 'Get Many Slots of All Classes',
				value: 'getClassSlotsForMultipleClasses',
				action: 'Get many slots of all classes',
				description: 'Get the schedule of all classes for up to a week',
				routing: { request: { method: 'GET', url: '/v1/classes/slots' } },
				plan: chunksOf100,
			},
			{
				name: 'Get Slot',
				value: 'getClassSlotById',
				action: 'Get a class slot',
				description: 'Get one class slot, with its free places',
				routing: { request: { method: 'GET', url: '/v1/classes/{classId}/slots/{classSlotId}' } },
			},
			{
				name: 'Validate Booking',
				value: 'validateClassSlot',
				action: 'Validate a class booking',
				description: 'Check whether a customer can book a slot, without booking it',
				routing: { request: { method: 'POST', url: '/v1/classes/booking/validate' } },
				plan: readOnly,
			},
		],
		default: 'getActiveClasses',
	},
	ids: [
		{
			displayName: 'Class',
			name: 'classId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			modes: fromListOrById('searchClasses', { example: '1210000001', digitsOnly: 'A class ID' }),
		},
		{
			displayName: 'Slot',
			name: 'classSlotId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			modes: fromListOrById('searchClassSlots', { example: '1210000001', digitsOnly: 'A slot ID' }),
		},
		{
			displayName: 'Booking',
			name: 'bookingId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			description: "The list searches by the customer's name",
			modes: fromListOrById('searchBookings', {
				example: '1210000001',
				digitsOnly: 'A booking ID',
				searchFirst: true,
			}),
		},
	],
	fields: [
		{
			displayName: 'Filters',
			name: 'classSlotFilters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			displayOptions: { show: { operation: ['getClassSlotsForMultipleClasses'] } },
			options: [
				{
					displayName: 'Days Ahead',
					name: 'daysAhead',
					type: 'number',
					typeOptions: { minValue: 0, maxValue: 6, numberPrecision: 0 },
					default: 1,
					description: 'How many days to look ahead from the first day (0 to 6)',
					routing: { send: { type: 'query', property: 'daysAhead' } },
				},
				firstDay,
			],
		},
	],
};
