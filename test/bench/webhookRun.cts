// A list workflow that a webhook starts, so that nothing is stored or printed and only the lists count.

import type { INode } from 'n8n-workflow';
import { chain, node } from '../n8n/fixture.cts';
import type { N8n } from '../n8n/instance.cts';

/** Publishes webhook, nodes, count of the items. Returns a function that runs it and checks the count. */
export async function publishCounted(
	n8n: N8n,
	path: string,
	nodes: INode[],
	expected: number,
): Promise<() => Promise<void>> {
	const webhook = node(
		'Start',
		'n8n-nodes-base.webhook',
		2,
		{ path, responseMode: 'lastNode', options: {} },
		{ webhookId: path },
	);
	const count = node('Count', 'n8n-nodes-base.summarize', 1.1, {
		fieldsToSummarize: { values: [{ aggregation: 'count', field: 'id' }] },
		options: {},
	});
	const workflow = chain(path, [webhook, ...nodes, count]);
	// Half a GB of JSON would not fit into one of n8n's strings.
	workflow.settings = { saveDataSuccessExecution: 'none', saveDataErrorExecution: 'none' };
	await n8n.publishWorkflow(await n8n.createWorkflow(workflow));
	return async () => {
		const response = await fetch(`${n8n.baseUrl}/webhook/${path}`);
		const text = await response.text();
		if (text.includes(String(expected))) return;
		throw new Error(
			`${expected}: n8n answered ${response.status} ${text.slice(0, 500)}\n${n8n.log().slice(-3000)}`,
		);
	};
}
