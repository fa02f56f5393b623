/** What the examples about members do, in a studio of their own. */

import { join } from 'node:path';
import { readExample } from '../../scripts/demo/content.cts';
import { startSimulator, type Simulator } from '../simulator/server.cts';
import { chain, CREDENTIAL, manualTrigger, node, running, storeCredential } from './fixture.cts';
import { itemsOf, type Execution, type WorkflowFile } from './instance.cts';
import { readSpreadsheet } from './spreadsheet.cts';
import { listCustomers, type ListedCustomer } from './studio.cts';
import { startReceiver } from './webhooks.cts';

interface Person extends ListedCustomer {
	customerNumber: string;
	status: string;
	createdDateTime: string;
	email?: string;
	idlePeriods?: unknown[];
}

interface Contract {
	id: number;
	endDate: string;
	contractStatus: string;
}

/** So that more than one request of 100 contacts is needed. */
const CUSTOMERS = 260;
/** How many customers an example reads that sends a request for each. */
const READ = 100;
const DAY_MS = 86_400_000;
const TABLE = 'Members in the test';

const { n8n } = running();
let simulator: Simulator;
let credentialId: string;
let people: Person[];

beforeAll(async () => {
	simulator = await startSimulator({ customers: CUSTOMERS });
	credentialId = await storeCredential(n8n, simulator);
	people = (await listCustomers(simulator)) as Person[];
});
afterAll(async () => await simulator.close());

function example(file: string): WorkflowFile {
	const workflow = readExample(
		file,
		{ credentials: { [CREDENTIAL]: credentialId } },
		{ files: n8n.files, pageUrl: simulator.controlUrl },
	);
	// The demo would take a workflow of the same name for its own.
	return { ...workflow, name: `Test of ${file}` };
}

async function run(workflow: WorkflowFile): Promise<Execution> {
	return await rerun(await n8n.createWorkflow(workflow));
}

async function rerun(id: string): Promise<Execution> {
	const execution = await n8n.runWorkflow(id);
	const { status, data } = execution;
	expect([status, data.resultData.error?.message]).toEqual(['success', undefined]);
	return execution;
}

function jsonOf({ data }: Execution, name: string) {
	return itemsOf(data, name).map(({ json }) => json);
}

async function read<T>(path: string): Promise<T> {
	const response = await fetch(`${simulator.baseUrl}${path}`, {
		headers: { 'x-api-key': simulator.apiKey },
	});
	return (await response.json()) as T;
}

async function contractsOf(readPeople: Person[]): Promise<Array<[Person, Contract]>> {
	const pairs: Array<[Person, Contract]> = [];
	for (const person of readPeople) {
		const contracts = await read<Contract[]>(`/v1/customers/${person.id}/contracts`);
		pairs.push(...contracts.map((contract): [Person, Contract] => [person, contract]));
	}
	return pairs;
}

/** @param after in days. Returns the date in the time zone of the n8n under test. */
function day(after: number): string {
	const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' });
	return format.format(Date.now() + after * DAY_MS);
}

test('members with their contracts: one row per contract, with its member', async () => {
	await run(example('members-with-contracts-to-spreadsheet.json'));

	const { columns, rows } = await readSpreadsheet(join(n8n.files, 'members-with-contracts.xlsx'));
	const wanted = ['customerId', 'firstName', 'lastName', 'contractId'];
	expect(columns).toEqual(expect.arrayContaining(wanted));
	const pairs = await contractsOf(people.slice(0, READ));
	expect(pairs.length).toBeGreaterThan(READ);
	expect(rows.map((row) => wanted.map((name) => row[columns.indexOf(name)]))).toEqual(
		pairs.map(([{ id, firstName, lastName }, contract]) => [id, firstName, lastName, contract.id]),
	);
});

test('contracts that end within 30 days: only these, the earliest first', async () => {
	const execution = await run(example('contracts-ending-soon.json'));

	const ending = (await contractsOf(people.slice(0, READ)))
		.filter(([, { contractStatus, endDate }]) => contractStatus === 'ACTIVE' && endDate <= day(30))
		.sort(([, one], [, other]) => one.endDate.localeCompare(other.endDate));
	expect(ending.length).toBeGreaterThan(2);
	const [{ subject, text }] = jsonOf(execution, 'Write the message');
	expect(subject).toBe(`Contracts that end within 30 days: ${ending.length}`);
	const beginnings = ending.map(
		([{ firstName, lastName }, { endDate }]) => `${endDate}: ${firstName} ${lastName} (`,
	);
	expect((text as string).split('\n')).toEqual(
		beginnings.map((beginning): unknown => expect.stringContaining(beginning)),
	);
});

test('members without a visit: neither new members nor those whose contract is frozen', async () => {
	const execution = await run(example('members-without-visit.json'));

	const from = day(-14);
	const away: Person[] = [];
	for (const person of people.slice(0, READ)) {
		const isOld = person.createdDateTime.slice(0, 10) <= from;
		const path = `/v1/customers/${person.id}/activities/checkins?fromDate=${from}`;
		const { result } = await read<{ result: unknown[] }>(path);
		if (isOld && !person.idlePeriods && result.length === 0) away.push(person);
	}
	expect(away.length).toBeGreaterThan(2);
	const written = jsonOf(execution, 'Write the message').map(
		({ customerNumber }) => customerNumber,
	);
	expect(written).toEqual(away.map(({ customerNumber }) => customerNumber));
});

describe('members to a data table', () => {
	let id: string;

	/** What a run has saved, by the step that saved it: the member's ID and what changed. */
	async function changes(): Promise<unknown[][]> {
		const execution = await rerun(id);
		return ['Add the rows', 'Add or update the row'].map((name) =>
			(execution.data.resultData.runData[name] ?? [])
				.flatMap(({ data }) => data?.main[0] ?? [])
				.map(({ json }) => [json.customerId, json.change]),
		);
	}

	beforeAll(async () => {
		const text = JSON.stringify(example('members-to-data-table.json'));
		id = await n8n.createWorkflow(
			JSON.parse(text.replaceAll('PerfectGym members', TABLE)) as WorkflowFile,
		);
	});
	afterAll(() => simulator.seed(CUSTOMERS));

	it('adds all members in the first run, and nothing in the second', async () => {
		const [added, updated] = await changes();
		expect(added).toEqual(people.map((person) => [person.id, 'new']));
		expect(updated).toEqual([]);

		expect(await changes()).toEqual([[], []]);
	});

	it('saves who is new, changed, gone and back', async () => {
		const [first] = people;
		const last = people.at(-1)?.id;
		const edit = node('Edit', 'n8n-nodes-base.dataTable', 1.1, {
			resource: 'row',
			operation: 'update',
			dataTableId: { __rl: true, mode: 'name', value: TABLE },
			filters: { conditions: [{ keyName: 'customerId', condition: 'eq', keyValue: first.id }] },
			columns: { mappingMode: 'defineBelow', value: { city: 'Elsewhere' }, schema: [] },
			options: {},
		});
		await run(chain('Edit', [manualTrigger(), edit]));
		simulator.seed(CUSTOMERS - 1);
		expect(await changes()).toEqual([
			[],
			[
				[last, 'gone'],
				[first.id, 'changed'],
			],
		]);
		expect(await changes()).toEqual([[], []]);

		simulator.seed(CUSTOMERS + 2);
		const listed = await listCustomers(simulator);
		expect(await changes()).toEqual([[[listed.at(-1)?.id, 'new']], [[last, 'changed']]]);
	});
});

test('new members: each one once', async () => {
	const id = await n8n.createWorkflow(example('new-members-without-webhooks.json'));
	const newest = people.filter(({ createdDateTime }) => createdDateTime.slice(0, 10) >= day(-2));
	expect(newest.length).toBeGreaterThan(2);

	const greeted = (execution: Execution) =>
		jsonOf(execution, 'Write the message').map(({ subject }) => subject);
	expect(greeted(await rerun(id))).toEqual(newest.map(({ firstName }) => `Welcome, ${firstName}!`));
	expect(greeted(await rerun(id))).toEqual([]);
});

test('members to HubSpot: each address once, 100 contacts at most in one request', async () => {
	const hubSpot = await startReceiver();
	const workflow = example('members-to-hubspot.json');
	const key = await n8n.createCredential('hubspotAppToken', { appToken: 'a-key' });
	for (const each of workflow.nodes) {
		if (each.name !== 'Send to HubSpot') continue;
		each.disabled = false;
		expect(each.parameters.url).toBe('https://api.hubapi.com/crm/v3/objects/contacts/batch/upsert');
		each.parameters.url = hubSpot.url;
		each.credentials = { hubspotAppToken: { id: key, name: 'HubSpot' } };
	}

	await run(workflow);

	interface Input {
		idProperty: string;
		id: string;
		properties: Record<string, string>;
	}
	const requests = hubSpot.bodies.map(({ inputs }) => inputs as unknown as Input[]);
	await hubSpot.close();
	const byAddress = new Map<string, Person>();
	for (const person of people) {
		if (person.email && !byAddress.has(person.email)) byAddress.set(person.email, person);
	}
	expect(byAddress.size).toBeLessThan(people.filter(({ email }) => email).length);
	expect(requests.map(({ length }) => length)).toEqual([100, byAddress.size - 100]);
	expect(
		requests.flat().map(({ idProperty, id, properties: { email, firstname, lastname } }) => {
			return [idProperty, id, email, firstname, lastname];
		}),
	).toEqual(
		[...byAddress].map(([email, { firstName, lastName }]) => [
			...['email', email, email],
			...[firstName, lastName],
		]),
	);
});
