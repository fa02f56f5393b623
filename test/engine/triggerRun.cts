/** Runs the trigger in n8n's own engine, without n8n. */

import {
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
import { createRunExecutionData, Workflow } from 'n8n-workflow';

import { PerfectGymNextTrigger } from '../../nodes/PerfectGymNext/PerfectGymNextTrigger.node';
import { additionalData } from './harness.cts';
import { watchRequests } from './inFlight.cts';

const TRIGGER_TYPE = 'n8n-nodes-perfectgym-next.perfectGymNextTrigger';

export const trigger = new PerfectGymNextTrigger();

/** @returns an item of the trigger, for a customer of the simulator */
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

/** n8n's store, which keeps the latest so many values of a node. */
export class Store implements Pick<IDataDeduplicator, 'checkProcessedAndRecord'> {
	known: string[] = [];

	/** What happens at each of the next calls, in place of the usual. */
	faults: Array<
		'works' | 'says nothing' | 'fails' | 'fails after it has stored' | 'forgets' | 'hangs'
	> = [];

	calls = 0;

	private waiting: Array<() => void> = [];

	private meeting = 1;

	/** The workflow whose marks are looked at; others are known, and count for nothing. */
	workflowId?: string;

	/** From now on, calls wait until this many have read the store, and then write it one by one. */
	meet(count: number): void {
		this.meeting = count;
		for (const go of this.waiting.splice(0)) go();
	}

	private async beforeWrite(): Promise<void> {
		await new Promise((resolve) => setImmediate(resolve));
		if (this.waiting.length + 1 >= this.meeting) return this.meet(this.meeting);
		await new Promise<void>((resolve) => this.waiting.push(resolve));
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
		this.calls++;
		const fault = this.faults.shift();
		if (fault === 'says nothing') return { new: [], processed: [] };
		if (fault === 'hangs') return await new Promise<never>(() => undefined);
		if (fault === 'fails') throw new Error('the store is away');
		// As n8n's: read, then written as a whole.
		const before = [...this.known];
		await this.beforeWrite();
		const fresh = values.filter((value) => !before.includes(value));
		if (fault !== 'forgets') this.known = [...before, ...fresh].slice(-Number(maxEntries));
		if (fault === 'fails after it has stored') throw new Error('the store is away');
		return { new: fresh, processed: values.filter((value) => before.includes(value)) };
	}
}

/** What a run of the trigger is given. */
export interface TriggerRun {
	items: INodeExecutionData[];
	parameters?: INodeParameters;
	mode?: WorkflowExecuteMode;
	credential?: Partial<ICredentialDataDecryptedObject>;
	workflowId?: string;
	/** The process that runs it; this one unless another is given. */
	by?: PerfectGymNextTrigger;
	/** Settings of the node, such as its On Error. */
	settings?: Partial<INode>;
	signal?: AbortSignal;
	/** Answers all requests in place of a server. */
	answer?: { body: unknown };
	/** Receives the warnings in the log. */
	onWarning?: (message: string) => void;
}

/** Runs what the trigger does after the answer, in n8n's engine. */
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
	by = trigger,
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
		const [output] = await by.execute.call(context);
		return output;
	};
}

/**
 * Runs a workflow that an event has started: the trigger, then "Success" and "Failure", which receive
 * its outputs.
 */
export async function runTriggerWorkflow({
	items,
	parameters = {},
	credential = {},
	workflowId = '1',
	by = trigger,
	settings,
}: TriggerRun): Promise<IRun> {
	const { workflow, node } = workflowWith({
		parameters,
		id: workflowId,
		settings,
		by,
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
	// As n8n does for a webhook.
	const runData = createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node, data: { main: [items] }, source: null }] },
	});
	return await new WorkflowExecute(data, 'webhook', runData).processRunExecutionData(workflow);
}

/** Publishes a workflow with the trigger. @throws what n8n shows to the user */
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

/** What a webhook is sent with, and how the node is set up. */
export interface Arrival {
	key: string;
	body: IDataObject;
	parameters?: INodeParameters;
	credential?: Partial<ICredentialDataDecryptedObject>;
	/** By which n8n knows the credential; another for each other content unless it is given. */
	credentialId?: string;
	/** The process that it arrives at; this one unless another is given. */
	by?: PerfectGymNextTrigger;
	/** Is called when n8n is asked for the credential. */
	onRead?: () => void;
}

/** Hands the trigger a webhook in n8n's engine; gives the items, or the status of the refusal. */
export async function arrive({
	key,
	body,
	parameters = {},
	credential,
	credentialId = JSON.stringify(credential),
	by = trigger,
	onRead = () => undefined,
}: Arrival): Promise<{ items: INodeExecutionData[]; refused?: number }> {
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
		httpRequest: { body, headers: {}, rawHeaders: ['x-api-key', key] },
		httpResponse,
	});
	const { credentialsHelper } = data;
	const getDecrypted = credentialsHelper.getDecrypted.bind(credentialsHelper);
	credentialsHelper.getDecrypted = async (...asked) => {
		onRead();
		return await getDecrypted(...asked);
	};
	const webhook = { webhookDescription: trigger.description.webhooks?.[0] } as IWebhookData;
	const context = new WebhookContext(workflow, node, data, 'webhook', webhook, [], null);
	const { workflowData = [[]] } = await by.webhook.call(context);
	return { items: workflowData[0], refused };
}

/** The workflow of a test. */
interface TestWorkflow {
	parameters: INodeParameters;
	id?: string;
	credentialId?: string;
	settings?: Partial<INode>;
	by?: PerfectGymNextTrigger;
	/** The nodes after the outputs of the trigger, in their order. */
	followers?: string[];
}

function workflowWith({
	parameters,
	id = '1',
	credentialId = '1',
	settings = {},
	by = trigger,
	followers = [],
}: TestWorkflow) {
	const declared: INode = {
		id: '1',
		name: 'Trigger',
		type: TRIGGER_TYPE,
		typeVersion: trigger.description.defaultVersion ?? 1,
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
	const typeOf = (type: string) => (type === TRIGGER_TYPE ? (by as INodeType) : follower);
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
