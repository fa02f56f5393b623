/** Reads the parameters of the polling trigger. */

import type { INodeProperties, IPollFunctions } from 'n8n-workflow';

import { isObject, serialize } from '../transport/serialize';
import { MANY_STUDIOS, toStudioName } from '../transport/studio';
import {
	customers,
	daysAhead,
	direction,
	event,
	optionsParameter,
	output,
	slotChanges,
	threshold,
	watchedFields,
} from './parameters';

/** What the node is to do, checked. */
export interface PollSettings {
	event: string;
	/** The name of the studio; undefined for a credential of one studio. */
	studioName?: string;
	customers: string;
	watchedFields: string[];
	slotChanges: string[];
	daysAhead: number;
	direction: string;
	/** In percent. */
	threshold: number;
	/** In percentage points. */
	hysteresis: number;
	output: string;
	emitExisting: boolean;
	requestsPerMinute: number;
	maxWaitMs: number;
	/** The workflow's, an IANA name. */
	timeZone: string;
}

const MS_PER_SECOND = 1000;

/** The values of the options that were not added. */
const DEFAULTS = Object.fromEntries(
	((optionsParameter.options ?? []) as INodeProperties[]).map(({ name, default: initial }) => [
		name,
		initial,
	]),
);

/** @throws {UserInputError} for a value that is not valid */
export function readSettings(context: IPollFunctions): PollSettings {
	const timeZone = context.getTimezone();
	// n8n does not keep the values of parameters that it does not show.
	const read = (parameter: INodeProperties) =>
		serialize(parameter, context.getNodeParameter(parameter.name, parameter.default), timeZone);
	const entered = read(optionsParameter);
	const options = { ...DEFAULTS, ...(isObject(entered) && entered) };
	const isMany = context.getNodeParameter('authentication', '') === MANY_STUDIOS;
	return {
		event: String(read(event)),
		...(isMany && { studioName: toStudioName(context.getNodeParameter('studio', '')) }),
		customers: String(read(customers)),
		watchedFields: texts(read(watchedFields)),
		slotChanges: texts(read(slotChanges)),
		daysAhead: Number(read(daysAhead)),
		direction: String(read(direction)),
		threshold: Number(read(threshold)),
		hysteresis: Number(options.hysteresis),
		output: String(read(output)),
		emitExisting: options.emitExisting === true,
		requestsPerMinute: Number(options.requestsPerMinute),
		maxWaitMs: Number(options.maxWait) * MS_PER_SECOND,
		timeZone,
	};
}

function texts(value: unknown): string[] {
	return Array.isArray(value) ? value.map(String) : [];
}
