// The chain that a user would build instead of our trigger.

import { randomUUID } from 'node:crypto';
import type { INode } from 'n8n-workflow';
import { chain, node } from '../n8n/fixture.cts';
import type { N8n } from '../n8n/instance.cts';
import { WEBHOOK_KEY } from '../n8n/webhooks.cts';

/**
 * Publishes n8n's Webhook node, which checks the key, its Remove Duplicates node, and another node.
 *
 * @param historySize how many events Remove Duplicates can remember; it fails when its history is full
 */
export async function publishWebhookChain(
	n8n: N8n,
	next: INode,
	historySize: number,
): Promise<{ id: string; url: string }> {
	const header = { name: 'x-api-key', value: WEBHOOK_KEY };
	const credential = await n8n.createCredential('httpHeaderAuth', header);
	const webhookId = randomUUID();
	const webhook = node(
		'Webhook',
		'n8n-nodes-base.webhook',
		2.1,
		{
			httpMethod: 'POST',
			path: webhookId,
			authentication: 'headerAuth',
			responseMode: 'onReceived',
			options: {},
		},
		{ webhookId, credentials: { httpHeaderAuth: { id: credential, name: 'httpHeaderAuth' } } },
	);
	const remove = node('Remove Duplicates', 'n8n-nodes-base.removeDuplicates', 2, {
		operation: 'removeItemsSeenInPreviousExecutions',
		dedupeValue: '={{ $json.body.uuid }}',
		options: { historySize },
	});
	const id = await n8n.createWorkflow(chain('Webhook chain', [webhook, remove, next]));
	await n8n.publishWorkflow(id);
	return { id, url: `${n8n.baseUrl}/webhook/${webhookId}` };
}
