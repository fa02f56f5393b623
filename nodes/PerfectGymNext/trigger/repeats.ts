/** Drops events that were run before: PerfectGym Next sends an event again when it got no answer. */

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** How often the store is asked before an event is passed on without it. */
const ATTEMPTS = 3;

/** The last turn that was given away, by workflow and node. */
const turns = new Map<string, Promise<unknown>>();

/**
 * Keeps the items of events that have not been run before, by their uuid, with n8n's stored
 * deduplication. n8n reads, changes and writes that store as a whole, so executions in this process
 * take turns, and each mark is confirmed, since another process may have overwritten it.
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
	const ids = [...new Set(items.map(identify))];
	if (ids.length === 0) return items;
	const fresh = await inTurn(context, async () => await findFresh(context, ids, most));
	return items.filter((item) => fresh.has(identify(item)));
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

async function findFresh(
	context: IExecuteFunctions,
	uuids: string[],
	most: number,
): Promise<ReadonlySet<string>> {
	const fresh = await attempt(context, async () => await mark(context, uuids, most));
	if (fresh !== undefined) {
		await attempt(context, async () => await confirm(context, fresh, most));
		return new Set(fresh);
	}
	// The store may have kept the marks before it failed: from here on "known" proves nothing, and
	// marks are tried only for the sake of repeats to come.
	for (let count = 1; count < ATTEMPTS; count++) {
		const kept = await attempt(context, async () => await mark(context, uuids, most));
		if (kept !== undefined) break;
	}
	return new Set(uuids);
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
	most: number,
): Promise<string[]> {
	const { processed } = await context.helpers.checkProcessedAndRecord([...uuids], 'node', {
		mode: 'entries',
		maxEntries: most,
	});
	const known = new Set(processed.map(String));
	return uuids.filter((uuid) => !known.has(uuid));
}

/** Marking once more finds the marks there, unless another process has written over them. */
async function confirm(
	context: IExecuteFunctions,
	uuids: readonly string[],
	most: number,
): Promise<void> {
	let lost = [...uuids];
	for (let count = 1; count <= ATTEMPTS && lost.length > 0; count++) {
		lost = await mark(context, lost, most);
	}
}
