/** What n8n calls at each of the node's Poll Times, and at Fetch Test Event. */

import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { toNodeError } from '../transport/nodeErrors';
import { hasAdditionalInformation } from '../transport/output';
import { readStudio } from '../transport/studio';
import { checkStudio } from '../transport/studioCheck';
import { StudioFieldsReader } from '../transport/studioFields';
import type { PollFacts } from './items';
import { shapeOf, toItems } from './items';
import type { Change, PollKind } from './kind';
import { pollKinds } from './kinds';
import { nodeKey, PollReader } from './reader';
import type { PollSettings } from './settings';
import { readSettings } from './settings';
import type { PollState } from './state';
import { basisOf, hasState, readState, writeState } from './state';

const FIELD_DEFINITIONS = 'getAdditionalInformationFields';

/** The nodes whose poll has not ended. n8n starts the next one although the last one goes on. */
const running = new Set<string>();

/**
 * @returns the items of what has changed since the last poll; null when nothing has
 * @throws n8n's error when a request fails; the next poll then compares with the same state
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const isTest = context.getMode() === 'manual';
	const node = nodeKey(context);
	if (!isTest && running.has(node)) {
		context.logger.debug('The last poll of this node has not ended, so this one is left out.');
		return null;
	}
	if (!isTest) running.add(node);
	try {
		const run = await prepare(context);
		const items = isTest ? await fetchSample(run) : await fetchChanges(run);
		return items.length > 0 ? [items] : null;
	} catch (error) {
		throw toNodeError(context.getNode(), error, undefined);
	} finally {
		if (!isTest) running.delete(node);
	}
}

/** One poll. */
interface Run {
	context: IPollFunctions;
	settings: PollSettings;
	kind: PollKind;
	reader: PollReader;
}

async function prepare(context: IPollFunctions): Promise<Run> {
	const settings = readSettings(context);
	const kind = pollKinds.find(({ option }) => option.value === settings.event) as PollKind;
	const { requestsPerMinute, maxWaitMs } = settings;
	const studio = await readStudio(context, settings.studioName);
	await checkStudio(context, studio);
	const reader = new PollReader(context, studio, { requestsPerMinute, maxWaitMs });
	return { context, settings, kind, reader };
}

async function fetchSample(run: Run): Promise<INodeExecutionData[]> {
	const change = await run.kind.sample(run.reader, run.settings);
	return change ? await itemsOf(run, [change], { since: 0, revision: 0 }) : [];
}

async function fetchChanges(run: Run): Promise<INodeExecutionData[]> {
	const { context, settings, kind, reader } = run;
	const basis = basisOf(kind, reader.studio, settings);
	const before = readState(context, basis);
	// Only once: a change of the settings must not output all records again.
	const emitExisting = settings.emitExisting && !hasState(context);
	const { changes, after, warning } = await kind.compare(
		reader,
		{ ...settings, emitExisting },
		before?.known,
	);
	const { since, revision } = before ?? { since: Date.now(), revision: 0 };
	const items = await itemsOf(run, changes, { since, revision });
	if (warning !== undefined) context.logger.warn(`${placeOf(context)}: ${warning}`);
	// Last: whatever fails before, the next poll finds the same changes again.
	const next = items.length > 0 ? revision + 1 : revision;
	writeState(context, { basis, since, revision: next, known: after });
	return items;
}

/** The node, as the user finds it. */
function placeOf(context: IPollFunctions): string {
	return `"${context.getNode().name}" in the workflow "${context.getWorkflow().name ?? ''}"`;
}

async function itemsOf(
	{ context, settings, kind, reader }: Run,
	changes: readonly Change[],
	state: Pick<PollState, 'since' | 'revision'>,
): Promise<INodeExecutionData[]> {
	const { studio } = reader;
	const facts: PollFacts = { kind, settings, studio, state };
	const records = changes.map(({ record }) => record);
	if (settings.output !== 'flat' || !hasAdditionalInformation(records, shapeOf(facts))) {
		return toItems(changes, facts);
	}
	const studioFields = await new StudioFieldsReader(context).readIfAllowed(
		studio,
		async () => await reader.read(FIELD_DEFINITIONS),
	);
	return toItems(changes, { ...facts, studioFields });
}
