/** Drops events that were run before: PerfectGym Next sends an event again when it got no answer. */

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { messageOf } from '../transport/errors';
import { pause } from '../transport/pause';
import { studioNameOf } from './studios';

/** How often the store is asked before an event is passed on without it. */
const STORE_ATTEMPTS = 3;
/**
 * When an event is passed on although the store has not answered. n8n usually takes a few ms, and some
 * seconds on a very busy machine.
 */
const STORE_DEADLINE_MS = 10_000;
/**
 * The pause between claims, as a multiple of the time that n8n's store takes. Two processes that claim
 * within that time do not see each other. The store takes a few ms while it is small, and 100 ms or more
 * once it is full.
 */
const PAUSE_FACTOR = 4;
const MIN_PAUSE_MS = 100;
const MAX_PAUSE_MS = 1000;
/** The pause in a process that runs alone. For each read, n8n reads the whole store. */
const SINGLE_PAUSE_MS = 250;

/**
 * When claims are checked again. n8n usually needs less time than this to read its store and write it
 * back, but a second or more on a busy machine.
 */
const CONFIRM_AFTER_MS = [300, 1500, 5000];
/** How often the checks start over because a claim was gone. */
const MAX_CONFIRMATIONS = 5;

/** An execution that waits to learn which of its claims are new. */
interface WaitingClaim {
	context: IExecuteFunctions;
	claims: readonly string[];
	maxEntries: number;
	/** @param absent the claims that were not in the store; undefined when the store fails */
	resolve(absent: ReadonlySet<string> | undefined): void;
	reject(error: unknown): void;
}

/** The executions in this process that wait for the store, by workflow and node. */
const queues = new Map<string, WaitingClaim[]>();

/**
 * Which events an execution runs, by the object that n8n keeps for its run of the node. The object is
 * the same when Retry On Fail calls the node again, so a second try does not take the claims of the
 * first one for those of a duplicate. It is freed with the execution, and the decision with it.
 */
const decisions = new WeakMap<object, Promise<ReadonlySet<string>>>();

let isReceiver = false;

/** How long the store took to answer last, in ms, by workflow and node. */
const storeTimes = new Map<string, number>();

/**
 * Records that this process has accepted an event. In n8n's queue mode other processes run what it
 * accepts. A process that accepts and runs events is the only one that does.
 */
export function noteReception(): void {
	isReceiver = true;
}

/**
 * Keeps the items of events that have not run before, with n8n's stored deduplication. n8n reads,
 * changes and writes that store as a whole, so the executions of this process use it one after the
 * other. Other processes can read it at the same moment and find nothing either. So an execution that
 * finds nothing places a second claim after a random pause, and runs only if that claim is new too.
 * The first one to place it always runs, so no event is lost.
 *
 * @param maxEvents how many events are remembered for the node
 * @param isMany whether the events come from many studios. Two studios may send events with the same
 *   uuid: the documentation does not rule it out.
 * @returns all items when the store fails or does not answer: a second run is better than a lost event
 */
export async function dropDuplicates(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	maxEvents: number,
	isMany: boolean,
): Promise<INodeExecutionData[]> {
	const events = items.map((item) => eventOf(item, isMany));
	const known = [...new Set(events)].filter((event) => event !== undefined);
	const run = context.getExecuteData();
	const decision = decisions.get(run) ?? decide(context, known, maxEvents);
	decisions.set(run, decision);
	const fresh = await decision;
	return items.filter((_item, index) => {
		const event = events[index];
		return event === undefined || fresh.has(event);
	});
}

/** @returns what identifies the event of an item; undefined for an item that is not an event */
function eventOf({ json }: INodeExecutionData, isMany: boolean): string | undefined {
	if (typeof json.uuid !== 'string') return undefined;
	return isMany ? `${json.uuid} ${studioNameOf(json)}` : json.uuid;
}

/** @returns the events that have not run before */
async function decide(
	context: IExecuteFunctions,
	events: string[],
	maxEvents: number,
): Promise<ReadonlySet<string>> {
	if (events.length === 0) return new Set();
	// With several processes, each event has two claims.
	const maxEntries = isReceiver ? maxEvents : maxEvents * 2;
	const absent = await claim(context, events, maxEntries);
	if (absent === undefined) return new Set(events);
	if (isReceiver || absent.size === 0) return absent;
	return await claimAgain(context, [...absent], maxEntries);
}

/** @returns the events whose second claim was placed here first; all of them when the store fails */
async function claimAgain(
	context: IExecuteFunctions,
	events: string[],
	maxEntries: number,
): Promise<ReadonlySet<string>> {
	await pause(Math.random() * pauseMs(queueNameOf(context)), context.getExecutionCancelSignal());
	const claims = [...events, ...events.map(secondClaim)];
	const absent = await claim(context, claims, maxEntries);
	if (absent === undefined) return new Set(events);

	void confirm(context, claims, maxEntries);
	return new Set(events.filter((event) => absent.has(secondClaim(event))));
}

/**
 * Makes sure that the claims stay while the execution goes on: another process may write an older
 * state of the store over them. A process that read the store before they were in it has written it
 * by the last check.
 */
async function confirm(
	context: IExecuteFunctions,
	claims: string[],
	maxEntries: number,
): Promise<void> {
	for (let count = 0; count < MAX_CONFIRMATIONS; count++) {
		if (await isConfirmed(context, claims, maxEntries)) return;
	}
}

/** @returns true when the claims stayed through all checks, or when the store fails */
async function isConfirmed(
	context: IExecuteFunctions,
	claims: string[],
	maxEntries: number,
): Promise<boolean> {
	for (const delay of CONFIRM_AFTER_MS) {
		await sleep(delay);
		const absent = await claim(context, claims, maxEntries);
		if (absent === undefined) return true;
		if (absent.size > 0) return false;
	}
	return true;
}

function secondClaim(event: string): string {
	return `${event} runs`;
}

/**
 * @returns the claims that were not in the store; each is reported to one execution only. Undefined
 *   when the store fails.
 */
async function claim(
	context: IExecuteFunctions,
	claims: readonly string[],
	maxEntries: number,
): Promise<ReadonlySet<string> | undefined> {
	const queueName = queueNameOf(context);
	return await new Promise((resolve, reject) => {
		const entry: WaitingClaim = { context, claims, maxEntries, resolve, reject };
		const queue = queues.get(queueName);
		if (queue) {
			queue.push(entry);
		} else {
			queues.set(queueName, [entry]);
			void serveQueue(queueName);
		}
	});
}

function queueNameOf(context: IExecuteFunctions): string {
	return `${context.getWorkflow().id} ${context.getNode().name}`;
}

/** @returns the ms by which random pauses between claims are scaled */
function pauseMs(queueName: string): number {
	if (isReceiver) return SINGLE_PAUSE_MS;
	const wanted = PAUSE_FACTOR * (storeTimes.get(queueName) ?? 0);
	return Math.min(Math.max(MIN_PAUSE_MS, wanted), MAX_PAUSE_MS);
}

/** Places the claims of all waiting executions together, until none is left. */
async function serveQueue(queueName: string): Promise<void> {
	for (let batch = queues.get(queueName); batch?.length; batch = queues.get(queueName)) {
		queues.set(queueName, []);
		await settle(batch);
		// Executions that arrive in between share the next read. Random, since processes would otherwise
		// keep meeting.
		await sleep(pauseMs(queueName) * (0.5 + Math.random()));
	}
	queues.delete(queueName);
}

async function settle(batch: WaitingClaim[]): Promise<void> {
	const [{ context, maxEntries }] = batch;
	const claims = [...new Set(batch.flatMap((entry) => entry.claims))];
	try {
		const absent = await place(context, claims, maxEntries);
		const left = new Set(absent);
		for (const entry of batch) {
			const own = entry.claims.filter((one) => left.delete(one));
			entry.resolve(absent && new Set(own));
		}
	} catch (error) {
		for (const entry of batch) entry.reject(error);
	}
}

/** @returns the claims that were not in the store before; undefined when the store fails */
async function place(
	context: IExecuteFunctions,
	claims: string[],
	maxEntries: number,
): Promise<string[] | undefined> {
	const start = performance.now();
	const processed = await tryToPlace(context, claims, maxEntries);
	if (processed) {
		storeTimes.set(queueNameOf(context), performance.now() - start);
		// A claim that the store does not mention is new.
		return claims.filter((one) => !processed.has(one));
	}
	// The store may have kept the claims before it failed, so from here on "known" proves nothing.
	// Further attempts only serve to drop later duplicates. The events do not wait for a store that hangs.
	for (let count = 1; count < STORE_ATTEMPTS; count++) {
		if (performance.now() - start >= STORE_DEADLINE_MS) break;
		if (await tryToPlace(context, claims, maxEntries)) break;
	}
	return undefined;
}

/** @returns the claims that were in the store; undefined when the store fails, which is logged */
async function tryToPlace(
	context: IExecuteFunctions,
	claims: string[],
	maxEntries: number,
): Promise<ReadonlySet<string> | undefined> {
	try {
		const { processed } = await withDeadline(
			context.helpers.checkProcessedAndRecord([...claims], 'node', { mode: 'entries', maxEntries }),
		);
		return new Set(processed.map(String));
	} catch (error) {
		context.logger.warn(`n8n could not remember the event: ${messageOf(error)}`);
		return undefined;
	}
}

/** @throws when the store has not answered after {@link STORE_DEADLINE_MS} */
async function withDeadline<T>(answer: Promise<T>): Promise<T> {
	const answered = new AbortController();
	const deadline = async (): Promise<never> => {
		await pause(STORE_DEADLINE_MS, answered.signal);
		throw new Error(`it does not answer in ${STORE_DEADLINE_MS} ms`);
	};
	try {
		return await Promise.race([answer, deadline()]);
	} finally {
		answered.abort();
	}
}
