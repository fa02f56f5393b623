/** Catches the requests that leave the node, and checks them against the contract. */

import nock from 'nock';
import { type Document, OpenAPIBackend } from 'openapi-backend';

import document from './open-api.json';

const HOST = 'https://acme.open-api.perfectgym.com';
const EMPTY_CHUNK = { result: [], hasNext: false, offset: '0' };

export interface SentRequest {
	method: string;
	path: string;
	query: Record<string, string | string[]>;
	headers: Record<string, string>;
	body?: unknown;
}

const backend = new OpenAPIBackend({
	definition: document as unknown as Document,
	quick: true,
	ajvOpts: { strict: false, allErrors: true, formats: formats() },
	coerceTypes: true,
});

let initialized: Promise<unknown> | undefined;

/** Once: it makes all validators anew each time. */
async function ready(): Promise<void> {
	await (initialized ??= backend.init());
}

/** Answers whatever is asked, and keeps it. */
export function catchRequests(answer: unknown = EMPTY_CHUNK): SentRequest[] {
	const sent: SentRequest[] = [];
	for (const method of ['get', 'post', 'put', 'delete'] as const) {
		nock(HOST)
			.persist()
			[method](/.*/)
			.query(true)
			.reply(function (uri, body) {
				const url = new URL(uri, HOST);
				const query: SentRequest['query'] = {};
				for (const key of new Set(url.searchParams.keys())) {
					const values = url.searchParams.getAll(key);
					query[key] = values.length === 1 ? values[0] : values;
				}
				sent.push({
					method: method.toUpperCase(),
					path: url.pathname,
					query,
					headers: this.req.headers as Record<string, string>,
					body: body === '' ? undefined : body,
				});
				return [200, answer as nock.Body];
			});
	}
	return sent;
}

/** @returns the operation that the request reaches, and what the contract finds wrong with it */
export async function check(
	request: SentRequest,
): Promise<{ operationId?: string; wrong: unknown[] }> {
	await ready();
	const operation = backend.matchOperation(request);
	if (!operation) return { wrong: ['no such operation'] };
	const { errors } = backend.validateRequest(request, operation);
	const unknown = Object.keys(request.query).filter(
		(name) => !operation.parameters?.some((one) => 'name' in one && one.name === name),
	);
	return {
		operationId: operation.operationId,
		wrong: [...(errors ?? []), ...unknown.map((name) => `unknown query parameter ${name}`)],
	};
}

/** The contract's formats, strictly. */
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
