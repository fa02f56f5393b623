/** The errors of the transport, in the user's words; `nodeErrors.ts` turns them into n8n's errors. */

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

/** An answer whose status is not a success. */
export class ApiError extends Error {
	constructor(
		message: string,
		readonly description: string,
		readonly statusCode: number,
	) {
		super(message);
		this.name = 'ApiError';
	}
}

/** No answer arrived, or only a part of one. */
export class ConnectionError extends Error {
	constructor(
		/** The code of Node or axios, such as `ECONNREFUSED`; empty when nothing reached the network. */
		readonly code: string,
		readonly detail: string,
	) {
		super(detail);
		this.name = 'ConnectionError';
	}
}

/** @returns the message of anything that was thrown */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
