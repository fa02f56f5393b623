import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { testStudioKey, testStudioKeys } from './methods/credentialTest';
import { authenticationParameters } from './parameters/authentication';
import { MANY_STUDIOS } from './transport/studio';
import { dropDuplicates, noteReception } from './trigger/deduplication';
import { addEntities } from './trigger/entity';
import { eventTypes } from './trigger/events';
import { toItems } from './trigger/items';
import { readEvent } from './trigger/payload';
import { authenticateWebhook } from './trigger/webhookAuthentication';

const DEFAULT_REMEMBERED = 10_000;

/** The trigger that starts a workflow when PerfectGym Next sends an event. */
export class PerfectGymNextTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'PerfectGym Next Trigger',
		name: 'perfectGymNextTrigger',
		icon: {
			light: 'file:../../icons/perfectGymNext.svg',
			dark: 'file:../../icons/perfectGymNext.dark.svg',
		},
		group: ['trigger'],
		// n8n evaluates an expression for each event that arrives at version 1 of a node.
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle:
			'={{ $parameter["events"].length === 1 ? $parameter["events"][0].replaceAll("_", " ").toSentenceCase() : "" }}',
		description: 'Starts the workflow when something happens in a PerfectGym Next studio',
		eventTriggerDescription: 'Waiting for an event from PerfectGym Next',
		activationMessage:
			'Events that PerfectGym Next sends to the production URL start this workflow.',
		defaults: { name: 'PerfectGym Next Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'perfectGymNextApi',
				required: true,
				testedBy: 'testStudioKey',
				displayOptions: { show: { authentication: ['studio'] } },
			},
			{
				name: 'perfectGymNextStudiosApi',
				required: true,
				testedBy: 'testStudioKeys',
				displayOptions: { show: { authentication: ['studios'] } },
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'webhook',
			},
		],
		triggerPanel: {
			header: 'Send the production URL to PerfectGym',
			executionsHelp: {
				inactive:
					'PerfectGym sets up webhooks for you: send them the production URL by e-mail, together with the events that you want. It must be reachable by HTTPS. To try the workflow out, press the button and have an event sent to the test URL. When the integration is activated, confirm the activation once (README, "Events"), or no events come.',
				active:
					'Events that arrive at the production URL start the workflow by themselves; see its executions. The test URL works only while you listen here.',
			},
			activationHint:
				'PerfectGym must know the production URL of this node, and the activation must have been confirmed, before events arrive.',
		},
		properties: [
			...authenticationParameters,
			{
				displayName:
					'PerfectGym registers the URL of this node, not n8n: send them the production URL above, for many studios the same one for all of them. The credential needs the Webhook API Key of each studio.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				default: [],
				description: 'The events that start the workflow. Choose none for all of them.',
				options: [...eventTypes],
			},
			{
				displayName: 'Include Entity',
				name: 'includeEntity',
				type: 'boolean',
				default: false,
				description:
					'Whether to fetch what the event is about, such as the customer or the booking. Events carry IDs only.',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Drop Repeats',
						name: 'deduplicate',
						type: 'boolean',
						default: true,
						description:
							'Whether to ignore an event that has started the workflow before: PerfectGym Next can send an event again',
					},
					{
						displayName: 'Events to Remember',
						name: 'rememberedEvents',
						type: 'number',
						typeOptions: { minValue: 1, numberPrecision: 0 },
						default: 10000,
						description: 'How many of the latest events are remembered to find repeats',
					},
				],
			},
		],
	};

	methods = { credentialTest: { testStudioKey, testStudioKeys } };

	/** Do nothing: the API cannot register a webhook, and PerfectGym enters the URL by hand. */
	webhookMethods = {
		default: {
			async checkExists() {
				return true;
			},
			async create() {
				return true;
			},
			async delete() {
				return true;
			},
		},
	};

	/** Runs before the answer. It sends no requests, because PerfectGym Next waits only 5 s for the answer. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const studio = await authenticateWebhook(this);
		if (!studio) return refuse(this, 401, 'The webhook key is missing or wrong');
		const event = readEvent(this.getBodyData());
		if (typeof event === 'string') return refuse(this, 400, event);

		const wanted = this.getNodeParameter('events', []) as string[];
		const items = toItems(event, wanted, studio);
		const answer: IWebhookResponseData = { webhookResponse: { received: true } };
		if (items.length === 0) return answer;
		noteReception();
		return { ...answer, workflowData: [items] };
	}

	/** Runs after the answer, as the first node of the execution. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const options = this.getNodeParameter('options', 0, {}) as IDataObject;
		const maxEvents = Number(options.rememberedEvents ?? DEFAULT_REMEMBERED);
		// A retry would drop its own event as a duplicate, and a user who tests sends one event many times.
		const isMany = this.getNodeParameter('authentication', 0, '') === MANY_STUDIOS;
		const isRepeatable = ['retry', 'manual'].includes(this.getMode());
		const all = this.getInputData();
		const items =
			options.deduplicate === false || isRepeatable
				? all
				: await dropDuplicates(this, all, maxEvents, isMany);
		const includeEntity = this.getNodeParameter('includeEntity', 0, false) === true;
		return [includeEntity && items.length > 0 ? await addEntities(this, items, isMany) : items];
	}
}

function refuse(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}
