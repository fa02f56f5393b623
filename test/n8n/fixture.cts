import type { INode, INodeParameters } from 'n8n-workflow';
import { N8n, type N8nHandle, type WorkflowFile } from './instance.cts';
import { PACKAGE } from './package.cts';
import type { Studio } from './studio.cts';

interface Announcement {
	n8n: N8nHandle;
	studio: Studio;
}

/** Test files share nothing with jest's setup but the environment. */
const VARIABLE = 'PERFECTGYM_NEXT_TEST';

/** The name of our credential type in n8n. */
export const CREDENTIAL = 'perfectGymNextApi';
/** The name of our node type in n8n. */
export const NODE = `${PACKAGE}.perfectGymNext`;

/** Tells the test files what setup.cts has started. */
export function announce(announcement: Announcement): void {
	process.env[VARIABLE] = JSON.stringify(announcement);
}

/** The n8n and the studio that setup.cts has started. Throws outside of `npm run test:n8n`. */
export function running(): { n8n: N8n; studio: Studio } {
	const text = process.env[VARIABLE];
	if (!text) throw new Error('Nothing is running: these tests are run by npm run test:n8n');
	const { n8n, studio }: Announcement = JSON.parse(text);
	return { n8n: new N8n(n8n), studio };
}

/** Stores a credential for the studio, or for another address and key, and gives its id. */
export async function storeCredential(
	n8n: N8n,
	{ baseUrl, apiKey }: { baseUrl: string; apiKey: string },
): Promise<string> {
	return await n8n.createCredential(CREDENTIAL, { baseUrl, apiKey, webhookApiKey: '' });
}

/** A node of a workflow; `rest` may hold credentials, onError and the like. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: INodeParameters = {},
	rest: Partial<INode> = {},
): INode {
	return { id: name, name, type, typeVersion, parameters, position: [0, 0], ...rest };
}

/** Our node, as a user would set it up. */
export function perfectGymNext(
	name: string,
	credentialId: string,
	parameters: INodeParameters,
	rest: Partial<INode> = {},
): INode {
	const credentials = { [CREDENTIAL]: { id: credentialId, name: CREDENTIAL } };
	return node(name, NODE, 1, parameters, { credentials, ...rest });
}

/** n8n's button "Execute workflow". */
export function manualTrigger(): INode {
	return node('Start', 'n8n-nodes-base.manualTrigger', 1);
}

/** n8n's Code node; `code` returns the items. */
export function code(name: string, jsCode: string): INode {
	return node(name, 'n8n-nodes-base.code', 2, { jsCode });
}

/** A workflow in which each node feeds the next. */
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

/** Adds a connection from one of a node's outputs (0 by default). */
export function connect(workflow: WorkflowFile, from: string, to: string, output = 0): void {
	const outputs = ((workflow.connections[from] ??= {}).main ??= []);
	while (outputs.length <= output) outputs.push([]);
	(outputs[output] ??= []).push({ node: to, type: 'main', index: 0 });
}
