import { Semaphore } from '../../../nodes/PerfectGymNext/transport/semaphore';

// Many values or tasks: a slow machine needs more than the default of five seconds.
jest.setTimeout(60_000);

const TASKS = [...Array(20).keys()];

/** Tasks that run until the test ends them. */
class Tasks {
	started: number[] = [];

	private readonly ends = new Map<number, () => void>();

	readonly run = async (task: number): Promise<number> => {
		this.started.push(task);
		await new Promise<void>((resolve) => this.ends.set(task, resolve));
		return task;
	};

	/** Ends one task, and waits for everything that follows from it. */
	async end(task: number): Promise<void> {
		this.ends.get(task)?.();
		await settle();
	}
}

async function settle(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}

/** Runs a task when a slot is free, as the code that uses semaphores does. */
async function runIn<T>(semaphore: Semaphore, slots: number, task: () => Promise<T>): Promise<T> {
	await semaphore.acquire(slots);
	try {
		return await task();
	} finally {
		semaphore.release();
	}
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Runs an action and counts the entries that its collections move or skip, as V8 does: an array moves
 * its entries to remove the first one. A set or a map leaves a hole for each deleted entry, and each new
 * iterator skips the holes, until V8 shrinks the table when only a quarter of it is in use.
 *
 * @throws {Error} as soon as there are more steps than allowed
 */
async function withMaxSteps(maxSteps: number, action: () => Promise<void>): Promise<void> {
	let steps = 0;
	const holes = new WeakMap<object, number>();
	const count = (more: number) => {
		steps += more;
		if (steps > maxSteps) throw new Error(`More than ${maxSteps} steps`);
	};
	const countEntries = (list: unknown) => count((list as unknown[]).length);
	const countHoles = (table: unknown) => count(holes.get(table as object) ?? 0);
	const addHole = (table: unknown) => {
		const { size } = table as Set<unknown>;
		const left = (holes.get(table as object) ?? 0) + 1;
		holes.set(table as object, size < (size + left) / 4 ? 0 : left);
	};
	const restore = [
		...['shift', 'unshift', 'splice', 'slice', 'filter'].map((name) =>
			intercept(Array.prototype, name, countEntries),
		),
		...[Set.prototype, Map.prototype].flatMap((prototype) => [
			intercept(prototype, 'delete', addHole),
			...[Symbol.iterator, 'keys', 'values', 'entries', 'forEach'].map((name) =>
				intercept(prototype, name, countHoles),
			),
		]),
	];
	try {
		await action();
	} finally {
		for (const one of restore) one();
	}
}

/** Observes the calls of a method. @returns a function that ends it */
function intercept(owner: object, name: PropertyKey, observe: (self: unknown) => void): () => void {
	const descriptor = Object.getOwnPropertyDescriptor(owner, name) ?? {};
	const original = descriptor.value as Method;
	const value: Method = function (...args) {
		const result = Reflect.apply(original, this, args);
		observe(this);
		return result;
	};
	Object.defineProperty(owner, name, { ...descriptor, value });
	return () => Object.defineProperty(owner, name, descriptor);
}

describe('tasks', () => {
	test('run eight at a time, in order', async () => {
		const semaphore = new Semaphore();
		const tasks = new Tasks();
		const results = TASKS.map((task) => runIn(semaphore, 8, () => tasks.run(task)));
		await settle();
		expect(tasks.started).toEqual(TASKS.slice(0, 8));

		await tasks.end(3);
		expect(tasks.started).toEqual(TASKS.slice(0, 9));
		for (const task of TASKS) await tasks.end(task);
		expect(await Promise.all(results)).toEqual(TASKS);
	});

	test('run one at a time, in order', async () => {
		const semaphore = new Semaphore();
		const tasks = new Tasks();
		const results = TASKS.map((task) => runIn(semaphore, 1, () => tasks.run(task)));
		await settle();
		for (const task of TASKS) {
			expect(tasks.started).toEqual(TASKS.slice(0, task + 1));
			await tasks.end(task);
		}
		expect(await Promise.all(results)).toEqual(TASKS);
	});

	test('run again after all earlier ones have ended', async () => {
		const semaphore = new Semaphore();
		for (const task of TASKS) {
			expect(await runIn(semaphore, 1, () => Promise.resolve(task))).toBe(task);
		}
	});

	test('free all slots again when they end', async () => {
		const semaphore = new Semaphore();
		await Promise.all(TASKS.map((task) => runIn(semaphore, 3, () => Promise.resolve(task))));
		const tasks = new Tasks();
		const results = TASKS.map((task) => runIn(semaphore, 3, () => tasks.run(task)));
		await settle();
		expect(tasks.started).toEqual([0, 1, 2]);
		for (const task of TASKS) await tasks.end(task);
		expect(await Promise.all(results)).toEqual(TASKS);
	});

	test('cannot get ahead of a waiting task when one ends', async () => {
		const semaphore = new Semaphore();
		const tasks = new Tasks();
		const results = [0, 1].map((task) => runIn(semaphore, 1, () => tasks.run(task)));
		await settle();
		await tasks.end(0);
		results.push(runIn(semaphore, 1, () => tasks.run(2)));
		await settle();
		expect(tasks.started).toEqual([0, 1]);

		await tasks.end(1);
		await tasks.end(2);
		expect(await Promise.all(results)).toEqual([0, 1, 2]);
	});

	test('cannot take the slot between its release and the start of the waiting task', async () => {
		const semaphore = new Semaphore();
		const order: string[] = [];
		await semaphore.acquire(1);
		const waiting = semaphore.acquire(1).then(() => order.push('waiting'));
		semaphore.release();
		const late = semaphore.acquire(1).then(() => order.push('late'));
		await settle();
		expect(order).toEqual(['waiting']);
		semaphore.release();
		await Promise.all([waiting, late]);
		expect(order).toEqual(['waiting', 'late']);
	});

	test('cannot get ahead of a waiting task with a higher limit of their own', async () => {
		const semaphore = new Semaphore();
		const tasks = new Tasks();
		const results = [1, 1, 8].map((slots, task) => runIn(semaphore, slots, () => tasks.run(task)));
		await settle();
		expect(tasks.started).toEqual([0]);
		for (const task of [0, 1, 2]) await tasks.end(task);
		expect(tasks.started).toEqual([0, 1, 2]);
		expect(await Promise.all(results)).toEqual([0, 1, 2]);
	});

	test('release their slot when they fail', async () => {
		const semaphore = new Semaphore();
		const failure = new Error('refused');
		const first = runIn(semaphore, 1, () => Promise.reject(failure));
		const second = runIn(semaphore, 1, () => Promise.resolve('done'));
		await expect(first).rejects.toBe(failure);
		expect(await second).toBe('done');
	});

	test('that wait in a line of 200,000 run in order, with a constant number of steps for each', async () => {
		const COUNT = 200_000;
		const semaphore = new Semaphore();
		await semaphore.acquire(1);
		let next = 0;
		const waiting = Array.from({ length: COUNT }, async (_, task) => {
			await semaphore.acquire(1);
			if (next !== task) throw new Error(`Task ${task} came instead of task ${next}`);
			next++;
			semaphore.release();
		});
		await withMaxSteps(10 * COUNT, async () => {
			semaphore.release();
			await Promise.all(waiting);
		});
		expect(next).toBe(COUNT);
	});
});
