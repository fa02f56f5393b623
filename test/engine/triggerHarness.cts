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

export const trigger = new PerfectGymNextTrigger();

/** n8n's store, which keeps the latest so many values of a node. */
export class Store implements Pick<IDataDeduplicator, 'checkProcessedAndRecord'> {
	known: string[] = [];

	/** What happens at each of the next calls, in place of the usual. */
	faults: Array<'works' | 'says nothing' | 'fails' | 'fails after it has stored' | 'forgets'> = [];

	calls = 0;

	/** The workflow whose marks are looked at; others are known, and count for nothing. */
	workflowId?: string;

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
		if (fault === 'fails') throw new Error('the store is away');
		// As n8n's: read, then written as a whole.
		const before = [...this.known];
		await new Promise((resolve) => setImmediate(resolve));
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
}

/** Runs what the trigger does after the answer, in n8n's engine. */
export async function runTrigger({
	items,
	parameters = {},
	mode = 'webhook',
	credential = {},
	workflowId = '1',
	by = trigger,
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
	const [output] = await by.execute.call(context);
	return output;
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
	const { getDecrypted } = data.credentialsHelper;
	data.credentialsHelper.getDecrypted = async (...asked) => {
		onRead();
		return await getDecrypted(...asked);
	};
	const webhook = { webhookDescription: trigger.description.webhooks?.[0] } as IWebhookData;
	const context = new WebhookContext(workflow, node, data, 'webhook', webhook, [], null);
	const { workflowData = [[]] } = await by.webhook.call(context);
	return { items: workflowData[0], refused };
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
