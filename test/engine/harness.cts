/** Runs the node in n8n's own engine, without n8n: nothing of the engine is replaced. */

import {
	DirectoryLoader,
	ExecuteContext,
	ExecutionLifecycleHooks,
	LoadOptionsContext,
	RoutingNode,
	WorkflowExecute,
} from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IExecuteData,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypes,
	IRun,
	IWorkflowExecuteAdditionalData,
	OnError,
} from 'n8n-workflow';
import { createRunExecutionData, NodeHelpers, Workflow } from 'n8n-workflow';

import { PerfectGymNextStudiosApi } from '../../credentials/PerfectGymNextStudiosApi.credentials';
import { PerfectGymNextApi } from '../../credentials/PerfectGymNextApi.credentials';
import { PerfectGymNext } from '../../nodes/PerfectGymNext/PerfectGymNext.node';

export const NODE_TYPE = 'n8n-nodes-perfectgym-next.perfectGymNext';
export const TIME_ZONE = 'Europe/Berlin';
/** Plainly no key, and easy to find where it must not be. */
export const API_KEY = 'key-that-must-not-show';

export const node = new PerfectGymNext();
/** As n8n loads it: with the options that every declarative node gets, batching and time limit. */
const loaded = new PerfectGymNext();
DirectoryLoader.applyDeclarativeNodeOptionParameters(loaded);
const credentialTypes: Record<string, PerfectGymNextApi | PerfectGymNextStudiosApi> = {
	perfectGymNextApi: new PerfectGymNextApi(),
	perfectGymNextStudiosApi: new PerfectGymNextStudiosApi(),
};

/** What a test runs. */
export interface RunOptions {
	parameters: INodeParameters;
	/** The input; one empty item when left out. */
	items?: INodeExecutionData[];
	credential?: Partial<ICredentialDataDecryptedObject>;
	onError?: OnError;
	executeOnce?: boolean;
	signal?: AbortSignal;
}

/** The node's input: an item for each record. */
export function itemsOf(records: INodeExecutionData['json'][]): INodeExecutionData[] {
	return records.map((json) => ({ json }));
}

/** Runs the node alone through n8n's declarative engine. @throws what the engine throws */
export async function runNode(options: RunOptions): Promise<INodeExecutionData[]> {
	return await prepareRun(options)();
}

/** As {@link runNode}, but to be started more than once with the same execution data, as retries are. */
export function prepareRun({
	parameters,
	items = [{ json: {} }],
	credential,
	onError,
	signal,
}: RunOptions): () => Promise<INodeExecutionData[]> {
	const types = nodeTypes();
	const declared: INode = { ...nodeNamed('PerfectGym Next', parameters), onError };
	const workflow = new Workflow({
		id: '1',
		nodes: [declared],
		connections: {},
		active: false,
		nodeTypes: types,
		settings: { timezone: TIME_ZONE },
	});
	const executed = workflow.getNode(declared.name) ?? declared;
	const executeData: IExecuteData = { node: executed, data: { main: [items] }, source: null };
	return async () => {
		const context = new ExecuteContext(
			workflow,
			executed,
			additionalData(credential),
			'manual',
			createRunExecutionData(),
			0,
			items,
			{ main: [items] },
			executeData,
			[],
			signal,
		);
		const output = await new RoutingNode(context, loaded).runNode();
		return output?.[0] ?? [];
	};
}

/** Runs "Start" with the given items, then the node, then what hangs on its one or two outputs. */
export async function runWorkflow({
	parameters,
	items = [{ json: {} }],
	credential,
	onError,
	executeOnce,
}: RunOptions): Promise<IRun> {
	const start = nodeNamed('Start', {}, 'test.start');
	const ours: INode = { ...nodeNamed('PerfectGym Next', parameters), onError, executeOnce };
	const after = [nodeNamed('Success', {}, 'test.start'), nodeNamed('Failure', {}, 'test.start')];
	const link = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	const workflow = new Workflow({
		id: '1',
		nodes: [start, ours, ...after],
		connections: {
			Start: { main: [link('PerfectGym Next')] },
			'PerfectGym Next': { main: [link('Success'), link('Failure')] },
		},
		active: false,
		nodeTypes: nodeTypes(),
		settings: { timezone: TIME_ZONE },
	});
	const data = additionalData(credential);
	data.hooks = new ExecutionLifecycleHooks('manual', '1', {
		id: '1',
		name: 'test',
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes: [],
		connections: {},
	});
	return await new WorkflowExecute(data, 'manual').run({
		workflow,
		startNode: workflow.getNode('Start') ?? start,
		pinData: { Start: items },
	});
}

/** What a pick list is called with in the editor, where the node is filled in as given. */
export function loadOptionsContext(
	parameters: INodeParameters,
	credential?: Partial<ICredentialDataDecryptedObject>,
): LoadOptionsContext {
	// The editor fills in the defaults.
	const currentNodeParameters = {
		authentication: 'studio',
		resource: 'customer',
		...parameters,
	};
	const declared = nodeNamed('PerfectGym Next', currentNodeParameters);
	const workflow = new Workflow({
		id: '1',
		nodes: [declared],
		connections: {},
		active: false,
		nodeTypes: nodeTypes(),
	});
	const data = { ...additionalData(credential), currentNodeParameters };
	return new LoadOptionsContext(workflow, declared, data, '');
}

/** The items that a node of a run put out, by output. */
export function outputOf(run: IRun, name: string): INodeExecutionData[][] {
	const [task] = run.data.resultData.runData[name] ?? [];
	return (task?.data?.main ?? []).map((items) => items ?? []);
}

function nodeNamed(name: string, parameters: INodeParameters, type = NODE_TYPE): INode {
	return {
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: {
			perfectGymNextApi: { id: '1', name: 'Studio' },
			perfectGymNextStudiosApi: { id: '2', name: 'Studios' },
		},
	};
}

/** n8n gives a declarative node its `execute`. */
const declarative: INodeType = {
	description: loaded.description,
	methods: loaded.methods,
	async execute() {
		return (await new RoutingNode(this as ExecuteContext, loaded).runNode()) ?? [];
	},
};

const passing: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['input'],
		version: 1,
		description: '',
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};

function nodeTypes(): INodeTypes {
	const typeOf = (name: string) => (name === NODE_TYPE ? declarative : passing);
	return {
		getByName: typeOf,
		getByNameAndVersion: typeOf,
		getKnownTypes: () => ({}),
	};
}

/** What the engine needs of n8n: the credential, and how it signs in. */
export function additionalData(
	credential: Partial<ICredentialDataDecryptedObject> = {},
): IWorkflowExecuteAdditionalData {
	const decrypted = {
		baseUrl: 'https://acme.open-api.perfectgym.com',
		apiKey: API_KEY,
		...credential,
	};
	return {
		credentialsHelper: {
			getParentTypes: () => [],
			isCredentialUsableByNode: () => true,
			getDecrypted: async (_data: unknown, _credential: unknown, type: string) =>
				type === 'perfectGymNextStudiosApi'
					? structuredClone({ studios: {}, ...credential })
					: { ...decrypted },
			preAuthentication: async () => undefined,
			authenticate: async (
				data: ICredentialDataDecryptedObject,
				type: string,
				options: IHttpRequestOptions,
			) => await credentialTypes[type].authenticate(data, options),
		},
		webhookWaitingBaseUrl: 'http://localhost',
		formWaitingBaseUrl: 'http://localhost',
		currentNodeExecutionIndex: 0,
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** The parameters as n8n would store them, with the defaults of all that is shown. */
export function withDefaults(parameters: INodeParameters): INodeParameters {
	const filled = NodeHelpers.getNodeParameters(
		node.description.properties,
		parameters,
		true,
		false,
		null,
		node.description,
	);
	return filled ?? {};
}
