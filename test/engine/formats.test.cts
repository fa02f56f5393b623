import type { INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { catchRequests } from '../contract/wire.cts';
import { runNode, runTool } from './harness.cts';

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

const lead = (fields: INodeParameters, optional: INodeParameters = {}) => ({
	...{ resource: 'lead', operation: 'createLead', leadFirstName: 'Kim', leadLastName: 'Example' },
	...{ leadEmail: 'kim@gym.example', leadOptionalFields: optional },
	...fields,
});

describe.each([
	['a workflow', runNode],
	['a tool', runTool],
])('a format that the contract names is checked before anything is sent, in %s', (_where, run) => {
	test.each<[string, INodeParameters, RegExp]>([
		['an email address', lead({ leadEmail: 'not-an-email' }), /^"Email" .*not-an-email/],
		[
			'a country',
			lead({}, { language: { language: { languageCode: 'de', countryCode: 'Germany' } } }),
			/^"Country" .*Germany/,
		],
		[
			'a language',
			lead({}, { language: { language: { languageCode: 'German' } } }),
			/^"Language" .*German/,
		],
		[
			'a country in JSON',
			{
				...{ resource: 'customer', operation: 'createCustomer', specifyBody: 'json' },
				jsonBody: '{ "firstName": "Kim", "countryCode": "Germany" }',
			},
			/^"JSON Body: countryCode" .*Germany/,
		],
	])('%s', async (_what, parameters, message) => {
		const sent = catchRequests({ id: 1 });
		await expect(run({ parameters })).rejects.toThrow(message);
		expect(sent).toEqual([]);
	});
});
