/** Tells of failures in the words of a user, as n8n's errors. */

import type { IDataObject, INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { BaseUrlError } from './baseUrl';
import { ConnectionFailure } from './exchange';
import { RequestFault } from './fault';
import type { Studio } from './studio';
import type { ApiAnswer, ApiRequest } from './types';

/** An answer that is no success; it becomes an n8n error with its item's index. */
export class ApiFault extends Error {
	constructor(
		message: string,
		readonly description: string,
		readonly statusCode: number,
	) {
		super(message);
		this.name = 'ApiFault';
	}
}

/** What a status means, from the table of codes in the general information of the API. */
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
const LONGEST_LINE = 200;

/** @returns the fault that an answer stands for, or undefined when it is a success */
export function faultOf(
	answer: ApiAnswer,
	request: ApiRequest,
	studio: Studio,
): ApiFault | undefined {
	const { statusCode, body } = answer;
	const isSuccess = statusCode >= 200 && statusCode < 300;
	// axios leaves a body as text when it is no JSON, a proxy's page for instance.
	const isText = typeof body === 'string' && body.trim() !== '';
	if (isSuccess && !isText) return undefined;

	if (statusCode >= 300 && statusCode < 400) {
		return new ApiFault(
			`${studio.baseUrl} redirects to another address, which is not followed`,
			`Status ${statusCode}. The API key is sent to the address of the credential only. Check its Base URL.`,
			statusCode,
		);
	}
	if (isText || !isRecord(body)) {
		const line = isText ? firstLine(body) : '';
		return new ApiFault(
			conceal(
				`The answer with status ${statusCode} does not come from PerfectGym Next's API${line ? `: ${line}` : ''}`,
				studio,
			),
			`${meaningOf(statusCode) ?? ''} The body is ${isText ? 'no JSON' : 'empty'}. A proxy may have answered; check the Base URL of the credential.`.trim(),
			statusCode,
		);
	}
	const message = textOf(body.errorMessage) ?? meaningOf(statusCode) ?? 'The request failed';
	return new ApiFault(
		conceal(message, studio),
		conceal(describe(answer, body, request, studio), studio),
		statusCode,
	);
}

/** @returns n8n's error for whatever a request can throw, with the index of its item */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex: number | undefined,
	host = 'PerfectGym Next',
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof ApiFault) {
		const { message, description, statusCode } = error;
		// A fresh object: n8n would store the cause, whose request holds the key.
		return new NodeApiError(node, { message } as JsonObject, {
			message,
			description,
			httpCode: String(statusCode),
			itemIndex,
		});
	}
	if (error instanceof ConnectionFailure) {
		return new NodeApiError(node, {} as JsonObject, { ...connectionWords(error, host), itemIndex });
	}
	if (error instanceof RequestFault) {
		return new NodeOperationError(node, error.message, { description: error.advice, itemIndex });
	}
	if (error instanceof BaseUrlError) {
		return new NodeOperationError(node, error.message, {
			description: 'Open the credential and correct it.',
			itemIndex,
		});
	}
	const message = error instanceof Error ? error.message : String(error);
	return new NodeOperationError(node, message, { itemIndex });
}

/** n8n replaces any message that contains a code such as ECONNREFUSED, so codes go below. */
export function connectionWords(
	{ code, detail }: ConnectionFailure,
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

/** The first line with words, without the tags of a page. */
function firstLine(text: string): string {
	const withoutTags = text.replace(/<(style|script)[\s\S]*?<\/\1>|<[^>]*>/gi, '\n');
	const lines = withoutTags.split(/\r?\n/).map((line) => line.trim());
	const line = lines.find((one) => one !== '') ?? text.trim().split(/\r?\n/)[0];
	return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
}

/** An answer may repeat what it was sent. */
function conceal(text: string, { apiKey }: Studio): string {
	return apiKey === '' ? text : text.replaceAll(apiKey, '***');
}

function textOf(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function isRecord(body: unknown): body is IDataObject {
	return typeof body === 'object' && body !== null && !Array.isArray(body);
}
