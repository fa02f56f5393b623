/** Runs an operation for all items of the node: reads and checks the input, sends the requests, shapes the output. */

import type { IDataObject, IHttpRequestMethods, INodeExecutionData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { StudioFields } from './additionalInformation';
import { notAList, readChunks } from './chunks';
import { needsDateRanges, readDateRanges } from './dateRanges';
import { toDate } from './dates';
import type { ReadRecord } from './files';
import { Downloads, withFiles } from './files';
import { ApiError } from './errors';
import { failedItem, toNodeError } from './nodeErrors';
import type { Operation, Operations } from './operations';
import { toRequest } from './operations';
import { hasAdditionalInformation, isEmptyAnswer, shapeRecords } from './output';
import { request } from './request';
import { Semaphore } from './semaphore';
import type { Batching } from './settings';
import type { Studio } from './studio';
import type { FailedInput, Task } from './tasks';
import { checkStudio } from './studioCheck';
import { readTasks, StudioReader } from './tasks';
import type { ApiRequest, NodeRun } from './types';

/** Reads that the node sends at the same time. Writes go one by one, in the order of the items. */
const CONCURRENT_READS = 8;
const FORBIDDEN = 403;
const FIELDS_FORBIDDEN =
	'Additional information has IDs instead of names, since the API key does not have the scope ADDITIONAL_INFORMATION_READ. Ask PerfectGym to grant it to your integration, or turn off "Additional Information as Columns".';

/**
 * @returns the output items in the order of the input, each linked to its input item
 * @throws n8n's error, with the index of its item, unless On Error lets the node continue
 */
export async function execute(
	run: NodeRun,
	operation: Operation,
	operations: Operations,
): Promise<INodeExecutionData[]> {
	const { tasks, batching } = await readTasks(run, operation, operations);
	const outputs = await new Sender(run, operation, operations).sendAll(tasks, batching);
	return outputs.flat();
}

/** Sends the tasks of one execution, and stops when one of them fails. */
class Sender {
	/** Aborted when an item fails: waiting items are not sent, and lists are not read further. */
	private readonly failure = new AbortController();

	/** Ends all waiting after a failure, and when the execution is canceled. */
	private readonly signal: AbortSignal;

	private readonly slots = new Semaphore();

	private readonly downloads = new Downloads();

	private readonly studios: StudioReader;

	/** By base URL and key, since each item can have another studio. */
	private readonly studioFields = new Map<string, Promise<StudioFields | undefined>>();

	constructor(
		private readonly run: NodeRun,
		private readonly operation: Operation,
		private readonly operations: Operations,
	) {
		const canceled = run.context.getExecutionCancelSignal();
		const failed = this.failure.signal;
		this.studios = new StudioReader(run);
		this.signal = canceled ? AbortSignal.any([canceled, failed]) : failed;
	}

	/** @returns the output of each task, in their order */
	async sendAll(
		tasks: ReadonlyArray<Task | FailedInput>,
		batching: Batching | undefined,
	): Promise<INodeExecutionData[][]> {
		const outputs: INodeExecutionData[][] = [];
		const running: Array<Promise<void>> = [];
		let firstError: unknown;
		for (const [index, task] of tasks.entries()) {
			if (batching && index > 0 && index % batching.size === 0) await this.pause(batching);
			if ('error' in task) {
				outputs[index] = [failedItem(task.error, task.item)];
				continue;
			}
			await this.slots.acquire(concurrencyOf(task));
			if (this.signal.aborted) break;
			const sending = this.send(task)
				.then((output) => {
					outputs[index] = output;
				})
				.catch((error: unknown) => {
					firstError ??= error;
					this.failure.abort();
				})
				.finally(() => this.slots.release());
			running.push(sending);
		}
		await Promise.all(running);
		if (firstError !== undefined) throw firstError;
		this.signal.throwIfAborted();
		return outputs;
	}

	/** @throws n8n's error, unless On Error lets the node continue */
	private async send(task: Task): Promise<INodeExecutionData[]> {
		const { item } = task;
		let studio: Studio | undefined;
		try {
			studio = await this.studios.read(task.studioName, item);
			await checkStudio(this.run.context, studio, task.request.settings);
			this.signal.throwIfAborted();
			const records = await this.perform(task, studio);
			const studioFields = records && (await this.studioFieldsFor(task, studio, records));
			return shapeItems(task, records, studioFields);
		} catch (error) {
			const failure = toNodeError(this.run.node, error, item, studio?.baseUrl);
			if (!this.run.continueOnFail) throw failure;
			return [failedItem(failure, item)];
		}
	}

	/** @returns the records of the answer, or undefined when it is empty */
	private async perform(task: Task, studio: Studio): Promise<ReadRecord[] | undefined> {
		const { upload } = task;
		const apiRequest = upload ? { ...task.request, form: await upload.form() } : task.request;
		if (task.isList) return await this.readList(task, studio, apiRequest);
		const answer = await this.request(task, studio, apiRequest);
		// A read that returns nothing found nothing. A write without an answer has succeeded.
		const { repeatable } = task.request;
		if (isEmptyAnswer(answer)) return repeatable ? [] : undefined;
		if (!repeatable && Array.isArray(answer) && answer.length === 0) return undefined;
		return await this.addFiles(task, studio, Array.isArray(answer) ? answer : [answer]);
	}

	private async readList(
		task: Task,
		studio: Studio,
		apiRequest: ApiRequest,
	): Promise<ReadRecord[]> {
		const records: ReadRecord[] = [];
		for await (const page of this.pagesOf(task, studio, apiRequest)) {
			for (const record of await this.addFiles(task, studio, page)) records.push(record);
		}
		return records;
	}

	private pagesOf(task: Task, studio: Studio, apiRequest: ApiRequest): AsyncIterable<unknown[]> {
		const { sliceSizes, dateRanges } = this.operation.plan;
		const { limit } = task;
		const chunksOf = (query: ApiRequest['query']) =>
			readChunks(
				async (chunk) =>
					await this.request(task, studio, { ...apiRequest, query: { ...query, ...chunk } }),
				sliceSizes,
				limit,
			);
		if (!dateRanges) return chunksOf(apiRequest.query);

		const today = toDate(Date.now(), this.run.timeZone);
		return needsDateRanges(apiRequest.query, dateRanges, limit, today)
			? readDateRanges(chunksOf, apiRequest.query, dateRanges, limit, today)
			: chunksOf(apiRequest.query);
	}

	private async request(
		{ limits }: Task,
		studio: Studio,
		apiRequest: ApiRequest,
	): Promise<unknown> {
		const { signal } = this;
		return await request(this.run.context, studio, apiRequest, { ...limits, signal });
	}

	private async addFiles(task: Task, studio: Studio, records: unknown[]): Promise<ReadRecord[]> {
		const { download, limits } = task;
		if (!download) return records.map((record) => ({ record }));
		const { signal } = this;
		return await withFiles(records, download, {
			context: this.run.context,
			downloads: this.downloads,
			rules: { studio, settings: task.request.settings, limits: { ...limits, signal } },
			continueOnFail: this.run.continueOnFail,
		});
	}

	/** @returns the fields by whose names additional information comes out, read once per studio */
	private async studioFieldsFor(
		task: Task,
		studio: Studio,
		records: ReadRecord[],
	): Promise<StudioFields | undefined> {
		const { namesFields, shape } = task;
		const read = records.map(({ record }) => record);
		if (namesFields === false || !hasAdditionalInformation(read, shape)) return undefined;
		const key = `${studio.baseUrl} ${studio.apiKey}`;
		const known = this.studioFields.get(key);
		if (known) return await known;
		const reading = this.readStudioFields(task, studio);
		this.studioFields.set(key, reading);
		return await reading;
	}

	/** @returns undefined, with a hint, when nobody asked for names and the key may not read them */
	private async readStudioFields(task: Task, studio: Studio): Promise<StudioFields | undefined> {
		const apiRequest = toRequest(this.operations.get('getAdditionalInformationFields'), {
			idOf: String,
			settings: task.request.settings,
		});
		const reading = this.request(task, studio, apiRequest);
		return await reading.then(
			(definitions) => new StudioFields(asList(definitions)),
			async (error: unknown) => {
				const isForbidden = error instanceof ApiError && error.statusCode === FORBIDDEN;
				if (task.namesFields || !isForbidden) return await Promise.reject(error);
				hint(this.run.context, FIELDS_FORBIDDEN);
				return undefined;
			},
		);
	}

	private async pause({ intervalMs }: Batching): Promise<void> {
		// The signal is checked before the next item is sent.
		await sleep(intervalMs, this.signal).catch(() => undefined);
	}
}

/** More requests than fit into a minute would only wait for one another. */
function concurrencyOf({ request: { repeatable }, limits }: Task): number {
	return repeatable ? Math.min(CONCURRENT_READS, limits.requestsPerMinute) : 1;
}

/** What comes out of a write without an answer, beside its IDs. n8n's nodes say the same of a deletion. */
function doneBy(method: IHttpRequestMethods): IDataObject {
	return method === 'DELETE' ? { deleted: true } : { success: true };
}

function asList(answer: unknown): unknown[] {
	if (isEmptyAnswer(answer)) return [];
	if (Array.isArray(answer)) return answer;
	throw notAList();
}

function hint(context: NodeRun['context'], message: string): void {
	// The way in which older versions of n8n call tools has no hints.
	if ('addExecutionHints' in context)
		context.addExecutionHints({ message, location: 'outputPane' });
}

function shapeItems(
	task: Task,
	records: ReadRecord[] | undefined,
	studioFields: StudioFields | undefined,
): INodeExecutionData[] {
	const pairedItem = { item: task.item };
	if (!records) return [{ json: { ...doneBy(task.request.method), ...task.ids }, pairedItem }];

	// All rows of a sheet need the column, whether or not a file is missing.
	const hasErrorColumn = task.download !== undefined && task.shape.mode === 'flat';
	const shaped = shapeRecords(
		records.map(({ record }) => record),
		task.shape,
		{ owner: task.owner, studioFields },
	);
	return records.map(({ binary, downloadError }, index) => ({
		json:
			downloadError !== undefined || hasErrorColumn
				? { ...shaped[index], downloadError: downloadError ?? null }
				: shaped[index],
		...(binary && { binary }),
		pairedItem,
	}));
}
