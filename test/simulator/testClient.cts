import type { Simulator } from './server.cts';

/** What a test asks for. */
export interface Question {
	method?: string;
	query?: string;
	/** Sent as JSON, or as a form when it is one. */
	body?: unknown;
	/** The key; the first studio's when left out, none when null. */
	key?: string | null;
	headers?: Record<string, string>;
}

/** What came back. `json` is undefined when the body was empty or not JSON. */
export interface Reply {
	status: number;
	text: string;
	headers: Headers;
	json: unknown;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Sends one request to a simulator's API. */
export async function ask(
	simulator: Simulator,
	path: string,
	{ method = 'GET', query = '', body, key = simulator.apiKey, headers = {} }: Question = {},
): Promise<Reply> {
	const isForm = body instanceof FormData;
	const response = await fetch(`${simulator.baseUrl}${path}${query && `?${query}`}`, {
		method,
		redirect: 'manual',
		headers: {
			...(key === null ? {} : { 'x-api-key': key }),
			...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
			...headers,
		},
		...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
	});
	const text = await response.text();
	return { status: response.status, text, headers: response.headers, json: parsed(text) };
}

/** Sends one request to a simulator's control endpoint. */
export async function control(
	simulator: Simulator,
	method: string,
	path: string,
	body?: unknown,
): Promise<Reply> {
	return await ask({ ...simulator, baseUrl: simulator.controlUrl }, path, {
		method,
		body,
		key: null,
	});
}

/** The JSON of a 200 answer in the shape that the test expects; anything else fails the test. */
export async function get<T>(
	simulator: Simulator,
	path: string,
	question: Question = {},
): Promise<T> {
	const { status, text, json } = await ask(simulator, path, question);
	if (status !== 200) throw new Error(`${path} answers ${status}: ${text}`);
	// Tests assert on what they read; the shape is their expectation, not a promise.
	return json as T;
}

/** Follows a chunked list to its end, with the sizes of the chunks. */
export async function readAll<T>(
	simulator: Simulator,
	path: string,
	query: string,
): Promise<{ records: T[]; sizes: number[]; offsets: string[] }> {
	const records: T[] = [];
	const sizes: number[] = [];
	const offsets: string[] = [];
	let offset: string | undefined;
	for (let hasNext = true; hasNext; ) {
		const asked = offset === undefined ? query : `${query}&offset=${offset}`;
		const chunk = await get<{ result: T[]; hasNext: boolean; offset: string }>(simulator, path, {
			query: asked,
		});
		records.push(...chunk.result);
		sizes.push(chunk.result.length);
		offsets.push(chunk.offset);
		({ hasNext, offset } = chunk);
	}
	return { records, sizes, offsets };
}
