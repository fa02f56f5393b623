import type { INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { catchRequests } from '../contract/wire.cts';
import { locator, runNode } from './harness.cts';

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

const ID = locator('1210000001');
const booking: INodeParameters = {
	resource: 'appointment',
	operation: 'bookAppointmentBooking',
	bookingCustomerId: ID,
	bookedAppointmentId: ID,
};
const START = '2026-10-05T10:00:00.000+02:00';
const END = '2026-10-05T11:00:00.000+02:00';

test.each([
	[
		'a slot',
		{ appointmentSlot: locator(`${START}/${END}`, 'list') },
		{ startDateTime: START, endDateTime: END },
	],
	[
		'times in the form of the API',
		{
			appointmentTime: 'times',
			appointmentStart: `${START}[Europe/Berlin]`,
			appointmentEnd: `${END}[Europe/Berlin]`,
		},
		{ startDateTime: START, endDateTime: END },
	],
	[
		'times without a zone, in the time zone of the workflow',
		{
			appointmentTime: 'times',
			appointmentStart: '2026-12-01T10:00:00',
			appointmentEnd: '2026-12-01T11:00:00',
		},
		{ startDateTime: '2026-12-01T10:00:00+01:00', endDateTime: '2026-12-01T11:00:00+01:00' },
	],
])('an appointment is booked by %s', async (_what, parameters, times) => {
	const sent = catchRequests({});
	await runNode({ parameters: { ...booking, ...parameters } });
	expect(sent.map(({ body }) => body)).toEqual([
		{ customerId: 1210000001, bookableAppointmentId: 1210000001, ...times },
	]);
});

test.each([
	['no slot', booking, '"Slot" is missing'],
	['half a slot', slot(START), '"Slot" is missing'],
	['a slot that is not a period', slot('soon/later'), '"Slot" must be a time'],
	['no customer', { ...slot(`${START}/${END}`), bookingCustomerId: '' }, '"Customer" is missing'],
	['no start', times('', END), '"Start" is missing'],
	['an end before the start', times(END, START), '"End" is before "Start"'],
	[
		'appointments of more than a week',
		{
			resource: 'appointment',
			operation: 'getBookableAppointmentSlots',
			bookableAppointmentId: ID,
			appointmentSlotFilters: { daysAhead: 7 },
		},
		'"Days Ahead" must be at most 6',
	],
	[
		'appointments of no day',
		{
			resource: 'trialOffer',
			operation: 'getBookableAppointmentSlotsForTrialOffers',
			bookableAppointmentId: ID,
			appointmentSlotFilters: { daysAhead: 0 },
		},
		'"Days Ahead" must be at least 1',
	],
	[
		'a timetable of more than a week',
		{
			resource: 'class',
			operation: 'getClassSlotsForMultipleClasses',
			classSlotFilters: { daysAhead: 7 },
		},
		'"Days Ahead" must be at most 6',
	],
	[
		'an address without its street',
		{
			resource: 'trialOffer',
			operation: 'createLeadCustomer',
			trialOfferConfigId: ID,
			trialFirstName: 'Alpha',
			trialLastName: 'Bravo',
			trialEmail: 'alpha@example.com',
			trialLeadFields: { address: { address: { city: 'Berlin', zipCode: '10115' } } },
		},
		'"Street" is missing',
	],
] as Array<[string, INodeParameters, string]>)(
	'%s is refused before anything is sent',
	async (_what, parameters, message) => {
		const sent = catchRequests({});
		await expect(runNode({ parameters })).rejects.toThrow(message);
		expect(sent).toEqual([]);
	},
);

function slot(value: string): INodeParameters {
	return { ...booking, appointmentSlot: locator(value, 'list') };
}

function times(appointmentStart: string, appointmentEnd: string): INodeParameters {
	return { ...booking, appointmentTime: 'times', appointmentStart, appointmentEnd };
}
