/** Lets the items of one run of the node take turns. */

import type { IExecutePaginationFunctions } from 'n8n-workflow';

/** Reads of one run that are on their way at a time. */
const READS_AT_ONCE = 8;

/** The items of one run; n8n starts them all at once. */
export class Run {
	private running = 0;

	private readonly waiting: Array<() => void> = [];

	private failed = false;

	constructor(public lastItem: number) {}

	/**
	 * Does the work when it is its turn: reads up to eight at a time, writes one by one in the order
	 * of the items.
	 *
	 * @returns the work's result, or undefined when another item had failed for good by then
	 */
	async take<T>(repeatable: boolean, work: () => Promise<T>): Promise<T | undefined> {
		await this.enter(repeatable ? READS_AT_ONCE : 1);
		try {
			return this.failed ? undefined : await work();
		} finally {
			this.leave();
		}
	}

	/** From now on items that still wait are not sent. */
	fail(): void {
		this.failed = true;
	}

	private async enter(places: number): Promise<void> {
		if (this.running >= places) {
			await new Promise<void>((resolve) => this.waiting.push(resolve));
			return;
		}
		this.running++;
		// n8n calls us for all items in one go: leaving this turn of the event loop lets the input of
		// every item be checked before the first request is sent.
		await Promise.resolve();
	}

	/** Hands the place on, so that nobody slips in between. */
	private leave(): void {
		const next = this.waiting.shift();
		if (next) next();
		else this.running--;
	}
}

const runs = new WeakMap<object, Run>();

/**
 * The run that an item belongs to. n8n hands all items of a run the same execution data, but the
 * same once more when the node's "Retry On Fail" tries again; items come in ascending order, so one
 * that does not ascend begins another run.
 */
export function joinRun(context: IExecutePaginationFunctions): Run {
	const execution = context.getExecuteData();
	const item = context.getItemIndex();
	let run = runs.get(execution);
	if (!run || item <= run.lastItem) {
		run = new Run(item);
		runs.set(execution, run);
	}
	run.lastItem = item;
	return run;
}
