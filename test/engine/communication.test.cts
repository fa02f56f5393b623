import type { INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { catchRequests } from '../contract/wire.cts';
import { locator, runNode } from './harness.cts';

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

const customer = { customerId: locator('1210000001') };
const lead = {
	resource: 'lead',
	operation: 'createLead',
	leadFirstName: 'Alpha',
	leadLastName: 'Testperson',
	leadEmail: 'alpha@example.com',
};
const payment = {
	resource: 'customerAccount',
	operation: 'bookCustomerPayment',
	...customer,
	accountPaymentRequestToken: 'sample',
	accountPaymentAmount: 49.9,
	accountPaymentCurrency: 'EUR',
};
const preferences = {
	resource: 'customerCommunication',
	operation: 'updateCommunicationPreferences',
	...customer,
};
const field = locator('1542000001');

/** @returns the parameters of a lead with optional fields */
function withLead(leadOptionalFields: INodeParameters): INodeParameters {
	return { ...lead, leadOptionalFields };
}

test.each<[string, INodeParameters, string]>([
	[
		'a field of a lead without a value',
		withLead({ additionalInformation: { field: [{ additionalFieldId: field }] } }),
		'A field of "Additional Information" has neither "Value" nor "Values"',
	],
	[
		'a value of a lead without a field',
		withLead({ additionalInformation: { field: [{ value: 'Alpha' }] } }),
		'"Field" is missing',
	],
	[
		'a part of an address without the rest',
		withLead({ address: { address: { street: 'Sample Street', zipCode: '00001' } } }),
		'"House Number" is missing',
	],
	[
		'a variant of a language without the language',
		withLead({ language: { language: { countryCode: 'CH' } } }),
		'"Language" is missing',
	],
	['a lead without a name', { ...lead, leadFirstName: ' ' }, '"First Name" is missing'],
	[
		'an amount that is empty',
		{ ...payment, accountPaymentAmount: 0 },
		'"Amount" must be at least 0.01, but it is "0"',
	],
	[
		'an amount without its currency',
		{ ...payment, accountPaymentCurrency: '' },
		'"Currency" is missing',
	],
	[
		'a change of contact data that changes nothing',
		{
			resource: 'customer',
			operation: 'createCustomerContactDataAmendment',
			...customer,
			contactData: {},
		},
		'"Contact Data" is empty',
	],
	['no preferences at all', preferences, '"Communication Preferences" is missing'],
	[
		'a channel that does not exist',
		{
			...preferences,
			communicationPreferences: {
				preference: [
					{
						messageCategory: 'GENERAL',
						channels: { channel: [{ communicationChannel: 'PIGEON' }] },
					},
				],
			},
		},
		'"Channel" must be one of',
	],
])('refuses %s, and sends nothing', async (_what, parameters, message) => {
	const sent = catchRequests();
	await expect(runNode({ parameters })).rejects.toThrow(message);
	expect(sent).toEqual([]);
});

test('sends the fields of a lead in the form that the API requires', async () => {
	const sent = catchRequests({ status: 'POSSIBLE' });
	const parameters = {
		...withLead({
			telephone: '+44123456789',
			language: { language: { languageCode: 'de', countryCode: '' } },
			additionalInformation: {
				field: [
					{ additionalFieldId: field, value: '', values: ['Radio', 'Friends'] },
					{ additionalFieldId: field, value: 'true', values: [] },
				],
			},
		}),
		operation: 'validateForLeadCreation',
	};
	const [{ json }] = await runNode({ parameters });
	expect(json).toEqual({ status: 'POSSIBLE' });
	expect(sent[0]).toMatchObject({ method: 'POST', path: '/v1/leads/validate' });
	expect(sent[0].body).toEqual({
		leadCustomer: {
			firstname: 'Alpha',
			lastname: 'Testperson',
			email: 'alpha@example.com',
			telephone: '+44123456789',
			language: { languageCode: 'de' },
		},
		additionalInformation: [
			{ additionalFieldId: 1542000001, values: ['Radio', 'Friends'] },
			{ additionalFieldId: 1542000001, value: 'true' },
		],
	});
});

test('sends preferences as a list, each category with its channels', async () => {
	const sent = catchRequests();
	const channel = [
		{ communicationChannel: 'EMAIL', active: false, customerOverridable: true },
		{ communicationChannel: 'PHONE', active: true, customerOverridable: false },
	];
	await runNode({
		parameters: {
			...preferences,
			communicationPreferences: {
				preference: [{ messageCategory: 'NEWSLETTER', channels: { channel } }],
			},
		},
	});
	expect(sent.map(({ body }) => body)).toEqual([
		[{ messageCategory: 'NEWSLETTER', channels: channel }],
	]);
});

test('returns the customer of a booked payment, although the answer is empty', async () => {
	const sent = catchRequests({});
	const parameters = { ...payment, accountPaymentFields: { debtClaimIds: ['7, 8', '9'] } };
	const [{ json }] = await runNode({ parameters });
	expect(json).toEqual({ success: true, customerId: 1210000001 });
	expect(sent[0].body).toEqual({
		paymentRequestToken: 'sample',
		amount: { amount: 49.9, currency: 'EUR' },
		debtClaimIds: [7, 8, 9],
	});
});
