/** The errors of the transport, in the user's words; `nodeErrors.ts` converts them to n8n's errors. */

/** A request that cannot be sent, or an answer that cannot be used. */
export class RequestError extends Error {
	/** @param advice what the user can do about it */
	constructor(
		message: string,
		readonly advice?: string,
	) {
		super(message);
		this.name = new.target.name;
	}
}

/** Wrong input. The message names the field as the user sees it. */
export class UserInputError extends RequestError {}

/** An expression that n8n cannot evaluate. */
export class ExpressionFailure extends Error {
	/** @param field that has the expression, as the user sees it */
	constructor(
		readonly field: string,
		readonly reason: unknown,
	) {
		super(`"${field}": ${messageOf(reason)}`);
		this.name = 'ExpressionFailure';
	}
}

/** What is known of a failed request, for a workflow that handles it. */
export interface ErrorDetails {
	httpStatus: number;
	/** What the API says, where the headline says what to do instead. */
	message?: string;
	errorCode?: string;
	/** The field that failed, such as `customer.email`. */
	reference?: string;
	traceId?: string;
	/** Any one of these scopes allows the request. */
	scopes?: string[];
}

/** An answer that is not a success. */
export class ApiError extends Error {
	constructor(
		message: string,
		readonly description: string,
		readonly details: ErrorDetails,
	) {
		super(message);
		this.name = 'ApiError';
	}

	get statusCode(): number {
		return this.details.httpStatus;
	}
}

/** No answer arrived, or only a part of one. */
export class ConnectionError extends Error {
	constructor(
		/** The code of Node or axios, such as `ECONNREFUSED`; empty when nothing reached the network. */
		readonly code: string,
		readonly detail: string,
		/** The host that was asked, with its port. */
		readonly host = 'PerfectGym Next',
	) {
		super(detail);
		this.name = 'ConnectionError';
	}
}

/** @returns the message of anything that was thrown */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** @returns the text, or its beginning with a mark when it is longer than `maxLength` characters */
export function cut(text: string, maxLength: number): string {
	if (text.length <= maxLength) return text;
	// Half of a surrogate pair is not a character.
	const end = isHighSurrogate(text.charCodeAt(maxLength - 1)) ? maxLength - 1 : maxLength;
	return `${text.slice(0, end)}…`;
}

function isHighSurrogate(code: number): boolean {
	return code >= 0xd800 && code <= 0xdbff;
}
