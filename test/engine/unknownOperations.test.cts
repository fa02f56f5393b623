import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { catchRequests } from '../contract/wire.cts';
import {
	itemsOf,
	locator,
	NODE_NAME,
	outputOf,
	runTool,
	runWorkflow,
	type RunOptions,
} from './harness.cts';
import { isSince, testSince } from './versions.cts';

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

const GET = 'getCustomerById';
const FROM_AI = "={{ $fromAI('operation', 'What to do', 'string') }}";

type Refused = [what: string, resource: string, operation: string, message: string];

/** n8n removes the "=" of an expression in these two parameters. */
const refused: Refused[] = [
	['an unknown operation', 'customer', 'nope', 'The resource "customer" has no operation "nope"'],
	[
		'"constructor"',
		'customer',
		'constructor',
		'resource "customer" has no operation "constructor"',
	],
	['"__proto__"', 'customer', '__proto__', 'resource "customer" has no operation "__proto__"'],
	[
		'an operation of another resource',
		'lead',
		GET,
		`The resource "lead" has no operation "${GET}"`,
	],
	[
		'a very long name',
		'customer',
		'x'.repeat(1000),
		`"customer" has no operation "${'x'.repeat(80)}…"`,
	],
	['an unknown resource', 'nope', GET, 'resource "nope"'],
	['the resource "constructor"', 'constructor', 'name', 'resource "constructor"'],
	['the resource "__proto__"', '__proto__', 'toString', 'resource "__proto__"'],
	['no resource', '', '', 'resource ""'],
	['an operation as an expression', 'customer', '={{ $json.operation }}', '{{ $json.operation }}'],
	['a resource as an expression', '={{ $json.resource }}', GET, '{{ $json.resource }}'],
	[
		'both as expressions',
		'={{ $json.resource }}',
		'={{ $json.operation }}',
		'{{ $json.resource }}',
	],
];

/** The items name an operation that exists: an expression is refused whatever its value. */
const items = itemsOf([1, 2].map((id) => ({ id, resource: 'customer', operation: GET })));

function parametersOf(resource: string, operation: string): INodeParameters {
	return { resource, operation, customerId: locator('1') };
}

async function runInWorkflow(options: RunOptions): Promise<INodeExecutionData[]> {
	const run = await runWorkflow(options);
	if (run.data.resultData.error) throw run.data.resultData.error;
	return outputOf(run, NODE_NAME)[0];
}

/** n8n 2.0 refuses the whole workflow by itself when the operation is an expression. */
const refusedByN8n = (operation: string) =>
	isSince('2.0') && !isSince('2.20') && operation.startsWith('=');

for (const [what, resource, operation] of refused) {
	if (!refusedByN8n(operation)) continue;
	test(`${what} is refused by n8n, and nothing is sent`, async () => {
		const sent = catchRequests({ id: 1 });
		const running = runInWorkflow({ parameters: parametersOf(resource, operation), items });
		await expect(running).rejects.toThrow('The workflow has issues');
		expect(sent).toEqual([]);
	});
}

describe.each([
	['in a workflow', runInWorkflow, refused.filter(([, , operation]) => !refusedByN8n(operation))],
	['as a tool', runTool, refused],
])('%s', (_where, run, refusedByNode) => {
	test.each(refusedByNode)(
		'%s is refused by name, and nothing is sent',
		async (_what, resource, operation, message) => {
			const sent = catchRequests({ id: 1 });
			const running = run({ parameters: parametersOf(resource, operation), items });
			await expect(running).rejects.toMatchObject({
				message: expect.stringContaining(message) as string,
				context: { itemIndex: 0 },
			});
			expect(sent).toEqual([]);
		},
	);

	test.each(refusedByNode)(
		'%s makes an error item of each item when the node continues',
		async (_what, resource, operation, message) => {
			const sent = catchRequests({ id: 1 });
			const output = await run({
				parameters: parametersOf(resource, operation),
				items,
				onError: 'continueRegularOutput',
			});
			const error = expect.stringContaining(message) as string;
			expect(output).toEqual([0, 1].map((item) => ({ json: { error }, pairedItem: { item } })));
			expect(sent).toEqual([]);
		},
	);

	test('an operation that exists is sent', async () => {
		const sent = catchRequests({ id: 1 });
		await run({ parameters: parametersOf('customer', GET), items });
		expect(sent.map(({ path }) => path)).toEqual(['/v1/customers/1', '/v1/customers/1']);
	});
});

testSince('2.34', 'this n8n strips the "=" of the expression')(
	'an operation that an agent would fill in is refused, with advice',
	async () => {
		// n8n keeps the "=" of this expression only. In a workflow it refuses the node by itself.
		const sent = catchRequests({ id: 1 });
		await expect(runTool({ parameters: parametersOf('customer', FROM_AI) })).rejects.toMatchObject({
			message: `"Operation" is the expression ${FROM_AI}, but it must be chosen from the list`,
			description:
				'Use a separate node for each operation, and a Switch node to choose between them.',
		});
		expect(sent).toEqual([]);
	},
);
