import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Expression, WorkflowExpression } from 'n8n-workflow';
import nock from 'nock';

import { catchRequests } from '../contract/wire.cts';
import { studiosCredential } from '../studiosCredential.cts';
import { API_KEY, itemsOf, locator, runNode, type RunOptions } from './harness.cts';
import { isSince } from './versions.cts';

afterEach(() => {
	nock.cleanAll();
	jest.restoreAllMocks();
});
afterAll(() => nock.restore());

const ITEMS = itemsOf([1, 2, 3].map((id) => ({ id, text: `Text ${id}`, studio: 'North' })));
const STUDIO = { name: 'North', baseUrl: 'acme', apiKey: API_KEY };

/** Runs the node, and counts how often n8n evaluates each expression. */
async function evaluations(parameters: INodeParameters, options: Partial<RunOptions> = {}) {
	const evaluate = jest.spyOn(Expression.prototype, 'resolveSimpleParameterValue');
	const requests = catchRequests({ id: 1 });
	await runNode({ parameters, items: ITEMS, ...options });
	// With many studios, the node also reads the name of the studio once.
	const sent = requests.filter(({ path }) => path !== '/v1/studios/information');
	expect(sent).toHaveLength(ITEMS.length);
	const counts: Record<string, number> = {};
	for (const [value] of evaluate.mock.calls) {
		if (typeof value !== 'string' || !value.startsWith('=')) continue;
		counts[value] = (counts[value] ?? 0) + 1;
	}
	return { counts, sent };
}

/** @returns the expressions in the parameters */
function expressionsIn(value: unknown): string[] {
	if (typeof value === 'string') return value.startsWith('=') ? [value] : [];
	return typeof value === 'object' && value !== null
		? Object.values(value).flatMap(expressionsIn)
		: [];
}

const cases: Record<string, INodeParameters> = {
	'a locator': {
		resource: 'customer',
		operation: 'getCustomerById',
		customerId: locator('={{ $json.id }}'),
	},
	'several parameters, a collection and its dates': {
		resource: 'customer',
		operation: 'setAccessRestriction',
		customerId: locator('={{ $json.id }}'),
		reason: '={{ $json.text }}',
		accessRestrictionFields: {
			startDate: "={{ '2030-01-01' }}",
			endDate: "={{ '2030-01-31' }}",
		},
	},
	'a fixed collection with several rows': {
		resource: 'studio',
		operation: 'updateStudioTags',
		studioTags: {
			tag: [
				{ name: locator('={{ $json.text }}', 'name') },
				{ name: locator("={{ 'second ' + $json.text }}", 'name') },
			],
		},
	},
	'nested fixed collections in a collection': {
		resource: 'lead',
		operation: 'createLead',
		leadFirstName: '={{ $json.text }}',
		leadLastName: 'Testperson',
		leadEmail: 'alpha@example.com',
		leadOptionalFields: {
			telephone: "={{ '+44' + '123456789' }}",
			language: { language: { languageCode: "={{ 'de' }}" } },
			additionalInformation: {
				field: [{ additionalFieldId: locator('={{ $json.id }}'), value: "={{ 'blue' }}" }],
			},
		},
	},
	'the options of the node': {
		resource: 'customer',
		operation: 'getCustomerById',
		customerId: locator('1'),
		output: 'selected',
		outputFields: "={{ ['id', 'email'] }}",
		options: {
			requestsPerMinute: '={{ 900 + 1 }}',
			maxWait: '={{ 30 + 1 }}',
		},
		requestOptions: { timeout: '={{ 9000 + 1 }}' },
	},
	'a body as JSON': {
		resource: 'customer',
		operation: 'setAccessRestriction',
		customerId: locator('={{ $json.id }}'),
		specifyBody: 'json',
		jsonBody: '={{ { reason: $json.text } }}',
	},
	'a custom request': {
		resource: 'apiRequest',
		operation: 'sendApiRequest',
		requestMethod: 'POST',
		requestPath: '=/v1/things/{{ $json.id }}',
		requestQuery: { parameter: [{ name: "={{ 'a' }}", value: '={{ $json.text }}' }] },
		requestBody: '={{ { text: $json.text } }}',
	},
};

test.each(Object.entries(cases))(
	'%s: n8n evaluates each expression once for each item',
	async (_what, parameters) => {
		const expressions = expressionsIn(parameters);
		expect(expressions).not.toEqual([]);
		const { counts } = await evaluations(parameters);
		expect(counts).toEqual(Object.fromEntries(expressions.map((one) => [one, ITEMS.length])));
	},
);

test('n8n evaluates the name of the studio once for each item', async () => {
	const { counts, sent } = await evaluations(
		{
			authentication: 'studios',
			studio: locator('={{ $json.studio }}', 'name'),
			resource: 'customer',
			operation: 'getCustomerById',
			customerId: locator('={{ $json.id }}'),
		},
		{ credential: studiosCredential([STUDIO]) },
	);
	expect(counts).toEqual({ '={{ $json.studio }}': 3, '={{ $json.id }}': 3 });
	expect(sent.map(({ path }) => path)).toEqual([1, 2, 3].map((id) => `/v1/customers/${id}`));
});

test('n8n evaluates no parameter of a node without expressions', async () => {
	const evaluator = isSince('2.20') ? WorkflowExpression : Expression;
	const prototype = evaluator.prototype as Pick<WorkflowExpression, 'getParameterValue'>;
	const evaluateParameter = jest.spyOn(prototype, 'getParameterValue');
	const { counts, sent } = await evaluations({
		resource: 'customer',
		operation: 'setAccessRestriction',
		customerId: locator('7'),
		reason: 'Broken mirror',
		accessRestrictionFields: { startDate: '2030-01-01', endDate: '2030-01-31' },
		options: { maxWait: 30 },
	});
	expect(counts).toEqual({});
	expect(evaluateParameter).not.toHaveBeenCalled();
	const body = { reason: 'Broken mirror', startDate: '2030-01-01', endDate: '2030-01-31' };
	expect(sent.map((request) => request.body)).toEqual([body, body, body]);
});

test('n8n evaluates no expression of a parameter that is hidden', async () => {
	const { counts } = await evaluations({
		...cases['a body as JSON'],
		reason: '={{ $json.hidden }}',
		accessRestrictionFields: { startDate: '={{ $json.hidden }}' },
	});
	expect(Object.keys(counts).sort()).toEqual(
		['={{ $json.id }}', '={{ { reason: $json.text } }}'].sort(),
	);
});

test('each item has its own value of an expression', async () => {
	const { sent } = await evaluations(cases['several parameters, a collection and its dates']);
	expect(sent.map(({ path, body }) => [path, (body as IDataObject).reason])).toEqual(
		[1, 2, 3].map((id) => [`/v1/customers/${id}/access-restrictions`, `Text ${id}`]),
	);
});
