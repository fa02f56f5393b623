/** The way of every request: read the input, take a turn, deliver, follow chunks, shape the items. */

import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import type { SliceSizes, Want } from './chunks';
import { followChunks } from './chunks';
import { toDate } from './dates';
import { deliver } from './delivery';
import { faultOf, toNodeError } from './errors';
import { RequestFault } from './fault';
import { followsChunks, readFreeRequest } from './free';
import type { Files } from './files';
import { fetchFiles, readDownload } from './files';
import { readIds, readLimit, readPatience, readRequest, readShape } from './input';
import { shapeRecords } from './output';
import { placesOf } from './path';
import { joinRun } from './run';
import type { Studio } from './studio';
import { chosenStudio, pickStudio, readStudios, studioNamed } from './studio';
import type { ApiContext, ApiRequest, Patience } from './types';
import type { FilePlan } from './upload';
import { readUpload } from './upload';
import type { Windows } from './windows';
import { followWindows, needsWindows } from './windows';

/** What an operation's declaration names as its `pagination`: n8n calls it with the whole request. */
type Send = (
	this: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
) => Promise<INodeExecutionData[]>;

/** How one kind of operation differs from another. */
interface Plan {
	/** The operation only reads although it is no GET, so that it may be repeated. */
	reads?: boolean;
	/** The list comes in chunks of these sizes. */
	slices?: SliceSizes;
	/** The list is read in windows of time where it spans more than the API gives at once. */
	windows?: Windows;
	/** The user puts the request together. */
	isFree?: boolean;
	/** The body is multipart, with a file. */
	file?: FilePlan;
}

/**
 * n8n's engine takes the records of one input item as the arguments of one call, of which there is
 * room for about 125,000 (measured on Node 20 and 24).
 */
const MOST_RECORDS_PER_ITEM = 100_000;

/** Reads of one run that are on their way at a time; writes go one by one. */
const READS_AT_ONCE = 8;

/** One request, one answer: what an operation does unless it names another way. */
export const send: Send = sendAs({});

/** A POST that changes nothing, such as a search. */
export const sendRead: Send = sendAs({ reads: true });

/** A list in chunks of up to 500, at least 50: the customers. */
export const chunksOf500: Send = sendAs({ slices: { min: 50, max: 500 } });

/** A list in chunks of up to 100, at least 10. */
export const chunksOf100: Send = sendAs({ slices: { min: 10, max: 100 } });

/** A list in chunks of up to 50. */
export const chunksOf50: Send = sendAs({ slices: { min: 1, max: 50 } });

/** The visits of a customer, of which the API gives 365 days at a time. */
export const checkinWindows: Send = sendAs({
	slices: { min: 1, max: 50 },
	windows: { from: 'fromDate', to: 'toDate', days: 365, id: 'checkinId' },
});

/** A request that the user puts together. */
export const sendFree: Send = sendAs({ isFree: true });

export function sendAs(plan: Plan): Send {
	return async function (this, requestData) {
		const item = this.getItemIndex();
		const run = joinRun(this);
		let studio: Studio | undefined;
		try {
			const input = plan.isFree
				? readFreeRequest(this, requestData.options)
				: readRequest(this, requestData.options, plan.reads ?? false);
			const isList = plan.slices !== undefined || (plan.isFree === true && followsChunks(this));
			const upload = plan.file && readUpload(this, plan.file, input.body);
			const download = readDownload(this);
			const patience = readPatience(this, run.signal);
			const limit = plan.slices ? readLimit(this, MOST_RECORDS_PER_ITEM) : Infinity;
			const want = { limit, most: MOST_RECORDS_PER_ITEM };
			const shape = readShape(this);
			const name = chosenStudio(this);
			if (name !== undefined) {
				// Before anything is sent for any item, as with all other input.
				studioNamed(await run.share(async () => await readStudios(this)), name);
			}

			// More at a time than fit into a minute would only wait for one another.
			const atOnce = input.repeatable ? Math.min(READS_AT_ONCE, patience.requestsPerMinute) : 1;
			const files: Files[] = [];
			const records = await run.take(atOnce, async () => {
				studio = await pickStudio(this, name);
				const chosen = studio;
				const request = upload ? { ...input, form: await upload.form() } : input;
				const received = async (some: unknown[]) => {
					if (!download) return;
					const rules = { studio: chosen, settings: request.settings, patience };
					const keepsGoing = this.continueOnFail();
					files.push(...(await fetchFiles(this, run, some, download, rules, keepsGoing)));
				};
				const asked = { request, patience, received };
				return isList
					? await readList(this, chosen, asked, plan, want)
					: await readAnswer(this, chosen, asked);
			});
			if (records === undefined) return [];
			if (records.length > MOST_RECORDS_PER_ITEM) {
				throw new RequestFault('The answer has more records than n8n takes from one input item');
			}
			const outcome = records === NOTHING ? [acted(this, input)] : shapeRecords(records, shape);
			const hasColumn = download !== undefined && shape.mode === 'flat';
			return outcome.map((json, index) => ({
				json: withProblem(json, files[index], hasColumn),
				...(files[index]?.binary && { binary: files[index].binary }),
				pairedItem: { item },
			}));
		} catch (error) {
			if (run.hasFailed) return [];
			const failure = toNodeError(this.getNode(), error, item, studio?.baseUrl);
			if (this.continueOnFail()) {
				return [{ json: { error: failure.message }, pairedItem: { item } }];
			}
			run.fail();
			throw failure;
		}
	};
}

/** A request, and who is told of the records of its answers before anything else is asked for. */
interface Asked {
	request: ApiRequest;
	patience: Patience;
	received(records: unknown[]): Promise<void>;
}

async function readAnswer(
	context: ApiContext,
	studio: Studio,
	{ request, patience, received }: Asked,
): Promise<unknown[]> {
	const records = recordsOf(await ask(context, studio, request, patience));
	await received(records);
	return records;
}

async function readList(
	context: IExecutePaginationFunctions,
	studio: Studio,
	{ request, patience, received }: Asked,
	{ slices, windows }: Plan,
	want: Want,
): Promise<unknown[]> {
	const list = async (query: IDataObject) =>
		await followChunks(
			async (chunk) =>
				await ask(context, studio, { ...request, query: { ...query, ...chunk } }, patience),
			slices,
			want,
			received,
		);
	const today = toDate(Date.now(), context.getTimezone());
	return windows && needsWindows(request.query, windows, want, today)
		? await followWindows(list, request.query, windows, want, today)
		: await list(request.query);
}

/**
 * Sends one request within the limits and gives the body of its answer.
 *
 * @throws what {@link toNodeError} turns into an n8n error
 */
export async function ask(
	context: ApiContext,
	studio: Studio,
	request: ApiRequest,
	patience: Patience,
): Promise<unknown> {
	const answer = await deliver(context, studio, request, patience);
	const fault = faultOf(answer, request, studio);
	if (fault) throw fault;
	return answer.body;
}

/** Stands for an empty answer, which is not an empty list. */
const NOTHING: unknown[] = [];

function recordsOf(body: unknown): unknown[] {
	if (Array.isArray(body)) return body;
	const isNothing = body === '' || body === null || body === undefined || saysNothing(body);
	return isNothing ? NOTHING : [body];
}

/** The API answers some writes with an object that has no properties, or but `success: "true"`. */
function saysNothing(body: unknown): boolean {
	if (typeof body !== 'object' || body === null) return false;
	const { success, ...others } = body as IDataObject;
	return Object.keys(others).length === 0 && String(success) !== 'false';
}

/**
 * The item stays although a file is missing, and says why.
 *
 * @param hasColumn a sheet has the column whether or not a file is missing
 */
function withProblem(json: IDataObject, files: Files | undefined, hasColumn: boolean): IDataObject {
	const problem = files?.problem;
	if (problem === undefined && !hasColumn) return json;
	return { ...json, downloadError: problem ?? null };
}

function acted(context: IExecutePaginationFunctions, { template }: ApiRequest): IDataObject {
	return { success: true, ...readIds(context, placesOf(template)) };
}
