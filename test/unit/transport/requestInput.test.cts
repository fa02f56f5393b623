import type { INodeParameters } from 'n8n-workflow';

import { operations } from '../../../nodes/PerfectGymNext/properties';
import { readCustomRequest } from '../../../nodes/PerfectGymNext/transport/customRequest';
import { UserInputError } from '../../../nodes/PerfectGymNext/transport/errors';
import { readRequest } from '../../../nodes/PerfectGymNext/transport/input';
import { ItemParameters, NodeParameters } from '../../../nodes/PerfectGymNext/transport/parameters';
import { readSettings } from '../../../nodes/PerfectGymNext/transport/settings';
import type { ApiRequest } from '../../../nodes/PerfectGymNext/transport/types';
import { fakeRun } from '../fakes.cts';

/** The first integer that a JavaScript number cannot hold exactly. */
const BEYOND_NUMBERS = '9007199254740993';

function parametersOf(parameters: INodeParameters): ItemParameters {
	const run = fakeRun({ parameters });
	return new ItemParameters(new NodeParameters(run, operations), run.items[0]);
}

function requestOf(id: string, parameters: object): ApiRequest {
	const operation = operations.get(id);
	const [resource] = operation.resources;
	const all = { resource, operation: id, specifyBody: 'fields', ...parameters } as INodeParameters;
	return readRequest(parametersOf(all), operation, {});
}

function customRequestOf(parameters: object): ApiRequest {
	const all = { requestMethod: 'POST', requestPath: '/v1/things', ...parameters };
	return readCustomRequest(parametersOf(all), {});
}

/** Each way to enter a body as JSON. */
const ways: Array<[string, (json: unknown) => ApiRequest]> = [
	['JSON Body', (jsonBody) => requestOf('userSession', { specifyBody: 'json', jsonBody })],
	['Body', (requestBody) => customRequestOf({ requestBody })],
];

describe.each(ways)('JSON in "%s"', (field, requestWith) => {
	test.each([
		`{"customerId": ${BEYOND_NUMBERS}}`,
		' {\n "amount": 10.10, "amount2": 1E2 } ',
		'{}',
		'{"__proto__": {"a": 1}}',
	])('goes out exactly as it was typed: %s', (text) => {
		expect(requestWith(text).body).toBe(text);
	});

	test.each([[{}], [{ customerId: BEYOND_NUMBERS }]])(
		'goes out when it is an object: %j',
		(value) => {
			expect(requestWith(value).body).toBe(JSON.stringify(value));
		},
	);

	test.each([Number(BEYOND_NUMBERS), 1e21])('is refused with the number %d in an object', (id) => {
		expect(() => requestWith({ customer: { ids: [1, id] } })).toThrow(
			new UserInputError(`"${field}: 1" is ${id}, a number that n8n rounds: enter it as text`),
		);
	});

	test('is refused when it is not JSON, or cannot be JSON', () => {
		expect(() => requestWith('{')).toThrow(`"${field}" is not valid JSON`);
		const unwritable = {
			toJSON() {
				throw new Error('a getter that fails');
			},
		};
		expect(() => requestWith(unwritable)).toThrow(`"${field}" cannot be written as JSON`);
		expect(() => requestWith('7')).toThrow(`"${field}" must be an object, in curly brackets`);
		expect(() => requestWith('null')).toThrow(`"${field}" must be an object, in curly brackets`);
	});
});

describe('an empty list', () => {
	test.each(['[]', ' [ ] '])('as JSON takes away all tags: %s', (jsonBody) => {
		const request = requestOf('updateStudioTags', { specifyBody: 'json', jsonBody });
		expect(request).toMatchObject({ body: jsonBody });
	});

	test.each([
		[[], '[]'],
		['[]', '[]'],
	])('is the body of an API request: %j', (requestBody, text) => {
		expect(customRequestOf({ requestBody })).toMatchObject({ body: text });
	});
});

test('an operation without any filled fields sends an empty object', () => {
	expect(requestOf('checkin', { customerId: '5' })).toMatchObject({ body: '{}' });
});

test.each([undefined, null, '', ' \n '])(
	'an API request can do without a body: %j',
	(requestBody) => {
		expect(customRequestOf({ requestBody }).body).toBeUndefined();
	},
);

describe('the query of an API request', () => {
	const queryOf = (...rows: object[]) =>
		customRequestOf({ requestQuery: { parameter: rows } }).query;

	test.each(['toString', 'hasOwnProperty'])('can have the name %s', (name) => {
		const query = queryOf({ name, value: '1' }, { name, value: '2' });
		expect(Object.entries(query)).toEqual([[name, ['1', '2']]]);
	});

	test.each(['__proto__', 'constructor', 'prototype'])(
		'cannot have the name %s, which axios leaves out',
		(name) => {
			expect(() => queryOf({ name, value: '1' })).toThrow(UserInputError);
		},
	);

	test('cannot have a number that n8n rounds', () => {
		expect(() => queryOf({ name: 'customerId', value: Number(BEYOND_NUMBERS) })).toThrow(
			'"Value" is 9007199254740992, a number that n8n rounds: enter it as text',
		);
	});
});

test.each([
	'/v1/..;/admin',
	'/v1/..;a=b/admin',
	'/v1/.%2E/admin',
	'/v1/%252e%252e/admin',
	'/v1/a%2f..%2fadmin',
	'/v1/a%255c..%255Cadmin',
	'/v1/x'.padEnd(5000, 'x'),
])('the path of an API request cannot be %s', (requestPath) => {
	expect(() => customRequestOf({ requestPath })).toThrow(
		/^"Path" must be a path of the API such as \/v1\/customers, but it is ".{1,81}"$/,
	);
});

test.each(['/v1/a..b/...', '/v1/a%2Fb', '/v1/x;y'])(
	'the path of an API request can be %s',
	(requestPath) => {
		expect(customRequestOf({ requestPath }).path).toBe(requestPath);
	},
);

describe('an ID in the path', () => {
	const pathOf = (customerId: unknown) => requestOf('getCustomerById', { customerId }).path;

	test.each([5, '5', BEYOND_NUMBERS])('can be %j', (id) => {
		expect(pathOf(id)).toBe(`/v1/customers/${id}`);
	});

	test.each([1e21, 1.5, -1, 1e308, Number(BEYOND_NUMBERS), '1e21', '1.5', '-1'])(
		'cannot be %j',
		(id) => {
			expect(() => pathOf(id)).toThrow(/^"Customer" (must be an ID|is .* enter it as text)/);
		},
	);

	test('can look like another number where it is a name', () => {
		expect(requestOf('useBenefit', { customerId: '5', benefitKey: '1E5' }).path).toContain('/1E5/');
	});
});

describe('a format that the contract names', () => {
	const address = { addressStreet: 'A', addressZipCode: '1', addressCity: 'B' };
	const country = (addressCountryCode: unknown) =>
		requestOf('createCustomerAddressDataAmendment', {
			customerId: '5',
			...address,
			addressCountryCode,
		});
	const language = (code: string) =>
		requestOf('createLead', {
			...{ leadFirstName: 'J', leadLastName: 'S', leadEmail: 'j@example.com' },
			leadOptionalFields: { language: { language: { languageCode: code } } },
		});
	const email = (text: string) => requestOf('searchCustomers', { searchFields: { email: text } });
	const qrCode = (qrCodeUuid: string) =>
		requestOf('getCustomerBy', { identifyBy: 'qrCodeUuid', qrCodeUuid });
	const currency = (accountPaymentCurrency: string) =>
		requestOf('bookCustomerPayment', {
			...{ customerId: '5', accountPaymentAmount: 5, accountPaymentRequestToken: 'x' },
			accountPaymentCurrency,
		});
	const debtId = (text: string) =>
		requestOf('getDebtCollectionBlockedDebts', { blockedDebtFilters: { debtId: [text] } });

	test.each<[(text: string) => ApiRequest, string, string[]]>([
		[country, '"Country" must be a two-letter country code', ['Germany', 'DEU', 'D', '12', 'ZZ1']],
		[language, '"Language" must be a two-letter language', ['German', 'de-DE', 'd', '1!']],
		[email, '"Email" must be an email', ['not-an-email', 'a@b', 'a b@c.de', '@c.de', 'a@b@c.de']],
		[qrCode, '"QR Code" must be a UUID', ['1234', '095be615a8ad4c338e9cc7612fbf6c9f']],
		[currency, '"Currency" must be a three-letter currency code', ['Euro', '€', 'EU']],
		[debtId, '"Debt IDs" must be a UUID', ['12']],
	])('is checked, with the name of the field: %#', (requestWith, problem, texts) => {
		for (const text of texts) {
			expect(() => requestWith(text)).toThrow(UserInputError);
			expect(() => requestWith(text)).toThrow(new RegExp(`^${problem}.*, but it is "${text}"$`));
		}
	});

	test.each<[(text: string) => ApiRequest, string, string, string]>([
		[country, 'de', 'countryCode', 'DE'],
		[country, ' XK ', 'countryCode', 'XK'],
		[language, 'DE', 'leadCustomer.language.languageCode', 'de'],
		[email, "jane.o'neil+x@sub.example.com", 'email', "jane.o'neil+x@sub.example.com"],
		[currency, 'eur', 'amount.currency', 'EUR'],
	])('goes out in the form of the API: %#', (requestWith, text, path, sent) => {
		expect(JSON.parse(requestWith(text).body ?? '')).toHaveProperty(path, sent);
	});

	test('is checked in JSON, which still goes out as it was typed', () => {
		const json = (jsonBody: string) =>
			requestOf('createCustomerAddressDataAmendment', {
				...{ customerId: '5', specifyBody: 'json', jsonBody },
			});
		expect(json('{"countryCode": "de"}').body).toBe('{"countryCode": "de"}');
		expect(() => json('{"countryCode": "Germany"}')).toThrow(
			'"JSON Body: countryCode" must be a two-letter country code',
		);
		for (const other of ['null', '7', '{}', '[]']) json(`{"countryCode": ${other}}`);
	});

	test('is checked in rows of rows', () => {
		const debt = { debtId: '4', originalAmount: 5, paidAmount: 0, canceledAmount: 0 };
		const debts = { debt: [{ ...debt, currency: 'Euro' }] };
		const cases = [{ agencyCollectionCaseId: '2', collectionCaseIds: ['3'], debts }];
		const debtor = [{ debtorId: '1', agencyCollectionCases: { case: cases } }];
		expect(() =>
			requestOf('updateDebtCollection', {
				debtCollectionRequestId: '5',
				debtCollectionDebtors: { debtor },
			}),
		).toThrow('"Currency" must be a three-letter currency code');
	});
});

test('a proxy can have a percent sign in its password', () => {
	const proxy = 'http://user:50%25%zz@proxy.example:8080';
	expect(readSettings(parametersOf({ requestOptions: { proxy } })).proxy).toMatchObject({
		host: 'proxy.example',
		port: 8080,
	});
});
