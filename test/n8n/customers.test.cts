import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	chain,
	code,
	connect,
	CREDENTIAL,
	manualTrigger,
	node,
	perfectGymNext,
	running,
	storeCredential,
} from './fixture.cts';
import { itemsOf, type WorkflowFile } from './instance.cts';
import { PROJECT } from './package.cts';
import { readSpreadsheet } from './spreadsheet.cts';
import { listCustomers, type ListedCustomer } from './studio.cts';

const { n8n, studio } = running();
let credentialId: string;
let listed: ListedCustomer[];

beforeAll(async () => {
	credentialId = await storeCredential(n8n, studio);
	listed = await listCustomers(studio);
});

describe('the example "Customers to a spreadsheet"', () => {
	it('writes all 20,000 customers of a studio to one file', async () => {
		const path = join(PROJECT, 'examples', 'customers-to-spreadsheet.json');
		const workflow = JSON.parse(readFileSync(path, 'utf8')) as WorkflowFile;
		const file = join(n8n.files, 'example.xlsx');
		for (const { name, parameters, credentials } of workflow.nodes) {
			if (name === 'Save the file') parameters.fileName = file;
			if (credentials) credentials[CREDENTIAL].id = credentialId;
		}

		const { status, data } = await n8n.runWorkflow(
			await n8n.createWorkflow({ ...workflow, name: 'Test of customers-to-spreadsheet' }),
			240_000,
		);

		expect(data.resultData.error?.message).toBeUndefined();
		expect(status).toBe('success');
		expect(listed.length).toBeGreaterThanOrEqual(20_000);
		const { columns, rows } = await readSpreadsheet(file);
		expect(rows).toHaveLength(listed.length);
		const ids = new Set(rows.map((row) => Number(row[columns.indexOf('id')])));
		expect(ids).toEqual(new Set(listed.map(({ id }) => id)));
	});

	it('writes one column per value, with unique names', async () => {
		const { columns, rows } = await readSpreadsheet(join(n8n.files, 'example.xlsx'));

		expect(columns).toEqual(expect.arrayContaining(['id', 'firstName', 'lastName', 'email']));
		expect(new Set(columns).size).toBe(columns.length);
		const cells = rows.slice(0, 500).flat();
		expect(cells).not.toContain('[object Object]');
		const first = rows[0];
		const { firstName, lastName } =
			listed.find(({ id }) => id === Number(first[columns.indexOf('id')])) ?? listed[0];
		expect(first[columns.indexOf('firstName')]).toBe(firstName);
		expect(first[columns.indexOf('lastName')]).toBe(lastName);
	});
});

describe('Customer > Get Many', () => {
	it.each([1, 120, 501])('returns %i customers if that is the Limit', async (limit) => {
		const workflow = chain(`Limit ${limit}`, [
			manualTrigger(),
			perfectGymNext('Get', credentialId, {
				resource: 'customer',
				operation: 'getCustomers',
				returnAll: false,
				limit,
			}),
		]);

		const { status, data } = await n8n.runWorkflow(await n8n.createWorkflow(workflow));

		expect(data.resultData.error?.message).toBeUndefined();
		expect(status).toBe('success');
		const ids = itemsOf(data, 'Get').map(({ json }) => json.id);
		expect(ids).toEqual(listed.slice(0, limit).map(({ id }) => id));
	});

	it('keeps the key out of stored executions and the log after a failure', async () => {
		const workflow = chain('Wrong key', [
			manualTrigger(),
			perfectGymNext(
				'Get',
				await storeCredential(n8n, { baseUrl: studio.baseUrl, apiKey: 'wrong-key-0815' }),
				{ resource: 'customer', operation: 'getCustomers', returnAll: true },
			),
		]);

		const run = await n8n.runWorkflow(await n8n.createWorkflow(workflow));

		expect(run.status).toBe('error');
		expect(JSON.stringify(run.data)).not.toContain('wrong-key-0815');
		expect(n8n.log()).not.toContain('wrong-key-0815');
	});

	it('keeps the key out of stored executions and the log after a success', async () => {
		const workflow = chain('Right key', [
			manualTrigger(),
			perfectGymNext('Get', credentialId, { resource: 'customer', operation: 'getCustomers' }),
		]);
		const run = await n8n.runWorkflow(await n8n.createWorkflow(workflow));
		expect(run.status).toBe('success');
		expect(JSON.stringify(run.data)).not.toContain(studio.apiKey);
		expect(n8n.log()).not.toContain(studio.apiKey);
	});
});

describe('the error output', () => {
	it('receives only the failed item, with its input and the error', async () => {
		const [a, b, c, d] = listed.map(({ id }) => id);
		const workflow = chain('Error output', [
			manualTrigger(),
			code(
				'List',
				`return ${JSON.stringify([a, b, 1, c, d])}.map((id, row) => ({ json: { id, row } }));`,
			),
			perfectGymNext(
				'Get',
				credentialId,
				{
					resource: 'customer',
					operation: 'getCustomerById',
					customerId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				},
				{ onError: 'continueErrorOutput' },
			),
			node('Found', 'n8n-nodes-base.noOp', 1),
		]);
		workflow.nodes.push(node('Failed', 'n8n-nodes-base.noOp', 1));
		connect(workflow, 'Get', 'Failed', 1);

		const { status, data } = await n8n.runWorkflow(await n8n.createWorkflow(workflow));

		expect(data.resultData.error?.message).toBeUndefined();
		expect(status).toBe('success');
		expect(itemsOf(data, 'Found').map(({ json }) => json.id)).toEqual([a, b, c, d]);
		expect(itemsOf(data, 'Failed').map(({ json }) => json)).toEqual([
			expect.objectContaining({ id: 1, row: 2, error: expect.any(String) as string }),
		]);
		const links = itemsOf(data, 'Get').map(({ pairedItem }) => pairedItem);
		expect(links).toMatchObject([0, 1, 3, 4].map((item) => ({ item })));
	});
});
