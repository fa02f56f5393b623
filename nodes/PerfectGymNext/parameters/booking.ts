import type { INodeProperties } from 'n8n-workflow';

/** The choice of a class, slot, appointment or booking. */
export const bookingParameters: INodeProperties[] = [
	{
		displayName: 'Class',
		name: 'classId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The class, from a list or by ID',
		displayOptions: {
			show: {
				operation: [
					'getClassById',
					'getClassSlotById',
					'getClassSlots',
					'getClassSlotsForTrialOffers',
				],
			},
		},
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchClasses', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 1210000001',
				validation: [
					{
						type: 'regex',
						properties: { regex: '^\\d+$', errorMessage: 'A class ID has digits only' },
					},
				],
			},
		],
	},
	{
		displayName: 'Slot',
		name: 'classSlotId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The slot, from the list of the class or by ID',
		displayOptions: { show: { operation: ['getClassSlotById'] } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchClassSlots', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 1210000001',
				validation: [
					{
						type: 'regex',
						properties: { regex: '^\\d+$', errorMessage: 'A slot ID has digits only' },
					},
				],
			},
		],
	},
	{
		displayName: 'Appointment',
		name: 'bookableAppointmentId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The kind of appointment, from a list or by ID',
		displayOptions: {
			show: {
				operation: [
					'getBookableAppointment',
					'getBookableAppointmentSlots',
					'getBookableAppointmentSlotsForTrialOffers',
				],
			},
		},
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchAppointments', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 1210000001',
				validation: [
					{
						type: 'regex',
						properties: { regex: '^\\d+$', errorMessage: 'An appointment ID has digits only' },
					},
				],
			},
		],
	},
	{
		displayName: 'Booking',
		name: 'bookingId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The booking, from a list that searches by the name of the customer, or by ID',
		displayOptions: {
			show: {
				operation: [
					'cancelClassSlotById',
					'confirmTrialOfferBooking',
					'deleteAppointmentBooking',
					'getAppointmentBooking',
					'getClassBookingById',
				],
			},
		},
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: {
					searchListMethod: 'searchBookings',
					searchable: true,
					searchFilterRequired: true,
				},
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 1210000001',
				validation: [
					{
						type: 'regex',
						properties: { regex: '^\\d+$', errorMessage: 'A booking ID has digits only' },
					},
				],
			},
		],
	},
];
