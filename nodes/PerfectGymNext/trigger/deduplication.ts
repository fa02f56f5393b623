/** Drops events that were run before: PerfectGym Next sends an event again when it got no answer. */

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

/** How often the store is asked before an event is passed on without it. */
const STORE_ATTEMPTS = 3;
/** The second claim follows after a random pause of up to this, longer than the store needs. */
const MAX_PAUSE_MS = 400;

/**
 * The average time between two reads of the store under load. Each read costs n8n the whole store, so
 * executions that arrive in between share the next one.
 */
const GATHER_MS = 250;
/**
 * When claims are checked again. n8n usually takes a few ms between reading its store and writing it,
 * but a second and more on a busy machine.
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

let isReceiver = false;

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
 * @returns all items when the store fails: a second run is better than a lost event
 */
export async function dropDuplicates(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	maxEvents: number,
	isMany: boolean,
): Promise<INodeExecutionData[]> {
	const identify = ({ json: { uuid, studio } }: INodeExecutionData) =>
		isMany ? `${String(uuid)} ${String((studio as IDataObject).name)}` : String(uuid);
	const events = [...new Set(items.map(identify))];
	if (events.length === 0) return items;
	// With several processes, each event has two claims.
	const maxEntries = isReceiver ? maxEvents : maxEvents * 2;
	const absent = await claim(context, events, maxEntries);
	if (absent === undefined) return items;
	const fresh =
		isReceiver || absent.size === 0 ? absent : await claimAgain(context, [...absent], maxEntries);
	return items.filter((item) => fresh.has(identify(item)));
}

/** @returns the events whose second claim was placed here first; all of them when the store fails */
async function claimAgain(
	context: IExecuteFunctions,
	events: string[],
	maxEntries: number,
): Promise<ReadonlySet<string>> {
	await sleep(Math.random() * MAX_PAUSE_MS, context.getExecutionCancelSignal());
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
	for (const pause of CONFIRM_AFTER_MS) {
		await sleep(pause);
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
	const queueName = `${context.getWorkflow().id} ${context.getNode().name}`;
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

/** Places the claims of all waiting executions together, until none is left. */
async function serveQueue(queueName: string): Promise<void> {
	for (let batch = queues.get(queueName); batch?.length; batch = queues.get(queueName)) {
		queues.set(queueName, []);
		await settle(batch);
		// Random, since processes would otherwise keep meeting.
		await sleep(GATHER_MS * (0.5 + Math.random()));
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
	const processed = await tryToPlace(context, claims, maxEntries);
	// A claim that the store does not mention is new.
	if (processed) return claims.filter((one) => !processed.has(one));
	// The store may have kept the claims before it failed, so from here on "known" proves nothing.
	// Further attempts only serve to drop later duplicates.
	for (let count = 1; count < STORE_ATTEMPTS; count++) {
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
		const { processed } = await context.helpers.checkProcessedAndRecord([...claims], 'node', {
			mode: 'entries',
			maxEntries,
		});
		return new Set(processed.map(String));
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		context.logger.warn(`n8n's store of known events fails: ${reason}`);
		return undefined;
	}
}
