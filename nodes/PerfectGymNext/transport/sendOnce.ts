/** Sends one request once, and tells an answer from a broken connection. */

import type {
	IAdditionalCredentialOptions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import { connectionErrorFrom } from './connectionErrors';
import { ConnectionError, RequestError } from './errors';
import { parseJson } from './json';
import type { Form } from './multipart';
import { pause } from './pause';
import type { Studio } from './studio';
import { STUDIO_CREDENTIAL, STUDIOS_CREDENTIAL } from './studio';
import type { ApiAnswer, ApiContext, ApiRequest } from './types';

/** The language of the API's messages. By default each studio has its own, so texts would differ. */
const MESSAGE_LANGUAGE = 'en';
/** As n8n's declarative engine. */
const DEFAULT_TIMEOUT_MS = 300_000;

/**
 * Requests carry `ignoreHttpStatusErrors`, since n8n otherwise sends any request, writes too, a
 * second time after a 401.
 *
 * @returns the answer, or the error when no complete answer arrived
 * @throws {RequestError} when the file to be sent cannot be read
 */
export async function sendOnce(
	context: ApiContext,
	studio: Studio,
	request: ApiRequest,
): Promise<ApiAnswer | ConnectionError> {
	// A new object for each attempt: n8n changes the one that it receives.
	const options: IHttpRequestOptions = {
		...request.settings,
		method: request.method,
		baseURL: studio.baseUrl,
		url: request.path,
		qs: request.query,
		arrayFormat: 'repeat',
		headers: { accept: 'application/json', 'accept-language': MESSAGE_LANGUAGE },
		// n8n would round whole numbers beyond 2^53.
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	const stream = request.form && streamOf(request.form);
	if (stream) {
		options.body = stream.body;
	} else if (request.body !== undefined) {
		options.body = request.body;
		options.headers = { ...options.headers, 'content-type': 'application/json' };
	}
	const { host } = new URL(studio.baseUrl);
	const deadline = new Deadline(context, host, request.settings.timeout);
	try {
		const answering = context.helpers.httpRequestWithAuthentication.call(
			deadline.context,
			credentialTypeOf(studio),
			options,
			credentialOf(studio),
		) as Promise<IN8nHttpFullResponse>;
		const answer = await Promise.race([answering, deadline.over]);
		if (answer instanceof ConnectionError) {
			// Some versions of n8n do not notice the signal while an answer arrives.
			answering.catch(() => undefined);
			return answer;
		}
		return { statusCode: answer.statusCode, headers: answer.headers, body: toValue(answer.body) };
	} catch (error) {
		const unreadable = stream?.failure();
		if (unreadable instanceof RequestError) throw unreadable;
		return connectionErrorFrom(error, host);
	} finally {
		deadline.clear();
		stream?.close();
	}
}

/** @returns the JSON in a body, or the body itself when it is something else, such as an error page */
function toValue(body: unknown): unknown {
	if (typeof body !== 'string') return body;
	try {
		return parseJson(body);
	} catch {
		return body;
	}
}

/**
 * A body that axios takes for a Blob: it reads the body in pieces, with `size` as the Content-Length
 * and `type` as the Content-Type. A stream would do, but nodes may not import `stream`; a real Blob
 * would hold all bytes, and n8n drops it as an empty object.
 *
 * @returns the body, the error of reading it, and a function that closes the file: an answer, the time
 *   limit or a cancellation can come before the whole file is read
 */
function streamOf(form: Form) {
	const content = form.read();
	let isStarted = false;
	let isClosed = false;
	// Some versions of n8n drop the cause of their own error.
	let failure: unknown;
	const note = async (error: unknown) => {
		failure = error;
		return await Promise.reject(error);
	};
	async function* bytes() {
		// n8n repeats a request after a 401 that breaks off.
		if (isStarted) {
			failure = new RequestError(
				'The connection broke before the answer arrived. The file is not sent twice.',
			);
			throw failure;
		}
		isStarted = true;
		for (;;) {
			const { done, value } = await content.next().catch(note);
			if (done) break;
			yield value;
		}
		// Otherwise a connection that stays open would take the next request for the rest of this one.
		if (isClosed) throw new Error('The answer arrived before the whole file was sent');
	}
	return {
		body: {
			[Symbol.toStringTag]: 'Blob',
			size: form.size,
			type: form.contentType,
			stream: bytes,
		},
		failure: () => failure,
		close() {
			isClosed = true;
			// Not awaited: a read that hangs would hang the node, and the outcome is known by now.
			content.return().catch(() => undefined);
		},
	};
}

/**
 * A limit for the whole request: n8n's own ends with the first byte, and starts again with each byte
 * that follows. n8n takes the signal of its request from the context.
 */
class Deadline {
	/** The context to send with. */
	readonly context: ApiContext;

	/** Resolves when the time is over or the execution is canceled, to what happened. */
	readonly over: Promise<ConnectionError>;

	private readonly cleared = new AbortController();

	/** @param timeoutMs in ms */
	constructor(context: ApiContext, host: string, timeoutMs = DEFAULT_TIMEOUT_MS) {
		const ended = new AbortController();
		this.context = Object.create(context, {
			getExecutionCancelSignal: { value: () => ended.signal },
		}) as ApiContext;
		const canceled =
			'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
		this.over = new Promise((resolve) => {
			const end = (error: ConnectionError) => {
				resolve(error);
				ended.abort();
			};
			const cancel = () => end(new ConnectionError('ECONNABORTED', 'canceled', host));
			canceled?.addEventListener('abort', cancel);
			if (canceled?.aborted) cancel();
			pause(timeoutMs, this.cleared.signal)
				.then(
					() => end(new ConnectionError('ECONNABORTED', `${timeoutMs} ms have passed`, host)),
					() => undefined,
				)
				.finally(() => canceled?.removeEventListener('abort', cancel));
		});
	}

	/** Forgets the deadline once there is an answer. */
	clear(): void {
		this.cleared.abort();
	}
}

function credentialTypeOf({ name }: Studio): string {
	return name === undefined ? STUDIO_CREDENTIAL : STUDIOS_CREDENTIAL;
}

/**
 * What n8n signs the request with. Passing the data saves n8n from reading and decrypting the stored
 * credential for each request, and picks one studio of many.
 */
function credentialOf(studio: Studio): IAdditionalCredentialOptions {
	const { baseUrl, apiKey } = studio;
	const type = credentialTypeOf(studio);
	let isRead = false;
	const data = {
		baseUrl,
		// n8n otherwise sends a request again after a 401 whose body breaks off, writes too. Up to 2.34,
		// it has no setting for that, so the key can be read for one request only.
		get apiKey() {
			if (isRead) throw new Error('The connection broke before the answer arrived');
			isRead = true;
			return apiKey;
		},
	};
	return {
		credentialsDecrypted: { id: '', name: type, type, data },
		preAuthenticationRetryStatusCode: 0,
	};
}
