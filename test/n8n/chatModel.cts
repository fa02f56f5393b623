import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A call of a tool that the model asks for. */
export interface ToolCall {
	name: string;
	arguments: object;
}

/** What the model answers: calls, or the text that ends its work. */
export type Turn = ToolCall[] | string;

/** A turn, or a function that returns it for the results of all calls so far, oldest first. */
export type ScriptedTurn = Turn | ((results: string[]) => Turn);

/** A tool as the model is given it. */
export interface GivenTool {
	name: string;
	description: string;
	parameters: {
		properties: Record<string, { type?: string; description?: string; properties?: object }>;
	};
}

/** One request to the model. */
export interface ModelRequest {
	/** The path, which names one of the two APIs. */
	path: string;
	tools: GivenTool[];
	/** The results of all calls so far, oldest first. */
	results: string[];
}

/** A language model that answers as a script says, over the two APIs of OpenAI. */
export interface ChatModel {
	/** The base URL for n8n's credential. */
	url: string;
	/** The requests since the last `say`, oldest first. */
	readonly requests: readonly ModelRequest[];
	/** Sets the next turns. */
	say(turns: ScriptedTurn[]): void;
	close(): Promise<void>;
}

interface ChatMessage {
	role: string;
	content: unknown;
}

interface ResponsesItem {
	type?: string;
	output?: unknown;
}

interface Body {
	messages?: ChatMessage[];
	input?: ResponsesItem[];
	tools?: Array<GivenTool & { function?: GivenTool }>;
	stream?: boolean;
}

const MODEL = 'scripted';

/** Starts a model on loopback. */
export async function startChatModel(): Promise<ChatModel> {
	const requests: ModelRequest[] = [];
	let turns: ScriptedTurn[] = [];
	let calls = 0;

	/** Each call needs an ID of its own: n8n drops the result of an ID that it knows. */
	const nextId = () => `call_${++calls}`;

	const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
		const path = incoming.url ?? '';
		const body = (await read(incoming)) as Body;
		const results = body.input
			? body.input
					.filter(({ type }) => type === 'function_call_output')
					.map(({ output }) => text(output))
			: (body.messages ?? [])
					.filter(({ role }) => role === 'tool')
					.map(({ content }) => text(content));
		const tools = (body.tools ?? []).map((tool) => tool.function ?? tool);
		requests.push({ path, tools, results });
		const next = turns.shift();
		if (next === undefined || body.stream) {
			response.writeHead(400, { 'content-type': 'application/json' });
			const message = body.stream ? 'The model does not stream' : 'The script has ended';
			response.end(JSON.stringify({ error: { message } }));
			return;
		}
		const turn = typeof next === 'function' ? next(results) : next;
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(
			JSON.stringify(body.input ? asResponse(turn, nextId) : asCompletion(turn, nextId)),
		);
	};

	const server = createServer((incoming, response) => {
		answer(incoming, response).catch((error: unknown) => {
			response.writeHead(500).end(String(error));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (!address || typeof address === 'string') throw new Error('The model has no port');
	return {
		url: `http://127.0.0.1:${address.port}/v1`,
		requests,
		say(next) {
			requests.length = 0;
			turns = [...next];
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function read(incoming: IncomingMessage): Promise<unknown> {
	const parts: Buffer[] = [];
	for await (const part of incoming) parts.push(part as Buffer);
	return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

function text(content: unknown): string {
	return typeof content === 'string' ? content : JSON.stringify(content);
}

/** OpenAI's Chat Completions API. */
function asCompletion(turn: Turn, nextId: () => string): object {
	const said =
		typeof turn === 'string'
			? { content: turn }
			: {
					content: null,
					tool_calls: turn.map((call) => ({
						id: nextId(),
						type: 'function',
						function: { name: call.name, arguments: JSON.stringify(call.arguments) },
					})),
				};
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 0,
		model: MODEL,
		choices: [
			{
				index: 0,
				message: { role: 'assistant', ...said },
				finish_reason: typeof turn === 'string' ? 'stop' : 'tool_calls',
			},
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

/** OpenAI's Responses API. */
function asResponse(turn: Turn, nextId: () => string): object {
	const output =
		typeof turn === 'string'
			? [
					{
						type: 'message',
						id: 'msg_1',
						role: 'assistant',
						status: 'completed',
						content: [{ type: 'output_text', text: turn, annotations: [] }],
					},
				]
			: turn.map((call) => {
					const id = nextId();
					return {
						type: 'function_call',
						id: `fc_${id}`,
						call_id: id,
						name: call.name,
						arguments: JSON.stringify(call.arguments),
						status: 'completed',
					};
				});
	return {
		id: 'resp_1',
		object: 'response',
		created_at: 0,
		model: MODEL,
		status: 'completed',
		error: null,
		incomplete_details: null,
		output,
		usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
	};
}
