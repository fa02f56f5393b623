import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CREDENTIAL, running } from './fixture.cts';
import { itemsOf, type WorkflowFile } from './instance.cts';
import { PROJECT } from './package.cts';
import { listCustomers, type ListedCustomer } from './studio.cts';
import {
	eventOf,
	publish,
	runsOf,
	sendEvent,
	storeWebhookCredential,
	WEBHOOK_KEY,
	type Run,
	type SentEvent,
} from './webhooks.cts';

interface Person extends ListedCustomer {
	customerNumber: string;
	dateOfBirth: string;
	email?: string;
	city: string;
}

const { n8n, studio } = running();
/** The folder in the examples. n8n's Docker image allows it. */
const FOLDER = '/home/node/.n8n-files';
let credentialId: string;
let people: Person[];

beforeAll(async () => {
	credentialId = await storeWebhookCredential(n8n, studio);
	people = (await listCustomers(studio)) as Person[];
});

/** Publishes an example that writes to n8n's folder, and sends it events. Returns the executions. */
async function runExample(name: string, events: SentEvent[]): Promise<Run[]> {
	const path = join(PROJECT, 'examples', `${name}.json`);
	const workflow = JSON.parse(readFileSync(path, 'utf8')) as WorkflowFile;
	for (const { parameters, credentials } of workflow.nodes) {
		const { fileName } = parameters;
		if (typeof fileName === 'string') {
			expect(fileName).toMatch(new RegExp(`^${FOLDER}/[a-z-]+\\.[a-z]+$`));
			parameters.fileName = fileName.replace(FOLDER, n8n.files);
		}
		if (credentials?.[CREDENTIAL]) credentials[CREDENTIAL].id = credentialId;
	}
	// The demo's import takes a workflow of the same name for the user's own.
	const { id, url } = await publish(n8n, { ...workflow, name: `Test of ${name}` });
	for (const [index, event] of events.entries()) {
		expect((await sendEvent(url, WEBHOOK_KEY, event)).status).toBe(200);
		await runsOf(n8n, id, index + 1);
	}
	const runs = await runsOf(n8n, id, events.length);
	for (const { status, data } of runs) {
		expect([status, data.resultData.error?.message]).toEqual(['success', undefined]);
	}
	return runs;
}

function today(): string {
	// The time zone of the n8n under test.
	return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' })
		.format(new Date())
		.slice(5);
}

describe('the example "New customer to a spreadsheet"', () => {
	it('adds a row for each new customer', async () => {
		const [first, second] = people;

		await runExample(
			'new-customer-to-spreadsheet',
			[first, second].map(({ id }) => eventOf('CUSTOMER_CREATED', id)),
		);

		const rows = readFileSync(join(n8n.files, 'new-customers.csv'), 'utf8').trimEnd().split('\n');
		const row = ({ customerNumber, firstName, lastName, email = '', city }: Person) =>
			[customerNumber, firstName, lastName, email, city, '2026-03-20T06:07:08.009Z']
				.map((value) => `"${value}"`)
				.join(',');
		expect(rows).toEqual([row(first), row(second)]);
	});
});

describe('the example "Contract canceled to a task list"', () => {
	it('adds a task for each contract', async () => {
		const [first, second] = people;

		await runExample('contract-cancelled-to-task-list', [
			eventOf('CONTRACT_CANCELLED', first.id, { contractId: 11 }),
			eventOf('CONTRACT_CANCELLED', second.id, { contractId: 12 }),
		]);

		const task = ({ firstName, lastName, customerNumber }: Person, contract: number) =>
			`[ ] 2026-03-20 Call ${firstName} ${lastName} (customer ${customerNumber}): contract ${contract} was canceled\n`;
		expect(readFileSync(join(n8n.files, 'tasks.txt'), 'utf8')).toBe(
			task(first, 11) + task(second, 12),
		);
	});
});

describe('the example "Birthday check-in"', () => {
	it('greets only customers who check in on their birthday', async () => {
		const isToday = ({ dateOfBirth }: Person) => dateOfBirth.slice(5) === today();
		const born = people.filter(isToday)[0];
		const other = people.filter((person) => !isToday(person))[0];

		const runs = await runExample('birthday-check-in', [
			eventOf('CUSTOMER_CHECKIN', born.id),
			eventOf('CUSTOMER_CHECKIN', other.id),
		]);

		const greetings = runs.map(({ data }) => itemsOf(data, 'Write the greeting'));
		expect(greetings.map((items) => items.length)).toEqual([1, 0]);
		expect(greetings[0][0].json).toMatchObject({
			email: born.email ?? '',
			subject: `Happy birthday, ${born.firstName}!`,
		});
	});
});
