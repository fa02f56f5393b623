import nock from 'nock';

import { catchRequests } from '../contract/wire.cts';
import { loadOptionsContext, locator, node, runNode, runTool } from './harness.cts';

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

/** What workflows named these operations by before they moved to Customer. */
const MOVED = [
	'createCustomerAddressDataAmendment',
	'createCustomerContactDataAmendment',
	'createCustomerMasterDataAmendment',
	'createCustomerPaymentDataAmendment',
];

describe.each(['customer', 'customerSelfService'])(
	'an operation that moved to Customer runs under the resource %s',
	(resource) => {
		test.each([
			['in a workflow', runNode],
			['as a tool', runTool],
		])('%s', async (_where, run) => {
			const sent = catchRequests({ id: 7, email: 'kim@gym.example' });
			const [{ json }] = await run({
				parameters: {
					resource,
					operation: 'createCustomerContactDataAmendment',
					customerId: locator(5),
					contactData: { email: 'kim@gym.example' },
				},
			});
			expect(json).toEqual({ id: 7, email: 'kim@gym.example' });
			expect(sent).toMatchObject([
				{
					path: '/v1/customers/5/self-service/contact-data',
					body: { email: 'kim@gym.example' },
				},
			]);
		});

		test.each(MOVED)('%s', async (operation) => {
			const parameters = { resource, operation };
			const { getOutputFields } = node.methods.loadOptions;
			const fields = await getOutputFields.call(loadOptionsContext(parameters));
			expect(fields).toContainEqual({ name: 'ID', value: 'id' });
			// The hook by which n8n runs an operation in a workflow.
			expect(node.customOperations[resource][operation]).toBeInstanceOf(Function);
		});
	},
);

test('no other resource runs an operation that moved', () => {
	const resources = Object.entries(node.customOperations)
		.filter(([, operations]) => MOVED.some((operation) => operation in operations))
		.map(([resource]) => resource);
	expect(resources.sort()).toEqual(['customer', 'customerSelfService']);
});
