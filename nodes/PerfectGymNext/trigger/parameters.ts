/** Declares the trigger's parameters, and reads their values. */

import type { INodeProperties } from 'n8n-workflow';

import { UserInputError } from '../transport/errors';
import { isEmpty, isObject, serialize, wrong } from '../transport/serialize';
import { eventTypeOf, eventTypes, isTypeName } from './events';

/** How many events are remembered when nothing is entered. */
export const DEFAULT_REMEMBERED = 10_000;
/** The choice of all events, including those that PerfectGym Next adds later. */
const ANY_EVENT = '*';
/** None of the trigger's parameters is a date, so the zone has no effect. */
const TIME_ZONE = 'UTC';

const events: INodeProperties = {
	displayName: 'Trigger On',
	name: 'events',
	type: 'multiOptions',
	default: [],
	description: 'The events that start the workflow. If you choose none, all events do.',
	options: [
		{
			name: 'Any Event',
			value: ANY_EVENT,
			action: 'On any event',
			description: 'When PerfectGym Next sends an event, whatever its type',
		},
		...eventTypes,
	],
};
const includeEntity: INodeProperties = {
	displayName: 'Include Details',
	name: 'includeEntity',
	type: 'boolean',
	default: false,
	description:
		'Whether to get the record that the event is about, such as the customer or the booking. Events only contain IDs.',
};
const deduplicate: INodeProperties = {
	displayName: 'Ignore Duplicate Events',
	name: 'deduplicate',
	type: 'boolean',
	default: true,
	description:
		'Whether to ignore an event that already started the workflow. PerfectGym Next can send an event more than once.',
};
const rememberedEvents: INodeProperties = {
	displayName: 'Events to Remember',
	name: 'rememberedEvents',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 10000,
	description: 'How many of the latest events to remember',
};
const otherEvents: INodeProperties = {
	displayName: 'Other Event Types',
	name: 'otherEvents',
	type: 'string',
	default: '',
	placeholder: 'e.g. CUSTOMER_PAYMENT_REJECTED, CONTRACT_REVERSED',
	description:
		'Event types that "Trigger On" does not list, separated by commas. If you choose nothing in "Trigger On", only these types start the workflow.',
};

/** The parameters after "Authentication". */
export const triggerParameters: INodeProperties[] = [
	{
		displayName:
			'Send the Production URL to PerfectGym; they register it for you. The credential needs the Webhook API Key. One URL serves all studios of a chain.',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	events,
	includeEntity,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [deduplicate, rememberedEvents, otherEvents],
	},
];

/**
 * @param entered the values of "Trigger On" and "Options". An expression can return anything.
 * @returns the types that start the workflow; empty for all types
 * @throws {UserInputError} for anything that is not a list of types
 */
export function readWantedTypes(entered: { events: unknown; options: unknown }): string[] {
	const chosen = readTypes(events, entered.events);
	const others = readTypes(otherEvents, optionIn(entered.options, otherEvents));
	return chosen.includes(ANY_EVENT) ? [] : [...chosen, ...others];
}

/**
 * @param entered the value of "Trigger On"
 * @throws {UserInputError} for a type that the list does not have. It can be misspelled, and would
 *   then never start the workflow.
 */
export function checkChosenTypes(entered: unknown): void {
	const unknown = readTypes(events, entered).find(
		(type) => type !== ANY_EVENT && !eventTypeOf(type),
	);
	if (unknown === undefined) return;
	throw new UserInputError(
		`"${events.displayName}" does not list the event ${unknown}`,
		`Enter other types in "${otherEvents.displayName}".`,
	);
}

/**
 * @param entered the value of "Include Details"
 * @throws {UserInputError} for a value that is neither true nor false
 */
export function readIncludeEntity(entered: unknown): boolean {
	return serialize(includeEntity, entered, TIME_ZONE) === true;
}

/**
 * @param options the value of "Options"
 * @returns the value of "Ignore Duplicate Events"
 * @throws {UserInputError} for a value that is neither true nor false
 */
export function readDropRepeats(options: unknown): boolean {
	return serialize(deduplicate, optionIn(options, deduplicate), TIME_ZONE) !== false;
}

/**
 * @param options the value of "Options"
 * @returns the value of "Events to Remember"
 * @throws {UserInputError} for anything that is not a whole number of at least 1
 */
export function readRememberedEvents(options: unknown): number {
	const entered = optionIn(options, rememberedEvents);
	// An empty list would count as "nothing entered", but a list is never a number.
	if (Array.isArray(entered)) throw wrong(rememberedEvents, 'a whole number', entered);
	return Number(serialize(rememberedEvents, entered, TIME_ZONE) ?? DEFAULT_REMEMBERED);
}

function optionIn(options: unknown, { name }: INodeProperties): unknown {
	if (isEmpty(options)) return undefined;
	if (!isObject(options)) {
		throw new UserInputError('"Options" must be an object with fields');
	}
	return Object.hasOwn(options, name) ? options[name] : undefined;
}

/** Accepts what the action node accepts as a list of texts: a list, or text with commas. */
function readTypes(parameter: INodeProperties, entered: unknown): string[] {
	const list: INodeProperties = {
		...parameter,
		type: 'string',
		typeOptions: { multipleValues: true },
	};
	const types = (serialize(list, entered, TIME_ZONE) ?? []) as unknown[];
	return types.map((type) => {
		const name = String(type).trim().toUpperCase();
		const isAny = parameter === events && name === ANY_EVENT;
		if (!isAny && !isTypeName(name)) throw wrong(parameter, 'types such as CUSTOMER_CREATED', type);
		return name;
	});
}

const names = eventTypes.map(({ value, name }) => [value, toSentenceCase(name)]);

const chosen = '$parameter["events"]';

/** What the node shows under its name: the event, or how many there are. */
export const subtitle = `={{ ${chosen}.includes("${ANY_EVENT}") ? "Any event" : ${chosen}.length > 1 ? ${chosen}.length + " events" : ${chosen}.length ? (${JSON.stringify(Object.fromEntries(names))})[${chosen}[0]] : $parameter["options"]?.otherEvents || "Any event" }}`;

/** "Customer Checked In" becomes "Customer checked in". */
export function toSentenceCase(name: string): string {
	return name.charAt(0) + name.slice(1).toLowerCase();
}
