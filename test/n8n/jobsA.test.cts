import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import {
	chain,
	CREDENTIAL,
	manualTrigger,
	perfectGymNext,
	running,
	storeCredential,
} from './fixture.cts';
import { itemsOf, type Execution, type WorkflowFile } from './instance.cts';
import { PROJECT } from './package.cts';
import { listCustomers, type ListedCustomer } from './studio.cts';
import { runsOf } from './webhooks.cts';

interface Person extends ListedCustomer {
	customerNumber: string;
	email?: string;
	status: string;
	accessRefusal: boolean;
}

interface Slot {
	id: number;
	startDateTime: string;
	maxWaitingListParticipants: number;
	bookedParticipants: number;
	waitingListParticipants: number;
}

interface Booking {
	bookingId: number;
	bookingStatus: string;
	classSlotId: number;
}

interface SelfServiceContract {
	id: number;
	rateName: string;
	availableCancelationDates?: string[];
	cancelationDate?: string;
}

interface SeenRequest {
	operationId?: string;
	status?: number;
	body?: unknown;
}

type Outcome = Pick<Execution, 'status' | 'data'>;

/** Customers and classes that the other test files do not change. */
const FIRST_PERSON = 400;
const YOGA = 1_510_000_001;
const SPINNING = 1_510_000_002;
const FITNESS = 1_510_000_003;

const { n8n, studio } = running();
let credentialId: string;
let people: Person[];

beforeAll(async () => {
	credentialId = await storeCredential(n8n, studio);
	people = ((await listCustomers(studio)) as Person[]).slice(FIRST_PERSON);
});
beforeEach(async () => {
	await fetch(`${studio.controlUrl}/requests`, { method: 'DELETE' });
});

/** Calls the studio's API without our node. */
async function api<T>(path: string, method = 'GET', body?: object): Promise<T> {
	const response = await fetch(`${studio.baseUrl}${path}`, {
		method,
		headers: {
			'x-api-key': studio.apiKey,
			...(body && { 'content-type': 'application/json' }),
		},
		body: body && JSON.stringify(body),
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`${method} ${path} returned ${response.status}: ${text}`);
	return (text ? JSON.parse(text) : undefined) as T;
}

async function requestsFor(operationId: string): Promise<SeenRequest[]> {
	const response = await fetch(`${studio.controlUrl}/requests`);
	const { requests } = (await response.json()) as { requests: SeenRequest[] };
	return requests.filter((request) => request.operationId === operationId);
}

/** The value of a record that a user selects from a list. */
function picked(id: number): INodeParameters {
	return { __rl: true, mode: 'list', value: String(id) };
}

/**
 * Loads an example, selects the credential and changes parameters. `changes` is keyed by node name,
 * then by parameter, or by field in an Edit Fields node.
 */
function example(name: string, changes: Record<string, INodeParameters> = {}): WorkflowFile {
	const path = join(PROJECT, 'examples', `${name}.json`);
	const workflow = JSON.parse(readFileSync(path, 'utf8')) as WorkflowFile;
	for (const { credentials } of workflow.nodes) {
		if (credentials) credentials[CREDENTIAL].id = credentialId;
	}
	for (const [nodeName, values] of Object.entries(changes)) {
		const node = named(workflow, nodeName);
		const edited = node.parameters.assignments as { assignments?: INodeParameters[] } | undefined;
		const fields = edited?.assignments ?? [];
		for (const [name, value] of Object.entries(values)) {
			const field = fields.find((each) => each.name === name);
			if (field) field.value = value;
			else node.parameters[name] = value;
		}
	}
	// The demo's import takes a workflow of the same name for the user's own.
	return { ...workflow, name: `Test of ${name}` };
}

function named(workflow: WorkflowFile, name: string): INode {
	const found = workflow.nodes.find((node) => node.name === name);
	if (!found) throw new Error(`The example has no node "${name}"`);
	return found;
}

async function run(workflow: WorkflowFile): Promise<Outcome> {
	return expectSuccess(await n8n.runWorkflow(await n8n.createWorkflow(workflow)));
}

function expectSuccess(outcome: Outcome): Outcome {
	const { status, data } = outcome;
	expect([status, data.resultData.error?.message]).toEqual(['success', undefined]);
	return outcome;
}

function jsonOf<T extends object = IDataObject>({ data }: Outcome, node: string): T[] {
	return itemsOf(data, node).map(({ json }) => json as T);
}

async function upcomingSlots(classId: number): Promise<Slot[]> {
	const { result } = await api<{ result: Slot[] }>(`/v1/classes/${classId}/slots?sliceSize=100`);
	const now = Date.now();
	return result.filter(({ startDateTime }) => Date.parse(startDateTime.split('[')[0]) > now);
}

async function slotNow(classId: number, { id }: Slot): Promise<Slot> {
	return await api<Slot>(`/v1/classes/${classId}/slots/${id}`);
}

async function book(customer: Person, { id }: Slot): Promise<Booking> {
	const body = { customerId: customer.id, classSlotId: id };
	return await api<Booking>('/v1/classes/booking/book', 'POST', body);
}

describe('the example "Book a class"', () => {
	const set = (customer: Person, classId: number) =>
		example('book-a-class', {
			'Get the customer': { customerId: picked(customer.id) },
			'Get class slots': { classId: picked(classId) },
		});

	it('books the next slot, and the slot after it on a second run', async () => {
		const [customer] = people;
		const [first, second] = await upcomingSlots(SPINNING);

		const outcome = await run(set(customer, SPINNING));

		expect(jsonOf(outcome, 'Validate each slot')).toHaveLength(10);
		const [booked] = jsonOf(outcome, 'Booked');
		expect(booked.message).toMatch(
			new RegExp(`^${customer.firstName} is booked for Indoor Cycling on \\w+ \\d+, 1\\d:00\\.$`),
		);
		const bookings = `/v1/classes/booking?customerId=${customer.id}`;
		expect(await api<Booking[]>(bookings)).toEqual([
			expect.objectContaining({
				bookingId: booked.bookingId,
				bookingStatus: 'BOOKED',
				classSlotId: first.id,
			}),
		]);
		expect((await slotNow(SPINNING, first)).bookedParticipants).toBe(1);

		await run(set(customer, SPINNING));
		const slots = (await api<Booking[]>(bookings)).map(({ classSlotId }) => classSlotId);
		expect(slots).toEqual([first.id, second.id]);
	});

	it('cancels a booking that went to the waiting list', async () => {
		const [, customer, other, third] = people;
		const slots = await upcomingSlots(FITNESS);
		const full = slots.findIndex((slot) => slot.maxWaitingListParticipants > 0);
		for (const before of slots.slice(0, full)) await book(customer, before);
		await book(other, slots[full]);
		await book(third, slots[full]);

		const outcome = await run(set(customer, FITNESS));

		expect(jsonOf(outcome, 'Booked')).toEqual([]);
		expect(jsonOf(outcome, 'Class is full')[0].message).toMatch(
			/^Rücken-Fit on .* is full\. The customer is not on the waiting list\.$/,
		);
		const [{ bookingId, bookingStatus, classSlotId }] = jsonOf<Booking>(outcome, 'Book the slot');
		expect([bookingStatus, classSlotId]).toEqual(['WAITING_LIST', slots[full].id]);
		expect(await api(`/v1/classes/booking/${bookingId}`)).toMatchObject({
			bookingStatus: 'CANCELED',
		});
		expect(await slotNow(FITNESS, slots[full])).toMatchObject({
			bookedParticipants: 2,
			waitingListParticipants: 0,
		});
	});
});

describe('the example "Trial session from a form"', () => {
	let url: string;
	let workflowId: string;
	let sent = 0;
	const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);

	beforeAll(async () => {
		const workflow = example('trial-session-from-form');
		workflowId = await n8n.createWorkflow(workflow);
		await n8n.publishWorkflow(workflowId);
		url = `${n8n.baseUrl}/form/${named(workflow, 'When the form is submitted').webhookId}`;
	});

	async function sendForm(fields: string[]): Promise<Outcome> {
		const body = new FormData();
		for (const [index, value] of fields.entries()) body.set(`field-${index}`, value);
		const answer = await fetch(url, { method: 'POST', body });
		expect(answer.status).toBe(200);
		sent += 1;
		const runs = await runsOf(n8n, workflowId, sent);
		return expectSuccess(runs[sent - 1]);
	}

	it('creates the lead, and books and confirms the first slot from that day on', async () => {
		const outcome = await sendForm([
			'Ümit',
			'Lead-One',
			'lead-one@example.com',
			'+49 000 1234567',
			'Yoga',
			day,
		]);

		const [{ leadCustomerId }] = jsonOf<{ leadCustomerId: number }>(outcome, 'Create the lead');
		expect(await api(`/v1/customers/${leadCustomerId}`)).toMatchObject({
			firstName: 'Ümit',
			lastName: 'Lead-One',
			email: 'lead-one@example.com',
			phonePrivateMobile: '+49 000 1234567',
			status: 'PROSPECT',
		});
		const slots = await upcomingSlots(YOGA);
		const first = slots.filter(({ startDateTime }) => startDateTime.slice(0, 10) >= day)[0];
		expect(await api(`/v1/classes/booking?customerId=${leadCustomerId}`)).toEqual([
			expect.objectContaining({ classSlotId: first.id, bookingStatus: 'BOOKED' }),
		]);
		expect(jsonOf(outcome, 'Confirm the booking')[0]).toMatchObject({ status: 'CONFIRMED' });
		expect(jsonOf(outcome, 'Write the message')).toEqual([
			{
				email: 'lead-one@example.com',
				subject: 'See you at Sunrise Yoga',
				text: expect.stringMatching(
					/^Hi Ümit, your spot in Sunrise Yoga is booked: \w+day, \w+ \d+, 10:00\./,
				) as string,
			},
		]);
	});

	it('writes a note for an existing customer, and does not create or book anything', async () => {
		const known = people.filter(({ email }) => email)[0];
		const outcome = await sendForm([
			'Someone',
			'Known',
			`${known.email}`,
			'+49 000 7654321',
			'Boxing',
			day,
		]);

		expect(jsonOf(outcome, 'Write a note for the team')).toEqual([
			{
				note: `Someone Known (${known.email}, +49 000 7654321) wants to try Boxing, 45 min. No lead was created: DUPLICATE_CUSTOMER`,
			},
		]);
		expect(await requestsFor('createLeadCustomer')).toEqual([]);
		expect(await requestsFor('bookClassSlotForTrialOffers')).toEqual([]);
	});
});

describe('the example "Cancel a contract"', () => {
	const set = (customerNumber: string, reason: string, contract = '') =>
		example('cancel-a-contract', { 'Your request': { customerNumber, reason, contract } });
	const contractsOf = async ({ id }: Person) =>
		await api<SelfServiceContract[]>(`/v1/memberships/${id}/self-service/contract-data`);

	it('cancels the active contract on the earliest date, with the reason', async () => {
		const [, , , , customer] = people;
		const [running] = await contractsOf(customer);
		const day = running.availableCancelationDates?.[0];

		const outcome = await run(set(customer.customerNumber, 'moved'));

		const reason = 'Moved away, "too far"';
		expect(jsonOf(outcome, 'Result')[0]).toEqual({
			contract: running.rateName,
			cancelationStatus: 'CANCELED',
			endsOn: day,
			reason,
		});
		expect(await api(`/v1/customers/${customer.id}/contracts`)).toContainEqual(
			expect.objectContaining({
				id: running.id,
				cancelled: true,
				cancellationDate: day,
				cancellationReason: reason,
			}),
		);

		await run(set(customer.customerNumber, 'moved'));
		expect(await requestsFor('createContractCancelationAmendment')).toHaveLength(1);
	});

	it.each([
		['an unknown reason', 'no such reason', ''],
		['no reason', '', ''],
		['an unknown contract', 'Illness', 'no such contract'],
	])('cancels nothing with %s', async (_what, reason, contract) => {
		const [, , , , , customer] = people;

		await run(set(customer.customerNumber, reason, contract));

		expect(await requestsFor('createContractCancelationAmendment')).toEqual([]);
		expect(
			(await contractsOf(customer)).map(({ cancelationDate }) => cancelationDate),
		).not.toContain(expect.any(String));
	});
});

describe('the example "Freeze a membership"', () => {
	const set = (customer: Person, howLong = 1) =>
		example('freeze-a-membership', {
			'Your request': { firstDay: '2031-05-01', howLong },
			'Get the contracts': { customerId: picked(customer.id) },
			'Freeze the contract': { idlePeriodReasonId: picked(1) },
		});
	const refusalOf = (outcome: Outcome) => jsonOf(outcome, 'Not allowed')[0].message;

	it('creates an idle period and reports the remaining term, but not twice for the same time', async () => {
		const [, , , , , , customer] = people;

		const outcome = await run(set(customer));

		expect(jsonOf(outcome, 'Not allowed')).toEqual([]);
		const [{ message, idlePeriodId }] = jsonOf<{ message: string; idlePeriodId: number }>(
			outcome,
			'Frozen',
		);
		expect(message).toMatch(
			/^Contract \w+ is frozen for 1 (day|week|month)\(s\), from 2031-05-01 to 2031-05-\d\d \(PENDING_VERIFICATION\)\. Remaining after that: \d+\.$/,
		);
		const [{ id }] = jsonOf<{ id: number }>(outcome, 'First contract');
		const periods = `/v1/memberships/${id}/self-service/idle-periods`;
		expect(await api(`${periods}/${idlePeriodId}`)).toMatchObject({
			startDate: '2031-05-01',
			idlePeriodReason: { name: 'Holiday' },
		});
		const left = jsonOf(outcome, 'Get the remaining time')[0].remainingMaxTerms as IDataObject;
		expect(message).toContain(`Remaining after that: ${Number(left.value) - 1}.`);
		expect(await api(`${periods}/remaining`)).toMatchObject({
			remainingMaxTerms: { value: Number(left.value) - 1 },
		});

		expect(refusalOf(await run(set(customer)))).toContain('(IDLEPERIOD_OVERLAPPING)');
		expect(await requestsFor('createIdlePeriodAmendment')).toHaveLength(1);
	});

	it('does not create an idle period that is longer than the remaining term', async () => {
		const [, , , , , , , customer] = people;
		expect(refusalOf(await run(set(customer, 1000)))).toMatch(
			/ cannot be frozen .* Remaining: \d+\.$/,
		);
		expect(await requestsFor('createIdlePeriodAmendment')).toEqual([]);
	});
});

describe('each resource reads and writes', () => {
	/** Each step is a node in a chain, and runs for its first input item. */
	type Steps = Array<[name: string, operation: string, parameters: INodeParameters]>;
	const runSteps = async (resource: string, steps: Steps) =>
		await run(
			chain(resource, [
				manualTrigger(),
				...steps.map(([name, operation, parameters]) =>
					perfectGymNext(
						name,
						credentialId,
						{ resource, operation, ...parameters },
						{ executeOnce: true },
					),
				),
			]),
		);
	const expression = (value: string) => ({ __rl: true, mode: 'id', value: `={{ ${value} }}` });

	it('appointment: finds a free slot, books it and cancels it', async () => {
		const customer = picked(people[8].id);
		const times = {
			bookingCustomerId: customer,
			bookedAppointmentId: picked(1_520_000_001),
			appointmentTime: 'times',
			appointmentStart: "={{ $('Slots').first().json.startDateTime }}",
			appointmentEnd: "={{ $('Slots').first().json.endDateTime }}",
		};
		const outcome = await runSteps('appointment', [
			[
				'Slots',
				'getBookableAppointmentSlots',
				{ bookableAppointmentId: picked(1_520_000_001), appointmentSlotFilters: { daysAhead: 3 } },
			],
			['Validate', 'validateForAppointmentBooking', times],
			['Book', 'bookAppointmentBooking', times],
			['Bookings', 'getAppointmentBookings', { customerId: customer }],
			[
				'Cancel',
				'deleteAppointmentBooking',
				{ bookingId: expression("$('Book').first().json.bookingId") },
			],
		]);
		expect(jsonOf(outcome, 'Validate')[0].validationStatus).toBe('AVAILABLE');
		const [{ bookingId }] = jsonOf<{ bookingId: number }>(outcome, 'Book');
		expect(jsonOf(outcome, 'Bookings')[0]).toMatchObject({ bookingId, bookingStatus: 'BOOKED' });
		expect(jsonOf(outcome, 'Cancel')).toEqual([{ deleted: true, bookingId }]);
		expect(await api(`/v1/appointments/booking/${bookingId}`)).toMatchObject({
			bookingStatus: 'CANCELED',
		});
	});

	it('customer: finds a customer by number, and restricts access', async () => {
		const { id, customerNumber } = people[9];
		const outcome = await runSteps('customer', [
			['Find', 'getCustomerBy', { identifyBy: 'customerNumber', customerNumber }],
			[
				'Restrict',
				'setAccessRestriction',
				{ customerId: expression('$json.id'), reason: 'Lost card, "blue"' },
			],
		]);
		expect(jsonOf(outcome, 'Find')[0].id).toBe(id);
		expect(await api<Person>(`/v1/customers/${id}`)).toMatchObject({
			accessRefusal: true,
			accessRestrictions: [{ reason: 'Lost card, "blue"' }],
		});
	});

	it('customer communication: changes preferences and records a call', async () => {
		const customer = { customerId: picked(people[10].id) };
		const channel = [{ communicationChannel: 'EMAIL', active: false, customerOverridable: true }];
		const call = {
			communicationSubject: 'Opening hours',
			communicationContent: 'Asked for “early” hours',
			communicationChannel: 'PHONE',
			communicationDirection: 'INCOMING',
			communicationThreadStatus: 'CLOSED',
		};
		const outcome = await runSteps('customerCommunication', [
			[
				'Update',
				'updateCommunicationPreferences',
				{
					...customer,
					communicationPreferences: {
						preference: [{ messageCategory: 'NEWSLETTER', channels: { channel } }],
					},
				},
			],
			['Get', 'getCommunicationPreferences', customer],
			['Record', 'createCommunicationInNewCommunicationThread', { ...customer, ...call }],
		]);
		expect(jsonOf(outcome, 'Get')).toEqual([
			{ customerId: people[10].id, messageCategory: 'NEWSLETTER', channels: channel },
		]);
		const [{ status, body }] = await requestsFor('createCommunicationInNewCommunicationThread');
		expect([status, body]).toEqual([
			200,
			{
				subject: 'Opening hours',
				content: 'Asked for “early” hours',
				communicationChannel: 'PHONE',
				communicationDirection: 'INCOMING',
				communicationThreadStatus: 'CLOSED',
			},
		]);
	});

	it('customer self-service: requests new contact data and withdraws the request', async () => {
		const { id } = people[11];
		const customer = { customerId: picked(id) };
		const outcome = await runSteps('customerSelfService', [
			[
				'Ask',
				'createCustomerContactDataAmendment',
				{ ...customer, contactData: { email: 'new-address@example.com' } },
			],
			['Get', 'getCustomerContactData', customer],
			[
				'Withdraw',
				'withdrawAmendment',
				{ ...customer, amendmentId: expression('$json.pendingAmendment.id') },
			],
		]);
		expect(jsonOf(outcome, 'Get')[0].pendingAmendment).toMatchObject({
			email: 'new-address@example.com',
		});
		expect(jsonOf(outcome, 'Withdraw')[0]).toMatchObject({ deleted: true, customerId: id });
		const data = await api<object>(`/v1/customers/${id}/self-service/contact-data`);
		expect(data).not.toHaveProperty('pendingAmendment');
	});

	it('lead: reads the lead configuration and creates a lead', async () => {
		const person = {
			leadFirstName: 'Lead',
			leadLastName: 'Two',
			leadEmail: 'lead-two@example.com',
			leadOptionalFields: {
				additionalInformation: {
					field: [
						{
							additionalFieldId: expression(
								"$('Configuration').first().json.additionalInformation[0].additionalFieldId",
							),
							values: ['Radio'],
						},
					],
				},
			},
		};
		const outcome = await runSteps('lead', [
			['Configuration', 'getLeadConfig', {}],
			['Validate', 'validateForLeadCreation', person],
			['Create', 'createLead', person],
		]);
		expect(jsonOf(outcome, 'Validate')).toEqual([{ status: 'POSSIBLE' }]);
		const [{ customerId }] = jsonOf<{ customerId: number }>(outcome, 'Create');
		expect(await api(`/v1/customers/${customerId}`)).toMatchObject({
			lastName: 'Two',
			status: 'PROSPECT',
		});
		expect((await requestsFor('createLead'))[0].body).toMatchObject({
			additionalInformation: [{ additionalFieldId: 1_542_000_001, values: ['Radio'] }],
		});
	});
});
