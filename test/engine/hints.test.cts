import type { INode, INodeParameters } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import { itemsOf, locator, node, withDefaults } from './harness.cts';

const TYPE = { getByName: () => node, getByNameAndVersion: () => node, getKnownTypes: () => ({}) };

/** @returns the hints that the editor shows for a node with parameters and input items */
function hintsOf(parameters: INodeParameters, items: number): string[] {
	const placed: INode = {
		id: '1',
		name: 'Node',
		type: 'perfectGymNext',
		typeVersion: 1,
		position: [0, 0],
		parameters: withDefaults(parameters),
	};
	const workflow = new Workflow({
		nodes: [placed],
		connections: {},
		active: false,
		nodeTypes: TYPE,
	});
	const input = itemsOf(Array.from({ length: items }, (_, id) => ({ id, email: 'a@b.example' })));
	const { hints = [] } = node.description;
	const shown = hints.filter(({ displayCondition = '' }) => {
		const args = [displayCondition, null, 0, 0, 'Node', input, 'manual', {}] as const;
		try {
			// The editor takes nothing else than true.
			return workflow.expression.getParameterValue(...args) === true;
		} catch {
			// As the editor does, where `$input` has no items yet.
			return false;
		}
	});
	return shown.map(({ message }) => message.split(/[,.]/)[0]);
}

const MEMBERS_ONLY = 'Gets members only';
const REPEATED = 'No value comes from the input';
const list = { resource: 'customer', operation: 'getCustomers' };
const checkin = { resource: 'customer', operation: 'checkin' };

test('Customer > Get Many says that it lists members only, until a status is chosen', () => {
	expect(hintsOf(list, 1)).toEqual([MEMBERS_ONLY]);
	expect(hintsOf({ ...list, customersFilters: { cardNumberFormat: 'DECIMAL' } }, 1)).toEqual([
		MEMBERS_ONLY,
	]);
	expect(hintsOf({ ...list, customersFilters: { customerStatus: 'MEMBER' } }, 1)).toEqual([]);
	expect(hintsOf({ resource: 'employee', operation: 'getEmployees' }, 1)).toEqual([]);
});

test('a node that does the same for several items says so', () => {
	expect(hintsOf({ ...checkin, customerId: locator(5) }, 2)).toEqual([REPEATED]);
	expect(hintsOf({ ...checkin, customerId: locator('={{ $now.day }}') }, 2)).toEqual([REPEATED]);
	expect(hintsOf({ ...checkin, customerId: locator(5) }, 1)).toEqual([]);
	expect(hintsOf({ ...checkin, customerId: locator(5) }, 0)).toEqual([]);
});

test.each([
	[{ ...checkin, customerId: locator('={{ $json.id }}') }],
	[{ ...checkin, customerId: locator("={{ $('Start').item.json.id }}") }],
	[{ ...checkin, customerId: locator('={{ $input.item.json.id }}') }],
	[{ ...checkin, customerId: locator(5), checkinFields: { checkInDateTime: '={{ $json.at }}' } }],
	// The item has the file.
	[{ resource: 'customer', operation: 'updateImage', customerId: locator(5) }],
])('a node that takes a value from its items does not: %j', (parameters) => {
	expect(hintsOf(parameters, 2)).toEqual([]);
});
