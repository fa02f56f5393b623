/** Runs the polling trigger in n8n's own engine, without n8n. */

import { PollContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeParameters,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import { PerfectGymNextPollingTrigger } from '../../nodes/PerfectGymNext/PerfectGymNextPollingTrigger.node';
import { additionalData } from './harness.cts';

/** The polling trigger as it is declared. */
export const pollingTrigger = new PerfectGymNextPollingTrigger();

/** How a test polls. */
export interface PollOptions {
	parameters?: INodeParameters;
	credential?: Partial<ICredentialDataDecryptedObject>;
	mode?: WorkflowExecuteMode;
	/** Answers requests in place of n8n's request helper, for tests with many requests. */
	answer?: (request: IHttpRequestOptions) => unknown;
}

/** A workflow with the trigger, as one n8n process has it. */
export class PollingWorkflow {
	/** What n8n stores of the workflow. */
	staticData: IDataObject = {};

	/** The warnings in the log. */
	readonly warnings: string[] = [];

	constructor(
		private readonly options: PollOptions,
		private readonly id = '1',
	) {}

	/** Polls once. The state is kept as n8n keeps it: as JSON, whenever the poll does not fail. */
	async poll(changes: PollOptions = {}): Promise<IDataObject[]> {
		const {
			parameters = {},
			credential,
			mode = 'trigger',
			answer,
		} = { ...this.options, ...changes };
		const node: INode = {
			id: this.id,
			name: 'Poll',
			type: 'n8n-nodes-perfectgym-next.perfectGymNextPollingTrigger',
			typeVersion: 1,
			position: [0, 0],
			// Tests poll more often than people.
			parameters: {
				...parameters,
				options: { requestsPerMinute: 1000, ...(parameters.options as object) },
			},
			credentials: {
				perfectGymNextApi: { id: '1', name: 'Studio' },
				perfectGymNextStudiosApi: { id: '2', name: 'Studios' },
			},
		};
		const nodeTypes = {
			getByName: () => pollingTrigger,
			getByNameAndVersion: () => pollingTrigger,
			getKnownTypes: () => ({}),
		};
		const workflow = new Workflow({
			id: this.id,
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes,
			staticData: structuredClone(this.staticData),
			settings: { timezone: 'Europe/Berlin' },
		});
		const placed = workflow.getNode('Poll') ?? node;
		// The limit of requests is one for each key.
		const data = additionalData(answer ? { apiKey: `key-${this.id}` } : credential);
		const context = new PollContext(workflow, placed, data, mode, 'activate');
		if (answer) {
			context.helpers.httpRequestWithAuthentication = async (_type, request) =>
				await Promise.resolve({ statusCode: 200, headers: {}, body: answer(request) });
		}
		const { warnings } = this;
		Object.defineProperty(context, 'logger', {
			value: { warn: (text: string) => warnings.push(text), debug() {}, info() {}, error() {} },
		});
		const output: INodeExecutionData[][] | null = await pollingTrigger.poll.call(context);
		this.staticData = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
		return (output?.[0] ?? []).map(({ json }) => json);
	}

	/** What the node has stored, in characters. */
	get stateSize(): number {
		return JSON.stringify(this.staticData).length;
	}
}
