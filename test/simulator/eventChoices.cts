import { eventTypeOf } from '../../nodes/PerfectGymNext/trigger/events.ts';
import type { Customer } from './records.cts';
import type { Studio, StudioEvent } from './state.cts';
import { completeEvent } from './webhookDefaults.cts';

/** A record that an event can be about. */
export interface EventChoice extends Pick<StudioEvent, 'entityId' | 'content'> {
	/** What a person calls the record. */
	name: string;
}

const MAX_CHOICES = 25;

function nameOf({ firstName, lastName, customerNumber }: Customer): string {
	return `${firstName ?? ''} ${lastName ?? ''} (${customerNumber ?? 'no number'})`;
}

function customers(studio: Studio): EventChoice[] {
	return studio.customers
		.slice(0, MAX_CHOICES)
		.map((customer) => ({ entityId: customer.id, name: nameOf(customer) }));
}

function contracts(studio: Studio): EventChoice[] {
	return studio.customers.slice(0, MAX_CHOICES).flatMap((customer) =>
		studio.contractsOf(customer.id).map(({ id, rateName }) => ({
			entityId: customer.id,
			name: `${nameOf(customer)}, contract ${rateName} (${id})`,
			content: { contractId: id },
		})),
	);
}

function classSlots(studio: Studio): EventChoice[] {
	return studio.classes.slice(0, MAX_CHOICES).map(({ id, title }) => {
		const [slot] = studio.slotsOf(id);
		const name = `${title}, ${slot.startDateTime.slice(0, 16).replace('T', ' ')}`;
		return { entityId: slot.id, name, content: { classId: id } };
	});
}

function exports(studio: Studio): EventChoice[] {
	return [...studio.books.exports].map(([entityId, { fromDate, toDate }]) => ({
		entityId,
		name: `Export from ${fromDate} to ${toDate}`,
	}));
}

/** The records that the studio has, by the names of the IDs in the event. */
const finders: Readonly<Record<string, (studio: Studio) => EventChoice[]>> = {
	customerId: customers,
	'customerId contractId': contracts,
	'classSlotId classId': classSlots,
	exportId: exports,
};

/**
 * The records that an event of this type can be about, at least one.
 * @throws when the type is not in the catalog
 */
export function eventChoices(studio: Studio, type: string): EventChoice[] {
	const { id = 'studioId', contentIds = [] } = eventTypeOf(type) ?? {};
	const found = finders[[id, ...contentIds].join(' ')]?.(studio) ?? [];
	if (found.length > 0) return found;
	const { entityId, content } = completeEvent(studio, { type });
	return [{ entityId, content, name: `${id} ${entityId}` }];
}
