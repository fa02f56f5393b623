import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INode, INodeParameters, NodeParameterValueType } from 'n8n-workflow';
import {
	chain,
	code,
	connect,
	CREDENTIAL,
	manualTrigger,
	perfectGymNext,
	running,
} from './fixture.cts';
import { itemsOf, type Execution, type WorkflowFile } from './instance.cts';
import { PROJECT } from './package.cts';
import { readSpreadsheet } from './spreadsheet.cts';
import { publish, runsOf, storeWebhookCredential, type Run } from './webhooks.cts';

const { n8n, studio } = running();
/** The folder in the examples. n8n's Docker image allows it. */
const FOLDER = '/home/node/.n8n-files';
const CAPACITY = 100;

interface Answer {
	status: number;
	json: unknown;
}

interface Logged {
	operationId?: string;
	body?: unknown;
}

let credentialId: string;
let customers: number[];

beforeAll(async () => {
	credentialId = await storeWebhookCredential(n8n, studio);
	const { result } = await read<{ result: Array<{ id: number }> }>('/v1/customers?sliceSize=500');
	// Other tests use the first ones.
	customers = result.map(({ id }) => id).slice(200);
});

async function request(url: string, method: string, body?: unknown): Promise<Answer> {
	const response = await fetch(url, {
		method,
		headers: {
			'x-api-key': studio.apiKey,
			...(body !== undefined && { 'content-type': 'application/json' }),
		},
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	const text = await response.text();
	const json = text === '' ? undefined : (JSON.parse(text) as unknown);
	return { status: response.status, json };
}

/** Reads from the studio's API without our node. */
async function read<T>(path: string): Promise<T> {
	const { status, json } = await request(`${studio.baseUrl}${path}`, 'GET');
	expect([path, status]).toEqual([path, 200]);
	// The simulator's own tests check these types.
	return json as T;
}

/** Calls one of the simulator's own endpoints. */
async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
	const { status, json } = await request(`${studio.controlUrl}${path}`, method, body);
	expect([path, status]).toEqual([path, 200]);
	return json as T;
}

/** Returns the bodies of an operation's requests since the log was cleared, oldest first. */
async function calls(operationId: string): Promise<unknown[]> {
	const { requests } = await control<{ requests: Logged[] }>('GET', '/requests');
	return requests.filter((request) => request.operationId === operationId).map(({ body }) => body);
}

/** Loads an example, selects the credential and moves its files to n8n's folder. */
function load(name: string): WorkflowFile {
	const text = readFileSync(join(PROJECT, 'examples', `${name}.json`), 'utf8');
	const workflow = JSON.parse(text.replaceAll(FOLDER, n8n.files)) as WorkflowFile;
	expect(workflow.nodes[0].type).toBe('n8n-nodes-base.stickyNote');
	for (const { credentials } of workflow.nodes) {
		if (credentials?.[CREDENTIAL]) {
			expect(credentials[CREDENTIAL].id).toBeNull();
			credentials[CREDENTIAL].id = credentialId;
		}
	}
	// The demo's import takes a workflow of the same name for the user's own.
	return { ...workflow, name: `Test of ${name}` };
}

function named({ nodes }: WorkflowFile, name: string): INode {
	const found = nodes.find((node) => node.name === name);
	if (!found) throw new Error(`The workflow has no node "${name}"`);
	return found;
}

/** Sets values in an Edit Fields node. */
function set(workflow: WorkflowFile, name: string, values: Record<string, string | number>): void {
	const { parameters } = named(workflow, name);
	const { assignments } = parameters.assignments as {
		assignments: Array<{ name: string; value: NodeParameterValueType }>;
	};
	for (const [field, value] of Object.entries(values)) {
		const assignment = assignments.find((each) => each.name === field);
		if (!assignment) throw new Error(`${name} does not set ${field}`);
		assignment.value = value;
	}
}

async function run(workflow: WorkflowFile): Promise<Execution> {
	return await n8n.runWorkflow(await n8n.createWorkflow(workflow));
}

function succeeded({ status, data }: Pick<Run, 'status' | 'data'>): Run['data'] {
	expect([data.resultData.error?.message, status]).toEqual([undefined, 'success']);
	return data;
}

function jsonOf<T extends object = IDataObject>(data: Run['data'], name: string): T[] {
	return itemsOf(data, name).map(({ json }) => json as T);
}

/** Waits until a condition holds. Throws an Error after a minute. */
async function until(condition: () => Promise<boolean>): Promise<void> {
	const deadline = Date.now() + 60_000;
	while (!(await condition())) {
		if (Date.now() > deadline) throw new Error('The condition did not hold within a minute');
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

beforeEach(() => control('DELETE', '/requests'));

describe('the example "Add a membership with preview"', () => {
	interface Contract {
		id: number;
		rateName: string;
		startDate: string;
	}

	const contractsOf = (customer: number) => read<Contract[]>(`/v1/customers/${customer}/contracts`);

	function example(values: Record<string, string | number>): WorkflowFile {
		const workflow = load('add-membership-with-preview');
		set(workflow, 'Your request', values);
		return workflow;
	}

	it('adds the membership if the amount due is as expected', async () => {
		const [customer] = customers;
		const before = await contractsOf(customer);

		const data = succeeded(
			await run(
				example({
					customerId: String(customer),
					offerName: 'Plus',
					termNumber: 2,
					startDate: '2031-04-01',
					expectedDue: 29.95,
				}),
			),
		);

		expect(jsonOf(data, 'Amount due')).toEqual([
			expect.objectContaining({ offerName: 'Plus', due: 29.95, currency: 'EUR' }),
		]);
		const after = await contractsOf(customer);
		expect(after).toHaveLength(before.length + 1);
		const added = after.filter(({ id }) => !before.some((contract) => contract.id === id));
		expect(added).toEqual([expect.objectContaining({ rateName: 'Plus', startDate: '2031-04-01' })]);
		expect(jsonOf(data, 'Get the contracts').map(({ id }) => id)).toEqual(
			after.map(({ id }) => id),
		);
		const offers = await read<Array<{ name: string; terms: Array<{ id: number }> }>>(
			'/v1/memberships/membership-offers',
		);
		const term = offers.find(({ name }) => name === 'Plus')?.terms[1].id;
		expect(await calls('addMembership')).toEqual([
			{ contractOfferTermId: term, startDate: '2031-04-01' },
		]);
	});

	it.each([
		['amount', { expectedDue: 19.91 }],
		['currency', { expectedCurrency: 'CHF' }],
	])('adds nothing if the %s differs, and says so', async (_what, expected) => {
		const customer = customers[1];
		const before = await contractsOf(customer);

		const data = succeeded(
			await run(
				example({
					customerId: String(customer),
					offerName: 'Basic',
					expectedDue: 19.9,
					...expected,
				}),
			),
		);

		expect(jsonOf(data, 'Nothing added')).toEqual([
			{ text: expect.stringMatching(/^Nothing was added: 19\.9 EUR is due, but /) as string },
		]);
		expect(await calls('addMembership')).toEqual([]);
		expect(await contractsOf(customer)).toEqual(before);
	});

	it('stops before the preview if the offer does not exist', async () => {
		const { status, data } = await run(
			example({ customerId: String(customers[1]), offerName: 'No such offer' }),
		);

		expect(status).toBe('error');
		expect(data.resultData.error?.message).toContain('"Offer and Term"');
		expect(await calls('postMembershipPreview')).toEqual([]);
		expect(await calls('addMembership')).toEqual([]);
	});
});

describe('the examples for debt collection', () => {
	interface DebtRow extends IDataObject {
		debtorId: string | number;
		caseId: string | number;
		debtId: string | number;
		amount: number;
		currency: string;
	}

	const RUN = 1_570_000_123;
	let rows: DebtRow[];

	const debtorsOf = (run: number) =>
		read<{ result: Array<{ debtorId: string }> }>(
			`/v1/debt-collection/${run}/debtors?sliceSize=50`,
		);

	/** Sends the event of the run several times. Returns the data of the executions. */
	async function sendRun(runs: number): Promise<Run['data'][]> {
		const { id, url } = await publish(n8n, load('debt-collection-to-agency'));
		await control('POST', '/webhooks', { url, events: ['FINANCE_DEBT_COLLECTION_RUN_CREATED'] });
		try {
			for (let i = 1; i <= runs; i++) {
				await control('POST', '/events', {
					type: 'FINANCE_DEBT_COLLECTION_RUN_CREATED',
					entityId: RUN,
				});
				await runsOf(n8n, id, i);
			}
			return (await runsOf(n8n, id, runs)).map(succeeded);
		} finally {
			await control('DELETE', '/webhooks');
		}
	}

	it('save a run to a file for the agency, and confirm it only once', async () => {
		const details = `/v1/debt-collection/${RUN}/details`;
		expect(await read(details)).toMatchObject({ status: 'WAITING_FOR_CONFIRMATION' });

		const [first, second] = await sendRun(2);

		const { columns, rows: cells } = await readSpreadsheet(
			join(n8n.files, `debts-of-run-${RUN}.xlsx`),
		);
		rows = cells.map(
			(row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])) as DebtRow,
		);
		// 53 debtors with two debts each, in two chunks.
		expect(rows).toHaveLength(106);
		const { result } = await debtorsOf(RUN);
		expect([...new Set(rows.map(({ debtorId }) => String(debtorId)))].slice(0, 50)).toEqual(
			result.map(({ debtorId }) => debtorId),
		);
		expect(new Set(rows.map(({ debtId }) => debtId)).size).toBe(106);
		expect(rows[0]).toMatchObject({
			lastName: expect.stringContaining(', "Ü"') as string,
			amount: 19.9,
			currency: 'EUR',
		});
		expect(jsonOf(first, 'Confirm the transfer')).toEqual([
			expect.objectContaining({ success: true }),
		]);
		expect(await read(details)).toMatchObject({ status: 'COMPLETED' });
		// The second event finds the run already confirmed.
		expect(itemsOf(second, 'Get all debtors')).toEqual([]);
		expect(await calls('confirmTransfer')).toHaveLength(1);
	});

	it("send the agency's report, with the debts of a case grouped", async () => {
		const [a, b, c] = rows;
		const line = (row: DebtRow, paid: number | string, ...more: string[]) =>
			[row.debtorId, row.caseId, `A-${row.debtorId}`, row.debtId]
				.concat([row.amount, 0, paid, row.currency, ...more])
				.join(',');
		const header =
			'debtorId,caseId,agencyCaseId,debtId,originalAmount,canceledAmount,paidAmount,currency,closed,closedOn';
		const report = join(n8n.files, 'agency-report.csv');
		const text = [
			header,
			line(a, 19.9, 'POSITIVE', '2026-03-31'),
			line(b, 5, 'POSITIVE', '2026-03-31'),
			line(c, '7.5', '', ''),
		];
		writeFileSync(report, text.join('\n'));

		const data = succeeded(await run(load('debt-collection-agency-report')));

		const debt = (row: DebtRow, paidAmount: number) => ({
			debtId: row.debtId,
			originalAmount: row.amount,
			canceledAmount: 0,
			paidAmount,
			currency: 'EUR',
		});
		const expected = [
			{
				debtorId: String(a.debtorId),
				agencyCollectionCases: [
					{
						agencyCollectionCaseId: `A-${a.debtorId}`,
						collectionCaseIds: [a.caseId],
						closure: { type: 'POSITIVE', date: '2026-03-31' },
						debts: [debt(a, 19.9), debt(b, 5)],
					},
				],
			},
			{
				debtorId: String(c.debtorId),
				agencyCollectionCases: [
					{
						agencyCollectionCaseId: `A-${c.debtorId}`,
						collectionCaseIds: [c.caseId],
						debts: [debt(c, 7.5)],
					},
				],
			},
		];
		expect(await calls('updateDebtCollection')).toEqual([
			{ requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string, debtors: expected },
		]);
		const path = `/v1/debt-collection/cases?debtorId=${a.debtorId}&debtorId=${c.debtorId}`;
		expect(await read(path)).toEqual(expected);
		expect(jsonOf(data, 'Check the cases')).toEqual(expected);
	});

	it('send nothing if a row of the report lacks an amount', async () => {
		const report = join(n8n.files, 'agency-report.csv');
		const lines = readFileSync(report, 'utf8').replace(',7.5,', ',unknown,');
		writeFileSync(report, lines);

		const { status, data } = await run(load('debt-collection-agency-report'));

		expect(status).toBe('error');
		expect(data.resultData.error?.message).toContain('Row 3: paidAmount is not a number');
		expect(await calls('updateDebtCollection')).toEqual([]);
	});
});

describe('the example "Monthly tax export"', () => {
	it('requests the export of last month and saves the file after the event', async () => {
		const { id, url } = await publish(n8n, load('monthly-tax-export'));
		await control('POST', '/webhooks', { url, events: ['TAX_ADVISOR_EXPORT_CREATED'] });
		const requested = await n8n.runWorkflow(id).finally(async () => {
			await until(async () => (await runsOf(n8n, id, 2)).length === 2);
			await control('DELETE', '/webhooks');
		});

		const day = (date: Date) => date.toISOString().slice(0, 10);
		const [year, month] = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' })
			.format(new Date())
			.split('-')
			.map(Number);
		const fromDate = day(new Date(Date.UTC(year, month - 2, 1)));
		const toDate = day(new Date(Date.UTC(year, month - 1, 0)));
		expect(await calls('createExport')).toEqual([
			{ fromDate, toDate, exportFormat: 'SINGLE', exportFileFormat: 'CSV' },
		]);
		const [{ exportId }] = jsonOf(succeeded(requested), 'Request the export');
		const fetched = (await runsOf(n8n, id, 2)).find(({ mode }) => mode === 'webhook');
		if (!fetched) throw new Error('The event did not start an execution');
		expect(jsonOf(succeeded(fetched), 'When an export is ready')).toEqual([
			expect.objectContaining({ exportId }),
		]);
		expect(readFileSync(join(n8n.files, `tax-export-${fromDate}.csv`), 'utf8')).toBe(
			`date;account;amount\n${fromDate};8400;19.90\n${toDate};8400;49.00\n`,
		);
	});
});

describe('the example "Studio traffic light"', () => {
	const present = async () => (await read<{ count: number }>('/v1/studios/utilization')).count;
	const visit = async (what: 'checkin' | 'checkout', ids: number[]) => {
		for (const id of ids) {
			await request(`${studio.baseUrl}/v1/customers/${id}/${what}`, 'POST', {});
		}
	};

	it('turns from green to yellow and red as the studio fills', async () => {
		const lights: unknown[] = [];
		const guests: number[] = [];
		const fillTo = async (wanted: number) => {
			const more = wanted - (await present());
			const next = customers.slice(10 + guests.length, 10 + guests.length + more);
			guests.push(...next);
			await visit('checkin', next);
			expect(await present()).toBe(wanted);
		};
		try {
			for (const count of [49, 50, 79, 80, 101]) {
				await fillTo(count);
				const data = succeeded(await run(load('studio-traffic-light')));
				const [{ light, percent, visitors }] = jsonOf(data, 'Choose the color');
				expect([percent, visitors]).toEqual([(count / CAPACITY) * 100, count]);
				lights.push(light);
			}
		} finally {
			await visit('checkout', guests);
		}
		expect(lights).toEqual(['green', 'yellow', 'yellow', 'red', 'red']);
	});
});

describe('one workflow', () => {
	const byId = (value: string | number) => ({ __rl: true, mode: 'id', value });
	const step = (name: string, parameters: INodeParameters) =>
		// Otherwise a node after a list would run once per record.
		perfectGymNext(name, credentialId, parameters, { executeOnce: true });

	/** A workflow with several chains that start at the same Manual Trigger. */
	function branches(name: string, chains: INode[][]): WorkflowFile {
		const start = manualTrigger();
		const workflow: WorkflowFile = { name, nodes: [start], connections: {} };
		for (const nodes of chains) {
			const part = chain(name, nodes);
			workflow.nodes.push(...part.nodes);
			Object.assign(workflow.connections, part.connections);
			connect(workflow, start.name, nodes[0].name);
		}
		return workflow;
	}

	it('reads each of the other resources, and writes those that the API can write', async () => {
		const customer = customers[2];
		const tags = [{ name: 'Sauna & "Spa"' }, { name: 'Größe' }];
		const workflow = branches('Reads and writes', [
			[
				step('Put tags by hand', {
					resource: 'apiRequest',
					operation: 'sendApiRequest',
					requestMethod: 'PUT',
					requestPath: '/v1/studios/information/tags',
					requestBody: JSON.stringify([{ name: 'By hand' }]),
				}),
				step('Read tags by hand', {
					resource: 'apiRequest',
					operation: 'sendApiRequest',
					requestMethod: 'GET',
					requestPath: '/v1/studios/tags',
				}),
				step('Update tags', {
					resource: 'studio',
					operation: 'updateStudioTags',
					specifyBody: 'json',
					jsonBody: JSON.stringify(tags),
				}),
				step('Studio', { resource: 'studio', operation: 'getStudioInformation' }),
			],
			[
				step('Redeem', {
					resource: 'checkinVoucher',
					operation: 'redeemCheckinVoucher',
					specifyBody: 'fields',
					checkinVoucherCode: 'GUEST-1',
					guestFirstName: 'Alpha',
					guestLastName: 'Testperson-A',
					guestEmail: 'sample@example.com',
					onlineOfferId: byId(17),
				}),
			],
			[
				step('Customer of any studio', {
					resource: 'crossStudio',
					operation: 'getCrossStudioCustomerById',
					customerId: byId(customer),
				}),
			],
			[
				step('Balance before', {
					resource: 'customerAccount',
					operation: 'getCustomersAccountBalanceData',
					customerId: byId(customer),
				}),
				step('Payment session', {
					resource: 'payment',
					operation: 'userSession',
					specifyBody: 'fields',
					sessionPayer: 'existing',
					sessionCustomerId: byId(customer),
					sessionScope: 'ECOM',
					sessionAmount: '={{ -$json.accountBalance.amount }}',
					sessionReferenceText: 'What is due',
				}),
				step('Payment', {
					resource: 'customerAccount',
					operation: 'bookCustomerPayment',
					specifyBody: 'fields',
					customerId: byId(customer),
					accountPaymentRequestToken: '={{ $json.token }}',
					accountPaymentAmount: "={{ -$('Balance before').first().json.accountBalance.amount }}",
					accountPaymentCurrency: 'EUR',
				}),
				step('Balance after', {
					resource: 'customerAccount',
					operation: 'getCustomersAccountBalanceData',
					customerId: byId(customer),
				}),
			],
			[
				step('Devices before', { resource: 'device', operation: 'getDevices' }),
				code(
					'Inactive device',
					'return $input.all().filter(({ json }) => !json.active).slice(0, 1);',
				),
				step('Activate', {
					resource: 'device',
					operation: 'activateDevice',
					deviceId: byId('={{ $json.id }}'),
				}),
				step('Devices after', { resource: 'device', operation: 'getDevices' }),
			],
			[
				step('Employees', { resource: 'employee', operation: 'getEmployees', returnAll: true }),
				step('Employee', {
					resource: 'employee',
					operation: 'getEmployee',
					employeeId: byId('={{ $json.id }}'),
				}),
			],
			[step('Member lists', { resource: 'memberList', operation: 'getMemberLists' })],
			[
				step('Online offers', {
					resource: 'onlineOffer',
					operation: 'getPurchasableOnlineOffers',
					returnAll: true,
				}),
				step('Purchase', {
					resource: 'onlineOffer',
					operation: 'postOnlineOfferPurchase',
					specifyBody: 'fields',
					onlineOfferId: byId('={{ $json.onlineOfferId }}'),
					purchaseCustomerId: byId(customer),
				}),
				step('Purchases', {
					resource: 'onlineOffer',
					operation: 'getOnlineOfferPurchases',
					customerId: byId(customer),
				}),
			],
		]);

		const data = succeeded(await run(workflow));

		const out = (name: string) => jsonOf(data, name);
		expect(out('Read tags by hand')).toEqual([{ name: 'By hand' }]);
		expect(await read('/v1/studios/tags')).toEqual(tags);
		expect(out('Studio')).toEqual([expect.objectContaining({ studioTags: tags })]);
		expect(out('Redeem')).toEqual([{ studioAccessCode: expect.any(String) as string }]);
		expect(await calls('redeemCheckinVoucher')).toEqual([
			{
				voucherCode: 'GUEST-1',
				firstname: 'Alpha',
				lastname: 'Testperson-A',
				email: 'sample@example.com',
				onlineOfferId: 17,
			},
		]);
		expect(out('Customer of any studio')).toEqual([await read(`/v1/customers/${customer}`)]);
		const [{ token }] = out('Payment session');
		expect(await calls('userSession')).toEqual([
			{ customerId: customer, scope: 'ECOM', amount: 29.9, referenceText: 'What is due' },
		]);
		expect(await calls('bookCustomerPayment')).toEqual([
			{ paymentRequestToken: token, amount: { amount: 29.9, currency: 'EUR' } },
		]);
		expect(out('Balance after')).toEqual([
			expect.objectContaining({ accountBalance: { amount: 0, currency: 'EUR' } }),
		]);
		const [{ id: deviceId }] = out('Inactive device');
		expect(out('Activate')).toEqual([
			expect.objectContaining({ accessToken: expect.any(String) as string }),
		]);
		expect(out('Devices after')).toEqual(await read('/v1/devices'));
		expect(out('Devices after').find(({ id }) => id === deviceId)).toMatchObject({ active: true });
		expect(out('Employees').length).toBeGreaterThan(100);
		expect(out('Employee').map(({ id }) => id)).toEqual([out('Employees')[0].id]);
		expect(out('Member lists')).toEqual(await read('/v1/member-lists'));
		const [{ onlineOfferId }] = jsonOf<{ onlineOfferId: number }>(data, 'Online offers');
		expect(await calls('postOnlineOfferPurchase')).toEqual([
			{ onlineOfferId, customerId: customer },
		]);
		const purchases = await read<object[]>(`/v1/online-offers/${customer}/purchased`);
		expect(out('Purchases')).toEqual(
			purchases.map((purchase) => ({ customerId: customer, ...purchase })),
		);
		expect(out('Purchases')).toContainEqual(
			expect.objectContaining({ name: `Offer ${onlineOfferId}` }),
		);
	});
});
