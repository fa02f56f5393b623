import { simplified } from '../../nodes/PerfectGymNext/resources/simplified';
import { NODE, node, perfectGymNext, running, storeCredential } from './fixture.cts';
import type { WorkflowFile } from './instance.cts';
import { listCustomers } from './studio.cts';

const { n8n, studio } = running();
const PATH = 'perfectgym-tools';

interface RpcAnswer {
	result: {
		tools?: Array<{ name: string; description: string; inputSchema: object }>;
		content?: Array<{ type: string; text: string }>;
		isError?: boolean;
	};
}

let session: string | undefined;
let nextId = 1;

/** Calls a method of the Model Context Protocol over HTTP, as an AI assistant does. */
async function rpc(method: string, params: object = {}): Promise<RpcAnswer['result']> {
	const response = await fetch(`${n8n.baseUrl}/mcp/${PATH}`, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			accept: 'application/json, text/event-stream',
			...(session !== undefined && { 'mcp-session-id': session }),
		},
		body: JSON.stringify({ jsonrpc: '2.0', id: nextId++, method, params }),
	});
	session = response.headers.get('mcp-session-id') ?? session;
	const text = await response.text();
	if (!response.ok) throw new Error(`${method} returned ${response.status}: ${text}`);
	const data = /^data: (.*)$/m.exec(text)?.[1] ?? text;
	const { result } = JSON.parse(data) as RpcAnswer;
	return result;
}

beforeAll(async () => {
	const credentialId = await storeCredential(n8n, studio);
	const workflow: WorkflowFile = {
		name: 'Tools for an assistant',
		nodes: [
			node('Tools', '@n8n/n8n-nodes-langchain.mcpTrigger', 2, { path: PATH }, { webhookId: PATH }),
			{
				...perfectGymNext('List customers', credentialId, {
					descriptionType: 'manual',
					toolDescription: 'Lists customers of the gym',
					resource: 'customer',
					operation: 'getCustomers',
					returnAll: false,
					limit: "={{ $fromAI('limit', 'How many customers', 'number') }}",
				}),
				// n8n adds this type for every node with usableAsTool.
				type: `${NODE}Tool`,
			},
		],
		connections: {
			'List customers': { ai_tool: [[{ node: 'Tools', type: 'ai_tool', index: 0 }]] },
		},
	};
	await n8n.publishWorkflow(await n8n.createWorkflow(workflow));
	await rpc('initialize', {
		protocolVersion: '2025-03-26',
		capabilities: {},
		clientInfo: { name: 'test', version: '1' },
	});
});

describe("the node as a tool of n8n's MCP Server Trigger", () => {
	it('is listed with the parameters that the assistant fills in', async () => {
		const { tools } = await rpc('tools/list');

		expect(tools).toEqual([
			expect.objectContaining({
				name: 'List_customers',
				description: 'Lists customers of the gym',
				inputSchema: expect.objectContaining({
					properties: { limit: expect.objectContaining({ type: 'number' }) as object },
				}) as object,
			}),
		]);
	});

	it('returns the requested number of customers', async () => {
		const { content, isError } = await rpc('tools/call', {
			name: 'List_customers',
			arguments: { limit: 3 },
		});

		expect(isError).not.toBe(true);
		const text = content?.map((part) => part.text).join('') ?? '';
		const ids = (await listCustomers(studio)).map(({ id }) => id);
		const records = JSON.parse(text) as Array<{ id: number }>;
		expect(records.map(({ id }) => id)).toEqual(ids.slice(0, 3));
		expect(text).not.toContain(studio.apiKey);
		// Nobody has chosen an output.
		for (const record of records) {
			expect(simplified.Customer).toEqual(expect.arrayContaining(Object.keys(record)));
		}
	});

	it('says what is wrong', async () => {
		const { content, isError } = await rpc('tools/call', {
			name: 'List_customers',
			arguments: { limit: -1 },
		});

		expect(isError).toBe(true);
		expect(content?.[0].text).toContain('"Limit" must be at least 1, but it is "-1"');
	});
});
