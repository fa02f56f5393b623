/** Checks the node before n8n publishes the workflow or listens for a test event. */

import type { IHookFunctions } from 'n8n-workflow';

import { toNodeError } from '../transport/nodeErrors';
import {
	checkChosenTypes,
	readDropRepeats,
	readIncludeEntity,
	readRememberedEvents,
	readWantedTypes,
} from './parameters';
import { requireWebhookKey } from './webhookAuthentication';

/** @throws n8n's error that names the field to correct, so that the workflow is not published */
export async function checkPublication(context: IHookFunctions): Promise<void> {
	try {
		const events = context.getNodeParameter('events', []);
		const options = context.getNodeParameter('options', {});
		checkChosenTypes(events);
		readWantedTypes({ events, options });
		readIncludeEntity(context.getNodeParameter('includeEntity', false));
		readDropRepeats(options);
		readRememberedEvents(options);
		await requireWebhookKey(context);
	} catch (error) {
		throw toNodeError(context.getNode(), error, undefined);
	}
}
