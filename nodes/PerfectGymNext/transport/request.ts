/** The way of every request: read the input, take a turn, deliver, follow chunks, shape the items. */

import type {
	DeclarativeRestApiSettings,
	IDataObject,
	IExecutePaginationFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

import type { SliceSizes } from './chunks';
import { followChunks } from './chunks';
import { deliver } from './delivery';
import { faultOf, toNodeError } from './errors';
import { RequestFault } from './fault';
import type { Files } from './files';
import { fetchFiles, readDownload } from './files';
import { readIds, readLimit, readPatience, readRequest, readShape } from './input';
import { shapeRecords } from './output';
import { placesOf } from './path';
import { joinRun } from './run';
import type { Studio } from './studio';
import { pickStudio } from './studio';
import type { ApiContext, ApiRequest, Patience } from './types';
import type { FilePlan } from './upload';
import { readUpload } from './upload';

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

export function sendAs(plan: Plan): Send {
	return async function (this, requestData) {
		const item = this.getItemIndex();
		const run = joinRun(this);
		let studio: Studio | undefined;
		try {
			const input = readRequest(this, requestData.options, plan.reads ?? false);
			const upload = plan.file && readUpload(this, plan.file, input.body);
			const download = readDownload(this);
			const patience = readPatience(this, run.signal);
			const limit = plan.slices ? readLimit(this, MOST_RECORDS_PER_ITEM) : Infinity;
			const want = { limit, most: MOST_RECORDS_PER_ITEM };
			const shape = readShape(this);

			// More at a time than fit into a minute would only wait for one another.
			const atOnce = input.repeatable ? Math.min(READS_AT_ONCE, patience.requestsPerMinute) : 1;
			const files: Files[] = [];
			const records = await run.take(atOnce, async () => {
				studio = await pickStudio(this);
				const chosen = studio;
				const request = upload ? { ...input, form: await upload.form() } : input;
				const received = async (some: unknown[]) => {
					if (!download) return;
					const rules = { studio: chosen, settings: request.settings, patience };
					const keepsGoing = this.continueOnFail();
					files.push(...(await fetchFiles(this, run, some, download, rules, keepsGoing)));
				};
				if (!plan.slices) {
					const all = recordsOf(await ask(this, chosen, request, patience));
					await received(all);
					return all;
				}
				return await followChunks(
					async (query) =>
						await ask(
							this,
							chosen,
							{ ...request, query: { ...request.query, ...query } },
							patience,
						),
					plan.slices,
					want,
					received,
				);
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
	const isNothing = body === '' || body === null || body === undefined || isEmptyObject(body);
	return isNothing ? NOTHING : [body];
}

/** The API answers some writes with an object that has no properties. */
function isEmptyObject(body: unknown): boolean {
	return typeof body === 'object' && body !== null && Object.keys(body).length === 0;
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
