/** Runs the trigger in n8n's own engine, without n8n. */

import {
	DataDeduplicationService,
	ExecuteContext,
	ExecutionLifecycleHooks,
	HookContext,
	WebhookContext,
	WorkflowExecute,
} from 'n8n-core';
import type {
	DeduplicationItemTypes,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	ICredentialDataDecryptedObject,
	IDataDeduplicator,
	IDataObject,
	IExecuteData,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IRun,
	IWebhookData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createRunExecutionData, sleep, Workflow } from 'n8n-workflow';

import { PerfectGymNextTrigger } from '../../nodes/PerfectGymNext/PerfectGymNextTrigger.node';
import { additionalData } from './harness.cts';
import { watchRequests } from './inFlight.cts';

const TRIGGER_TYPE = 'n8n-nodes-perfectgym-next.perfectGymNextTrigger';

/** The trigger as this process has it. */
export const trigger = new PerfectGymNextTrigger();

/** @returns an item of the trigger, for a customer of the simulator; `json` replaces its fields */
export function eventItem(json: IDataObject = {}): INodeExecutionData {
	return {
		json: {
			uuid: '095be615-a8ad-4c33-8e9c-c7612fbf6c9f',
			event: 'CUSTOMER_CREATED',
			entityId: 1210000001,
			customerId: 1210000001,
			...json,
		},
	};
}

/** What the store does at one call. */
type StoreBehavior =
	| 'works'
	/** Stores nothing, and mentions none of the values in its answer. */
	| 'omits values'
	| 'fails'
	| 'fails after storing'
	/** Answers as if it had stored the values, as when another process overwrites them. */
	| 'loses values'
	/** Never answers. */
	| 'hangs';

/** Stands in for n8n's store of known events, which keeps the latest values of a node. */
export class Store implements Pick<IDataDeduplicator, 'checkProcessedAndRecord'> {
	/** The stored values, the oldest first. */
	known: string[] = [];

	/** The behavior at the next calls; later calls work. */
	behaviors: StoreBehavior[] = [];

	/** How long each call takes. */
	delayMs = 0;

	/** When each call came, in ms. */
	callTimes: number[] = [];

	/** Calls for other workflows are ignored; for undefined, none are. */
	workflowId?: string;

	/** The number of calls. */
	get calls(): number {
		return this.callTimes.length;
	}

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		_scope: unknown,
		{ workflow }: ICheckProcessedContextData,
		{ maxEntries }: ICheckProcessedOptions,
	) {
		const values = items.map(String);
		if (this.workflowId !== undefined && workflow.id !== this.workflowId) {
			return { new: [], processed: values };
		}
		this.callTimes.push(Date.now());
		const behavior = this.behaviors.shift();
		if (behavior === 'omits values') return { new: [], processed: [] };
		if (behavior === 'hangs') return await new Promise<never>(() => undefined);
		if (behavior === 'fails') throw new Error('the store is away');
		// As in n8n, other calls can come between reading and writing.
		const before = [...this.known];
		await new Promise((resolve) => setImmediate(resolve));
		if (this.delayMs > 0) await sleep(this.delayMs);
		const added = values.filter((value) => !before.includes(value));
		if (behavior !== 'loses values') {
			this.known = [...before, ...added].slice(-Number(maxEntries));
		}
		if (behavior === 'fails after storing') throw new Error('the store is away');
		return { new: added, processed: values.filter((value) => before.includes(value)) };
	}
}

/**
 * Gives n8n a store for the tests of a file. Before each test it is empty, and serves another workflow:
 * executions of an earlier test may still confirm their claims.
 */
export function useStore(): Store {
	const store = new Store();
	let count = 0;
	beforeAll(async () => await DataDeduplicationService.init(store as unknown as IDataDeduplicator));
	beforeEach(() => {
		Object.assign(store, {
			known: [],
			behaviors: [],
			delayMs: 0,
			callTimes: [],
			workflowId: `${++count}`,
		});
	});
	return store;
}

/** How a test runs the trigger. */
export interface TriggerRun {
	items: INodeExecutionData[];
	parameters?: INodeParameters;
	mode?: WorkflowExecuteMode;
	credential?: Partial<ICredentialDataDecryptedObject>;
	workflowId?: string;
	/** The trigger as another process has it; this process by default. */
	instance?: PerfectGymNextTrigger;
	/** Settings of the node, such as its On Error. */
	settings?: Partial<INode>;
	signal?: AbortSignal;
	/** Answers all requests in place of a server. */
	answer?: { body: unknown };
	/** Receives the warnings in the log. */
	onWarning?: (message: string) => void;
}

/** Runs the execution that follows a webhook, in n8n's engine. @throws what the trigger throws */
export async function runTrigger(run: TriggerRun): Promise<INodeExecutionData[]> {
	return await prepareTrigger(run)();
}

/** @returns a function that runs the trigger with the same execution data each time, as retries do */
export function prepareTrigger({
	items,
	parameters = {},
	mode = 'webhook',
	credential = {},
	workflowId = '1',
	instance = trigger,
	settings,
	signal,
	answer,
	onWarning,
}: TriggerRun): () => Promise<INodeExecutionData[]> {
	const { workflow, node } = workflowWith({ parameters, id: workflowId, settings });
	const executeData: IExecuteData = { node, data: { main: [items] }, source: null };
	return async () => {
		const context = new ExecuteContext(
			workflow,
			node,
			additionalData(credential),
			mode,
			createRunExecutionData(),
			0,
			items,
			{ main: [items] },
			executeData,
			[],
			signal,
		);
		if (answer) {
			context.helpers.httpRequestWithAuthentication = () =>
				Promise.resolve({ statusCode: 200, headers: {}, body: answer.body });
		} else {
			watchRequests(context);
		}
		if (onWarning) context.logger.warn = onWarning;
		const [output] = await instance.execute.call(context);
		return output;
	};
}

/**
 * Runs a workflow that an event has started: the trigger, then "Success" and "Failure", which receive
 * its outputs.
 *
 * @returns the run, which contains the error when the workflow fails
 */
export async function runTriggerWorkflow({
	items,
	parameters = {},
	credential = {},
	workflowId = '1',
	instance = trigger,
	settings,
}: Omit<TriggerRun, 'mode' | 'signal' | 'answer' | 'onWarning'>): Promise<IRun> {
	const { workflow, node } = workflowWith({
		parameters,
		id: workflowId,
		settings,
		instance,
		followers: ['Success', 'Failure'],
	});
	const data = additionalData(credential);
	data.hooks = new ExecutionLifecycleHooks('webhook', '1', {
		id: workflowId,
		name: 'test',
		active: true,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes: [],
		connections: {},
	});
	// n8n starts the execution of a webhook with this stack.
	const runData = createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node, data: { main: [items] }, source: null }] },
	});
	return await new WorkflowExecute(data, 'webhook', runData).processRunExecutionData(workflow);
}

/** Publishes a workflow with the trigger. @throws the error that n8n shows to the user */
export async function publish({
	parameters = {},
	credential = {},
}: Pick<TriggerRun, 'parameters' | 'credential'>): Promise<void> {
	const { workflow, node } = workflowWith({ parameters });
	const context = new HookContext(
		workflow,
		node,
		additionalData(credential),
		'trigger',
		'activate',
	);
	const hooks = trigger.webhookMethods.default;
	if (!(await hooks.checkExists.call(context))) await hooks.create.call(context);
}

/** A webhook, and the node that receives it. */
export interface IncomingWebhook {
	/** The key in the header. */
	key: string;
	/** All headers, names and values in turn, in place of the one with the key. */
	rawHeaders?: string[];
	body: IDataObject;
	/** The bytes of the body as n8n received them. */
	rawBody?: Buffer;
	parameters?: INodeParameters;
	credential?: Partial<ICredentialDataDecryptedObject>;
	/** n8n's id of the credential; by default, each content of the credential has its own. */
	credentialId?: string;
	/** The trigger as another process has it; this process by default. */
	instance?: PerfectGymNextTrigger;
	/** Called when the credential is read. */
	onRead?: () => void;
}

/** Runs the webhook in n8n's engine. @returns the items, or the status when it is refused */
export async function receiveWebhook({
	key,
	rawHeaders = ['x-api-key', key],
	body,
	rawBody,
	parameters = {},
	credential,
	credentialId = JSON.stringify(credential),
	instance = trigger,
	onRead = () => undefined,
}: IncomingWebhook): Promise<{ items: INodeExecutionData[]; refused?: number }> {
	const { workflow, node } = workflowWith({ parameters, credentialId });
	let refused: number | undefined;
	const httpResponse = {
		status(status: number) {
			refused = status;
			return httpResponse;
		},
		json: () => httpResponse,
	};
	const data = Object.assign(additionalData(credential), {
		httpRequest: { body, rawBody, headers: {}, rawHeaders },
		httpResponse,
	});
	const { credentialsHelper } = data;
	const getDecrypted = credentialsHelper.getDecrypted.bind(credentialsHelper);
	credentialsHelper.getDecrypted = async (...request) => {
		onRead();
		return await getDecrypted(...request);
	};
	const webhook = { webhookDescription: trigger.description.webhooks?.[0] } as IWebhookData;
	const context = new WebhookContext(workflow, node, data, 'webhook', webhook, [], null);
	const { workflowData = [[]] } = await instance.webhook.call(context);
	return { items: workflowData[0], refused };
}

/** @returns the trigger as another process has it: it shares nothing with this one but the store */
export async function triggerOfAnotherProcess(): Promise<PerfectGymNextTrigger> {
	let copy: PerfectGymNextTrigger = trigger;
	await jest.isolateModulesAsync(async () => {
		const loaded = await import('../../nodes/PerfectGymNext/PerfectGymNextTrigger.node.ts');
		copy = new loaded.PerfectGymNextTrigger();
	});
	return copy;
}

/** The workflow of a test. */
interface TestWorkflow {
	parameters: INodeParameters;
	id?: string;
	credentialId?: string;
	settings?: Partial<INode>;
	instance?: PerfectGymNextTrigger;
	/** The names of the nodes after the outputs of the trigger, in the order of the outputs. */
	followers?: string[];
}

function workflowWith({
	parameters,
	id = '1',
	credentialId = '1',
	settings = {},
	instance = trigger,
	followers = [],
}: TestWorkflow) {
	const declared: INode = {
		id: '1',
		name: 'Trigger',
		type: TRIGGER_TYPE,
		typeVersion: trigger.description.version as number,
		position: [0, 0],
		parameters,
		credentials: {
			perfectGymNextApi: { id: credentialId, name: 'Studio' },
			perfectGymNextStudiosApi: { id: credentialId, name: 'Studios' },
		},
		...settings,
	};
	const after: INode[] = followers.map((name) => ({
		id: name,
		name,
		type: 'test.follower',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	}));
	const typeOf = (type: string) => (type === TRIGGER_TYPE ? (instance as INodeType) : follower);
	const nodeTypes = { getByName: typeOf, getByNameAndVersion: typeOf, getKnownTypes: () => ({}) };
	const main = followers.map((name) => [{ node: name, type: 'main' as const, index: 0 }]);
	const workflow = new Workflow({
		id,
		nodes: [declared, ...after],
		connections: { Trigger: { main } },
		active: true,
		nodeTypes,
	});
	return { workflow, node: workflow.getNode('Trigger') ?? declared };
}

/** Returns its input. */
const follower: INodeType = {
	description: {
		displayName: 'Follower',
		name: 'follower',
		group: ['input'],
		version: 1,
		description: '',
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
	execute() {
		return Promise.resolve([this.getInputData()]);
	},
};
