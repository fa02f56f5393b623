import type { INodeProperties } from 'n8n-workflow';

import { chunksOf100, sendRead } from '../transport/request';

import type { Check } from '../transport/declarations';

export const classOperations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['class'] } },
		options: [
			{
				name: 'Book Class Slot',
				value: 'bookClassSlot',
				action: 'Book class slot',
				description: 'TODO bookClassSlot',
				routing: { request: { method: 'POST', url: '/v1/classes/booking/book' } },
			},
			{
				name: 'Cancel Class Slot By Id',
				value: 'cancelClassSlotById',
				action: 'Cancel class slot by id',
				description: 'TODO cancelClassSlotById',
				routing: { request: { method: 'DELETE', url: '/v1/classes/booking/{bookingId}' } },
			},
			{
				name: 'Get Active Classes',
				value: 'getActiveClasses',
				action: 'Get active classes',
				description: 'TODO getActiveClasses',
				routing: {
					request: { method: 'GET', url: '/v1/classes' },
					operations: { pagination: chunksOf100 },
				},
			},
			{
				name: 'Get Class Booking By Id',
				value: 'getClassBookingById',
				action: 'Get class booking by id',
				description: 'TODO getClassBookingById',
				routing: { request: { method: 'GET', url: '/v1/classes/booking/{bookingId}' } },
			},
			{
				name: 'Get Class Bookings By Customer Id',
				value: 'getClassBookingsByCustomerId',
				action: 'Get class bookings by customer id',
				description: 'TODO getClassBookingsByCustomerId',
				routing: { request: { method: 'GET', url: '/v1/classes/booking' } },
			},
			{
				name: 'Get Class By Id',
				value: 'getClassById',
				action: 'Get class by id',
				description: 'TODO getClassById',
				routing: { request: { method: 'GET', url: '/v1/classes/{classId}' } },
			},
			{
				name: 'Get Class Slot By Id',
				value: 'getClassSlotById',
				action: 'Get class slot by id',
				description: 'TODO getClassSlotById',
				routing: { request: { method: 'GET', url: '/v1/classes/{classId}/slots/{classSlotId}' } },
			},
			{
				name: 'Get Class Slots',
				value: 'getClassSlots',
				action: 'Get class slots',
				description: 'TODO getClassSlots',
				routing: {
					request: { method: 'GET', url: '/v1/classes/{classId}/slots' },
					operations: { pagination: chunksOf100 },
				},
			},
			{
				name: 'Get Class Slots For Multiple Classes',
				value: 'getClassSlotsForMultipleClasses',
				action: 'Get class slots for multiple classes',
				description: 'TODO getClassSlotsForMultipleClasses',
				routing: {
					request: { method: 'GET', url: '/v1/classes/slots' },
					operations: { pagination: chunksOf100 },
				},
			},
			{
				name: 'Validate Class Slot',
				value: 'validateClassSlot',
				action: 'Validate class slot',
				description: 'TODO validateClassSlot',
				routing: {
					request: { method: 'POST', url: '/v1/classes/booking/validate' },
					operations: { pagination: sendRead },
				},
			},
		],
		default: 'bookClassSlot',
	},
];

export const classFields: INodeProperties[] = [];

export const classChecks: Readonly<Record<string, Check>> = {};
