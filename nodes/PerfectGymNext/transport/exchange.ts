/** Sends one request once and tells an answer from a connection that failed. */

import type {
	IAdditionalCredentialOptions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import { RequestFault } from './fault';
import type { Form } from './multipart';
import type { Studio } from './studio';
import { STUDIO_CREDENTIAL, STUDIOS_CREDENTIAL } from './studio';
import type { ApiAnswer, ApiContext, ApiRequest } from './types';

/** The language of the API's messages; without it each studio's own, so that texts would differ. */
const MESSAGE_LANGUAGE = 'en';

/** No answer came, or only a part of one. */
export class ConnectionFailure extends Error {
	constructor(
		/** Node's or axios's name for what happened, such as `ECONNREFUSED`. */
		readonly code: string,
		readonly detail: string,
	) {
		super(detail);
		this.name = 'ConnectionFailure';
	}
}

/**
 * Requests carry `ignoreHttpStatusErrors` since n8n else sends any request, writes too, a second
 * time on a 401.
 *
 * @returns the answer, or the failure when no whole answer came
 * @throws {RequestFault} when the file to be sent cannot be read
 */
export async function exchange(
	context: ApiContext,
	studio: Studio,
	request: ApiRequest,
): Promise<ApiAnswer | ConnectionFailure> {
	// A new object each time: n8n changes the one it is given.
	const options: IHttpRequestOptions = {
		...request.settings,
		method: request.method,
		baseURL: studio.baseUrl,
		url: request.path,
		qs: request.query,
		arrayFormat: 'repeat',
		headers: { accept: 'application/json', 'accept-language': MESSAGE_LANGUAGE },
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	const sent = request.form && toStream(request.form);
	if (sent) {
		options.body = sent.body;
	} else if (request.body !== undefined) {
		options.body = request.body;
		options.json = true;
	}
	try {
		const answer = (await context.helpers.httpRequestWithAuthentication.call(
			context,
			...credentialFor(studio, options),
		)) as IN8nHttpFullResponse;
		return { statusCode: answer.statusCode, headers: answer.headers, body: answer.body };
	} catch (error) {
		const fault = causesOf(error).find(
			(cause): cause is RequestFault => cause instanceof RequestFault,
		);
		if (fault) throw fault;
		return failureOf(error);
	} finally {
		sent?.close();
	}
}

/**
 * A body that axios takes for a Blob: it reads it piece by piece, with its size as the
 * Content-Length and its type as the Content-Type. A stream would do, but nodes may not import
 * `stream`; a real Blob would hold all the bytes, and n8n leaves it out as an empty object.
 *
 * @returns the body, and what closes the file: an answer, the time limit or the end of the
 *   execution can come before all of it is read
 */
function toStream(form: Form) {
	const content = form.read();
	let isStarted = false;
	let isClosed = false;
	async function* bytes() {
		// After a 401 that breaks off n8n sends a request once more.
		if (isStarted) throw new RequestFault('The answer broke off, and a file is not sent twice');
		isStarted = true;
		yield* content;
		// A connection that is kept open would take the next request for the rest of this one.
		if (isClosed) throw new Error('The answer came before all was sent');
	}
	return {
		body: {
			[Symbol.toStringTag]: 'Blob',
			size: form.size,
			type: form.contentType,
			stream: bytes,
		},
		close() {
			isClosed = true;
			// Not waited for, since a read that hangs would hang the node; the outcome is known by now.
			content.return().catch(() => undefined);
		},
	};
}

/** What n8n signs a request with: the stored credential, or one studio of many in place of it. */
function credentialFor(
	{ name, baseUrl, apiKey }: Studio,
	options: IHttpRequestOptions,
): [type: string, options: IHttpRequestOptions, additional?: IAdditionalCredentialOptions] {
	if (name === undefined) return [STUDIO_CREDENTIAL, options];
	const type = STUDIOS_CREDENTIAL;
	const credentialsDecrypted = { id: '', name, type, data: { baseUrl, apiKey } };
	return [type, options, { credentialsDecrypted }];
}

/** n8n wraps what axios throws; the code stands on the innermost error that has one. */
export function failureOf(error: unknown): ConnectionFailure {
	let code = '';
	let detail = '';
	for (const cause of causesOf(error)) {
		if (typeof cause.code === 'string') code = cause.code;
		if (typeof cause.message === 'string') detail = cause.message;
	}
	return new ConnectionFailure(code, detail);
}

/** An error and what caused it, the outermost first. */
function causesOf(error: unknown): Cause[] {
	return isObject(error) ? [error, ...causesOf(error.cause)] : [];
}

type Cause = Partial<Record<'code' | 'message' | 'cause', unknown>>;

function isObject(value: unknown): value is Cause {
	return typeof value === 'object' && value !== null;
}
