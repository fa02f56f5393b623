/** Stands in for all hosts: answers every request and remembers it. Nothing leaves the process. */

import { promises as dns } from 'node:dns';

import nock from 'nock';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** A request as it arrives at a host. */
export interface SeenRequest {
	method: string;
	/** The scheme and the host, such as `https://acme.open-api.perfectgym.com`. */
	origin: string;
	/** As it was sent, without the query. */
	path: string;
	/** With the question mark; empty without a query. */
	query: string;
	headers: Record<string, string>;
	body: string;
}

/** An answer, or a connection that breaks with this code. */
export interface Answer {
	status?: number;
	/** JSON, or text that is sent as it is. */
	body?: unknown;
	headers?: Record<string, string>;
	breaksWith?: string;
}

/** What a host does with a request. */
export type Host = (request: SeenRequest) => Answer;

let host: Host = () => ({});
let seen: SeenRequest[] = [];
let key = '';
const keys = new Set<string>();

/** Call it once in a test file. All requests are answered as {@link serve} says. */
export function catchAllRequests(): void {
	beforeAll(() => {
		nock.disableNetConnect();
		jest.spyOn(dns, 'lookup').mockRejectedValue(new Error('This network has no names'));
		const everywhere = nock(/.*/).persist();
		for (const method of METHODS) {
			everywhere.intercept(/.*/, method).reply(function (uri, _body, reply) {
				const request = readRequest(method, uri, this.req as unknown as NockRequest);
				// A request whose run has given up can arrive later.
				const { 'x-api-key': signedWith = key } = request.headers;
				if (signedWith === key || !keys.has(signedWith)) seen.push(request);
				const { status = 200, body: answer = '', headers = {}, breaksWith } = host(request);
				if (breaksWith !== undefined) {
					reply(Object.assign(new Error(`broken: ${breaksWith}`), { code: breaksWith }), [500]);
					return;
				}
				const text = typeof answer === 'string' ? answer : (JSON.stringify(answer) ?? '');
				reply(null, [status, text, { 'content-type': 'application/json', ...headers }]);
			});
		}
	});
	afterAll(() => {
		nock.cleanAll();
		nock.restore();
		jest.restoreAllMocks();
	});
}

/** What nock knows of a request beyond what it declares. */
interface NockRequest {
	headers: Record<string, string>;
	options: { protocol: string; hostname: string; port: number | string };
	/** As sent; nock gives the reply a body that it has parsed. */
	requestBodyBuffers: Buffer[];
}

function readRequest(
	method: string,
	uri: string,
	{ headers, options: { protocol, hostname, port }, requestBodyBuffers }: NockRequest,
): SeenRequest {
	const end = uri.indexOf('?');
	return {
		method,
		origin: new URL(`${protocol}//${bracketed(hostname)}:${port}`).origin,
		path: end < 0 ? uri : uri.slice(0, end),
		query: end < 0 ? '' : uri.slice(end),
		headers: { ...headers },
		body: Buffer.concat(requestBodyBuffers).toString(),
	};
}

/** Node writes an IPv6 address without its brackets. */
function bracketed(hostname: string): string {
	return hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
}

/**
 * Begins to answer as the host does.
 *
 * @param ownKey the key of the run; requests with the key of an earlier run are not of this one
 * @returns the requests, which are added as they arrive
 */
export function serve(answering: Host, ownKey: string): SeenRequest[] {
	host = answering;
	seen = [];
	key = ownKey;
	keys.add(ownKey);
	return seen;
}
