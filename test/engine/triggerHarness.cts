/** Runs the trigger in n8n's own engine, without n8n. */

import { ExecuteContext, WebhookContext } from 'n8n-core';
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
	IWebhookData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createRunExecutionData, Workflow } from 'n8n-workflow';

import { PerfectGymNextTrigger } from '../../nodes/PerfectGymNext/PerfectGymNextTrigger.node';
import { additionalData } from './harness.cts';
import { watchRequests } from './inFlight.cts';

/** The trigger as this process has it. */
export const trigger = new PerfectGymNextTrigger();

/** What the store does at one call. */
type StoreBehavior =
	| 'works'
	/** Stores nothing, and mentions none of the values in its answer. */
	| 'omits values'
	| 'fails'
	| 'fails after storing'
	/** Answers as if it had stored the values, as when another process overwrites them. */
	| 'loses values';

/** Stands in for n8n's store of known events, which keeps the latest values of a node. */
export class Store implements Pick<IDataDeduplicator, 'checkProcessedAndRecord'> {
	/** The stored values, the oldest first. */
	known: string[] = [];

	/** The behavior at the next calls; later calls work. */
	behaviors: StoreBehavior[] = [];

	/** When each call came, in ms. */
	callTimes: number[] = [];

	/** Calls for other workflows are ignored; for undefined, none are. */
	workflowId?: string;

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
		if (behavior === 'fails') throw new Error('the store is away');
		// As in n8n, other calls can come between reading and writing.
		const before = [...this.known];
		await new Promise((resolve) => setImmediate(resolve));
		const added = values.filter((value) => !before.includes(value));
		if (behavior !== 'loses values') {
			this.known = [...before, ...added].slice(-Number(maxEntries));
		}
		if (behavior === 'fails after storing') throw new Error('the store is away');
		return { new: added, processed: values.filter((value) => before.includes(value)) };
	}
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
}

/** Runs the execution that follows a webhook, in n8n's engine. */
export async function runTrigger({
	items,
	parameters = {},
	mode = 'webhook',
	credential = {},
	workflowId = '1',
	instance = trigger,
}: TriggerRun): Promise<INodeExecutionData[]> {
	const { workflow, node } = workflowWith(parameters, workflowId);
	const executeData: IExecuteData = { node, data: { main: [items] }, source: null };
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
	);
	watchRequests(context);
	const [output] = await instance.execute.call(context);
	return output;
}

/** A webhook, and the node that receives it. */
export interface IncomingWebhook {
	/** The key in the header. */
	key: string;
	body: IDataObject;
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
	body,
	parameters = {},
	credential,
	credentialId = JSON.stringify(credential),
	instance = trigger,
	onRead = () => undefined,
}: IncomingWebhook): Promise<{ items: INodeExecutionData[]; refused?: number }> {
	const { workflow, node } = workflowWith(parameters, '1', credentialId);
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

function workflowWith(parameters: INodeParameters, id: string, credentialId = '1') {
	const declared: INode = {
		id: '1',
		name: 'Trigger',
		type: 'n8n-nodes-perfectgym-next.perfectGymNextTrigger',
		typeVersion: trigger.description.defaultVersion ?? 1,
		position: [0, 0],
		parameters,
		credentials: {
			perfectGymNextApi: { id: credentialId, name: 'Studio' },
			perfectGymNextStudiosApi: { id: credentialId, name: 'Studios' },
		},
	};
	const nodeTypes = {
		getByName: () => trigger,
		getByNameAndVersion: () => trigger,
		getKnownTypes: () => ({}),
	};
	const nodes = [declared];
	const workflow = new Workflow({ id, nodes, connections: {}, active: true, nodeTypes });
	return { workflow, node: workflow.getNode('Trigger') ?? declared };
}
