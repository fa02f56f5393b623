/** Drops events that were run before: PerfectGym Next sends an event again when it got no answer. */

import { sleep, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

/** How often the store is asked before an event is passed on without it. */
const ATTEMPTS = 3;
/** The second look comes after a pause of up to this, by chance; the store takes some ms of it. */
const LONGEST_PAUSE_MS = 400;

/** The last turn that was given away, by workflow and node. */
const turns = new Map<string, Promise<unknown>>();

/**
 * Keeps the items of events that have not been run before, by their uuid, with n8n's stored
 * deduplication. n8n reads, changes and writes that store as a whole, so executions in this process
 * take turns. Those of other processes cannot: two that look at the same moment both find nothing.
 * So whoever finds nothing looks for a second mark, after a pause of another length for each, and
 * runs only if it is the first to set that. Whoever sets it first always runs: no event is lost.
 *
 * @param most how many uuids are remembered for the node
 * @returns all items when the store fails: a second run is better than a lost event
 */
export async function dropRepeats(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	most: number,
): Promise<INodeExecutionData[]> {
	const uuids = [...new Set(items.map(({ json }) => String(json.uuid)))];
	if (uuids.length === 0) return items;
	// Each uuid has two marks.
	const entries = most * 2;
	const unknown = await inTurn(context, async () => await findUnknown(context, uuids, entries));
	if (unknown === undefined) return items;
	if (unknown.length === 0) return [];

	await sleep(Math.random() * LONGEST_PAUSE_MS, context.getExecutionCancelSignal());
	const first = new Set(
		await inTurn(context, async () => await findFirst(context, unknown, entries)),
	);
	return items.filter(({ json }) => first.has(String(json.uuid)));
}

async function inTurn<T>(context: IExecuteFunctions, work: () => Promise<T>): Promise<T> {
	const place = `${context.getWorkflow().id} ${context.getNode().name}`;
	const before = turns.get(place) ?? Promise.resolve();
	const turn = before.then(work);
	// Those who wait do not care how it ended.
	const end = turn.then(
		() => undefined,
		() => undefined,
	);
	turns.set(place, end);
	try {
		return await turn;
	} finally {
		if (turns.get(place) === end) turns.delete(place);
	}
}

/** @returns those without a mark, which they have from here on; undefined when the store fails */
async function findUnknown(
	context: IExecuteFunctions,
	uuids: string[],
	entries: number,
): Promise<string[] | undefined> {
	const unknown = await attempt(context, async () => await mark(context, uuids, entries));
	if (unknown !== undefined) return unknown;
	// The store may have kept the marks before it failed: from here on "known" proves nothing, and
	// marks are tried only for the sake of repeats to come.
	for (let count = 1; count < ATTEMPTS; count++) {
		const kept = await attempt(context, async () => await mark(context, uuids, entries));
		if (kept !== undefined) break;
	}
	return undefined;
}

/** @returns those whose second mark was set here first; all of them when the store fails */
async function findFirst(
	context: IExecuteFunctions,
	uuids: string[],
	entries: number,
): Promise<string[]> {
	const marks = [...uuids, ...uuids.map(secondMark)];
	const absent = await attempt(context, async () => await mark(context, marks, entries));
	if (absent === undefined) return uuids;

	const fresh = new Set(absent);
	// A first mark that is gone again was written over by another process.
	const lost = uuids.filter((uuid) => fresh.has(uuid));
	if (lost.length > 0) await attempt(context, async () => await confirm(context, lost, entries));
	return uuids.filter((uuid) => fresh.has(secondMark(uuid)));
}

function secondMark(uuid: string): string {
	return `${uuid} runs`;
}

/** @returns undefined when the store fails, of which n8n's log tells */
async function attempt<T>(
	context: IExecuteFunctions,
	work: () => Promise<T>,
): Promise<T | undefined> {
	try {
		return await work();
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		context.logger.warn(`n8n's store of known events fails: ${reason}`);
		return undefined;
	}
}

/** @returns those that are not known to have had a mark: what the store does not speak of runs */
async function mark(
	context: IExecuteFunctions,
	uuids: readonly string[],
	entries: number,
): Promise<string[]> {
	const { processed } = await context.helpers.checkProcessedAndRecord([...uuids], 'node', {
		mode: 'entries',
		maxEntries: entries,
	});
	const known = new Set(processed.map(String));
	return uuids.filter((uuid) => !known.has(uuid));
}

/** Marking once more finds the marks there, unless another process has written over them. */
async function confirm(
	context: IExecuteFunctions,
	uuids: readonly string[],
	entries: number,
): Promise<void> {
	let lost = [...uuids];
	for (let count = 1; count <= ATTEMPTS && lost.length > 0; count++) {
		lost = await mark(context, lost, entries);
	}
}
