/** Lets the items of one run of the node take turns. */

import type { IDataObject, IExecutePaginationFunctions, ITaskDataConnections } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { Turns } from './turns';

/** The items of one run; n8n starts them all at once. */
export class Run {
	/** Files that the run fetches take turns of their own, whichever item they belong to. */
	readonly downloads = new Turns();

	private joined = 0;

	private readonly turns = new Turns();

	private shared?: Promise<unknown>;

	private readonly controller = new AbortController();

	/** Ends the waits of all items when one has failed, or when the execution is cancelled. */
	readonly signal: AbortSignal;

	/**
	 * @param expected how many items will join at once, if that is known
	 * @param cancelled the signal of the execution
	 */
	constructor(
		private lastItem: number,
		private readonly expected?: number,
		cancelled?: AbortSignal,
	) {
		const failed = this.controller.signal;
		this.signal = cancelled ? AbortSignal.any([cancelled, failed]) : failed;
	}

	/** @returns whether the item belongs to this run, whose items come in ascending order */
	join(item: number): boolean {
		if (this.joined > 0 && item <= this.lastItem) return false;
		this.lastItem = item;
		this.joined++;
		return true;
	}

	/**
	 * Does the work when it is its turn, in the order of the items.
	 *
	 * @param places how many may be at work at a time
	 * @returns the work's result, or undefined when by then the run has failed or was given up
	 */
	async take<T>(places: number, work: () => Promise<T>): Promise<T | undefined> {
		// n8n calls us for all items in one go: awaiting, even a place that is free, leaves this turn of
		// the event loop, so that the input of every item is checked before the first request is sent.
		await this.turns.enter(places);
		try {
			return this.hasFailed || this.isGivenUp ? undefined : await work();
		} finally {
			this.turns.leave();
		}
	}

	/**
	 * Does the work once for all items, who go on in their order and in one go.
	 *
	 * @throws what the work throws, for each item
	 */
	async share<T>(work: () => Promise<T>): Promise<T> {
		this.shared ??= work();
		return (await this.shared) as T;
	}

	/** From now on nothing is sent for this run: not for items that wait, nor a next chunk. */
	fail(): void {
		this.controller.abort(new Error('Another item of the run has failed'));
	}

	get hasFailed(): boolean {
		return this.controller.signal.aborted;
	}

	/**
	 * n8n evaluates the expressions of an item just before it calls us for it. Where one fails, n8n
	 * ends the node without calling us for the items that are left, nor waiting for those it has
	 * called us for.
	 */
	private get isGivenUp(): boolean {
		return this.expected !== undefined && this.joined < this.expected;
	}
}

const runs = new WeakMap<object, Run>();

/**
 * The run that an item belongs to. n8n hands all items of a run the same execution data, but the
 * same once more when the node's "Retry On Fail" tries again.
 */
export function joinRun(context: IExecutePaginationFunctions): Run {
	const execution = context.getExecuteData();
	const item = context.getItemIndex();
	const known = runs.get(execution);
	if (known?.join(item)) return known;

	const run = new Run(item, expectedItems(context), context.getExecutionCancelSignal());
	run.join(item);
	runs.set(execution, run);
	return run;
}

/** With batching n8n pauses between items, and with continue-on-fail it goes on after any of them. */
function expectedItems(context: IExecutePaginationFunctions): number | undefined {
	const { batching } = context.getNodeParameter('requestOptions', {}) as IDataObject;
	if (batching !== undefined || context.continueOnFail()) return undefined;
	// Not in n8n's types, but what n8n itself counts; without it nothing is expected.
	const { inputData } = context as { inputData?: ITaskDataConnections };
	const items = inputData?.main?.[0] ?? inputData?.[NodeConnectionTypes.AiTool]?.[0];
	return items?.length;
}
