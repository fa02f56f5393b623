/** What the trigger does after the answer, as the first node of the execution. */

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { messageOf } from '../transport/errors';
import { toNodeError } from '../transport/nodeErrors';
import { MANY_STUDIOS } from '../transport/studio';
import { dropDuplicates } from './deduplication';
import { addEntities } from './entity';
import { failedItem } from './failures';
import {
	DEFAULT_REMEMBERED,
	readDropRepeats,
	readIncludeEntity,
	readRememberedEvents,
} from './parameters';
import type { StudioOf } from './studios';
import { checkStudios, readStudioOf } from './studios';

/** What the parameters ask for. */
interface Plan {
	isMany: boolean;
	dropsRepeats: boolean;
	/** How many events are remembered for the node. */
	maxEvents: number;
	/** Undefined when no entity is read. */
	studioOf?: StudioOf;
}

/**
 * Drops duplicates and adds the entities.
 *
 * @returns the items of the output; with On Error > Continue, those that failed have `error`
 * @throws n8n's error, unless On Error lets the node continue
 */
export async function runEvents(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	// A copy: n8n empties the list that a node returns when it sorts out the failed items.
	const items = [...context.getInputData()];
	let plan: Plan;
	try {
		// Before the claims: an event that is refused here must not count as one that has run.
		plan = await prepare(context, items);
	} catch (error) {
		context.getExecutionCancelSignal()?.throwIfAborted();
		const failure = toNodeError(context.getNode(), error, undefined);
		if (!context.continueOnFail()) throw failure;
		return items.map((item) => failedItem(context, item, failure));
	}
	const { dropsRepeats, maxEvents, isMany, studioOf } = plan;
	const fresh = dropsRepeats ? await dropDuplicates(context, items, maxEvents, isMany) : items;
	return studioOf ? await addEntities(context, fresh, studioOf) : fresh;
}

/**
 * @throws {UserInputError} for a parameter that is not valid, or when the key of a studio belongs to
 *   another one
 */
async function prepare(context: IExecuteFunctions, items: INodeExecutionData[]): Promise<Plan> {
	const isMany = context.getNodeParameter('authentication', 0, '') === MANY_STUDIOS;
	const options: unknown = context.getNodeParameter('options', 0, {});
	const includesEntity = readIncludeEntity(context.getNodeParameter('includeEntity', 0, false));
	// A retry would drop its own event as a duplicate, and a user who tests sends one event many times.
	const isRepeatable = ['retry', 'manual'].includes(context.getMode());
	const dropsRepeats = readDropRepeats(options) && !isRepeatable;
	const maxEvents = rememberedEvents(context, options);
	const studioOf = isMany || includesEntity ? await readStudioOf(context, isMany) : undefined;
	if (isMany && studioOf) await checkStudios(context, items, studioOf);
	return { isMany, dropsRepeats, maxEvents, ...(includesEntity && { studioOf }) };
}

/** An expression can give another value for each event. A wrong one must not stop the event. */
function rememberedEvents(context: IExecuteFunctions, options: unknown): number {
	try {
		return readRememberedEvents(options);
	} catch (error) {
		context.logger.warn(`${messageOf(error)}. ${DEFAULT_REMEMBERED} events are remembered.`);
		return DEFAULT_REMEMBERED;
	}
}
