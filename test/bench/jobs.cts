// The jobs that `npm run bench` measures, and their goals.

import type { INodeParameters } from 'n8n-workflow';
import type { ApiSettings } from './api.cts';
import type { Figure } from './results.cts';

/** The contenders of a job, by the names that the report shows. */
export const OURS = 'PerfectGym Next';
export const HTTP_REQUEST = 'HTTP Request';
export const DEFAULT_CHUNKS = 'HTTP Request, chunks of 100';
export const LARGE_CHUNKS = 'HTTP Request, chunks of 500';
export const RETRYING = 'HTTP Request, Retry On Fail';
export const SCRIPT = 'script (axios, form-data)';
export const SCRIPT_WITHOUT_REUSE = 'the same script, a connection for each request';
export const FLAT = 'PerfectGym Next, Flat';
export const SIMPLIFIED = 'PerfectGym Next, Simplified';

/** One of those that do the same job. */
export interface Contender {
	name: string;
	/** The number of items that its node "Get" outputs. */
	expected: number;
	/** Our node; otherwise HTTP Request or the script. */
	ours?: INodeParameters;
	httpRequest?: (baseUrl: string) => INodeParameters;
	/** Whether HTTP Request runs again when it fails. */
	retryOnFail?: boolean;
	/** A job of script.js. */
	script?: 'readAll' | 'upload' | 'download';
	/** Whether the script opens a connection for each request, as n8n does. */
	connectionEach?: boolean;
	/** Whether the figures are of interest although the contender may not do the job. */
	mayFail?: boolean;
	files?: number;
}

/** What the figure of one contender may be, as a share of another one's. */
export interface Goal {
	of: string;
	beside: string;
	figure: Figure;
	atMost: number;
	/** What stands in the way, for the report when the goal is not met. */
	obstacle?: string;
}

const HELPER =
	"The node sends through n8n's request helper, as HTTP Request does. The script that opens a connection for each request, as n8n does, shows how much of the difference is the connections. The rest is what n8n does for each request: see _What takes the time_.";
/** Why a rate limit may not be used to the full. */
export const LATE =
	"A request counts until a minute after its answer, so that it never meets a 429. The node sends the second thousand then. How long a thousand requests take comes on top of the minute: they wait for n8n's work on each item, and for the processor.";
const SAME_CHUNKS =
	'Both nodes send the same 200 requests through n8n and parse the same JSON, which is most of the time of each: see _What takes the time_. HTTP Request leaves the 500 customers of a chunk in one item, and this node makes an item of each.';
const EACH_ITEM =
	'For both nodes, n8n evaluates the expression with the ID, reads and decrypts the credential, and opens a connection for each item: see _What takes the time_.';
/** Why the forms of the output take longer than planned. */
export const SHAPES =
	'The node creates another object for each customer, with a property for each field or column, and Flat writes the lists of a customer as JSON text. The share is of processor time. In time, compare the rows with Full.';

/** A job with the contenders that do it. */
export interface Job {
	id: string;
	name: string;
	api: ApiSettings;
	contenders: Contender[];
	goals?: Goal[];
	/** The items with ids that come before "Get". */
	items?: number;
	/** The files of 1 MB that come before "Get". */
	files?: number;
	/** Whether a second node repeats what "Get" does. */
	again?: boolean;
	env?: Record<string, string>;
	/** The largest share of the time that the rate limit allows. */
	idealTime?: number;
}

const MINUTE_MS = 60_000;
const NO_LIMIT = 1_000_000;
const getOne: INodeParameters = {
	resource: 'customer',
	operation: 'getCustomerById',
	customerId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
};
const getContracts: INodeParameters = { ...getOne, operation: 'getCustomersContracts' };
const getAll = (output = 'full'): INodeParameters => ({
	resource: 'customer',
	operation: 'getCustomers',
	returnAll: true,
	output,
});
const requestOne = (baseUrl: string) => ({ url: `=${baseUrl}/v1/customers/{{ $json.id }}` });
const requestAll = (sliceSize?: number) => (baseUrl: string) => ({
	url: `${baseUrl}/v1/customers`,
	...(sliceSize !== undefined && {
		sendQuery: true,
		queryParameters: { parameters: [{ name: 'sliceSize', value: String(sliceSize) }] },
	}),
	options: {
		pagination: {
			pagination: {
				paginationMode: 'updateAParameterInEachRequest',
				parameters: {
					parameters: [{ type: 'qs', name: 'offset', value: '={{ $response.body?.offset }}' }],
				},
				paginationCompleteWhen: 'other',
				completeExpression: '={{ !$response.body.hasNext }}',
			},
		},
	},
});
const upload: INodeParameters = {
	resource: 'customer',
	operation: 'uploadDocument',
	customerId: { __rl: true, mode: 'id', value: '1210000000' },
};
const requestUpload = (baseUrl: string): INodeParameters => ({
	method: 'POST',
	url: `${baseUrl}/v1/customers/1210000000/documents`,
	sendBody: true,
	contentType: 'multipart-form-data',
	bodyParameters: {
		parameters: [{ parameterType: 'formBinaryData', name: 'file', inputDataFieldName: 'data' }],
	},
	options: { batching: { batch: { batchSize: 1, batchInterval: 0 } } },
});

/** With n8n's clock that many times as fast, so that a wait of a minute takes less. */
const clock = (factor: number) => ({ BENCH_CLOCK_FACTOR: String(factor) });
const patient = { options: { maxWait: 3600 } };
const unlimited = { options: { requestsPerMinute: NO_LIMIT } };

/** Growth: the job for each number of items. */
const items = [10, 100, 1000, 5000].map((count): Job => {
	const contenders: Contender[] = [
		{ name: OURS, expected: count, ours: { ...getOne, ...unlimited } },
	];
	const beside = { name: HTTP_REQUEST, expected: count, httpRequest: requestOne };
	return {
		id: `items${count}`,
		name: `${count.toLocaleString('en')} items, one Get each, answers in 5 ms`,
		api: { delayMs: 5, customers: count },
		contenders: count === 1000 ? [...contenders, beside] : contenders,
		items: count,
		...(count === 1000 && {
			goals: [
				{ of: OURS, beside: HTTP_REQUEST, figure: 'wallMs', atMost: 0.7, obstacle: EACH_ITEM },
				{ of: OURS, beside: HTTP_REQUEST, figure: 'cpuMs', atMost: 0.75, obstacle: EACH_ITEM },
			],
		}),
	};
});

/** All jobs, in the order of the report. */
export const jobs: Job[] = [
	{
		id: 'returnAll',
		name: 'Return All of 100,000 customers',
		api: { customers: 100_000 },
		contenders: [
			{ name: OURS, expected: 100_000, ours: getAll() },
			{ name: DEFAULT_CHUNKS, expected: 1000, httpRequest: requestAll() },
			{ name: LARGE_CHUNKS, expected: 200, httpRequest: requestAll(500) },
			{ name: SCRIPT, expected: 100_000, script: 'readAll' },
			{
				name: SCRIPT_WITHOUT_REUSE,
				expected: 100_000,
				script: 'readAll',
				connectionEach: true,
			},
			{ name: FLAT, expected: 100_000, ours: getAll('flat') },
			{ name: SIMPLIFIED, expected: 100_000, ours: getAll('simplified') },
		],
		goals: [
			{ of: OURS, beside: DEFAULT_CHUNKS, figure: 'wallMs', atMost: 0.4 },
			{ of: OURS, beside: LARGE_CHUNKS, figure: 'wallMs', atMost: 0.6, obstacle: SAME_CHUNKS },
			{ of: OURS, beside: DEFAULT_CHUNKS, figure: 'requests', atMost: 0.2 },
			{ of: OURS, beside: DEFAULT_CHUNKS, figure: 'peakMb', atMost: 1 },
			{ of: OURS, beside: LARGE_CHUNKS, figure: 'peakMb', atMost: 1 },
			{ of: OURS, beside: SCRIPT, figure: 'wallMs', atMost: 1.3, obstacle: HELPER },
			{ of: FLAT, beside: OURS, figure: 'wallMs', atMost: 1.1, obstacle: SHAPES },
			{ of: SIMPLIFIED, beside: OURS, figure: 'wallMs', atMost: 1.1, obstacle: SHAPES },
		],
	},
	...items,
	{
		id: 'contracts',
		name: 'Contracts of 2,000 members, 1,000 requests a minute',
		api: { customers: 2000, limit: 1000 },
		contenders: [{ name: OURS, expected: 2000, ours: { ...getContracts, ...patient } }],
		items: 2000,
		idealTime: 1.05,
	},
	{
		id: 'twoNodes',
		name: 'Two nodes of one run on one endpoint, 1,000 items each',
		api: { customers: 1000, limit: 1000 },
		contenders: [{ name: OURS, expected: 1000, ours: { ...getOne, ...patient } }],
		items: 1000,
		again: true,
		idealTime: 1.05,
	},
	{
		id: 'failing',
		name: '20 chunks, five with 429 or 503 at first',
		api: {
			customers: 10_000,
			failing: { 1000: 429, 3000: 503, 5000: 503, 7000: 429, 9000: 503 },
		},
		contenders: [
			{ name: OURS, expected: 10_000, ours: { ...getAll(), ...patient } },
			{ name: HTTP_REQUEST, expected: 20, httpRequest: requestAll(500), mayFail: true },
			{
				name: RETRYING,
				expected: 20,
				httpRequest: requestAll(500),
				mayFail: true,
				retryOnFail: true,
			},
		],
		env: clock(10),
	},
	{
		id: 'upload',
		name: 'Upload of 200 documents of 1 MB',
		api: { customers: 1 },
		contenders: [
			{ name: OURS, expected: 200, ours: { ...upload, ...unlimited } },
			{ name: HTTP_REQUEST, expected: 200, httpRequest: requestUpload },
			{ name: SCRIPT, expected: 200, script: 'upload' },
			{ name: SCRIPT_WITHOUT_REUSE, expected: 200, script: 'upload', connectionEach: true },
		],
		goals: [{ of: OURS, beside: SCRIPT, figure: 'wallMs', atMost: 1.2, obstacle: HELPER }],
		files: 200,
	},
	{
		id: 'upload20',
		name: 'Upload of 20 documents of 1 MB',
		api: { customers: 1 },
		contenders: [{ name: OURS, expected: 20, ours: { ...upload, ...unlimited } }],
		files: 20,
	},
	{
		id: 'download',
		name: 'Download of 500 images of 50 kB',
		api: { customers: 500, imageBytes: 50_000 },
		contenders: [
			{ name: OURS, expected: 500, ours: { ...getAll(), download: true } },
			{ name: SCRIPT, expected: 500, script: 'download' },
			{ name: SCRIPT_WITHOUT_REUSE, expected: 500, script: 'download', connectionEach: true },
		],
		goals: [{ of: OURS, beside: SCRIPT, figure: 'wallMs', atMost: 1.2, obstacle: HELPER }],
	},
];

/** @returns the shortest time between a job's first request and its last at its rate limit */
export function idealMs({
	api: { limit = Infinity, windowMs = MINUTE_MS },
	items = 0,
	again,
}: Job) {
	const requests = again ? 2 * items : items;
	// The last requests may be sent as soon as the window opens again.
	return (Math.ceil(requests / limit) - 1) * windowMs;
}
