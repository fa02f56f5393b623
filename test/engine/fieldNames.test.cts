/** An error of the API names the field as the user sees it. */

import type { INodeParameters, NodeApiError } from 'n8n-workflow';
import nock from 'nock';

import { locator, runNode } from './harness.cts';

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

/** @returns the error of the node for an answer 400 about a property */
async function failure(parameters: INodeParameters, reference: string): Promise<NodeApiError> {
	for (const method of ['GET', 'POST', 'PUT']) {
		nock('https://acme.open-api.perfectgym.com')
			.intercept(/.*/, method)
			.query(true)
			.reply(400, { errorMessage: 'Not valid', reference });
	}
	return await runNode({ parameters }).then(
		() => {
			throw new Error('It should have failed');
		},
		(reason: NodeApiError) => reason,
	);
}

async function fieldIn(parameters: INodeParameters, reference: string): Promise<string> {
	const { description, message } = await failure(parameters, reference);
	if (message !== 'Not valid') throw new Error(message);
	return (
		/Field: (.*?)\. |Field: (.*)\.$/
			.exec(description ?? '')
			?.slice(1)
			.find(Boolean) ?? ''
	);
}

const book = {
	resource: 'class',
	operation: 'bookClassSlot',
	bookingCustomerId: locator(1),
	bookedClassSlotId: locator(2),
};
const createLead = {
	resource: 'lead',
	operation: 'createLead',
	leadFirstName: 'Ada',
	leadLastName: 'Doe',
	leadEmail: 'ada@example.com',
};
const preferences = {
	resource: 'customerCommunication',
	operation: 'updateCommunicationPreferences',
	customerId: locator(1),
	communicationPreferences: { preference: [{ messageCategory: 'GENERAL' }] },
};
const slots = {
	resource: 'class',
	operation: 'getClassSlotsForMultipleClasses',
	classSlotFilters: { daysAhead: 3 },
};

test.each<[string, INodeParameters, string, string]>([
	['a parameter', book, 'customerId', 'Customer'],
	['a parameter of a dotted path', createLead, 'leadCustomer.firstname', 'First Name'],
	[
		'a field of a collection',
		createLead,
		'leadCustomer.dateOfBirth',
		'Additional Fields > Date of Birth',
	],
	['a group of fields', createLead, 'address', 'Additional Fields > Address'],
	['a field of a group', createLead, 'address.street', 'Additional Fields > Address > Street'],
	[
		'a field of a row',
		createLead,
		'additionalInformation[1].value',
		'Additional Fields > Additional Information > Field 2 > Value',
	],
	[
		'a field of a row in a body that is a list',
		preferences,
		'[0].messageCategory',
		'Communication Preferences > Category 1 > Category',
	],
	['a query parameter', slots, 'daysAhead', 'Filters > Days Ahead'],
	['a part of the path', preferences, 'customerId', 'Customer'],
	['what a field holds', book, 'customerId.value', 'Customer (customerId.value)'],
	['what no field holds', book, 'traceId', 'traceId'],
	['a name of JavaScript', book, 'constructor', 'constructor'],
])('%s', async (_what, parameters, reference, expected) => {
	expect(await fieldIn(parameters, reference)).toBe(expected);
});

test('the details keep the name of the API', async () => {
	const { context } = await failure(book, 'customerId');
	expect(context.details).toMatchObject({ reference: 'customerId' });
});

test.each<[string, INodeParameters]>([
	['for a body as JSON', { ...book, specifyBody: 'json', jsonBody: '{"customerId": 1}' }],
	[
		'for API Request',
		{
			resource: 'apiRequest',
			operation: 'sendApiRequest',
			requestMethod: 'POST',
			requestPath: '/v1/classes/booking/book',
			requestBody: '{"customerId": 1}',
		},
	],
])('the name of the API stays %s', async (_when, parameters) => {
	expect(await fieldIn(parameters, 'customerId')).toBe('customerId');
});
