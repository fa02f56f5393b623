/** Reads the body of a webhook and checks every part of it. */

import type { IDataObject } from 'n8n-workflow';

import { mayHoldLongNumber, parseJson } from '../transport/json';
import { isObject } from '../transport/serialize';
import { eventTypeOf, isTypeName } from './events';

/** One thing that happened. */
export interface EventEntry {
	/** ms since 1970 */
	timestamp: number;
	type: string;
	content?: IDataObject | IDataObject[];
}

/** What PerfectGym Next sends. The payload is a list, although it has one entry at present. */
export interface WebhookEvent {
	/** The same when an event is sent again. */
	uuid: string;
	/**
	 * The type says what it is the ID of. Null where the type has none; text where a number cannot hold
	 * all its digits.
	 */
	entityId: number | string | null;
	payload: EventEntry[];
}

/** An ID that a number cannot hold. */
const LONG_ID = /^\d{16,19}$/;
const UUID = /^[\w-]{1,64}$/;
/** In ms, the last moment that a JavaScript date can hold. */
const MAX_TIME_MS = 8_640_000_000_000_000;
const MAX_DEPTH = 20;
const MAX_VALUES = 20_000;
const MAX_ENTRIES = 1000;
const DANGEROUS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * n8n has parsed the body, so the last digits of a number beyond 2^53 are lost in it.
 *
 * @param rawBody the bytes of the body
 * @returns the body; whole numbers beyond 2^53 are text where the bytes show their digits
 */
export function withAllDigits(body: unknown, rawBody: Buffer | undefined): unknown {
	const text = rawBody?.toString() ?? '';
	if (!mayHoldLongNumber(text)) return body;
	try {
		// n8n may have read the bytes in another way, as another character set for example.
		const isSame = JSON.stringify(JSON.parse(text)) === JSON.stringify(body);
		return isSame ? parseJson(text) : body;
	} catch {
		return body;
	}
}

/** @returns the event without unknown properties, or what is wrong with it */
export function readEvent(body: unknown): WebhookEvent | string {
	if (!isObject(body)) return 'The body must be a JSON object';
	const wrong = findDanger(body);
	if (wrong !== undefined) return wrong;

	const { uuid, entityId, payload } = body;
	if (typeof uuid !== 'string' || !UUID.test(uuid)) return 'uuid must be a UUID';
	if (!Array.isArray(payload)) return 'payload must be a list';
	if (payload.length > MAX_ENTRIES) return `payload must have at most ${MAX_ENTRIES} entries`;

	const entries: EventEntry[] = [];
	for (const [index, given] of payload.entries()) {
		const entry = readEntry(given);
		if (typeof entry === 'string') return `payload[${index}]${entry}`;
		entries.push(entry);
	}
	const hasNoId = entries.length > 0 && entries.every(({ type }) => !needsId(type));
	if (hasNoId && (entityId === undefined || entityId === null)) {
		return { uuid, entityId: null, payload: entries };
	}
	const isLong = typeof entityId === 'string' && LONG_ID.test(entityId);
	if (!isLong && (typeof entityId !== 'number' || !Number.isInteger(entityId))) {
		return 'entityId must be a whole number';
	}
	if (!isExact(entityId)) return 'entityId is too large to be read exactly';
	return { uuid, entityId, payload: entries };
}

function readEntry(given: unknown): EventEntry | string {
	if (!isObject(given)) return ' must be an object';
	const { timestamp, type, content } = given;
	if (!isMoment(timestamp)) return '.timestamp must be milliseconds since 1970';
	if (typeof type !== 'string' || !isTypeName(type)) return '.type must be the type of an event';
	if (content === undefined || content === null) return { timestamp, type };
	if (isObject(content)) {
		const inexact = eventTypeOf(type)?.contentIds?.find((name) => !isExact(content[name]));
		if (inexact !== undefined) return `.content.${inexact} is too large to be read exactly`;
		return { timestamp, type, content };
	}
	// AUTOMATIC_CUSTOMER_CHECKOUT can have a list as its content.
	if (isListOfObjects(content)) return { timestamp, type, content };
	return '.content must be an object';
}

function isMoment(value: unknown): value is number {
	return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= MAX_TIME_MS;
}

/** A type that is newer than this version may come without an ID. */
function needsId(type: string): boolean {
	return eventTypeOf(type)?.id !== undefined;
}

/** {@link withAllDigits} cannot always save the digits. */
function isExact(id: unknown): boolean {
	return typeof id !== 'number' || !Number.isInteger(id) || Number.isSafeInteger(id);
}

/** Without recursion: deep nesting would exhaust the stack. */
function findDanger(body: IDataObject): string | undefined {
	const waiting: Array<[value: unknown, depth: number]> = [[body, 1]];
	let count = 0;
	for (let next = waiting.pop(); next; next = waiting.pop()) {
		const [value, depth] = next;
		if (++count > MAX_VALUES) return 'The body has too many values';
		if (typeof value !== 'object' || value === null) continue;
		if (depth > MAX_DEPTH) return 'The body is nested too deeply';
		for (const name of Object.keys(value)) {
			if (DANGEROUS.has(name)) return `The body must not have a property ${name}`;
			waiting.push([(value as IDataObject)[name], depth + 1]);
		}
	}
	return undefined;
}

function isListOfObjects(value: unknown): value is IDataObject[] {
	return Array.isArray(value) && value.every(isObject);
}
