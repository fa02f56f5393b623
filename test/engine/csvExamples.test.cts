/** The examples that write CSV, with names that a spreadsheet would take for formulas. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import nock from 'nock';

import { catchRequests } from '../contract/wire.cts';
import { studiosCredential } from '../studiosCredential.cts';
import { API_KEY, node, runNode } from './harness.cts';
import { eventItem } from './triggerHarness.cts';

interface ExampleNode {
	name: string;
	type: string;
	parameters: INodeParameters;
}

const FOLDER = join(__dirname, '..', '..', 'examples');
const TRIGGER = 'When a customer is created';
const STUDIO = { name: 'North', baseUrl: 'acme', apiKey: API_KEY };
const CUSTOMER = {
	id: 1210000001,
	customerNumber: '-12',
	firstName: '=1+1',
	lastName: '\t@SUM(A1)',
	email: '+x@gym.example',
	city: '+49 30 1234567',
};

afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

function nodesOf(file: string): ExampleNode[] {
	const example = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { nodes: ExampleNode[] };
	return example.nodes;
}

function find(nodes: ExampleNode[], name: string): ExampleNode {
	const found = nodes.find((one) => one.name === name);
	if (!found) throw new Error(`The example has no node "${name}"`);
	return found;
}

/** @returns the row that the example makes of a record that follows an event */
function rowOf(nodes: ExampleNode[], event: IDataObject, record: IDataObject): unknown {
	const { assignments } = find(nodes, 'Format as a CSV row').parameters.assignments as {
		assignments: Array<{ value: string }>;
	};
	const nodeTypes = {
		getByName: () => node as INodeType,
		getByNameAndVersion: () => node as INodeType,
		getKnownTypes: () => ({}),
	};
	const named = (name: string) => ({
		...{ id: name, name, type: 'test', typeVersion: 1, parameters: {} },
		position: [0, 0] as [number, number],
	});
	const workflow = new Workflow({
		nodes: [named(TRIGGER), named('Format as a CSV row')],
		connections: {
			[TRIGGER]: { main: [[{ node: 'Format as a CSV row', type: 'main', index: 0 }]] },
		},
		active: false,
		nodeTypes,
	});
	const output = { main: [[{ json: event }]] };
	const ran = { startTime: 0, executionIndex: 0, executionTime: 0, source: [], data: output };
	const runData = createRunExecutionData({ resultData: { runData: { [TRIGGER]: [ran] } } });
	return workflow.expression.getParameterValue(
		assignments[0].value,
		runData,
		0,
		0,
		'Format as a CSV row',
		[{ json: record }],
		'manual',
		{},
	);
}

const event: IDataObject = {
	...eventItem().json,
	occurredAt: '2026-03-20T06:07:08.009Z',
	studio: { name: STUDIO.name },
};

test('there are two of them', () => {
	const writesCsv = (file: string) =>
		nodesOf(file).some(
			({ parameters: { fileName } }) => typeof fileName === 'string' && fileName.endsWith('.csv'),
		);
	expect(readdirSync(FOLDER).filter(writesCsv)).toEqual([
		'new-customer-to-spreadsheet.json',
		'new-customers-of-all-studios.json',
	]);
});

test('a row of a new customer has no formulas, and its numbers stay as they are', () => {
	const nodes = nodesOf('new-customer-to-spreadsheet.json');
	const { customerNumber, firstName, lastName, email, city } = CUSTOMER;
	const chosen = { customerNumber, firstName, lastName, email, city };
	expect(rowOf(nodes, event, chosen)).toBe(
		`"-12","'=1+1","'\t@SUM(A1)","'+x@gym.example","+49 30 1234567"\n`,
	);
});

test('a row of a new customer of any studio has no formulas, and its numbers stay as they are', async () => {
	const nodes = nodesOf('new-customers-of-all-studios.json');
	catchRequests(CUSTOMER);
	const [{ json }] = await runNode({
		parameters: find(nodes, 'Get the customer').parameters,
		items: [{ json: event }],
		credential: studiosCredential([STUDIO]),
	});
	expect(rowOf(nodes, event, json)).toBe(
		`"North","-12","'=1+1","'\t@SUM(A1)","'+x@gym.example","2026-03-20T06:07:08.009Z"\n`,
	);
});
