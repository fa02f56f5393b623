import type { IExecutePaginationFunctions } from 'n8n-workflow';

import { joinRun, Run } from '../../../nodes/PerfectGymNext/transport/run';

const ITEMS = [...Array(20).keys()];

/** Work that lasts until it is told to end. */
class Works {
	started: number[] = [];

	private readonly ends = new Map<number, () => void>();

	of(item: number): () => Promise<number> {
		return async () => {
			this.started.push(item);
			await new Promise<void>((resolve) => this.ends.set(item, resolve));
			return item;
		};
	}

	/** Ends one work and lets all that follows from it happen. */
	async end(item: number): Promise<void> {
		this.ends.get(item)?.();
		await settle();
	}
}

async function settle(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}

describe('the items of a run', () => {
	test('read eight at a time, in their order', async () => {
		const run = new Run(0);
		const works = new Works();
		const outcomes = ITEMS.map(async (item) => await run.take(8, works.of(item)));
		await settle();
		expect(works.started).toEqual(ITEMS.slice(0, 8));

		await works.end(3);
		expect(works.started).toEqual(ITEMS.slice(0, 9));
		for (const item of ITEMS) await works.end(item);
		expect(await Promise.all(outcomes)).toEqual(ITEMS);
	});

	test('write one by one, in their order', async () => {
		const run = new Run(0);
		const works = new Works();
		const outcomes = ITEMS.map(async (item) => await run.take(1, works.of(item)));
		await settle();
		for (const item of ITEMS) {
			expect(works.started).toEqual(ITEMS.slice(0, item + 1));
			await works.end(item);
		}
		expect(await Promise.all(outcomes)).toEqual(ITEMS);
	});

	test('go on when others come after all have ended', async () => {
		const run = new Run(0);
		for (const item of ITEMS) expect(await run.take(1, async () => item)).toBe(item);
	});

	test('do not slip in between one that ends and one that waits', async () => {
		const run = new Run(0);
		const works = new Works();
		const outcomes = [0, 1].map(async (item) => await run.take(1, works.of(item)));
		await settle();
		await works.end(0);
		outcomes.push(run.take(1, works.of(2)));
		await settle();
		expect(works.started).toEqual([0, 1]);

		await works.end(1);
		await works.end(2);
		expect(await Promise.all(outcomes)).toEqual([0, 1, 2]);
	});

	test('do not begin before all of them have been checked', () => {
		const run = new Run(0);
		const works = new Works();
		void run.take(8, works.of(0));
		void run.take(8, works.of(1));
		expect(works.started).toEqual([]);
	});

	test('make way for the next when one fails', async () => {
		const run = new Run(0);
		const failure = new Error('refused');
		const first = run.take(1, async () => {
			throw failure;
		});
		const second = run.take(1, async () => 'done');
		await expect(first).rejects.toBe(failure);
		expect(await second).toBe('done');
	});

	test.each([
		['reads', 8],
		['writes', 1],
	])('are not sent after one has failed for good: %s', async (_kind, places) => {
		const run = new Run(0);
		const works = new Works();
		const outcomes = ITEMS.map(async (item) => await run.take(places, works.of(item)));
		await settle();
		const started = [...works.started];

		run.fail();
		for (const item of started) await works.end(item);

		expect(works.started).toEqual(started);
		const expected = ITEMS.map((item) => (started.includes(item) ? item : undefined));
		expect(await Promise.all(outcomes)).toEqual(expected);
		expect(await run.take(places, async () => 'late')).toBeUndefined();
	});
});

describe('a run that n8n has given up', () => {
	test('sends nothing when fewer items have joined than were expected', async () => {
		const run = new Run(0, 3);
		for (const item of [0, 1]) expect(run.join(item)).toBe(true);
		expect(await run.take(1, async () => 'sent')).toBeUndefined();
	});

	test('is none when all have joined', async () => {
		const run = new Run(0, 2);
		for (const item of [0, 1]) run.join(item);
		expect(await run.take(1, async () => 'sent')).toBe('sent');
	});
});

describe('a run', () => {
	/** What n8n hands to the function that sends: the execution data are the same for all items. */
	function context(execution: object, item: number): IExecutePaginationFunctions {
		return {
			getExecuteData: () => execution,
			getItemIndex: () => item,
			getNodeParameter: () => ({}),
			continueOnFail: () => false,
			getExecutionCancelSignal: () => undefined,
		} as unknown as IExecutePaginationFunctions;
	}

	test.each([
		['it can be cancelled', new AbortController().signal],
		['it cannot be cancelled', undefined],
	])('ends its waits when one item has failed, where %s', (_whether, cancelled) => {
		const run = new Run(0, undefined, cancelled);
		expect(run.signal.aborted).toBe(false);
		run.fail();
		expect(run.signal.aborted).toBe(true);
		expect(run.hasFailed).toBe(true);
	});

	test('ends its waits when the execution is cancelled, which is no failure', () => {
		const controller = new AbortController();
		const run = new Run(0, undefined, controller.signal);
		controller.abort();
		expect(run.signal.aborted).toBe(true);
		expect(run.hasFailed).toBe(false);
	});

	test('has all items of one execution', () => {
		const execution = {};
		const runs = [0, 1, 5].map((item) => joinRun(context(execution, item)));
		expect(new Set(runs).size).toBe(1);
	});

	test('is another one for another execution', () => {
		const first = joinRun(context({}, 0));
		expect(joinRun(context({}, 1))).not.toBe(first);
	});

	test('is another one when n8n tries again with the same execution data', () => {
		const execution = {};
		const first = joinRun(context(execution, 0));
		const second = joinRun(context(execution, 0));
		expect(second).not.toBe(first);
		expect(joinRun(context(execution, 1))).toBe(second);

		const third = joinRun(context(execution, 0));
		expect([first, second]).not.toContain(third);
	});

	test('is another one when n8n tries again with some of the items', () => {
		const execution = {};
		const [first] = [0, 1, 2].map((item) => joinRun(context(execution, item)));
		expect(joinRun(context(execution, 2))).not.toBe(first);
	});
});
