/** Catches the requests that leave the node, and checks them against the contract. */

import nock from 'nock';
import { type Document, OpenAPIBackend } from 'openapi-backend';

import { multipartInput } from '../simulator/api.cts';
import { operationById } from '../simulator/contract.cts';
import { ApiError } from '../simulator/errors.cts';
import { parseMultipart, type Part } from '../simulator/multipart.cts';
import document from './open-api.json';

const HOST = 'https://acme.open-api.perfectgym.com';
const MULTIPART = 'multipart/form-data';
const EMPTY_CHUNK = { result: [], hasNext: false, offset: '0' };

/** A request as the API receives it. */
export interface SentRequest {
	method: string;
	path: string;
	query: Record<string, string | string[]>;
	headers: Record<string, string>;
	/** The JSON. For a multipart body, its parts by name: JSON is parsed, files are text. */
	body?: unknown;
	/** The parts of a multipart body. */
	parts?: ReadonlyMap<string, Part>;
}

const backend = new OpenAPIBackend({
	definition: document as unknown as Document,
	quick: true,
	ajvOpts: { strict: false, allErrors: true, formats: formats() },
	coerceTypes: true,
});

let initialized: Promise<unknown> | undefined;

/** Initializes the backend once: each time it would compile all validators. */
async function ready(): Promise<void> {
	await (initialized ??= backend.init());
}

/** Answers all requests with status 200. @returns the requests, which are added as they come */
export function catchRequests(answer: unknown = EMPTY_CHUNK): SentRequest[] {
	const sent: SentRequest[] = [];
	for (const method of ['get', 'post', 'put', 'delete'] as const) {
		nock(HOST)
			.persist()
			[method](/.*/)
			.query(true)
			.reply(async function (uri, body) {
				const url = new URL(uri, HOST);
				const query: SentRequest['query'] = {};
				for (const key of new Set(url.searchParams.keys())) {
					const values = url.searchParams.getAll(key);
					query[key] = values.length === 1 ? values[0] : values;
				}
				const { headers } = this.req;
				sent.push({
					method: method.toUpperCase(),
					path: url.pathname,
					query,
					headers,
					...(await bodyOf(headers, body)),
				});
				return [200, answer as nock.Body];
			});
	}
	return sent;
}

async function bodyOf(
	{ 'content-type': contentType = '' }: SentRequest['headers'],
	body: unknown,
): Promise<Pick<SentRequest, 'body' | 'parts'>> {
	if (!contentType.startsWith(MULTIPART)) return { body: body === '' ? undefined : body };
	const parts = await parseMultipart(contentType, Buffer.from(String(body)));
	const contents = [...parts].map(([name, { contentType: type, content }]) => {
		const text = content.toString();
		const value: unknown = type === 'application/json' ? JSON.parse(text) : text;
		return [name, value] as const;
	});
	return { parts, body: Object.fromEntries(contents) };
}

/** @returns what the contract does not allow in the parts: names, files, media types, the JSON */
function wrongParts(operationId: string, { parts }: SentRequest): string[] {
	const operation = operationById(operationId);
	if (!operation.body?.multipart) return parts ? ['multipart, but JSON is wanted'] : [];
	if (!parts) return ['JSON, but multipart is wanted'];
	try {
		multipartInput(operation, parts);
		return [];
	} catch (error) {
		if (error instanceof ApiError) return [error.message];
		throw error;
	}
}

/** @returns the operation that the request reaches, and what the contract does not allow in it */
export async function check(
	request: SentRequest,
): Promise<{ operationId?: string; wrong: unknown[] }> {
	await ready();
	const operation = backend.matchOperation(request);
	if (!operation) return { wrong: ['no such operation'] };
	// The validator reads JSON only, so it takes a multipart body for a missing one.
	const { errors } = backend.validateRequest(request, operation);
	const found = (errors ?? []).filter(
		({ params }) => !request.parts || params.missingProperty !== 'requestBody',
	);
	const unknown = Object.keys(request.query).filter(
		(name) => !operation.parameters?.some((one) => 'name' in one && one.name === name),
	);
	return {
		operationId: operation.operationId,
		wrong: [
			...found,
			...wrongParts(operation.operationId ?? '', request),
			...unknown.map((name) => `unknown query parameter ${name}`),
		],
	};
}

/** Strict checks for the contract's formats. */
function formats() {
	const day = /^\d{4}-\d{2}-\d{2}$/;
	const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
	return {
		date: day,
		'date-time': time,
		uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
		int32: {
			type: 'number' as const,
			validate: (n: number) => Number.isInteger(n) && Math.abs(n) < 2 ** 31,
		},
		int64: { type: 'number' as const, validate: Number.isInteger },
		double: { type: 'number' as const, validate: Number.isFinite },
		'ISO 3166-1': true as const,
		'ISO 639-1': true as const,
		'ISO 4217': true as const,
		binary: true as const,
	};
}
