import type { INode, INodeParameters } from 'n8n-workflow';
import { N8n, type N8nHandle, type WorkflowFile } from './instance.cts';
import { PACKAGE } from './package.cts';
import type { Studio } from './studio.cts';

interface Announcement {
	n8n: N8nHandle;
	studio: Studio;
}

/** Jest's global setup shares only environment variables with the test files. */
const VARIABLE = 'PERFECTGYM_NEXT_TEST';

/** Our credential type in n8n. */
export const CREDENTIAL = 'perfectGymNextApi';
/** Our node type in n8n. */
export const NODE = `${PACKAGE}.perfectGymNext`;

/** Our trigger's node type in n8n. */
export const TRIGGER = `${PACKAGE}.perfectGymNextTrigger`;

/** Passes what setup.cts has started to the test files. */
export function announce(announcement: Announcement): void {
	process.env[VARIABLE] = JSON.stringify(announcement);
}

/** Returns the n8n and the studio that setup.cts has started. Throws outside `npm run test:n8n`. */
export function running(): { n8n: N8n; studio: Studio } {
	const text = process.env[VARIABLE];
	if (!text) throw new Error('n8n is not running. Run these tests with npm run test:n8n.');
	const { n8n, studio } = JSON.parse(text) as Announcement;
	return { n8n: new N8n(n8n), studio };
}

/** Stores a credential for a studio and returns its id. */
export async function storeCredential(
	n8n: N8n,
	{ baseUrl, apiKey }: { baseUrl: string; apiKey: string },
): Promise<string> {
	return await n8n.createCredential(CREDENTIAL, { baseUrl, apiKey, webhookApiKey: '' });
}

/** Returns a node for a workflow. `rest` may have credentials, onError and other settings. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: INodeParameters = {},
	rest: Partial<INode> = {},
): INode {
	return { id: name, name, type, typeVersion, parameters, position: [0, 0], ...rest };
}

/** Returns our node as a user would set it up. */
export function perfectGymNext(
	name: string,
	credentialId: string,
	parameters: INodeParameters,
	rest: Partial<INode> = {},
): INode {
	const credentials = { [CREDENTIAL]: { id: credentialId, name: CREDENTIAL } };
	return node(name, NODE, 1, parameters, { credentials, ...rest });
}

/** Returns n8n's Manual Trigger, with the name Start. */
export function manualTrigger(): INode {
	return node('Start', 'n8n-nodes-base.manualTrigger', 1);
}

/** Returns n8n's Code node. `jsCode` returns the items. */
export function code(name: string, jsCode: string): INode {
	return node(name, 'n8n-nodes-base.code', 2, { jsCode });
}

/** Returns a workflow in which each node is connected to the next. */
export function chain(name: string, nodes: INode[]): WorkflowFile {
	const workflow: WorkflowFile = {
		name,
		nodes: nodes.map((each, index) => ({ ...each, position: [index * 224, 0] })),
		connections: {},
	};
	for (const [index, { name: from }] of nodes.slice(0, -1).entries()) {
		connect(workflow, from, nodes[index + 1].name);
	}
	return workflow;
}

/** Connects one of a node's outputs (the first by default) to another node. */
export function connect(workflow: WorkflowFile, from: string, to: string, output = 0): void {
	const outputs = ((workflow.connections[from] ??= {}).main ??= []);
	while (outputs.length <= output) outputs.push([]);
	(outputs[output] ??= []).push({ node: to, type: 'main', index: 0 });
}
