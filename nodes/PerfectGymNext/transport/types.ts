/** The types that the steps of a request share. */

import type {
	IBinaryData,
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IExecutePaginationFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INode,
	INodeExecutionData,
	IPollFunctions,
} from 'n8n-workflow';

import type { Form } from './multipart';

/** Where a request starts: a node that runs, a node that an agent uses as a tool, a pick list or a poll. */
export type ApiContext =
	| IExecuteFunctions
	| IExecutePaginationFunctions
	| ILoadOptionsFunctions
	| IPollFunctions;

/** A node that runs, in a workflow or as a tool. It can also handle files. */
export type RunContext = IExecuteFunctions | IExecutePaginationFunctions;

/** One input item, with its index in the input. */
export interface InputItem {
	index: number;
	data: INodeExecutionData;
}

/** What the executor needs from n8n. A workflow and a tool call the node in different ways. */
export interface NodeRun {
	/** Sends requests and stores files. */
	context: RunContext;
	/** A copy, with the parameters as they were entered. */
	node: INode;
	/** The workflow's time zone, an IANA name. */
	timeZone: string;
	/** Whether the node's On Error lets it continue after a failed item. */
	continueOnFail: boolean;
	/** In the order of the input. */
	items: readonly InputItem[];
	/** @returns the parameter's value for an item, with its expressions evaluated */
	evaluate(path: string, item: number, fallback: unknown): unknown;
	getCredentials(type: string, item: number): Promise<ICredentialDataDecryptedObject>;
	/** @throws n8n's error when the item has no such file */
	getFile(field: string, item: number): IBinaryData;
}

/** A request with checked input, in the form that the API takes. */
export interface ApiRequest {
	method: IHttpRequestMethods;
	/** The path as the API documents it, such as `/v1/customers/{customerId}`; the rate limit counts by it. */
	template: string;
	/** The path with encoded ids in its places. */
	path: string;
	query: IDataObject;
	/**
	 * JSON, sent as it stands: n8n drops a body that is `[]` or `{}`, and a number cannot hold every
	 * number that a user writes. Undefined for a request without a body.
	 */
	body?: string;
	/** Sent instead of `body`: a multipart body, read again for each attempt. */
	form?: Form;
	/** Any one of these scopes allows the request. The error of a 403 names them. */
	scopes: readonly string[];
	/** Whether a second arrival does no harm, so that it may be repeated after a broken connection. */
	repeatable: boolean;
	/** @returns how the user sees a property, such as `contract.endDate`; undefined when no field is sent there */
	fieldName?(property: string): string | undefined;
	/** The settings that n8n offers for every node: time limit in ms, proxy, TLS. */
	settings: RequestSettings;
}

/** n8n's Request Options of a node. */
export type RequestSettings = Pick<
	IHttpRequestOptions,
	'timeout' | 'proxy' | 'skipSslCertificateValidation'
>;

/** An answer of any status. */
export interface ApiAnswer {
	statusCode: number;
	headers: IDataObject;
	/** Parsed JSON, or the text when it is not JSON. */
	body: unknown;
}

/** How fast requests are sent, and how long each may wait. */
export interface WaitLimits {
	/** Requests in any 60 s for one key and endpoint. */
	requestsPerMinute: number;
	/** The longest that one request waits in total, in ms. */
	maxWaitMs: number;
	/** Ends all waiting when the execution is canceled. */
	signal?: AbortSignal;
	/** Waits before each attempt, for a limit of the caller's own. */
	beforeAttempt?(): Promise<unknown>;
}
