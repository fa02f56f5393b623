/** Converts the errors of the transport to n8n's errors, with messages for users. */

import type { IDataObject, INode, INodeExecutionData, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { BaseUrlError } from './baseUrl';
import { conceal } from './conceal';
import { describeConnectionError } from './connectionErrors';
import type { ErrorDetails } from './errors';
import {
	ApiError,
	ConnectionError,
	cut,
	ExpressionFailure,
	messageOf,
	RequestError,
} from './errors';
import { isObject } from './serialize';
import type { Studio } from './studio';
import { isTool } from './tool';
import type { ApiAnswer, ApiRequest } from './types';

/** People take the number on a member's card for the ID. */
const NO_RECORD =
	'This studio has no such record. Check the ID, or choose the record from the list. A customer number is not an ID.';
const CHANGED_BY_OTHERS = 'Someone else changed the record at the same time. Run the node again.';
/** The meanings of statuses, from the status table in the API documentation's general information. */
const MEANINGS: Readonly<Record<number, string>> = {
	400: 'PerfectGym Next did not accept the values that were sent.',
	401: 'The API key is missing or wrong. Check the credential.',
	403: 'The API key has no permission for this.',
	404: NO_RECORD,
	407: 'The proxy requires a user name and a password. Enter them in the proxy URL.',
	409: CHANGED_BY_OTHERS,
	429: 'PerfectGym Next accepts no more requests right now, and the node cannot wait any longer. Increase "Maximum Wait" in the options, or send fewer requests at a time.',
	500: 'Something went wrong inside PerfectGym Next. If it happens again, contact PerfectGym support.',
	503: 'PerfectGym Next is overloaded at the moment.',
};
/** The meanings of statuses in an answer that is not in the form of the API. */
const FOREIGN_MEANINGS: Readonly<Record<number, string>> = {
	304: 'It says that nothing changed since an earlier answer, but the node does not store answers.',
	403: 'Something between n8n and PerfectGym Next blocked the request.',
	404: 'There is no API at this address.',
	502: 'A proxy or gateway did not get an answer from PerfectGym Next.',
	504: 'A proxy or gateway did not get an answer from PerfectGym Next in time.',
};
/** The statuses where the error code, if there is one, says more than the status. */
const STATES: ReadonlySet<number> = new Set([400, 409, 422]);
/**
 * The API does not list its error codes, but they consist of words, such as CUSTOMER_ALREADY_BOOKED.
 * The first hint that has a word of the code is used.
 */
const HINTS: ReadonlyArray<readonly [words: readonly string[], hint: string]> = [
	[['CONCURRENT', 'OPTIMISTIC'], CHANGED_BY_OTHERS],
	[['OVERLAPPING', 'IN_OTHER_BOOKING'], 'It overlaps with something that already exists.'],
	[['ALREADY', 'DUPLICATE'], 'It already exists or was already done. Trying again does not help.'],
	[
		['LIMIT', 'CONTINGENT', 'MAXIMUM', 'MAX'],
		'A limit of the studio or of the membership is reached.',
	],
	[['VERIFICATION'], 'An earlier change must be verified first.'],
	[['NOT_FOUND'], NO_RECORD],
	[['NOT_AVAILABLE', 'NOT_BOOKABLE', 'CLOSED'], 'It is not available at that time.'],
];
const OTHER_STATE = 'The current state of the record does not allow this.';
/** Error codes of a 403 that mean a missing scope. */
const IS_ABOUT_ACCESS = /FORBIDDEN|PERMISSION|SCOPE|ACCESS_DENIED|UNAUTHORI[SZ]ED/i;
const CODE_IN_TEXT = /\b[A-Z]{2,30}(?:_[A-Z]{2,30}){1,10}\b/g;
const CONCURRENT_TEXT = /concurrent modification/i;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const PARTIAL_CONTENT = 206;
const CHECK_BASE_URL = 'A proxy may have answered. Check the Base URL in the credential.';
/** What Spring, the server's framework, says when it has nothing to say. */
const NO_MESSAGE = 'No message available';

const MAX_MESSAGE_LENGTH = 1000;
const MAX_INPUT_MESSAGE_LENGTH = 2000;
const MAX_ADVICE_LENGTH = 5000;
const MAX_WORD_LENGTH = 200;
const MAX_LINE_LENGTH = 200;
/** Text from outside is read up to here: far beyond what is shown, and fast to search. */
const MAX_READ_LENGTH = 10_000;

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
	if (statusCode === PARTIAL_CONTENT) return partialError(request);
	if (isSuccess && !isText) return encodingError(answer);
	if (REDIRECTS.has(statusCode)) return redirectError(statusCode, studio);
	if (isText || !isObject(body)) return foreignError(answer, request, studio);
	return vendorError(answer, body, request, studio);
}

function redirectError(httpStatus: number, { baseUrl }: Studio): ApiError {
	return new ApiError(
		`${baseUrl} redirects to another address, which is not followed`,
		`Status ${httpStatus}. The API key is only sent to the address in the credential. Check its Base URL.`,
		{ httpStatus },
	);
}

function partialError(request: ApiRequest): ApiError {
	return new ApiError(
		`The answer is incomplete (status ${PARTIAL_CONTENT})`,
		`The API does not answer in parts, so something between n8n and PerfectGym Next did.${proxyLine(request)}`,
		{ httpStatus: PARTIAL_CONTENT },
	);
}

/**
 * n8n reads every answer as UTF-8. Only the header shows that it was not: a replacement character
 * alone may be part of the record.
 */
function encodingError({ statusCode, headers, body }: ApiAnswer): ApiError | undefined {
	const charset = foreignCharset(headers);
	if (charset === undefined || !JSON.stringify([body]).includes('\ufffd')) return undefined;
	return new ApiError(
		`The answer is written in ${charset}, not in UTF-8, so letters such as ü are lost`,
		`The API answers in UTF-8. Something between n8n and PerfectGym Next changes its answers. ${CHECK_BASE_URL}`,
		{ httpStatus: statusCode },
	);
}

/** @returns the character set that the header names, unless it is UTF-8 or a part of it */
function foreignCharset(headers: IDataObject): string | undefined {
	const contentType = cut(String(headers?.['content-type'] ?? ''), MAX_WORD_LENGTH);
	const charset = /charset="?([\w.:-]{1,40})/i.exec(contentType)?.[1].toLowerCase();
	return charset === undefined || /^utf-?8$|^us-ascii$/.test(charset) ? undefined : charset;
}

/** An answer of something between n8n and the API. */
function foreignError(answer: ApiAnswer, request: ApiRequest, studio: Studio): ApiError {
	const { statusCode, body } = answer;
	const line = typeof body === 'string' ? firstLine(read(body, studio)) : '';
	const meaning = FOREIGN_MEANINGS[statusCode] ?? meaningOf(statusCode) ?? '';
	const isOtherJson = typeof body !== 'string' && body !== undefined && body !== null;
	const form = isOtherJson ? 'not an object' : line === '' ? 'empty' : 'not JSON';
	return new ApiError(
		`The answer with status ${statusCode} does not come from PerfectGym Next's API${line ? `: ${line}` : ''}`,
		`${meaning} The body is ${form}. ${CHECK_BASE_URL}${proxyLine(request)}`.trim(),
		detailsOf(statusCode, request),
	);
}

/** The user may not remember that the node sends its requests through a proxy. */
function proxyLine({ settings: { proxy } }: ApiRequest): string {
	if (!proxy) return '';
	return ` The request went through the proxy ${proxy.host}:${proxy.port}, which the node's options name.`;
}

function vendorError(
	{ statusCode, headers }: ApiAnswer,
	body: IDataObject,
	request: ApiRequest,
	studio: Studio,
): ApiError {
	const text = (value: unknown, maxLength = MAX_WORD_LENGTH) => textOf(value, studio, maxLength);
	const message = messageIn(body, (value) => text(value, MAX_MESSAGE_LENGTH));
	const ofRequest = detailsOf(statusCode, request);
	const code = text(body.errorCode) ?? text(listOf(body.errorCodes));
	const headline = headlineOf(ofRequest, code);
	const details = {
		...ofRequest,
		...withoutMissing({
			message: headline === undefined ? undefined : message,
			errorCode: code,
			reference: text(body.reference),
			traceId: text(body.traceId),
		}),
	};
	const path = typeof body.error === 'string' ? text(body.path) : undefined;
	const charset = foreignCharset(headers);
	const lines = [
		headline !== undefined && message !== undefined && quoted(message),
		`Status ${statusCode}: ${hintFor(details, message) ?? 'the request failed.'}`,
		scopeLine(details),
		studio.name !== undefined && `Studio: ${studio.name}.`,
		details.reference !== undefined &&
			`Field: ${request.fieldName?.(details.reference) ?? details.reference}.`,
		path !== undefined && `Path: ${path}.`,
		details.errorCode !== undefined && `Code: ${details.errorCode}.`,
		details.traceId !== undefined && `Trace ID for PerfectGym support: ${details.traceId}.`,
		charset !== undefined &&
			message?.includes('\ufffd') &&
			`The answer is written in ${charset}, not in UTF-8, so some letters are lost.`,
	];
	return new ApiError(
		headline ?? message ?? hintFor(details, message) ?? 'The request failed',
		lines.filter(Boolean).join(' '),
		details,
	);
}

/** The API has one form of errors, and the parts of its server have two more. */
function messageIn(
	{ errorMessage, message, error }: IDataObject,
	textOf: (value: unknown) => string | undefined,
): string | undefined {
	const own = textOf(message);
	return textOf(errorMessage) ?? (own === NO_MESSAGE ? undefined : own) ?? textOf(error);
}

function quoted(message: string): string {
	return `PerfectGym Next says: "${message}"${period(message)}`;
}

/** @returns the period that a text lacks to be a sentence */
function period(text: string): string {
	return /[.!?]$/.test(text) ? '' : '.';
}

function detailsOf(httpStatus: number, { scopes }: ApiRequest): ErrorDetails {
	const mayLackScope = (httpStatus === 401 || httpStatus === 403) && scopes.length > 0;
	return { httpStatus, ...(mayLackScope && { scopes: [...scopes] }) };
}

/** n8n's toast shows only the headline, so for a key that may not do this, it says what to do. */
function headlineOf({ httpStatus, scopes }: ErrorDetails, code = ''): string | undefined {
	if (httpStatus === 401) return 'The API key does not work: check it in the credential';
	// A code of its own means another reason than a scope, such as a customer who is locked.
	if (httpStatus !== 403 || (code !== '' && !IS_ABOUT_ACCESS.test(code))) return undefined;
	if (!scopes) return 'The API key may not do this: ask PerfectGym for access';
	return `The API key may not do this: ask PerfectGym for the scope ${scopes.join(' or ')}`;
}

/** A missing scope is answered with 401 as well as with 403. */
function scopeLine({ httpStatus, scopes }: ErrorDetails): string | undefined {
	if (!scopes) return undefined;
	const start = httpStatus === 401 ? 'If the key is right, it lacks' : 'It needs';
	return `${start} the scope ${scopes.join(' or ')}. Ask PerfectGym to grant it to your integration.`;
}

/** The hint follows the error code where there is one, since a status has many causes. */
function hintFor(
	{ httpStatus, errorCode }: ErrorDetails,
	message: string | undefined,
): string | undefined {
	if (!STATES.has(httpStatus)) return meaningOf(httpStatus);
	// Some codes stand in the message.
	const codes = [errorCode?.toUpperCase() ?? '', ...(message?.match(CODE_IN_TEXT) ?? [])];
	const words = `_${codes.join('_').replaceAll(' ', '_')}_`;
	const hint = HINTS.find(([ofHint]) => ofHint.some((word) => words.includes(`_${word}_`)))?.[1];
	if (hint !== undefined || httpStatus !== 409) return hint ?? meaningOf(httpStatus);
	const isUnexplained = errorCode === undefined && message === undefined;
	return isUnexplained || CONCURRENT_TEXT.test(message ?? '') ? CHANGED_BY_OTHERS : OTHER_STATE;
}

/**
 * @param error anything that a request can throw
 * @param itemIndex of the input item that failed, if any
 * @returns n8n's error, with a message for users and the index of the item
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex: number | undefined,
): NodeApiError | NodeOperationError {
	const nodeError = describe(node, error, itemIndex);
	const { message, description } = nodeError;
	// An agent of version 3 or later gives the model only the message.
	if (isTool(node) && description && !message.includes(description)) {
		nodeError.message = `${message}${period(message)} ${description}`;
	}
	return nodeError;
}

function describe(
	node: INode,
	error: unknown,
	itemIndex: number | undefined,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		// n8n's own errors about credentials have no index.
		if (itemIndex !== undefined) error.context.itemIndex ??= itemIndex;
		return error;
	}
	if (error instanceof ApiError) {
		const { message, description, statusCode, details } = error;
		// Not the original error: n8n would store its cause, and the cause contains the key.
		const apiError = new NodeApiError(node, { message } as JsonObject, {
			message,
			description,
			httpCode: String(statusCode),
			itemIndex,
		});
		apiError.context.details = { ...details };
		return withMessage(apiError, message);
	}
	if (error instanceof ConnectionError) {
		const { message, advice, detail } = describeConnectionError(error);
		const description = [advice, detail].filter(Boolean).join(' ');
		const options = { message, description, itemIndex };
		return withMessage(new NodeApiError(node, {} as JsonObject, options), message);
	}
	if (error instanceof RequestError) {
		// A message can repeat the input, and advice can list what there is to choose from.
		const message = cut(error.message, MAX_INPUT_MESSAGE_LENGTH);
		const description = error.advice && cut(error.advice, MAX_ADVICE_LENGTH);
		return withMessage(new NodeOperationError(node, message, { description, itemIndex }), message);
	}
	if (error instanceof ExpressionFailure) return expressionError(node, error, itemIndex);
	if (error instanceof BaseUrlError) {
		return new NodeOperationError(node, error.message, {
			description: 'Open the credential and correct it.',
			itemIndex,
		});
	}
	return new NodeOperationError(node, cut(messageOf(error), MAX_INPUT_MESSAGE_LENGTH), {
		itemIndex,
	});
}

/** Keeps what n8n says about an expression: its editor shows more than the message. */
function expressionError(
	node: INode,
	{ message, reason }: ExpressionFailure,
	itemIndex: number | undefined,
): NodeApiError | NodeOperationError {
	if (reason instanceof NodeApiError || reason instanceof NodeOperationError) {
		return toNodeError(node, reason, itemIndex);
	}
	const { description, context }: { description?: unknown; context?: unknown } = isObject(reason)
		? reason
		: {};
	const error = new NodeOperationError(node, cut(message, MAX_INPUT_MESSAGE_LENGTH), {
		description: typeof description === 'string' ? description : undefined,
		itemIndex,
	});
	error.context = { ...(isObject(context) && context), ...withoutMissing(error.context) };
	return error;
}

/** n8n's constructors replace a message that contains a code such as ECONNREFUSED, the API's own too. */
function withMessage<T extends NodeApiError | NodeOperationError>(error: T, message: string): T {
	error.message = message;
	return error;
}

/**
 * @param error anything that {@link toNodeError} takes or returns
 * @returns what is known of the failed request: `httpStatus`, `errorCode`, `reference`, `traceId`,
 *   `scopes`; an empty object when no answer arrived
 */
export function errorDetails(error: unknown): IDataObject {
	if (error instanceof ApiError) return { ...error.details };
	const isNodeError = error instanceof NodeApiError || error instanceof NodeOperationError;
	const details: unknown = isNodeError ? error.context.details : undefined;
	return isObject(details) ? { ...details } : {};
}

/**
 * @param error what {@link toNodeError} returns
 * @param item the index of the input item
 * @returns what comes out of an item that failed, while the node's On Error lets it continue
 */
export function failedItem(
	{ onError }: Pick<INode, 'onError'>,
	error: Error,
	item: number,
): INodeExecutionData {
	const details = errorDetails(error);
	const hasDetails = Object.keys(details).length > 0;
	const failed: INodeExecutionData = {
		json: { error: error.message, ...(hasDetails && { details }) },
		pairedItem: { item },
	};
	// Some versions of n8n know an item for the error output by this property only. They copy the item
	// then, without properties that are not enumerable; otherwise it would replace `json`.
	if (onError === 'continueErrorOutput') Object.defineProperty(failed, 'error', { value: error });
	return failed;
}

function meaningOf(statusCode: number): string | undefined {
	return MEANINGS[statusCode] ?? (statusCode >= 500 ? MEANINGS[500] : undefined);
}

/** @returns the first line of text, without HTML tags, cut to {@link MAX_LINE_LENGTH} */
function firstLine(text: string): string {
	const lines = withoutTags(text).split('\n');
	const line = lines.map((entry) => entry.trim()).find((entry) => entry !== '');
	return cut(line ?? text.trim().split('\n')[0], MAX_LINE_LENGTH);
}

/**
 * Replaces each tag with a line break, and a style or script with all that is in it. Not a regular
 * expression: it would look for the end of each tag again and again.
 */
function withoutTags(text: string): string {
	const lowerCase = text.toLowerCase();
	const pieces: string[] = [];
	let from = 0;
	for (;;) {
		const start = text.indexOf('<', from);
		const end = start < 0 ? -1 : text.indexOf('>', start);
		if (end < 0) return [...pieces, text.slice(from)].join('\n');
		pieces.push(text.slice(from, start));
		from = end + 1;
		const name = ['style', 'script'].find((tag) => lowerCase.startsWith(tag, start + 1));
		const close = name === undefined ? -1 : lowerCase.indexOf(`</${name}`, end);
		if (close >= 0) from = close;
	}
}

/** Hides the key before the text is cut to what is shown. */
function read(text: string, { apiKey }: Studio): string {
	return conceal(text.slice(0, MAX_READ_LENGTH), apiKey);
}

/** @returns the text or number in a field of an answer, or undefined when there is none */
function textOf(value: unknown, studio: Studio, maxLength: number): string | undefined {
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string') return undefined;
	const trimmed = read(text.trimStart(), studio).trim();
	return trimmed === '' ? undefined : cut(trimmed, maxLength);
}

/** @returns the texts of a list, joined; undefined for anything that is not a list */
function listOf(value: unknown): string | undefined {
	if (!Array.isArray(value)) return undefined;
	return value
		.slice(0, MAX_WORD_LENGTH)
		.filter((entry) => typeof entry === 'string' || typeof entry === 'number')
		.join(', ');
}

function withoutMissing<T extends object>(object: T): T {
	const entries = Object.entries(object).filter(([, value]) => value !== undefined);
	return Object.fromEntries(entries) as T;
}
