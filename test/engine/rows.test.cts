import type { INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { answerEveryRequest } from './everyRequest.cts';
import { itemsOf, locator, runNode, runTool } from './harness.cts';

const HOST = 'https://acme.open-api.perfectgym.com';
const ROWS = '={{ $json.rows }}';

/** The input holds the rows that the expressions ask for. */
const items = itemsOf([{ rows: [{ communicationChannel: 'PHONE', active: false }] }]);

let sent: unknown[] = [];
beforeEach(() => {
	sent = [];
	answerEveryRequest(HOST, (_uri, body) => {
		sent.push(body);
		return {};
	});
});
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

const preferences = (communicationPreferences: unknown) => ({
	resource: 'customerCommunication',
	operation: 'updateCommunicationPreferences',
	customerId: locator('1210000001'),
	communicationPreferences,
});
const channels = (value: unknown) =>
	preferences({ preference: [{ messageCategory: 'NEWSLETTER', channels: value }] });
const tags = (studioTags: unknown) => ({
	resource: 'studio',
	operation: 'updateStudioTags',
	studioTags,
});
const query = (requestQuery: unknown) => ({
	resource: 'apiRequest',
	operation: 'sendApiRequest',
	requestPath: '/v1/customers',
	requestQuery,
});
const lead = (leadOptionalFields: unknown) => ({
	resource: 'lead',
	operation: 'createLead',
	leadFirstName: 'Jane',
	leadLastName: 'Sample',
	leadEmail: 'jane@example.com',
	leadOptionalFields,
});
const closure = (details: unknown) => ({
	resource: 'finance',
	operation: 'updateDebtCollection',
	debtCollectionRequestId: '095be615-a8ad-4c33-8e9c-c7612fbf6c9f',
	debtCollectionDebtors: {
		debtor: [
			{
				debtorId: '1',
				agencyCollectionCases: {
					case: [
						{
							agencyCollectionCaseId: '2',
							collectionCaseIds: ['3'],
							closure: { details },
							debts: {
								debt: [
									{
										debtId: '4',
										originalAmount: 5,
										paidAmount: 0,
										canceledAmount: 0,
										currency: 'EUR',
									},
								],
							},
						},
					],
				},
			},
		],
	},
});
const positive = (options: unknown) => closure({ type: 'POSITIVE', date: '2026-01-31', options });

describe('rows that an expression gives, which n8n loses', () => {
	test.each<[string, object, string]>([
		['the rows', channels({ channel: ROWS }), 'Channels'],
		['each row', channels({ channel: [ROWS] }), 'Channels'],
		[
			'one row beside another',
			channels({ channel: [{ communicationChannel: 'FAX' }, ROWS] }),
			'Channels',
		],
		['all of a nested collection', channels(ROWS), 'Channels'],
		['rows of rows', preferences({ preference: ROWS }), 'Communication Preferences'],
		['all of a required collection', preferences(ROWS), 'Communication Preferences'],
		['a row that is null', channels({ channel: [null] }), 'Channels'],
		['tags', tags({ tag: ROWS }), 'Tags'],
		['a tag that is null', tags({ tag: [null] }), 'Tags'],
		['options of a closure', positive({ option: ROWS }), 'Options'],
		['one option of a closure', positive({ option: [ROWS] }), 'Options'],
		['all options of a closure', positive(ROWS), 'Options'],
		['a closure', closure(ROWS), 'Closure'],
		['a query', query({ parameter: ROWS }), 'Query Parameters'],
		['all of a query', query(ROWS), 'Query Parameters'],
		['a single group', lead({ language: { language: ROWS } }), 'Language'],
		['all of a single group', lead({ language: ROWS }), 'Language'],
		['a single group that is null', lead({ address: { address: null } }), 'Address'],
		[
			'rows in a collection',
			lead({ communicationPreferences: { preference: ROWS } }),
			'Communication Preferences',
		],
		[
			'all rows in a collection',
			lead({ communicationPreferences: ROWS }),
			'Communication Preferences',
		],
	])('are refused with the name of the field: %s', async (_what, parameters, field) => {
		for (const run of [runNode, runTool]) {
			const refused = run({ parameters: parameters as INodeParameters, items });
			await expect(refused).rejects.toThrow(new RegExp(`^"${field}" (has no values|is missing)`));
		}
		expect(sent).toEqual([]);
	});
});

describe('rows that are entered', () => {
	const row = (values: object) => channels({ channel: [values] });
	const body = (values: object) => [[{ messageCategory: 'NEWSLETTER', channels: [values] }]];

	test.each<[string, object, unknown]>([
		[
			'with the defaults of the other fields',
			row({ communicationChannel: 'EMAIL' }),
			body({ communicationChannel: 'EMAIL', active: true, customerOverridable: true }),
		],
		[
			'with an expression in each field',
			row({
				communicationChannel: '={{ $json.rows[0].communicationChannel }}',
				active: '={{ $json.rows[0].active }}',
			}),
			body({ communicationChannel: 'PHONE', active: false, customerOverridable: true }),
		],
		[
			'without a nested row',
			preferences({ preference: [{ messageCategory: 'NEWSLETTER' }] }),
			[[{ messageCategory: 'NEWSLETTER' }]],
		],
	])('are sent %s', async (_what, parameters, expected) => {
		await runNode({ parameters: parameters as INodeParameters, items });
		expect(sent).toEqual(expected);
	});

	test('need a choice, so that a row of defaults gives no consent', async () => {
		const refused = runNode({ parameters: row({}) as INodeParameters });
		await expect(refused).rejects.toThrow('"Channels" has no values, or a row in which nothing');
		expect(sent).toEqual([]);
	});

	test('are not needed where they are optional', async () => {
		const parameters = {
			resource: 'apiRequest',
			operation: 'sendApiRequest',
			requestPath: '/v1/customers',
		};
		await runNode({ parameters });
		expect(sent).toHaveLength(1);
	});
});
