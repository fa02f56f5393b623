/** Sends the requests of one poll. */

import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { operations } from '../properties';
import { readChunks } from '../transport/chunks';
import { RequestError } from '../transport/errors';
import { toRequest } from '../transport/operations';
import { isEmptyAnswer } from '../transport/output';
import { rateLimiterFor } from '../transport/rateLimiter';
import { request } from '../transport/request';
import { isObject } from '../transport/serialize';
import type { Studio } from '../transport/studio';
import type { ApiRequest, WaitLimits } from '../transport/types';

/** What a poll compares at most. n8n keeps the state of a workflow in one cell of its database. */
export const MAX_RECORDS = 100_000;
/** What PerfectGym Next allows for an endpoint, to all nodes together. */
const REQUESTS_PER_MINUTE = 1000;
const TIMEOUT_MS = 60_000;

/** The requests of one poll, which go to one studio. */
export class PollReader {
	/** The offset with which the latest chunk was requested; undefined for the beginning of a list. */
	offset?: string;

	private count = 0;

	/** @param limits how fast this node may send requests to each endpoint */
	constructor(
		private readonly context: IPollFunctions,
		readonly studio: Studio,
		private readonly limits: WaitLimits,
	) {}

	/** @returns the body of the answer */
	async read(id: string, query: IDataObject = {}): Promise<unknown> {
		const apiRequest = toRequest(operations.get(id), {
			idOf: String,
			query,
			settings: { timeout: TIMEOUT_MS },
		});
		return await request(this.context, this.studio, apiRequest, {
			...this.limits,
			requestsPerMinute: REQUESTS_PER_MINUTE,
			beforeAttempt: async () => await this.acquireSlot(apiRequest),
		});
	}

	/** The node has a limit of its own, so that it does not wait for what others send. */
	private async acquireSlot({ method, template }: ApiRequest): Promise<void> {
		const { maxWaitMs, requestsPerMinute } = this.limits;
		const endpoint = `${template} ${nodeKey(this.context)}`;
		const limiter = rateLimiterFor(this.studio, { method, template: endpoint });
		await limiter.acquire({ requestsPerMinute, maxWaitMs, statedMaxWaitMs: maxWaitMs });
	}

	/**
	 * @param from the offset of an earlier chunk to start with
	 * @returns the records of each chunk of a list
	 * @throws {RequestError} when the lists of this poll have more than {@link MAX_RECORDS} records
	 */
	async *list(id: string, query: IDataObject, from?: string): AsyncGenerator<IDataObject[], void> {
		this.offset = from;
		const chunks = readChunks(
			async (chunk) => {
				this.offset = chunk.offset;
				const answer = await this.read(id, { ...query, ...chunk });
				// A list that was to continue has not ended.
				const isFirst = chunk.offset === from;
				return isFirst && isEmptyAnswer(answer) ? { result: [], hasNext: false } : answer;
			},
			operations.get(id).plan.sliceSizes,
			Infinity,
			from,
		);
		for await (const records of chunks) {
			this.count += records.length;
			if (this.count > MAX_RECORDS) throw tooMany();
			yield records.filter(isObject);
		}
	}
}

/** @returns what identifies the node in this process */
export function nodeKey(context: IPollFunctions): string {
	return `${context.getWorkflow().id} ${context.getNode().id}`;
}

/** @returns the ID of a record, as text */
export function idOf({ id }: IDataObject): string {
	return String(id);
}

function tooMany(): RequestError {
	return new RequestError(
		`The list has more than ${MAX_RECORDS.toLocaleString('en')} records, which is more than this trigger compares`,
		'Use the PerfectGym Next Trigger, which receives events, or get the list with the PerfectGym Next node.',
	);
}
