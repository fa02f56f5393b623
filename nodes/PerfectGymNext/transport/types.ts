/** What the steps of a request hand to one another. */

import type {
	IDataObject,
	IExecuteFunctions,
	IExecutePaginationFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import type { Form } from './multipart';

/** Where a request starts: a run of the action node, or a pick list in the editor. */
export type ApiContext = IExecuteFunctions | IExecutePaginationFunctions | ILoadOptionsFunctions;

/** A run of the action node, which can also handle files. */
export type RunContext = IExecuteFunctions | IExecutePaginationFunctions;

/** A request whose input has been checked and brought into the form that the API wants. */
export interface ApiRequest {
	method: IHttpRequestMethods;
	/** The path as the API documents it, such as `/v1/customers/{customerId}`: one pace for all ids. */
	template: string;
	/** The path with the ids filled in and encoded. */
	path: string;
	query: IDataObject;
	/** JSON, or nothing for a request without a body. */
	body?: IDataObject | IDataObject[];
	/** Sent instead of the JSON: a multipart body, read anew for every repeat. */
	form?: Form;
	/** The scopes of which one is needed, to be named when the API answers 403. */
	scopes: readonly string[];
	/** Whether a second arrival does no harm, so that it may be repeated after a broken connection. */
	repeatable: boolean;
	/** What the user has set for every node in n8n: time limit in ms, proxy, TLS. */
	settings: Pick<IHttpRequestOptions, 'timeout' | 'proxy' | 'skipSslCertificateValidation'>;
}

/** An answer of any status; its body is parsed JSON, or text when it was none. */
export interface ApiAnswer {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}

/** How patient a request is. */
export interface Patience {
	/** Requests in any 60 s for one key and endpoint. */
	requestsPerMinute: number;
	/** The longest that one request waits in all, in ms. */
	maxWait: number;
	/** Ends all waiting when the execution is cancelled. */
	signal?: AbortSignal;
}
