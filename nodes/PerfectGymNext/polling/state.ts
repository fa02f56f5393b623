/** What the node knows from its last poll. It is in n8n's static data of the workflow. */

import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { isObject } from '../transport/serialize';
import type { Studio } from '../transport/studio';
import { shortHash } from './hash';
import type { PollKind } from './kind';
import type { PollSettings } from './settings';

/** The state of one node. */
export interface PollState {
	/** Identifies the studio, the key and the settings that the state belongs to. */
	basis: string;
	/** When the state began, in ms since 1970. */
	since: number;
	/** The number of polls that found changes. A repeat after a crash has the same number. */
	revision: number;
	/** What the choice of "Trigger On" remembers. */
	known: unknown;
}

/** As one text, which n8n can compare, copy and store faster than objects in objects. */
const KEY = 'state';

/** @returns what the state must belong to, without revealing the key */
export function basisOf(kind: PollKind, studio: Studio, settings: PollSettings): string {
	const values = kind.basis.map((name) => settings[name]);
	return shortHash(JSON.stringify([kind.option.value, studio.fingerprint, values]));
}

/** @returns the state of the last poll; undefined before the first one, and after a change of the settings */
export function readState(context: IPollFunctions, basis: string): PollState | undefined {
	const text = dataOf(context)[KEY];
	if (typeof text !== 'string') return undefined;
	const state = parse(text);
	return isState(state) && state.basis === basis ? state : undefined;
}

/** @returns whether the node has polled before, with these settings or others */
export function hasState(context: IPollFunctions): boolean {
	return typeof dataOf(context)[KEY] === 'string';
}

/** n8n stores the state when it starts the execution. An equal text would make it store in vain. */
export function writeState(context: IPollFunctions, state: PollState): void {
	const data = dataOf(context);
	const text = JSON.stringify(state);
	if (data[KEY] !== text) data[KEY] = text;
}

function dataOf(context: IPollFunctions): IDataObject {
	return context.getWorkflowStaticData('node');
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function isState(value: unknown): value is PollState {
	return isObject(value) && typeof value.basis === 'string' && typeof value.revision === 'number';
}
