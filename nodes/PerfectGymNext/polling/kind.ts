/** What the choices of "Trigger On" have in common. */

import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import type { PollReader } from './reader';
import type { PollSettings } from './settings';

/** Something that has changed since the last poll. */
export interface Change {
	/** The record's ID; undefined for the studio itself. */
	recordId?: string | number;
	/** The record as the API has it; empty when it is gone. */
	record: IDataObject;
	/** What is added to the record, such as `changes`. */
	added?: IDataObject;
	/** The record can change in this way only once, so that a later change is a repeat. */
	isUnique?: boolean;
}

/** What one poll has found. */
export interface Comparison<State> {
	changes: Change[];
	/** What the next poll is compared with. JSON keeps it. */
	after: State;
	/** What the log should say. */
	warning?: string;
}

/** One choice of "Trigger On". */
export interface PollKind<State = unknown> {
	/** How the editor offers it. */
	option: INodePropertyOptions & { value: string; action: string };
	/** The operation that reads the records. */
	operation: string;
	/** What the ID of a record is called in an item. */
	idName?: string;
	/** The settings that the state depends on: when one changes, the node starts anew. */
	basis: ReadonlyArray<keyof PollSettings>;
	/** @param before what the last poll returned; undefined at the first poll, which only records */
	compare(
		reader: PollReader,
		settings: PollSettings,
		before: State | undefined,
	): Promise<Comparison<State>>;
	/** @returns a recent record, as it would look after a change; undefined when there is none */
	sample(reader: PollReader, settings: PollSettings): Promise<Change | undefined>;
}
