import type { Simulator } from './server.cts';

/** Options of a test request. */
export interface RequestOptions {
	method?: string;
	query?: string;
	/** Sent as multipart when it is a `FormData`, otherwise as JSON. */
	body?: unknown;
	/** The API key; null sends none. Default: the first studio's key. */
	key?: string | null;
	headers?: Record<string, string>;
}

/** The response. `json` is undefined when the body is empty or not JSON. */
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

/** Sends one request to a simulator's API; resolves whatever the status. */
export async function request(
	simulator: Simulator,
	path: string,
	{ method = 'GET', query = '', body, key = simulator.apiKey, headers = {} }: RequestOptions = {},
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

/** Sends one request to a simulator's control endpoint; resolves whatever the status. */
export async function control(
	simulator: Simulator,
	method: string,
	path: string,
	body?: unknown,
): Promise<Reply> {
	return await request({ ...simulator, baseUrl: simulator.controlUrl }, path, {
		method,
		body,
		key: null,
	});
}

/** The JSON of a 200 response as `T`, which is not checked. @throws for any other status */
export async function get<T>(
	simulator: Simulator,
	path: string,
	options: RequestOptions = {},
): Promise<T> {
	const { status, text, json } = await request(simulator, path, options);
	if (status !== 200) throw new Error(`${path} returned ${status}: ${text}`);
	return json as T;
}

/** Reads a chunked list to its end; returns its records, and the size and offset of each chunk. */
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
		const chunk = await get<{ result: T[]; hasNext: boolean; offset: string }>(simulator, path, {
			query: offset === undefined ? query : `${query}&offset=${offset}`,
		});
		records.push(...chunk.result);
		sizes.push(chunk.result.length);
		offsets.push(chunk.offset);
		({ hasNext, offset } = chunk);
	}
	return { records, sizes, offsets };
}
