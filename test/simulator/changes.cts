import { DAY, instant } from './dates.cts';
import type { ClassSlot, Customer } from './records.cts';
import type { Studio } from './state.cts';

/** What is to change in a studio, as numbers of records. */
export interface ChangeCommand {
	/** The name of the studio. Default: the first one. */
	studio?: string;
	newMembers?: number;
	newProspects?: number;
	/** Customers who get another email address, beginning with the newest. */
	newEmails?: number;
	/** Members who become former members, beginning with the oldest. */
	formerMembers?: number;
	/** Slots of the next days that become full. */
	filledSlots?: number;
	/** Full slots that get a free place. */
	freedSlots?: number;
	/** People who come in; negative for those who leave. */
	visitors?: number;
}

/** The ids of the records that have changed. */
export type ChangedIds = Record<Exclude<keyof ChangeCommand, 'studio' | 'visitors'>, number[]>;

/** Slots that can still be booked, and are far enough ahead to stay so. */
const SLOT_DAYS = 5;
let emails = 0;

/** Changes the records of a studio at once, as its staff and customers do over time. */
export function applyChanges(studio: Studio, command: ChangeCommand): ChangedIds {
	const { newMembers = 0, newProspects = 0, newEmails = 0, formerMembers = 0 } = command;
	const { filledSlots = 0, freedSlots = 0, visitors = 0 } = command;
	const changed: ChangedIds = {
		formerMembers: members(studio).slice(0, formerMembers).map(leave),
		newEmails: members(studio)
			.slice(members(studio).length - newEmails)
			.map(giveEmail),
		newMembers: Array.from({ length: newMembers }, () => studio.addGenerated('MEMBER').id),
		newProspects: Array.from({ length: newProspects }, () => studio.addGenerated('PROSPECT').id),
		freedSlots: slots(studio, isFull).slice(0, freedSlots).map(free),
		filledSlots: slots(studio, (slot) => !isFull(slot))
			.slice(0, filledSlots)
			.map(fill),
	};
	studio.books.visitors += visitors;
	return changed;
}

/**
 * The changes of one step in a studio that lives: a new member, a new email address, a class slot that
 * becomes full in one step and free again in the next, and visitors who come for some steps and go.
 */
export function changesOfStep(step: number): ChangeCommand {
	const isEven = step % 2 === 0;
	return {
		newMembers: 1,
		newEmails: 1,
		...(isEven ? { filledSlots: 1 } : { freedSlots: 1 }),
		visitors: step % 8 < 4 ? 20 : -20,
	};
}

function members({ customers }: Studio): Customer[] {
	return customers.filter(({ status }) => status === 'MEMBER');
}

function leave(customer: Customer): number {
	customer.status = 'FORMER_MEMBER';
	return customer.id;
}

function giveEmail(customer: Customer): number {
	emails += 1;
	customer.email = `changed-${emails}@example.com`;
	return customer.id;
}

function slots(studio: Studio, matches: (slot: ClassSlot) => boolean): ClassSlot[] {
	const from = studio.now() + DAY / 24;
	const to = studio.now() + SLOT_DAYS * DAY;
	return studio.classes
		.flatMap(({ id }) => studio.slotsOf(id))
		.filter(({ startDateTime }) => {
			const start = instant(startDateTime);
			return start > from && start < to;
		})
		.filter(matches);
}

function isFull({ bookedParticipants, maxParticipants }: ClassSlot): boolean {
	return bookedParticipants >= maxParticipants;
}

function fill(slot: ClassSlot): number {
	slot.bookedParticipants = slot.maxParticipants;
	return slot.id;
}

function free(slot: ClassSlot): number {
	slot.bookedParticipants = slot.maxParticipants - 1;
	return slot.id;
}
