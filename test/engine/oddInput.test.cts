/** Input of a kind that no field takes: it is refused with the name of the field, and nothing is sent. */

import type { INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { answerEveryRequest } from './everyRequest.cts';
import { locator, runNode } from './harness.cts';

const HOST = 'https://acme.open-api.perfectgym.com';
/** Data of a workflow can have fields of these names, and JavaScript cannot make text of it then. */
const NO_TEXT = { toString: 1, valueOf: 2 };
const HALF = 'a\ud83d';

let sent: string[] = [];
beforeEach(() => {
	sent = [];
	answerEveryRequest(HOST, (uri) => {
		sent.push(uri);
		return { id: 1 };
	});
});
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

const read = (changes: object) => ({
	resource: 'customer',
	operation: 'getCustomerById',
	customerId: locator('1'),
	...changes,
});
const find = (debtorId: unknown) => ({
	resource: 'customer',
	operation: 'getCustomerBy',
	identifyBy: 'debtorId',
	debtorId,
});
const custom = (changes: object) => ({
	resource: 'apiRequest',
	operation: 'sendApiRequest',
	requestMethod: 'POST',
	requestPath: '/v1/customers',
	...changes,
});
const json = (resource: string, operation: string, body: unknown) => ({
	resource,
	operation,
	specifyBody: 'json',
	jsonBody: JSON.stringify(body),
});
const query = (value: string) => ({ parameter: [{ name: 'a', value }] });

test.each<[string, object, string]>([
	[
		'an object for the field of a file',
		read({ download: true, outputBinaryPropertyName: NO_TEXT }),
		'"Put Output File in Field" must be text',
	],
	['an object for a proxy', read({ requestOptions: { proxy: NO_TEXT } }), 'The proxy is not valid'],
	['an unknown method', custom({ requestMethod: 'CONNECT' }), '"Method" must be one of'],
	['a text that is too long for a query', find('1'.repeat(20_000)), '"Debtor ID" is too long'],
	[
		'texts that are too long for a query together',
		custom({ requestQuery: { parameter: Array(3).fill({ name: 'a', value: 'é'.repeat(1500) }) } }),
		'"Query Parameters: a" is too long',
	],
	['half of a character in a query', find(HALF), '"Debtor ID" has half of a character'],
	[
		'half of a character in a query of an API request',
		custom({ requestQuery: query(HALF) }),
		'"Query Parameters: a" has half of a character',
	],
	[
		'half of a character in a path',
		custom({ requestPath: `/v1/${HALF}` }),
		'"Path" has half of a character',
	],
	[
		'half of a character in JSON',
		custom({ requestBody: `{"a": "${HALF}"}` }),
		'"Body" has half of a character',
	],
	[
		'JSON in more levels than the API reads',
		custom({ requestBody: `${'['.repeat(1001)}${']'.repeat(1001)}` }),
		'"Body" is nested too deeply',
	],
])('%s is refused', async (_what, parameters, message) => {
	const run = runNode({ parameters: parameters as INodeParameters });
	await expect(run).rejects.toMatchObject({
		name: 'NodeOperationError',
		message: expect.stringContaining(message) as unknown,
	});
	expect(sent).toEqual([]);
});

test.each<[string, object]>([
	['an object for a time limit', read({ requestOptions: { timeout: NO_TEXT } })],
	[
		'JSON in as many levels as the API reads',
		custom({ requestBody: `${'['.repeat(1000)}${']'.repeat(1000)}` }),
	],
	['brackets in a text in JSON', custom({ requestBody: JSON.stringify(['\\"['.repeat(2000)]) })],
	['tags that are not objects', json('studio', 'updateStudioTags', [null, 'VIP', [1], {}, {}])],
	[
		'times that are not text',
		json('appointment', 'validateForAppointmentBooking', {
			startDateTime: NO_TEXT,
			endDateTime: ['2026-01-31'],
		}),
	],
	[
		'a date that is not text',
		{
			...json('membershipSelfService', 'validateIdlePeriodRequest', {
				startDate: NO_TEXT,
				endDate: NO_TEXT,
			}),
			contractId: locator('1'),
		},
	],
])('%s is left to the API', async (_what, parameters) => {
	await runNode({ parameters: parameters as INodeParameters });
	expect(sent).toHaveLength(1);
});
