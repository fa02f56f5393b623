import { DAY, instant, zoned } from './dates.cts';
import type { ClassSlot, Customer } from './records.cts';
import type { Studio } from './state.cts';

/** What is to change in a studio, as numbers of records. */
export interface ChangeCommand {
	/** The name of the studio. Default: the first one. */
	studio?: string;
	newMembers?: number;
	newProspects?: number;
	/** Members of at least two days who get another email address; those who have had one come last. */
	newEmails?: number;
	/** Members who become former members, beginning with the oldest. */
	formerMembers?: number;
	/** Prospects who become members, beginning with the newest. */
	joiningProspects?: number;
	/** Slots of the next days that become full. */
	filledSlots?: number;
	/** Full slots that get a free place. */
	freedSlots?: number;
	/** Slots that have disappeared from the list. */
	canceledSlots?: number;
	/** Slots that start and end an hour later. */
	movedSlots?: number;
	/** Slots that get another trainer. */
	newTrainers?: number;
	/** People who come in; negative for those who leave. */
	visitors?: number;
}

/** The ids of the records that have changed. */
export type ChangedIds = Record<Exclude<keyof ChangeCommand, 'studio' | 'visitors'>, number[]>;

/** Slots that can still be booked, and are far enough ahead to stay so. */
const SLOT_DAYS = 5;
const HOUR = DAY / 24;
/** Begins the email addresses that have changed. */
const CHANGED = 'changed-';
let emails = 0;
/** When each slot was filled last, as a count. */
const fillings = new WeakMap<ClassSlot, number>();
let filled = 0;

/** Changes the records of a studio at once, as its staff and customers do over time. */
export function applyChanges(studio: Studio, command: ChangeCommand): ChangedIds {
	const { newMembers = 0, newProspects = 0, newEmails = 0, formerMembers = 0 } = command;
	const { filledSlots = 0, freedSlots = 0, canceledSlots = 0, movedSlots = 0 } = command;
	const { newTrainers = 0, joiningProspects = 0, visitors = 0 } = command;
	const prospects = studio.customers.filter(({ status }) => status === 'PROSPECT');

	const changed: ChangedIds = {
		formerMembers: members(studio).slice(0, formerMembers).map(leave),
		newEmails: oldMembers(studio).slice(0, newEmails).map(giveEmail),
		joiningProspects: prospects.slice(prospects.length - joiningProspects).map(join),
		newMembers: Array.from({ length: newMembers }, () => studio.addGenerated('MEMBER').id),
		newProspects: Array.from({ length: newProspects }, () => studio.addGenerated('PROSPECT').id),
		freedSlots: longestFilled(slots(studio, isFull)).slice(0, freedSlots).map(free),
		filledSlots: longestFilled(slots(studio, (slot) => !isFull(slot)))
			.slice(0, filledSlots)
			.map(fill),
		canceledSlots: slots(studio)
			.slice(0, canceledSlots)
			.map((slot) => cancel(studio, slot)),
		movedSlots: slots(studio).slice(0, movedSlots).map(move),
		newTrainers: slots(studio).slice(0, newTrainers).map(giveTrainer),
	};
	studio.books.visitors += visitors;
	return changed;
}

/**
 * The changes of one step in a studio that lives: a new member, a new email address, a class slot that
 * becomes full while another gets a free place, and visitors who come for some steps and then go.
 */
export function changesOfStep(step: number): ChangeCommand {
	const visitors = step % 8 < 4 ? 15 : -15;
	return { newMembers: 1, newEmails: 1, freedSlots: 1, filledSlots: 1, visitors };
}

function members({ customers }: Studio): Customer[] {
	return customers.filter(({ status }) => status === 'MEMBER');
}

/** Beginning with the newest. */
function oldMembers(studio: Studio): Customer[] {
	const isOld = ({ createdDateTime = '' }: Customer) =>
		instant(createdDateTime) < studio.now() - 2 * DAY;
	const hasChanged = ({ email = '' }: Customer) => Number(email.startsWith(CHANGED));
	return members(studio)
		.filter(isOld)
		.reverse()
		.sort((one, other) => hasChanged(one) - hasChanged(other));
}

function leave(customer: Customer): number {
	customer.status = 'FORMER_MEMBER';
	return customer.id;
}

function join(customer: Customer): number {
	customer.status = 'MEMBER';
	return customer.id;
}

function giveEmail(customer: Customer): number {
	emails += 1;
	customer.email = `${CHANGED}${emails}@example.com`;
	return customer.id;
}

function slots(studio: Studio, matches: (slot: ClassSlot) => boolean = () => true): ClassSlot[] {
	const from = studio.now() + HOUR;
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

/** Those that were never filled come first. */
function longestFilled(list: ClassSlot[]): ClassSlot[] {
	return list.sort((one, other) => (fillings.get(one) ?? 0) - (fillings.get(other) ?? 0));
}

function fill(slot: ClassSlot): number {
	filled += 1;
	fillings.set(slot, filled);
	slot.bookedParticipants = slot.maxParticipants;
	return slot.id;
}

function free(slot: ClassSlot): number {
	slot.bookedParticipants = slot.maxParticipants - 1;
	return slot.id;
}

function cancel(studio: Studio, slot: ClassSlot): number {
	const ofClass = studio.slotsOf(slot.classInformation.id);
	ofClass.splice(ofClass.indexOf(slot), 1);
	return slot.id;
}

function move(slot: ClassSlot): number {
	slot.startDateTime = zoned(instant(slot.startDateTime) + HOUR);
	slot.endDateTime = zoned(instant(slot.endDateTime) + HOUR);
	return slot.id;
}

function giveTrainer(slot: ClassSlot): number {
	const id = 1_530_000_099;
	slot.instructors = [{ id, firstName: 'Zoë', lastName: 'Sample', publicName: 'Zoë' }];
	return slot.id;
}
