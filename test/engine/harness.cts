/** Runs the node in n8n's own engine, without n8n. */

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
	IN8nHttpFullResponse,
	INode,
	INodeExecutionData,
	INodeParameterResourceLocator,
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
import { watchRequests } from './inFlight.cts';
import { isSince } from './versions.cts';

const NODE_TYPE = 'n8n-nodes-perfectgym-next.perfectGymNext';
/** The type that n8n derives from ours for tools. */
const TOOL_TYPE = `${NODE_TYPE}Tool`;
/** The name of the node in the workflows of the tests. */
export const NODE_NAME = 'PerfectGym Next';
const TIME_ZONE = 'Europe/Berlin';
/** Not a real key, and easy to find where it must not be. */
export const API_KEY = 'key-that-must-not-show';

/** The node as it is declared. */
export const node = new PerfectGymNext();
/** The node as n8n loads it: with Request Options, which every declarative node gets. */
const loaded = new PerfectGymNext();
DirectoryLoader.applyDeclarativeNodeOptionParameters(loaded);
const credentialTypes: Record<string, PerfectGymNextApi | PerfectGymNextStudiosApi> = {
	perfectGymNextApi: new PerfectGymNextApi(),
	perfectGymNextStudiosApi: new PerfectGymNextStudiosApi(),
};

/** How a test runs the node. */
export interface RunOptions {
	parameters: INodeParameters;
	/** The input; one empty item by default. */
	items?: INodeExecutionData[];
	/** The connection that the items come through; agents of version 3 and later use `ai_tool`. */
	connection?: 'main' | 'ai_tool';
	/** Whether the node has the type that n8n derives for tools. */
	isTool?: boolean;
	credential?: Partial<ICredentialDataDecryptedObject>;
	onError?: OnError;
	executeOnce?: boolean;
	signal?: AbortSignal;
	/** Answers requests in place of n8n's request helper, for tests with many requests. Not for tools. */
	answer?: (request: IHttpRequestOptions) => Promise<Partial<IN8nHttpFullResponse>>;
	/** Receives each request before it is sent. */
	onRequest?: (request: IHttpRequestOptions) => void;
}

/** @returns an input item for each record */
export function itemsOf(records: INodeExecutionData['json'][]): INodeExecutionData[] {
	return records.map((json) => ({ json }));
}

/** @returns the value of a resource locator, as n8n stores it */
export function locator(value: string | number, mode = 'id'): INodeParameterResourceLocator {
	return { __rl: true, mode, value: String(value) };
}

/** Runs the node alone, as n8n runs it in a workflow. @throws what the engine throws */
export async function runNode(options: RunOptions): Promise<INodeExecutionData[]> {
	return await prepareRun(options)();
}

/** Runs the node alone through n8n's declarative engine, as agents do. @throws what the engine throws */
export async function runTool(options: RunOptions): Promise<INodeExecutionData[]> {
	return await prepareRun(options, runDeclarative)();
}

/**
 * @param runIn the part of n8n's engine that runs the node
 * @returns a function that runs the node with the same execution data each time, as retries do
 */
export function prepareRun(
	options: RunOptions,
	runIn: (context: ExecuteContext) => Promise<NodeOutput> = runAsEngine,
): () => Promise<INodeExecutionData[]> {
	const { parameters, items = [{ json: {} }], connection = 'main', onError } = options;
	const { signal, answer, isTool } = options;
	const named = nodeNamed(NODE_NAME, parameters);
	const declared: INode = { ...named, onError, ...(isTool && { type: TOOL_TYPE }) };
	const workflow = new Workflow({
		id: '1',
		nodes: [declared],
		connections: {},
		active: false,
		nodeTypes: nodeTypes(),
		settings: { timezone: TIME_ZONE },
	});
	const executed = workflow.getNode(declared.name) ?? declared;
	const input = { [connection]: [items] };
	const executeData: IExecuteData = { node: executed, data: input, source: null };
	return async () => {
		const context = new ExecuteContext(
			workflow,
			executed,
			additionalData(options.credential, options.onRequest),
			'manual',
			createRunExecutionData(),
			0,
			items,
			input,
			executeData,
			[],
			signal,
		);
		if (answer) {
			context.helpers.httpRequestWithAuthentication = async (_type, request) =>
				await answer(request);
		} else {
			watchRequests(context);
		}
		const output = await runIn(context);
		return output?.[0] ?? [];
	};
}

type NodeOutput = INodeExecutionData[][] | null | undefined;

/** As n8n's engine: runs the custom operation, or the `execute` that it gives a declarative node. */
async function runAsEngine(context: ExecuteContext): Promise<NodeOutput> {
	const { resource, operation } = context.getNode().parameters;
	const custom =
		typeof resource === 'string' && typeof operation === 'string'
			? loaded.customOperations[resource]?.[operation]
			: undefined;
	return custom
		? ((await custom.call(context)) as INodeExecutionData[][])
		: await runDeclarative(context);
}

async function runDeclarative(context: ExecuteContext): Promise<NodeOutput> {
	return await new RoutingNode(context, loaded).runNode();
}

/**
 * Runs a workflow: "Start" with the items, the node, then "Success" and "Failure", which receive its
 * outputs.
 */
export async function runWorkflow({
	parameters,
	items = [{ json: {} }],
	credential,
	onError,
	executeOnce,
}: RunOptions): Promise<IRun> {
	const start = nodeNamed('Start', {}, 'test.start');
	const ours: INode = { ...nodeNamed(NODE_NAME, parameters), onError, executeOnce };
	const after = [nodeNamed('Success', {}, 'test.start'), nodeNamed('Failure', {}, 'test.start')];
	const link = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	const workflow = new Workflow({
		id: '1',
		nodes: [start, ours, ...after],
		connections: {
			Start: { main: [link(NODE_NAME)] },
			[NODE_NAME]: { main: [link('Success'), link('Failure')] },
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
	const startNode = workflow.getNode('Start') ?? start;
	const pinData = { Start: items };
	const engine = new WorkflowExecute(data, 'manual');
	if (isSince('2.20')) return await engine.run({ workflow, startNode, pinData });
	// Earlier engines take the arguments one by one.
	const early = engine as unknown as { run(...parts: unknown[]): Promise<IRun> };
	return await early.run(workflow, startNode, undefined, pinData);
}

/** @returns the context in which the editor calls a pick list, for a node with the parameters */
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
	const declared = nodeNamed(NODE_NAME, currentNodeParameters);
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

/** @returns the items that a node returned in a run, by output */
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

/** The node with the `execute` that n8n gives a declarative node. */
const declarativeType: INodeType = {
	description: loaded.description,
	methods: loaded.methods,
	customOperations: loaded.customOperations,
	async execute() {
		return (await runDeclarative(this as ExecuteContext)) ?? [];
	},
};

/** Returns its input. */
const passingType: INodeType = {
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
	execute() {
		return Promise.resolve([this.getInputData()]);
	},
};

function nodeTypes(): INodeTypes {
	const typeOf = (name: string) =>
		name === NODE_TYPE || name === TOOL_TYPE ? declarativeType : passingType;
	return {
		getByName: typeOf,
		getByNameAndVersion: typeOf,
		getKnownTypes: () => ({}),
	};
}

/**
 * @param credential the fields of the node's credential, on top of a base URL and a key
 * @param onRequest receives each request before the credential signs it
 * @returns what the engine needs from n8n: credentials, and how they sign requests
 */
export function additionalData(
	credential: Partial<ICredentialDataDecryptedObject> = {},
	onRequest: (request: IHttpRequestOptions) => void = () => undefined,
): IWorkflowExecuteAdditionalData {
	const ofStudio = {
		baseUrl: 'https://acme.open-api.perfectgym.com',
		apiKey: API_KEY,
		...credential,
	};
	return {
		credentialsHelper: {
			getParentTypes: () => [],
			isCredentialUsableByNode: () => true,
			getDecrypted: (_data: unknown, _credential: unknown, type: string) =>
				Promise.resolve(
					type === 'perfectGymNextStudiosApi'
						? structuredClone({ studios: {}, ...credential })
						: { ...ofStudio },
				),
			preAuthentication: () => Promise.resolve(undefined),
			authenticate: async (
				data: ICredentialDataDecryptedObject,
				type: string,
				options: IHttpRequestOptions,
			) => {
				onRequest(options);
				return await credentialTypes[type].authenticate(data, options);
			},
		},
		webhookWaitingBaseUrl: 'http://localhost',
		formWaitingBaseUrl: 'http://localhost',
		currentNodeExecutionIndex: 0,
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** @returns the parameters as n8n stores them, with the defaults of the parameters that are shown */
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
