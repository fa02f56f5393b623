import { once } from 'node:events';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Call } from './call.cts';
import { operations, resolve, type Operation } from './contract.cts';
import { fastify as Fastify } from 'fastify';
import { ApiError, invalid } from './errors.cts';
import { type Fault, type FaultList, HTML_PAGE } from './faults.cts';
import { handle } from './handlers/index.cts';
import type { Links } from './links.cts';
import { parseMultipart, type Part, summaryOf } from './multipart.cts';
import type { RateLimiter } from './rateLimit.cts';
import type { LoggedRequest, RequestLog } from './requestLog.cts';
import type { Studio, World } from './state.cts';
import { checkBody, pathValues, queryValues } from './validation.cts';

/** The state behind the API; the control server can change it. */
export interface Backend {
	world: World;
	faults: FaultList;
	log: RequestLog;
	rateLimit: RateLimiter;
	links: Links;
	/** The current time, in ms. */
	now: () => number;
}

declare module 'fastify' {
	interface FastifyContextConfig {
		operation?: Operation;
	}
	interface FastifyRequest {
		entry?: LoggedRequest;
		fault?: Fault;
		studio?: Studio;
	}
}

const JSON_TYPE = 'application/json';
const BODY_LIMIT = 64 * 1024 * 1024;
const FILES = '/files/';
/** The answer of a storage host to an expired link. */
const EXPIRED =
	'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>';

function pathOf({ url }: FastifyRequest): string {
	return url.split('?', 1)[0];
}

function queryOf(request: FastifyRequest): Record<string, string | string[]> {
	return { ...(request.query as Record<string, string | string[]>) };
}

function fail(reply: FastifyReply, error: ApiError): FastifyReply {
	return reply.code(error.status).type(JSON_TYPE).send(JSON.stringify(error.body()));
}

function wait(ms: number): Promise<void> {
	return new Promise((resolved) => setTimeout(resolved, ms));
}

const immediateFaults: ReadonlySet<Fault['kind']> = new Set([
	'rateLimit',
	'unavailable',
	'htmlPage',
	'redirect',
	'status',
]);

/** Sends the answer of a fault that does not need the real one; undefined for other faults. */
function sendFault(reply: FastifyReply, fault: Fault): FastifyReply | undefined {
	switch (fault.kind) {
		case 'rateLimit':
		case 'unavailable':
			if (fault.retryAfter !== undefined) void reply.header('retry-after', fault.retryAfter);
			return fail(reply, new ApiError(fault.kind === 'rateLimit' ? 429 : 503));
		case 'htmlPage':
			return reply
				.code(fault.status ?? 502)
				.type('text/html; charset=utf-8')
				.send(HTML_PAGE);
		case 'redirect':
			return reply
				.code(302)
				.header('location', fault.location ?? '/')
				.send('');
		case 'status':
			return fail(reply, new ApiError(fault.status ?? 500));
		default:
			return undefined;
	}
}

/**
 * Reads and discards the body. If the connection closed during the upload, the client could see
 * that instead of the answer.
 */
async function drain({ raw }: FastifyRequest): Promise<void> {
	raw.resume();
	if (!raw.complete) await once(raw, 'end');
}

/** Sends the headers of the whole answer and half of its bytes, then closes the connection. */
function sendHalf(reply: FastifyReply, contentType: string, bytes: Buffer): void {
	reply.hijack();
	reply.raw.writeHead(200, { 'content-type': contentType, 'content-length': bytes.length });
	reply.raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => reply.raw.destroy());
}

function withStuckOffset(answer: unknown, requested: string | undefined): unknown {
	if (typeof answer !== 'object' || answer === null || !('offset' in answer)) return answer;
	return { ...answer, offset: requested ?? answer.offset, hasNext: true };
}

/** The first fifth of a list, as if that were all of it. */
function shortened(answer: unknown): unknown {
	if (typeof answer !== 'object' || answer === null || !('result' in answer)) return answer;
	const { result } = answer;
	if (!Array.isArray(result)) return answer;
	return { ...answer, result: result.slice(0, Math.floor(result.length / 5)), hasNext: false };
}

interface Input {
	body: unknown;
	files: Map<string, Part>;
}

function json(content: Buffer, reference: string): unknown {
	try {
		return JSON.parse(content.toString('utf8'));
	} catch {
		throw invalid('The body is not JSON', reference);
	}
}

/**
 * The JSON part and the files of a multipart body, checked against the operation.
 * @throws ApiError 400 when a part is missing, unknown or not valid
 */
export function multipartInput(operation: Operation, parts: ReadonlyMap<string, Part>): Input {
	const { properties = {}, required = [] } = resolve(operation.body?.schema ?? {});
	for (const name of required) if (!parts.has(name)) throw invalid(`${name} is missing`, name);
	const input: Input = { body: undefined, files: new Map() };
	for (const [name, part] of parts) {
		const schema = properties[name];
		if (schema === undefined) throw invalid(`${name} is not a part`, name);
		if (schema.format === 'binary') {
			if (part.fileName === undefined) throw invalid(`${name} is not a file`, name);
			input.files.set(name, part);
			continue;
		}
		if (part.contentType !== JSON_TYPE) throw invalid(`${name} is not ${JSON_TYPE}`, name);
		input.body = json(part.content, name);
		checkBody(operation, schema, input.body);
	}
	return input;
}

/** The body of a request, checked against the operation. @throws ApiError 400, 415 */
async function inputOf(operation: Operation, request: FastifyRequest): Promise<Input> {
	const { body } = operation;
	const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
	const contentType = request.headers['content-type'] ?? '';
	const files = new Map<string, Part>();
	if (body === undefined) {
		const isEmpty = bytes.length === 0 || bytes.toString('utf8').trim() === '{}';
		if (!isEmpty) throw invalid('The operation takes no body', '');
		return { body: undefined, files };
	}
	if (bytes.length === 0 && !body.required) return { body: undefined, files };
	const type = contentType.split(';')[0].trim().toLowerCase();
	const wanted = body.multipart ? 'multipart/form-data' : JSON_TYPE;
	if (type !== wanted) throw new ApiError(415, `The body must be ${wanted}.`);
	if (body.multipart) {
		const parts = await parseMultipart(contentType, bytes);
		if (request.entry) request.entry.parts = [...parts.values()].map(summaryOf);
		return multipartInput(operation, parts);
	}
	const value = json(bytes, '');
	if (request.entry) request.entry.body = value;
	checkBody(operation, body.schema, value);
	return { body: value, files };
}

function mayCall({ scopes: held }: Studio, { scopes, anyScope }: Operation): boolean {
	if (held === undefined || scopes.length === 0) return true;
	return anyScope
		? scopes.some((scope) => held.has(scope))
		: scopes.every((scope) => held.has(scope));
}

/** Runs the checks in the order of the API, then the operation. @throws ApiError */
async function answerTo(
	backend: Backend,
	operation: Operation,
	request: FastifyRequest,
): Promise<unknown> {
	const { studio } = request;
	if (studio === undefined) throw new ApiError(401);
	const { apiKey } = studio.spec;
	if (!backend.rateLimit.allows(apiKey, operation.operationId, backend.now())) {
		throw new ApiError(429);
	}
	if (!mayCall(studio, operation)) throw new ApiError(403);
	const path = pathValues(operation, request.params as Record<string, string>);
	const query = queryValues(operation, queryOf(request));
	const { body, files } = await inputOf(operation, request);
	return handle(new Call(operation, studio, backend.world, path, query, body, files));
}

async function serve(
	backend: Backend,
	operation: Operation,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<FastifyReply | undefined> {
	const { fault } = request;
	if (fault?.kind === 'slow') await wait(fault.delayMs ?? 1000);
	let answer = await answerTo(backend, operation, request);
	if (fault?.kind === 'stuckOffset') {
		const { offset } = queryOf(request);
		answer = withStuckOffset(answer, typeof offset === 'string' ? offset : undefined);
	}
	if (fault?.kind === 'shortList') answer = shortened(answer);
	const text = answer === undefined ? '' : backend.links.sign(JSON.stringify(answer));
	if (fault?.kind === 'brokenConnection') {
		sendHalf(reply, JSON_TYPE, Buffer.from(text || '{}'));
		return undefined;
	}
	if (answer === undefined) return reply.code(200).send();
	return reply.code(200).type(JSON_TYPE).send(text);
}

/** Adds the hooks that log requests, apply faults, check the key and answer HEAD. */
function addHooks(app: FastifyInstance, backend: Backend): void {
	const { world, faults, log, now } = backend;
	app.addHook('onRequest', async (request, reply) => {
		const path = pathOf(request);
		const { operation } = request.routeOptions.config;
		const { 'x-api-key': key, ...headers } = request.headers;
		const studio = typeof key === 'string' ? world.studioOfKey(key) : undefined;
		const { operationId, path: template } = operation ?? {};
		const entry = log.begin({
			method: request.method,
			url: request.url,
			template,
			operationId,
			query: queryOf(request),
			studio: studio?.spec.name,
			headers,
			startedAt: now(),
		});
		request.entry = entry;
		request.studio = studio;
		reply.raw.once('close', () => log.end(entry, reply.raw.statusCode));
		// Files stand for another host. Its links need no key, and only a fault with their path applies.
		if (path.startsWith(FILES)) {
			log.beginFile({ url: request.url, hasKey: 'x-api-key' in request.headers });
			reply.raw.once('close', () => log.endFile());
			request.fault = faults.takeForPath({ method: request.method, path });
			return request.fault && sendFault(reply, request.fault);
		}
		// A proxy or a network fails before the API sees the key.
		request.fault = faults.take({ method: request.method, path, operationId });
		if (request.fault && immediateFaults.has(request.fault.kind)) {
			await drain(request);
			return sendFault(reply, request.fault);
		}
		if (studio === undefined) return fail(reply, new ApiError(401));
		// The vendor answers 200 to any HEAD with a valid key and checks nothing more.
		if (request.method === 'HEAD') return reply.code(200).send();
		return undefined;
	});
	app.addHook('onSend', async (request, reply) => {
		// Before the bytes are sent, so that a client that waits for each answer is not counted twice.
		if (request.entry) log.end(request.entry, reply.statusCode);
	});
}

/** Creates the API as a Fastify server that is not listening yet; `log` turns on its own log. */
export function createApi(backend: Backend, log: boolean): FastifyInstance {
	const app = Fastify({
		logger: log,
		bodyLimit: BODY_LIMIT,
		exposeHeadRoutes: false,
		frameworkErrors: (error, _request, reply) => {
			void fail(reply, new ApiError(400, error.message));
		},
		forceCloseConnections: true,
		routerOptions: { maxParamLength: 1000 },
	});
	// Bodies are parsed in `inputOf`, after the checks of the key, the rate limit and the scopes.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	addHooks(app, backend);
	app.setNotFoundHandler((request, reply) =>
		fail(reply, new ApiError(404, `No operation ${request.method} ${pathOf(request)}.`)),
	);
	app.setErrorHandler((error, _request, reply) => {
		if (error instanceof ApiError) return fail(reply, error);
		const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
		return fail(reply, new ApiError(500, `The simulator has failed: ${problem}`));
	});
	for (const operation of operations) {
		app.route({
			method: operation.method,
			url: operation.path.replace(/\{(\w+)\}/g, ':$1'),
			config: { operation },
			handler: (request, reply) => serve(backend, operation, request, reply),
		});
	}
	app.get<{ Params: { '*': string }; Querystring: { expires?: string } }>(
		`${FILES}*`,
		async ({ fault, params, query }, reply) => {
			if (fault?.kind === 'slow') await wait(fault.delayMs ?? 1000);
			const file = backend.links.open(params['*'], query.expires);
			if (file === undefined) return reply.code(403).type('application/xml').send(EXPIRED);
			if (fault?.kind === 'brokenConnection') {
				sendHalf(reply, file.contentType, file.content);
				return undefined;
			}
			if (file.fileName !== undefined) {
				const name = encodeURIComponent(file.fileName);
				void reply.header('content-disposition', `inline; filename*=UTF-8''${name}`);
			}
			return reply.type(file.contentType).send(file.content);
		},
	);
	return app;
}
