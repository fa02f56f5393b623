/** What n8n's AI Agent does with our node as tools. Its model follows a script. */

import type { IDataObject, INode, NodeConnectionType } from 'n8n-workflow';
import { simplified } from '../../nodes/PerfectGymNext/resources/simplified';
import { exampleWorkflow, readExample } from '../../scripts/demo/content.cts';
import type { LoggedRequest } from '../simulator/requestLog.cts';
import { startSimulator, type Simulator } from '../simulator/server.cts';
import { request } from '../simulator/testClient.cts';
import { openEditor, type Editor } from './browser.cts';
import { startChatModel, type ChatModel, type ScriptedTurn, type ToolCall } from './chatModel.cts';
import {
	CREDENTIAL,
	manualTrigger,
	NODE,
	node,
	perfectGymNext,
	running,
	storeCredential,
} from './fixture.cts';
import type { Execution } from './instance.cts';
import { takePicture } from './pictures.cts';
import { listCustomers, type ListedCustomer } from './studio.cts';

interface Person extends ListedCustomer {
	email?: string;
}

interface Slot {
	id: number;
	bookedParticipants: number;
	maxParticipants: number;
}

/** What came of a message to the assistant. */
interface Outcome {
	/** The records or errors that each call of a tool returned to the model, oldest first. */
	results: IDataObject[][];
	/** How many bytes the model got from each call. */
	bytes: number[];
	/** What a person was asked to approve. */
	questions: string[];
	/** The writes that reached the studio. */
	writes: LoggedRequest[];
	/** The answer in the chat. */
	reply: string;
}

const FILE = 'front-desk-assistant.json';
const APPROVAL = 'Ask for approval';
const REPLY = 'Reply';
const MODEL = '@n8n/n8n-nodes-langchain.lmChatOpenAi';
const AGENT = '@n8n/n8n-nodes-langchain.agent';
/** A list of 50 must not have more. */
const MAX_BYTES = 8192;
const TIMEOUT_MS = 60_000;
const SIMPLIFIED = simplified.Customer;
/** n8n does not take an approval from a program, and takes a browser without a window for one. */
const BROWSER = {
	'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0',
};

const { n8n } = running();
const example = exampleWorkflow(FILE);
const toolNodes = example.nodes.filter(({ type }) => type === `${NODE}Tool`);
const gated = toolNodes.filter(({ name }) => toolUserOf(name) === APPROVAL);
const writeOperations = gated.map(({ parameters }) => parameters.operation);
let simulator: Simulator;
let model: ChatModel;
let people: Person[];
let credentialId: string;
let modelCredentialId: string;
let workflowId: string;
let chatUrl: string;
let sessions = 0;

function toolUserOf(name: string): string | undefined {
	return example.connections[name]?.ai_tool?.[0]?.[0].node;
}

/** The name that the model knows a tool by. */
function toolName(name: string): string {
	return name.replaceAll(' ', '_');
}

beforeAll(async () => {
	simulator = await startSimulator({ customers: 100 });
	model = await startChatModel();
	people = await listCustomers(simulator);
	credentialId = await storeCredential(n8n, simulator);
	modelCredentialId = await n8n.createCredential('openAiApi', { apiKey: 'any', url: model.url });
	const workflow = readExample(
		FILE,
		{ credentials: { [CREDENTIAL]: credentialId } },
		{ files: n8n.files, pageUrl: simulator.controlUrl },
	);
	const chatModel = workflow.nodes.find(({ type }) => type === MODEL);
	if (chatModel) chatModel.credentials = modelCredentials();
	workflowId = await n8n.createWorkflow({ ...workflow, name: `Test of ${FILE}` });
	await n8n.publishWorkflow(workflowId);
	const chat = workflow.nodes.find(({ type }) => type.endsWith('.chatTrigger'));
	chatUrl = `${n8n.baseUrl}/webhook/${chat?.webhookId}/chat`;
});
afterAll(async () => {
	await n8n.unpublishWorkflow(workflowId);
	await model.close();
	await simulator.close();
});
beforeEach(() => simulator.clearRequests());
afterEach(() => simulator.clearFaults());

function modelCredentials(): INode['credentials'] {
	return { openAiApi: { id: modelCredentialId, name: 'Scripted model' } };
}

/** The requests that reached the studio and change something. */
function writes(): LoggedRequest[] {
	return simulator.requests.filter(({ operationId }) =>
		writeOperations.includes(operationId ?? ''),
	);
}

function call(name: string, input: object): ToolCall {
	return { name: toolName(name), arguments: input };
}

/** A call of a tool that a person must approve. */
function gatedCall(name: string, input: object): ToolCall {
	return call(name, { toolParameters: input, hitlParameters: {} });
}

/** Writes a message to the assistant, and answers what it asks. Returns what came of it. */
async function ask(turns: ScriptedTurn[], approved = true): Promise<Outcome> {
	model.say(turns);
	const response = await fetch(chatUrl, {
		method: 'POST',
		headers: { cookie: n8n.handle.cookie, 'content-type': 'application/json' },
		body: JSON.stringify({
			action: 'sendMessage',
			sessionId: `session-${++sessions}`,
			chatInput: 'Do your task',
		}),
	});
	const { executionId } = (await response.json()) as { executionId: string };
	const questions: string[] = [];
	for (;;) {
		const { resultData } = (await pausedAt(executionId, questions.length)).data;
		const paused = resultData.lastNodeExecuted ?? '';
		const { data } = resultData.runData[paused].at(-1) ?? {};
		if (paused === REPLY) {
			const seen = model.requests.at(-1)?.results ?? [];
			return {
				results: seen.map((text) => JSON.parse(text) as IDataObject[]),
				bytes: seen.map((text) => Buffer.byteLength(text)),
				questions,
				writes: writes(),
				reply: JSON.stringify(data?.main[0]?.[0].sendMessage),
			};
		}
		const message = data?.ai_tool?.[0]?.[0].sendMessage;
		if (typeof message !== 'object') throw new Error(`${paused} asked nothing`);
		// One write is sent for each question, after it.
		expect(writes()).toHaveLength(approved ? questions.length : 0);
		questions.push(message.text);
		const link = message.buttons.find(
			({ text }) => text === (approved ? 'Approve' : 'Reject'),
		)?.link;
		expect((await fetch(link ?? '', { headers: BROWSER })).status).toBe(200);
	}
}

/** Waits until an execution waits for a person: for an answer to a new question, or at its end. */
async function pausedAt(executionId: string, answered: number): Promise<Execution> {
	const deadline = Date.now() + TIMEOUT_MS;
	while (Date.now() < deadline) {
		const execution = await n8n.execution(executionId);
		const { lastNodeExecuted, error, runData } = execution.data.resultData;
		if (execution.status === 'error') throw new Error(error?.message);
		const asked = runData[APPROVAL]?.length ?? 0;
		const isPaused = execution.status === 'waiting';
		if (isPaused && (lastNodeExecuted === REPLY || asked > answered)) return execution;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error(`Execution ${executionId} neither asked nor ended in ${TIMEOUT_MS} ms`);
}

/** The first record of the last result. */
function found(results: string[]): IDataObject {
	return (JSON.parse(results.at(-1) ?? '') as IDataObject[])[0];
}

/** What a model would answer: the last result in words. */
const report: ScriptedTurn = (results) => `The tool says: ${results.at(-1)}`;

function today(): string {
	return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(Date.now());
}

function freeSlotIn(results: string[]): number {
	const slots = results.flatMap((text) => JSON.parse(text) as Slot[]);
	return slots.find((slot) => slot.bookedParticipants + 1 < slot.maxParticipants)?.id ?? 0;
}

const schedule = call('Get class schedule', { firstDay: today(), daysAhead: 6 });

describe('what the model is given', () => {
	beforeAll(async () => {
		await ask(['Nothing to do.']);
	});

	it('is one tool for each operation, with a description', () => {
		const [{ tools }] = model.requests;
		expect(tools.map(({ name }) => name).sort()).toEqual(
			toolNodes.map(({ name }) => toolName(name)).sort(),
		);
		for (const { name, description } of tools) {
			expect([name, description]).toEqual([name, expect.stringMatching(/^[A-Z].{10,}\.$/)]);
		}
	});

	it('is the type, the form and the unit of each parameter', () => {
		const [{ tools }] = model.requests;
		const parameters = tools.flatMap((tool) => {
			const { properties } = tool.parameters;
			const input = (properties.toolParameters ?? tool.parameters) as typeof tool.parameters;
			return Object.entries(input.properties).map(([name, schema]) => ({
				name: `${tool.name}: ${name}`,
				...schema,
			}));
		});
		expect(parameters.length).toBeGreaterThan(25);
		const faults = parameters.filter(({ name, type, description = '' }) => {
			if (/Id$/.test(name))
				return type !== 'number' || !/^ID of .*, a whole number from [A-Z]/.test(description);
			if (/(Date|Day|dateOfBirth)$/.test(name)) return !description.includes('as YYYY-MM-DD');
			if (type === 'number') return !/whole number of|from \d+ to \d+/.test(description);
			return type !== 'string' || description.length < 5;
		});
		expect(faults).toEqual([]);
	});

	it('is only tools that ask, where something changes', () => {
		const asking = model.requests[0].tools.filter(
			({ parameters }) => parameters.properties.hitlParameters,
		);
		expect(asking.map(({ name }) => name).sort()).toEqual(
			gated.map(({ name }) => toolName(name)).sort(),
		);
		const others = toolNodes.filter((each) => !gated.includes(each));
		for (const { name } of others) expect(name).toMatch(/^(Find|Get|Validate) /);
	});
});

describe('twelve tasks of a front desk', () => {
	it('finds a member by name', async () => {
		const { id, firstName, lastName } = people[0];
		const { results, writes: sent } = await ask([
			[call('Find customers', { firstName, lastName })],
			report,
		]);

		expect(results).toEqual([[expect.objectContaining({ id, firstName, lastName })]]);
		expect(Object.keys(results[0][0])).toEqual(SIMPLIFIED);
		expect(sent).toEqual([]);
	});

	it('lists the classes of a week', async () => {
		const { results, bytes } = await ask([[schedule], report]);

		expect(results[0]).toHaveLength(50);
		expect(bytes[0]).toBeLessThanOrEqual(MAX_BYTES);
		expect(bytes[0]).toBeGreaterThan(MAX_BYTES / 2);
	});

	it('books a class after a validation', async () => {
		const { id: customerId, firstName, lastName } = people[1];
		let classSlotId = 0;
		const {
			results,
			questions,
			writes: sent,
		} = await ask([
			[call('Find customers', { firstName, lastName }), schedule],
			(seen) => {
				classSlotId = freeSlotIn(seen);
				return [call('Validate class booking', { customerId, classSlotId })];
			},
			() => [gatedCall('Book class', { customerId, classSlotId })],
			report,
		]);

		expect(results[2]).toEqual([{ validationStatus: 'AVAILABLE' }]);
		expect(results[3]).toEqual([
			expect.objectContaining({ customerId, classSlotId, bookingStatus: 'BOOKED' }),
		]);
		expect(questions).toEqual([expect.stringContaining('Book class')]);
		expect(questions[0]).toContain(String(classSlotId));
		expect(sent.map(({ body }) => body)).toEqual([{ customerId, classSlotId }]);
	});

	it("reads a member's contracts", async () => {
		const customerId = people[0].id;
		const { results, writes: sent } = await ask([[call('Get contracts', { customerId })], report]);

		expect(results[0][0]).toMatchObject({ customerId, contractStatus: 'ACTIVE' });
		expect(sent).toEqual([]);
	});

	it('freezes a contract after a validation', async () => {
		const contractOf = (seen: string[]) => (JSON.parse(seen[0]) as IDataObject[])[0].id;
		const freeze = (seen: string[]) => {
			const [{ firstPossibleStartDate, temporalUnit }] = JSON.parse(seen[1]) as IDataObject[];
			return {
				contractId: contractOf(seen),
				startDate: firstPossibleStartDate,
				duration: 1,
				unit: temporalUnit,
			};
		};
		const {
			results,
			questions,
			writes: sent,
		} = await ask([
			[call('Get contracts', { customerId: people[2].id })],
			(seen) => [call('Get freeze rules', { contractId: contractOf(seen) })],
			(seen) => [call('Validate freeze', freeze(seen))],
			(seen) => [gatedCall('Freeze contract', { ...freeze(seen), reasonId: 1 })],
			report,
		]);

		expect(results[2]).toEqual([{ validationStatus: 'IDLEPERIOD_CREATABLE' }]);
		expect(results[3][0]).toMatchObject({ startDate: results[1][0].firstPossibleStartDate });
		expect([questions.length, sent.length]).toEqual([1, 1]);
	});

	it('logs a call', async () => {
		const customerId = people[3].id;
		const input = {
			customerId,
			subject: 'Opening hours',
			notes: 'Asked about Sundays.',
			direction: 'INCOMING',
		};
		const { results, writes: sent } = await ask([[gatedCall('Log call', input)], report]);

		expect(results[0]).toEqual([expect.objectContaining({ customerId })]);
		expect(sent).toHaveLength(1);
		expect(JSON.stringify(sent[0].body)).toContain('Asked about Sundays.');
	});

	it('checks a member in', async () => {
		const customerId = people[4].id;
		const { results, writes: sent } = await ask([
			[gatedCall('Check in customer', { customerId })],
			report,
		]);

		expect(results).toEqual([[{ success: true, customerId }]]);
		expect(sent).toHaveLength(1);
	});

	it('cancels a booking', async () => {
		const customerId = people[5].id;
		const classSlotId = await freeSlot();
		await request(simulator, '/v1/classes/booking/book', {
			method: 'POST',
			body: { customerId, classSlotId },
		});
		simulator.clearRequests();
		const { results, writes: sent } = await ask([
			[call('Get class bookings', { customerId })],
			(seen) => [gatedCall('Cancel class booking', { bookingId: found(seen).bookingId })],
			report,
		]);

		const { bookingId } = results[0][0];
		expect(results[1]).toEqual([{ deleted: true, bookingId }]);
		expect(sent.map(({ method, url }) => [method, url])).toEqual([
			['DELETE', `/v1/classes/booking/${bookingId as number}`],
		]);
	});

	it('looks up the balance of an account', async () => {
		const customerId = people[6].id;
		const { results } = await ask([[call('Get account balance', { customerId })], report]);

		const amount = { amount: expect.any(Number) as number, currency: 'EUR' };
		expect(results[0]).toEqual([expect.objectContaining({ customerId, accountBalance: amount })]);
	});

	it('finds a lead, or creates it', async () => {
		const lead = { firstName: 'Nora', lastName: 'Newcomer', email: 'nora.newcomer@example.com' };
		const lookUp: ScriptedTurn[] = [
			[call('Find customers', { email: lead.email })],
			(seen) =>
				found(seen).id === undefined ? [gatedCall('Create lead', lead)] : 'Already there.',
			report,
		];
		const first = await ask(lookUp);
		expect(first.results[0]).toEqual([{ message: 'Nothing was found' }]);
		expect(first.results[1]).toEqual([
			expect.objectContaining({ customerId: expect.any(Number) as number }),
		]);
		expect(first.writes).toHaveLength(1);

		simulator.clearRequests();
		const second = await ask(lookUp);
		expect([second.reply, second.questions, second.writes]).toEqual(['"Already there."', [], []]);
	});

	it('reports what the key may not do', async () => {
		simulator.injectFault({
			kind: 'status',
			status: 403,
			operationId: 'getCustomersAccountBalanceData',
		});
		const { reply } = await ask([
			[call('Get account balance', { customerId: people[0].id })],
			report,
		]);

		expect(reply).toContain(
			'The API key may not do this: ask PerfectGym for the scope CUSTOMER_ACCOUNT_READ',
		);
	});

	it('corrects wrong input after the message of the tool', async () => {
		const slots = (firstDay: string) => call('Get class schedule', { firstDay, daysAhead: 0 });
		const { results } = await ask([
			[slots('next Monday')],
			// The message names the form.
			(seen) => (seen[0].includes('such as 2026-12-31') ? [slots(today())] : 'Lost'),
			report,
		]);

		expect(results[0][0].error).toBe(
			'"First Day" must be a date such as 2026-12-31, but it is "next Monday"',
		);
		expect(results[1].length).toBeGreaterThan(0);
		expect(results[1][0]).toHaveProperty('startDateTime');
	});
});

async function freeSlot(): Promise<number> {
	const { json } = await request(simulator, '/v1/classes/slots', {
		query: `slotWindowStartDate=${today()}`,
	});
	return freeSlotIn([JSON.stringify((json as { result: Slot[] }).result)]);
}

describe('an approval', () => {
	it('that is rejected writes nothing', async () => {
		const customerId = people[7].id;
		const { results, writes: sent } = await ask(
			[[gatedCall('Check in customer', { customerId })], report],
			false,
		);

		expect(results[0][0].output).toContain('rejected');
		expect(sent).toEqual([]);
	});

	it('is needed for each of several writes', async () => {
		const calls = [8, 9].map((index) =>
			gatedCall('Check in customer', { customerId: people[index].id }),
		);
		const { questions, writes: sent } = await ask([[calls[0]], [calls[1]], report]);

		expect([questions.length, sent.length]).toEqual([2, 2]);
	});

	describe('in the chat', () => {
		let editor: Editor;
		beforeAll(async () => {
			editor = await openEditor(n8n);
		});
		afterAll(async () => await editor?.close());

		it('is a button', async () => {
			const customerId = people[10].id;
			model.say([[gatedCall('Check in customer', { customerId })], 'Checked in.']);
			const { page } = editor;
			await page.setExtraHTTPHeaders(BROWSER);
			await editor.openWorkflow(workflowId);
			await takePicture(editor, 'front-desk-assistant');
			await page.locator('[data-test-id="workflow-chat-button"]').click();
			const chat = page.locator('[data-test-id="canvas-chat"]');
			await chat.locator('textarea').fill(`Check in ${customerId}`);
			await page.keyboard.press('Enter');
			const approve = chat.getByText('Approve', { exact: true });
			await approve.waitFor();
			await takePicture(editor, 'front-desk-assistant-asks');
			expect(writes()).toEqual([]);
			await approve.click();
			await chat.getByText('Checked in.').waitFor();
			await takePicture(editor, 'front-desk-assistant-approved');

			expect(writes()).toHaveLength(1);
		});
	});
});

describe.each([
	['2.2', 2.2, 1.2, '/v1/chat/completions'],
	['3', 3, 1.2, '/v1/chat/completions'],
	['3.1', 3.1, 1.3, '/v1/responses'],
])('an AI Agent of version %s', (_name, agentVersion, modelVersion, path) => {
	it('gives the model simplified records and whole errors by default', async () => {
		const missing = 7;
		model.say([
			[call('List customers', { limit: 50 }), call('Get customer', { customerId: missing })],
			'Done',
		]);
		const { status, data } = await n8n.runWorkflow(
			await n8n.createWorkflow(agentWorkflow(agentVersion, modelVersion)),
		);

		expect([status, data.resultData.error?.message]).toEqual(['success', undefined]);
		expect(model.requests.map((each) => each.path)).toEqual([path, path]);
		const [list, failure] = model.requests[1].results;
		const records = JSON.parse(list) as IDataObject[];
		expect(records.map(({ id }) => id)).toEqual(people.slice(0, 50).map(({ id }) => id));
		for (const record of records)
			expect(SIMPLIFIED).toEqual(expect.arrayContaining(Object.keys(record)));
		expect(Buffer.byteLength(list)).toBeLessThanOrEqual(MAX_BYTES);
		const [{ error, details }] = JSON.parse(failure) as IDataObject[];
		expect(error).toMatch(/^Customer 7 not found\. Status 404: /);
		expect(details).toMatchObject({ httpStatus: 404, errorCode: 'NOT_FOUND' });
	});
});

/** An agent with two tools whose output nobody has chosen. */
function agentWorkflow(agentVersion: number, modelVersion: number) {
	const tool = (name: string, parameters: INode['parameters']): INode => ({
		...perfectGymNext(name, credentialId, parameters, { onError: 'continueRegularOutput' }),
		type: `${NODE}Tool`,
	});
	const attach = (type: NodeConnectionType) => ({ [type]: [[{ node: 'Agent', type, index: 0 }]] });
	return {
		name: `Agent ${agentVersion}`,
		nodes: [
			manualTrigger(),
			node('Agent', AGENT, agentVersion, { promptType: 'define', text: 'Do your task' }),
			node(
				'Model',
				MODEL,
				modelVersion,
				{ model: { __rl: true, mode: 'id', value: 'scripted' } },
				{ credentials: modelCredentials() },
			),
			tool('List customers', {
				resource: 'customer',
				operation: 'getCustomers',
				limit: "={{ $fromAI('limit', 'How many customers', 'number') }}",
			}),
			tool('Get customer', {
				resource: 'customer',
				operation: 'getCustomerById',
				customerId: {
					__rl: true,
					mode: 'id',
					value: "={{ $fromAI('customerId', 'ID of the customer', 'number') }}",
				},
			}),
		],
		connections: {
			Start: attach('main'),
			Model: attach('ai_languageModel'),
			'List customers': attach('ai_tool'),
			'Get customer': attach('ai_tool'),
		},
	};
}
