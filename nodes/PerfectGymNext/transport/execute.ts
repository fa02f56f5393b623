/** Runs an operation for all items of the node: reads and checks the input, sends the requests, shapes the output. */

import type { IDataObject, IHttpRequestMethods, INodeExecutionData } from 'n8n-workflow';

import type { StudioFields } from './additionalInformation';
import { readChunks } from './chunks';
import { needsDateRanges, readDateRanges } from './dateRanges';
import { toDate } from './dates';
import { RequestError } from './errors';
import type { ReadRecord } from './files';
import { Downloads, withFiles } from './files';
import { mergeLists } from './merge';
import { failedItem, toNodeError } from './nodeErrors';
import type { Operation, Operations } from './operations';
import { toRequest } from './operations';
import { hasAdditionalInformation, isEmptyAnswer, shapeRecords } from './output';
import { pause } from './pause';
import { request } from './request';
import { Semaphore } from './semaphore';
import { isObject } from './serialize';
import type { Batching } from './settings';
import type { Studio } from './studio';
import type { FailedInput, Task } from './tasks';
import { checkStudio } from './studioCheck';
import { StudioFieldsReader } from './studioFields';
import { readTasks, StudioReader } from './tasks';
import type { ApiRequest, NodeRun } from './types';

/** Reads that the node sends at the same time. Writes go one by one, in the order of the items. */
const CONCURRENT_READS = 8;

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

	private readonly studioFields: StudioFieldsReader;

	constructor(
		private readonly run: NodeRun,
		private readonly operation: Operation,
		private readonly operations: Operations,
	) {
		const canceled = run.context.getExecutionCancelSignal();
		const failed = this.failure.signal;
		this.studios = new StudioReader(run);
		this.studioFields = new StudioFieldsReader(run.context);
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
				outputs[index] = [failedItem(this.run.node, task.error, task.item)];
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
		try {
			const studio = await this.studios.read(task.studioName, item);
			await checkStudio(this.run.context, studio, task.request.settings);
			this.signal.throwIfAborted();
			const records = await this.perform(task, studio);
			const studioFields = records && (await this.studioFieldsFor(task, studio, records));
			return shapeItems(task, records, studioFields);
		} catch (error) {
			const failure = toNodeError(this.run.node, error, item);
			if (!this.run.continueOnFail) throw failure;
			return [failedItem(this.run.node, failure, item)];
		}
	}

	/** @returns the records of the answer, or undefined when it is empty */
	private async perform(task: Task, studio: Studio): Promise<ReadRecord[] | undefined> {
		const apiRequest = await this.complete(task, studio);
		if (task.isList) return await this.readList(task, studio, apiRequest);
		const answer = await this.request(task, studio, apiRequest);
		// The API returns the whole list, which the user did not ask for.
		if (this.operation.plan.merge) return undefined;
		// A read that returns nothing found nothing. A write without an answer has succeeded.
		const { repeatable } = task.request;
		if (isEmptyAnswer(answer)) return repeatable ? [] : undefined;
		if (!repeatable && Array.isArray(answer) && answer.length === 0) return undefined;
		return await this.addFiles(task, studio, Array.isArray(answer) ? answer : [answer]);
	}

	private async complete(task: Task, studio: Studio): Promise<ApiRequest> {
		const { request: apiRequest, upload, ids } = task;
		const { merge } = this.operation.plan;
		if (upload) return { ...apiRequest, form: await upload.form() };
		if (!merge) return apiRequest;
		// A list that the key may not see looks empty, and the update would delete all of it.
		await this.studioFields.read(studio, async () => await this.readDefinitions(task, studio));
		const read = toRequest(this.operations.get(merge.read), {
			idOf: (name) => String(ids[name]),
			settings: apiRequest.settings,
		});
		const record = await this.request(task, studio, read);
		if (!isObject(record)) throw new RequestError('PerfectGym Next did not return a record');
		return {
			...apiRequest,
			body: mergeLists(record[merge.list], apiRequest.body ?? '[]', merge.key),
		};
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

	/** @returns the fields by whose names additional information comes out */
	private async studioFieldsFor(
		task: Task,
		studio: Studio,
		records: ReadRecord[],
	): Promise<StudioFields | undefined> {
		const { namesFields, shape } = task;
		if (namesFields === false) return undefined;
		const read = records.map(({ record }) => record);
		if (!hasAdditionalInformation(read, shape)) return undefined;
		const definitions = async () => await this.readDefinitions(task, studio);
		return namesFields
			? await this.studioFields.read(studio, definitions)
			: await this.studioFields.readIfAllowed(studio, definitions);
	}

	private async readDefinitions(task: Task, studio: Studio): Promise<unknown> {
		const operation = this.operations.get('getAdditionalInformationFields');
		const { settings } = task.request;
		return await this.request(task, studio, toRequest(operation, { idOf: String, settings }));
	}

	private async pause({ intervalMs }: Batching): Promise<void> {
		// The signal is checked before the next item is sent.
		await pause(intervalMs, this.signal).catch(() => undefined);
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
