import type { INodeParameters } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../simulator/server.cts';
import { locator, runNode } from './harness.cts';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ customers: 20 });
});
beforeEach(() => simulator.clearRequests());
afterAll(async () => await simulator.close());

async function run(parameters: INodeParameters) {
	const credential = { baseUrl: simulator.baseUrl, apiKey: simulator.apiKey };
	const output = await runNode({ parameters, credential });
	return output.map(({ json }) => json);
}

const signup: INodeParameters = {
	resource: 'membership',
	operation: 'signupMembership',
	signupOfferTermId: locator('1210000001'),
	signupStartDate: '2026-10-01',
	signupFirstName: 'Alpha',
	signupLastName: 'Testperson-A',
	signupDateOfBirth: '1990-05-17',
	signupEmail: 'sample@example.com',
	signupStreet: 'Sample Street',
	signupZipCode: '00001',
	signupCity: 'Sampletown',
	signupCountryCode: 'DE',
	signupLanguageCode: 'de',
};

const session: INodeParameters = {
	resource: 'payment',
	operation: 'userSession',
	sessionPayer: 'new',
	sessionScope: 'ECOM',
	sessionAmount: 19.99,
	sessionReferenceText: 'Day pass',
};

test('a sign-up creates the customer together with the contract', async () => {
	const [{ customerId }] = await run({
		...signup,
		signupContractFields: { notes: 'From the website', selectedOptionalModuleIds: ['7, 8'] },
		signupCustomerFields: { houseNumber: '7', languageCountryCode: 'CH' },
	});
	expect(customerId).toEqual(expect.any(Number));
	expect(simulator.requests[0].body).toEqual({
		contract: {
			contractOfferTermId: 1210000001,
			startDate: '2026-10-01',
			notes: 'From the website',
			selectedOptionalModuleIds: [7, 8],
		},
		customer: {
			firstName: 'Alpha',
			lastName: 'Testperson-A',
			dateOfBirth: '1990-05-17',
			email: 'sample@example.com',
			street: 'Sample Street',
			houseNumber: '7',
			zipCode: '00001',
			city: 'Sampletown',
			countryCode: 'DE',
			language: { languageCode: 'de', countryCode: 'CH' },
		},
	});
});

test('the preview of a sign-up sends the same body as the sign-up, and creates no customer', async () => {
	await run(signup);
	await run({ ...signup, operation: 'postSignupPreview' });
	const [signedUp, previewed] = simulator.requests;
	expect(previewed.operationId).toBe('postSignupPreview');
	expect(previewed.body).toEqual(signedUp.body);
});

test('a payment session has at most one customer, and its amount is a number', async () => {
	const [answer] = await run(session);
	expect(answer).toMatchObject({ token: expect.any(String) as string });
	await run({
		...session,
		sessionPayer: 'existing',
		sessionCustomerId: locator('1210000001'),
		sessionFields: { permittedPaymentChoices: ['SEPA', 'CREDIT_CARD'] },
	});
	await run({
		...session,
		sessionPayer: 'returning',
		finionPayCustomerUuid: '095be615-a8ad-4c33-8e9c-c7612fbf6c9f',
	});
	const sent = { amount: 19.99, scope: 'ECOM', referenceText: 'Day pass' };
	expect(simulator.requests.map(({ body }) => body)).toEqual([
		sent,
		{ ...sent, customerId: 1210000001, permittedPaymentChoices: ['SEPA', 'CREDIT_CARD'] },
		{ ...sent, finionPayCustomerId: '095be615-a8ad-4c33-8e9c-c7612fbf6c9f' },
	]);
});

test.each([
	['"Start Date" must be a date', { ...signup, signupStartDate: 'soon' }],
	['"Email" is missing', { ...signup, signupEmail: '' }],
	['"Amount" must be at least 0', { ...session, sessionAmount: -1 }],
	['"Finion Pay Customer ID" is missing', { ...session, sessionPayer: 'returning' }],
	[
		'"Payment Methods" must be one of',
		{ ...session, sessionFields: { permittedPaymentChoices: ['BARTER'] } },
	],
	[
		'"JSON Body" has both customerId and finionPayCustomerId',
		{
			...session,
			specifyBody: 'json',
			jsonBody: JSON.stringify({
				customerId: 1,
				finionPayCustomerId: '095be615-a8ad-4c33-8e9c-c7612fbf6c9f',
			}),
		},
	],
] as Array<[string, INodeParameters]>)('sends nothing when %s', async (message, parameters) => {
	await expect(run(parameters)).rejects.toThrow(message);
	expect(simulator.requests).toHaveLength(0);
});
