/** Expressions that n8n cannot evaluate: the error names the field. */

import type { INodeParameters } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import nock from 'nock';

import { itemsOf, locator, NODE_NAME, runNode, runWorkflow } from './harness.cts';

afterAll(() => nock.restore());

const FAILING = "={{ $('Nobody').item.json.id }}";
const REASON = "Referenced node doesn't exist";

const lead = (optional: INodeParameters) => ({
	...{ resource: 'lead', operation: 'createLead', leadFirstName: 'Kim' },
	...{ leadLastName: 'Example', leadEmail: 'kim@gym.example' },
	leadOptionalFields: optional,
});

test.each<[string, string, INodeParameters]>([
	[
		'a locator',
		'Customer',
		{ resource: 'customer', operation: 'getCustomerById', customerId: locator(FAILING) },
	],
	[
		'text',
		'Reason',
		{
			...{ resource: 'customer', operation: 'setAccessRestriction', customerId: locator(5) },
			reason: FAILING,
		},
	],
	['a field of a collection', 'Phone Number', lead({ source: '={{ 1 }}', telephone: FAILING })],
	[
		'a field of a row',
		'Value',
		lead({
			additionalInformation: {
				field: [
					{ additionalFieldId: locator(5), value: "={{ 'blue' }}" },
					{ additionalFieldId: locator('={{ 6 }}'), value: FAILING },
				],
			},
		}),
	],
	[
		'an option',
		'Maximum Wait',
		{
			...{ resource: 'customer', operation: 'getCustomerById', customerId: locator(5) },
			options: { maxWait: FAILING },
		},
	],
	[
		"n8n's own options",
		'Request Options',
		{
			...{ resource: 'customer', operation: 'getCustomerById', customerId: locator(5) },
			requestOptions: { timeout: FAILING },
		},
	],
	[
		'an expression that n8n cannot parse',
		'Customer',
		{ resource: 'customer', operation: 'getCustomerById', customerId: locator('={{ $json. }}') },
	],
])('names the field of %s', async (_what, field, parameters) => {
	const error: unknown = await runNode({ parameters }).catch((failure: unknown) => failure);
	expect(error).toBeInstanceOf(NodeOperationError);
	const isParseError = JSON.stringify(parameters).includes('$json. }}');
	expect(error).toMatchObject({
		message: `"${field}": ${isParseError ? 'invalid syntax' : REASON}`,
		context: { itemIndex: 0 },
	});
});

test("keeps what n8n's editor shows beside the message", async () => {
	const parameters = {
		...{ resource: 'customer', operation: 'getCustomerById', customerId: locator(FAILING) },
	};
	await expect(runNode({ parameters, items: itemsOf([{}, {}]) })).rejects.toMatchObject({
		context: {
			itemIndex: 0,
			parameter: 'customerId.value',
			nodeCause: 'Nobody',
			descriptionKey: 'nodeNotFound',
		},
	});
});

test('names the field on the error output, for an agent too', async () => {
	const parameters = {
		...{ resource: 'customer', operation: 'getCustomerById', customerId: locator(FAILING) },
	};
	const { data } = await runWorkflow({ parameters, onError: 'continueErrorOutput' });
	const [, failed] = data.resultData.runData[NODE_NAME][0].data?.main ?? [];
	expect(failed?.[0].json).toMatchObject({ error: `"Customer": ${REASON}` });
	const [tool] = await runNode({
		...{ parameters, connection: 'ai_tool', onError: 'continueRegularOutput' },
	});
	expect(tool.json).toMatchObject({ error: `"Customer": ${REASON}` });
});
