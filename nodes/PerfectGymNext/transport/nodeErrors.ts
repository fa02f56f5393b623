/** Turns the errors of the transport into n8n's errors, with messages for users. */

import type { IDataObject, INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { BaseUrlError } from './baseUrl';
import { ApiError, ConnectionError, messageOf, RequestError } from './errors';
import type { Studio } from './studio';
import type { ApiAnswer, ApiRequest } from './types';

/** The meanings of statuses, from the status table in the API documentation's general information. */
const MEANINGS: Readonly<Record<number, string>> = {
	400: 'PerfectGym Next did not accept the values that were sent.',
	401: 'The API key is missing or wrong. Check the credential.',
	403: 'The API key has no permission for this.',
	404: 'There is no such record in this studio.',
	409: 'Somebody else changed the record at the same time. Run the step again.',
	429: 'PerfectGym Next takes no more requests for now, and the node may wait no longer. Raise "Maximum Wait" in its options, or send fewer requests at a time.',
	500: 'PerfectGym Next had an internal problem.',
	503: 'PerfectGym Next is under too much load at the moment.',
};
const MAX_LINE_LENGTH = 200;

/** @returns the error that an answer reports, or undefined when the answer is a success */
export function errorIn(
	answer: ApiAnswer,
	request: ApiRequest,
	studio: Studio,
): ApiError | undefined {
	const { statusCode, body } = answer;
	const isSuccess = statusCode >= 200 && statusCode < 300;
	// axios leaves a body that is not JSON, such as a proxy's error page, as text.
	const isText = typeof body === 'string' && body.trim() !== '';
	if (isSuccess && !isText) return undefined;

	if (statusCode >= 300 && statusCode < 400) {
		return new ApiError(
			`${studio.baseUrl} redirects to another address, which is not followed`,
			`Status ${statusCode}. The API key is sent to the address of the credential only. Check its Base URL.`,
			statusCode,
		);
	}
	if (isText || !isRecord(body)) {
		const line = isText ? firstLine(body) : '';
		return new ApiError(
			hideKey(
				`The answer with status ${statusCode} does not come from PerfectGym Next's API${line ? `: ${line}` : ''}`,
				studio,
			),
			`${meaningOf(statusCode) ?? ''} The body is ${isText ? 'not JSON' : 'empty'}. A proxy may have answered; check the Base URL of the credential.`.trim(),
			statusCode,
		);
	}
	const message = textOf(body.errorMessage) ?? meaningOf(statusCode) ?? 'The request failed';
	return new ApiError(
		hideKey(message, studio),
		hideKey(describe(answer, body, request, studio), studio),
		statusCode,
	);
}

/**
 * @param error anything that a request can throw
 * @param itemIndex of the input item that failed, if any
 * @param host the name of the host in messages about the connection
 * @returns n8n's error, with a message for users and the index of the item
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex: number | undefined,
	host = 'PerfectGym Next',
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof ApiError) {
		const { message, description, statusCode } = error;
		// Not the original error: n8n would store its cause, and the cause contains the key.
		return new NodeApiError(node, { message } as JsonObject, {
			message,
			description,
			httpCode: String(statusCode),
			itemIndex,
		});
	}
	if (error instanceof ConnectionError) {
		return new NodeApiError(node, {} as JsonObject, {
			...describeConnectionError(error, host),
			itemIndex,
		});
	}
	if (error instanceof RequestError) {
		return new NodeOperationError(node, error.message, { description: error.advice, itemIndex });
	}
	if (error instanceof BaseUrlError) {
		return new NodeOperationError(node, error.message, {
			description: 'Open the credential and correct it.',
			itemIndex,
		});
	}
	return new NodeOperationError(node, messageOf(error), { itemIndex });
}

/**
 * n8n replaces every message that contains a code such as ECONNREFUSED, so the code goes into the
 * description.
 *
 * @returns the message and the description of n8n's error
 */
export function describeConnectionError(
	{ code, detail }: ConnectionError,
	host: string,
): { message: string; description?: string } {
	const description = code && !detail.includes(code) ? `${code}: ${detail}` : detail;
	if (code === '') return { message: detail };
	if (code === 'ENOTFOUND')
		return { message: `There is no host ${host}. Check the Base URL.`, description };
	if (code === 'ECONNREFUSED') return { message: `${host} refuses the connection`, description };
	if (code === 'ECONNABORTED') return { message: `${host} did not answer in time`, description };
	return { message: `The connection to ${host} failed`, description };
}

function describe(
	{ statusCode }: ApiAnswer,
	body: IDataObject,
	{ scopes }: ApiRequest,
	{ name }: Studio,
): string {
	const { errorCode, reference, traceId } = body;
	const lines = [`Status ${statusCode}: ${meaningOf(statusCode) ?? 'the request failed.'}`];
	if (statusCode === 403 && scopes.length > 0) {
		lines.push(
			`It needs the scope ${scopes.join(' or ')}, which PerfectGym grants to an integration.`,
		);
	}
	if (name !== undefined) lines.push(`Studio: ${name}.`);
	if (textOf(reference)) lines.push(`Field: ${textOf(reference)}.`);
	if (textOf(errorCode)) lines.push(`Error code: ${textOf(errorCode)}.`);
	if (textOf(traceId)) lines.push(`Trace ID for PerfectGym support: ${textOf(traceId)}.`);
	return lines.join(' ');
}

function meaningOf(statusCode: number): string | undefined {
	return MEANINGS[statusCode] ?? (statusCode >= 500 ? MEANINGS[500] : undefined);
}

/** @returns the first line of text, without HTML tags, cut to {@link MAX_LINE_LENGTH} */
function firstLine(text: string): string {
	const withoutTags = text.replace(/<(style|script)[\s\S]*?<\/\1>|<[^>]*>/gi, '\n');
	const lines = withoutTags.split(/\r?\n/).map((line) => line.trim());
	const line = lines.find((entry) => entry !== '') ?? text.trim().split(/\r?\n/)[0];
	return line.length > MAX_LINE_LENGTH ? `${line.slice(0, MAX_LINE_LENGTH)}…` : line;
}

/** Hides the API key, because an answer may repeat the request. */
function hideKey(text: string, { apiKey }: Studio): string {
	return apiKey === '' ? text : text.replaceAll(apiKey, '***');
}

function textOf(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function isRecord(body: unknown): body is IDataObject {
	return typeof body === 'object' && body !== null && !Array.isArray(body);
}
