/** Drops events that were run before: PerfectGym Next sends an event again when it got no answer. */

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

/** How often the store is asked before an event is passed on without it. */
const ATTEMPTS = 3;
/** The second look comes after a pause of up to this, by chance; the store takes some ms of it. */
const LONGEST_PAUSE_MS = 400;

/**
 * Under load a process lets about so many ms pass between two looks: each costs n8n the whole store, and
 * those who come in between go together.
 */
const GATHER_MS = 250;
/**
 * Marks are looked at again after such pauses: n8n takes some ms from reading its store to writing it,
 * but on a machine that is busy it can be a second and more.
 */
const LOOKS_MS = [300, 1500, 5000];
/** How often the looks begin anew, since a mark was gone. */
const MOST_KEEPS = 5;

/** An execution that waits to learn which of its marks are new. */
interface Waiting {
	context: IExecuteFunctions;
	marks: readonly string[];
	entries: number;
	/** @param absent the marks that were not there; undefined when the store fails */
	resolve(absent: ReadonlySet<string> | undefined): void;
	reject(error: unknown): void;
}

/** The executions in this process that wait for the store, by workflow and node. */
const queues = new Map<string, Waiting[]>();

let isReceiver = false;

/**
 * Tells that this process has accepted an event. In n8n's queue mode others run what it accepts;
 * where the process that accepts events runs them too, it is the only one.
 */
export function noteReception(): void {
	isReceiver = true;
}

/**
 * Keeps the items of events that have not been run before, with n8n's stored deduplication. n8n
 * reads, changes and writes that store as a whole, so executions in this process take turns, those
 * that wait going together. Those of other processes cannot: two that look at the same moment both
 * find nothing. So whoever finds nothing looks for a second mark, after a pause of another length
 * for each, and runs only if it is the first to set that. Whoever sets it first always runs: no
 * event is lost.
 *
 * @param most how many events are remembered for the node
 * @param isMany whether they come from many studios, of which each may send one event with the same
 *   uuid: nothing documents that they do not
 * @returns all items when the store fails: a second run is better than a lost event
 */
export async function dropRepeats(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	most: number,
	isMany: boolean,
): Promise<INodeExecutionData[]> {
	const identify = ({ json: { uuid, studio } }: INodeExecutionData) =>
		isMany ? `${String(uuid)} ${String((studio as IDataObject).name)}` : String(uuid);
	const events = [...new Set(items.map(identify))];
	if (events.length === 0) return items;
	// Where others may look at the same moment, each event has two marks.
	const entries = isReceiver ? most : most * 2;
	const absent = await markInTurn(context, events, entries);
	if (absent === undefined) return items;
	const fresh =
		isReceiver || absent.size === 0 ? absent : await lookAgain(context, [...absent], entries);
	return items.filter((item) => fresh.has(identify(item)));
}

/** @returns the events whose second mark was set here first; all of them when the store fails */
async function lookAgain(
	context: IExecuteFunctions,
	events: string[],
	entries: number,
): Promise<ReadonlySet<string>> {
	await sleep(Math.random() * LONGEST_PAUSE_MS, context.getExecutionCancelSignal());
	const marks = [...events, ...events.map(secondMark)];
	const absent = await markInTurn(context, marks, entries);
	if (absent === undefined) return new Set(events);

	void keep(context, marks, entries);
	return new Set(events.filter((event) => absent.has(secondMark(event))));
}

/**
 * While the execution goes on, makes sure that its marks stay: another process may write an older
 * state over them. Who has read the store before they were there has written by the last look.
 */
async function keep(context: IExecuteFunctions, marks: string[], entries: number): Promise<void> {
	for (let count = 0; count < MOST_KEEPS; count++) {
		if (await stay(context, marks, entries)) return;
	}
}

/** @returns whether nothing is left to do for the marks: they stay, or the store fails */
async function stay(
	context: IExecuteFunctions,
	marks: string[],
	entries: number,
): Promise<boolean> {
	for (const pause of LOOKS_MS) {
		await sleep(pause);
		const absent = await markInTurn(context, marks, entries);
		if (absent === undefined) return true;
		if (absent.size > 0) return false;
	}
	return true;
}

function secondMark(event: string): string {
	return `${event} runs`;
}

/** @returns the marks that were not there, of which each is told to one execution only */
async function markInTurn(
	context: IExecuteFunctions,
	marks: readonly string[],
	entries: number,
): Promise<ReadonlySet<string> | undefined> {
	const place = `${context.getWorkflow().id} ${context.getNode().name}`;
	return await new Promise((resolve, reject) => {
		const entry: Waiting = { context, marks, entries, resolve, reject };
		const queue = queues.get(place);
		if (queue) {
			queue.push(entry);
		} else {
			queues.set(place, [entry]);
			void serve(place);
		}
	});
}

/** Asks the store for all that wait, again and again until nobody does. */
async function serve(place: string): Promise<void> {
	for (let round = queues.get(place); round?.length; round = queues.get(place)) {
		queues.set(place, []);
		await settle(round);
		// By chance, or processes would keep meeting.
		await sleep(GATHER_MS * (0.5 + Math.random()));
	}
	queues.delete(place);
}

async function settle(round: Waiting[]): Promise<void> {
	const [{ context, entries }] = round;
	const marks = [...new Set(round.flatMap((entry) => entry.marks))];
	try {
		const absent = await mark(context, marks, entries);
		const left = new Set(absent);
		for (const entry of round) {
			const own = entry.marks.filter((one) => left.delete(one));
			entry.resolve(absent && new Set(own));
		}
	} catch (error) {
		for (const entry of round) entry.reject(error);
	}
}

/** @returns those that were not known to have been there; undefined when the store fails */
async function mark(
	context: IExecuteFunctions,
	marks: string[],
	entries: number,
): Promise<string[] | undefined> {
	const processed = await attempt(context, marks, entries);
	// What the store does not speak of runs.
	if (processed) return marks.filter((one) => !processed.has(one));
	// The store may have kept the marks before it failed: from here on "known" proves nothing, and
	// marks are tried only for the sake of repeats to come.
	for (let count = 1; count < ATTEMPTS; count++) {
		if (await attempt(context, marks, entries)) break;
	}
	return undefined;
}

/** @returns the marks that were there; undefined when the store fails, of which n8n's log tells */
async function attempt(
	context: IExecuteFunctions,
	marks: string[],
	entries: number,
): Promise<ReadonlySet<string> | undefined> {
	try {
		const { processed } = await context.helpers.checkProcessedAndRecord([...marks], 'node', {
			mode: 'entries',
			maxEntries: entries,
		});
		return new Set(processed.map(String));
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		context.logger.warn(`n8n's store of known events fails: ${reason}`);
		return undefined;
	}
}
