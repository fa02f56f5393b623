/** The body of every answer that is not a 2xx, in the vendor's format. */
export interface ErrorBody {
	errorMessage: string;
	errorCode: string;
	traceId: string;
	/** The field that failed, such as `leadCustomer.email`. */
	reference?: string;
}

const codes: Record<number, string> = {
	400: 'VALIDATION_ERROR',
	401: 'UNAUTHORIZED',
	403: 'FORBIDDEN',
	404: 'NOT_FOUND',
	409: 'CONFLICT',
	415: 'UNSUPPORTED_MEDIA_TYPE',
	429: 'TOO_MANY_REQUESTS',
	500: 'INTERNAL_ERROR',
	503: 'SERVICE_UNAVAILABLE',
};

const messages: Record<number, string> = {
	401: 'Authentication failed. Probably wrong or missing OpenAPI key.',
	403: 'Permission denied. The caller has no permission for the requested resource.',
	404: 'Requested entity not found.',
	409: 'Concurrent modification detected. The entity was modified by another request.',
	429: 'Access denied - rate limit is exceeded.',
	500: 'Unexpected system error - internal problem.',
	503: 'Service temporarily unavailable.',
};

let traces = 0;

/** An answer other than 2xx. A check or a handler throws it; the API sends its `body()`. */
export class ApiError extends Error {
	/**
	 * @param status the HTTP status
	 * @param message the `errorMessage`; defaults to the vendor's text for the status
	 * @param reference the field that failed, as `parent.child`
	 */
	constructor(
		readonly status: number,
		message?: string,
		readonly reference?: string,
	) {
		super(message ?? messages[status] ?? `Request failed with status ${status}.`);
	}

	/** The JSON of the answer, with a new trace id. */
	body(): ErrorBody {
		traces += 1;
		return {
			errorMessage: this.message,
			errorCode: codes[this.status] ?? 'ERROR',
			traceId: traces.toString(16).padStart(16, '0'),
			...(this.reference ? { reference: this.reference } : {}),
		};
	}
}

/** A 404 for one entity, e.g. `notFound('Customer', 7)`. */
export function notFound(what: string, id: number | string): ApiError {
	return new ApiError(404, `${what} ${id} not found.`);
}

/** A 400 for one field; `reference` is its name. */
export function invalid(message: string, reference: string): ApiError {
	return new ApiError(400, message, reference);
}

/** A 409 with its reason, and the field where there is one. */
export function conflict(message: string, reference?: string): ApiError {
	return new ApiError(409, message, reference);
}
