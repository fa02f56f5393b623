import type {
	IExecuteFunctions,
	IHookFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import './minimumVersion';

import { testStudioKey, testStudioKeys } from './credentialTest';
import { authenticationParameters } from './parameters/authentication';
import { toNodeError } from './transport/nodeErrors';
import { noteReception } from './trigger/deduplication';
import { runEvents } from './trigger/execution';
import { toItems } from './trigger/items';
import { readWantedTypes, subtitle, triggerParameters } from './trigger/parameters';
import { readEvent, withAllDigits } from './trigger/payload';
import { checkPublication } from './trigger/publication';
import { authenticateWebhook } from './trigger/webhookAuthentication';

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
		version: 1.1,
		subtitle,
		// n8n also shows it for the action node, whose entry it merges with this one.
		description:
			'Handle visits, bookings, contracts and more in PerfectGym Next, the gym management software',
		eventTriggerDescription: 'Waiting for an event from PerfectGym Next',
		activationMessage:
			'Your workflow now starts when PerfectGym Next sends an event to the Production URL.',
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
			header: 'Send the Production URL to PerfectGym',
			executionsHelp: {
				inactive:
					'Email the Production URL and the events that you want to PerfectGym; they register it for you. The URL must be reachable over HTTPS. To test your workflow, click the button and have an event sent to the Test URL. After PerfectGym activates your integration, confirm it once with Studio > Confirm Activation. Otherwise no events arrive.',
				active:
					'Your workflow runs automatically when an event arrives at the Production URL. You can see these runs in the executions list. The Test URL only works while you listen here.',
			},
			activationHint:
				'Before events arrive, PerfectGym must register the Production URL, and you must confirm the activation.',
		},
		properties: [...authenticationParameters, ...triggerParameters],
	};

	methods = { credentialTest: { testStudioKey, testStudioKeys } };

	/**
	 * Registers nothing: the API cannot register a webhook, and PerfectGym enters the URL by hand. n8n
	 * calls `checkExists` first, and `create` only where that returns false.
	 */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				await checkPublication(this);
				return true;
			},
			async create(this: IHookFunctions) {
				await checkPublication(this);
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
		const event = readEvent(withAllDigits(this.getBodyData(), this.getRequestObject().rawBody));
		if (typeof event === 'string') return refuse(this, 400, event);

		const items = toItems(event, wantedTypes(this), studio);
		const answer: IWebhookResponseData = { webhookResponse: { received: true } };
		if (items.length === 0) return answer;
		noteReception();
		return { ...answer, workflowData: [items] };
	}

	/** Runs after the answer, as the first node of the execution. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runEvents(this)];
	}
}

/** @throws n8n's error for a parameter that is not valid; n8n shows it in a failed execution */
function wantedTypes(context: IWebhookFunctions): string[] {
	try {
		return readWantedTypes({
			events: context.getNodeParameter('events', []),
			options: context.getNodeParameter('options', {}),
		});
	} catch (error) {
		throw toNodeError(context.getNode(), error, undefined);
	}
}

function refuse(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}
