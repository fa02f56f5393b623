/** Sends one request once and tells an answer from a connection that failed. */

import type {
	IAdditionalCredentialOptions,
	IDataObject,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

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
		options.headers = { ...options.headers, 'content-type': sent.body.type };
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
		return failureOf(error);
	} finally {
		await sent?.close();
	}
}

/**
 * The body is as much of a Blob as axios asks for, since it sends one as it reads it, with its size
 * as the Content-Length. A real one would hold all its bytes, and n8n leaves it out, as it has no
 * fields.
 *
 * @returns the body, to be sent once, and what closes the file: an answer, or the end of the
 *   execution, can come before all of it is read
 */
function toStream(form: Form) {
	const content = form.read();
	let isClosed = false;
	async function* bytes() {
		yield* content;
		// To end as if that were all would leave the connection waiting for the rest.
		if (isClosed) throw new Error('The answer came before all was sent');
	}
	return {
		body: {
			[Symbol.toStringTag]: 'Blob',
			size: form.size,
			type: form.contentType,
			stream: bytes,
		},
		async close() {
			isClosed = true;
			await content.return();
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
	for (let cause = error; isObject(cause); cause = cause.cause) {
		if (typeof cause.code === 'string') code = cause.code;
		if (typeof cause.message === 'string') detail = cause.message;
	}
	return new ConnectionFailure(code, detail);
}

function isObject(value: unknown): value is IDataObject & { cause?: unknown } {
	return typeof value === 'object' && value !== null;
}
