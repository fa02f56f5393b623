import { eventTypeOf } from '../../../nodes/PerfectGymNext/trigger/events.ts';
import type { Call } from '../call.cts';
import { operationById } from '../contract.cts';
import type { Studio, StudioEvent } from '../state.cts';

/** What happened, and in which studio when it is not that of the request. */
type Happening = StudioEvent & { studio?: Studio };
type Happenings = (call: Call, answer: unknown) => Happening[];

/** A whole number of an answer. */
function idIn(answer: unknown, name: string): number {
	return typeof answer === 'object' && answer !== null && name in answer
		? Number(Object.getOwnPropertyDescriptor(answer, name)?.value)
		: 0;
}

function toCustomer(type: string, ...contentIds: string[]): Happenings {
	return (call) => {
		const content = Object.fromEntries(contentIds.map((name) => [name, call.id(name)]));
		return [{ type, entityId: call.id('customerId'), ...(contentIds.length > 0 && { content }) }];
	};
}

function answered(type: string, name: string): Happenings {
	return (_call, answer) => [{ type, entityId: idIn(answer, name) }];
}

function toBooking(type: string): Happenings {
	return (call) => [{ type, entityId: call.id('bookingId') }];
}

/** Something about the contract in the path, whose owner only the contract knows. */
function toContract(type: string, content: (call: Call, answer: unknown) => object): Happenings {
	return (call, answer) => {
		const contractId = call.id('contractId');
		const entityId = call.studio.ownerOf(contractId);
		return [{ type, entityId, content: { contractId, ...content(call, answer) } }];
	};
}

function toIdlePeriod(type: string): Happenings {
	return toContract(type, (call) => ({ idlePeriodId: call.id('idlePeriodId') }));
}

function toModule(type: string): Happenings {
	return toContract(type, (call) => ({
		moduleContractId: call.id('additionalModuleContractId'),
	}));
}

/** The contract that the customer got last. */
function newContract({ studio }: Call, customerId: number): Happening {
	const contractId = studio.contractsOf(customerId).at(-1)?.id;
	return { type: 'CONTRACT_CREATED', entityId: customerId, content: { contractId } };
}

function cancelled({ studio }: Call, customerId: number, contractId: number): Happening[] {
	const isTheirs = studio.contractsOf(customerId).some(({ id }) => id === contractId);
	return isTheirs
		? [{ type: 'CONTRACT_CANCELLED', entityId: customerId, content: { contractId } }]
		: [];
}

/** What each operation makes happen once it has succeeded, by operationId. */
const happenings: Readonly<Record<string, Happenings>> = {
	createCustomer: answered('CUSTOMER_CREATED', 'customerId'),
	createLead: answered('CUSTOMER_CREATED', 'customerId'),
	createLeadCustomer: answered('CUSTOMER_CREATED', 'leadCustomerId'),
	signupMembership(call, answer) {
		const entityId = idIn(answer, 'customerId');
		return [{ type: 'CUSTOMER_CREATED', entityId }, newContract(call, entityId)];
	},
	addMembership: (call) => [newContract(call, call.id('customerId'))],
	switchMembership(call) {
		const { sourceContractId } = call.input<{ sourceContractId: number }>();
		const customerId = call.id('customerId');
		return [...cancelled(call, customerId, sourceContractId), newContract(call, customerId)];
	},
	createContractCancelationAmendment(call) {
		return cancelled(call, call.id('customerId'), call.input<{ contractId: number }>().contractId);
	},
	withdrawContractCancelation: toCustomer('CONTRACT_UPDATED', 'contractId'),
	leaveFamilyContract: toContract('CONTRACT_UPDATED', () => ({})),
	setAdditionalInformationFieldAssignments: toCustomer('CUSTOMER_UPDATED'),
	updateImage: toCustomer('CUSTOMER_UPDATED'),
	anonymiseCustomer: toCustomer('CUSTOMER_UPDATED'),
	updateCommunicationPreferences: toCustomer('CUSTOMER_COMMUNICATION_PREFERENCES_UPDATED'),
	switchStudio(call) {
		const entityId = call.id('customerId');
		// A switch planned for later is no change yet.
		if (call.studio.hasCustomer(entityId)) return [];
		const studio = call.world.studioOfCustomer(entityId);
		const content = {
			sourceStudioId: call.studio.place.studioId,
			targetStudioId: studio.place.studioId,
		};
		// Sent by the new studio, with whose key the customer can be read.
		return [{ type: 'CUSTOMER_HOME_STUDIO_UPDATED', entityId, content, studio }];
	},
	addAccessMediums: toCustomer('CUSTOMER_ACCESS_MEDIUM_CREATED'),
	addAccessMedium: toCustomer('CUSTOMER_ACCESS_MEDIUM_CREATED'),
	updateAccessMediums: toCustomer('CUSTOMER_ACCESS_MEDIUM_UPDATED'),
	deleteAccessMediums: toCustomer('CUSTOMER_ACCESS_MEDIUM_DELETED'),
	setAccessRestriction: toCustomer('CUSTOMER_ACCESS_RESTRICTION_CREATED'),
	deleteAccessRestriction: toCustomer('CUSTOMER_ACCESS_RESTRICTION_DELETED'),
	checkin: toCustomer('CUSTOMER_CHECKIN'),
	checkout: toCustomer('CUSTOMER_CHECKOUT'),
	bookClassSlot: answered('CLASS_BOOKING_CREATED', 'bookingId'),
	bookClassSlotForTrialOffers: answered('CLASS_BOOKING_CREATED', 'bookingId'),
	cancelClassSlotById: toBooking('CLASS_BOOKING_CANCELLED'),
	bookAppointmentBooking: answered('APPOINTMENT_BOOKING_CREATED', 'bookingId'),
	bookAppointmentForTrialOffer: answered('APPOINTMENT_BOOKING_CREATED', 'bookingId'),
	deleteAppointmentBooking: toBooking('APPOINTMENT_BOOKING_CANCELLED'),
	confirmTrialOfferBooking(call, answer) {
		const isConfirmed =
			typeof answer === 'object' &&
			answer !== null &&
			'status' in answer &&
			answer.status === 'CONFIRMED';
		if (!isConfirmed) return [];
		const entityId = call.id('bookingId');
		const isClass = call.studio.classBookings.has(entityId);
		return [{ type: `${isClass ? 'CLASS' : 'APPOINTMENT'}_BOOKING_UPDATED`, entityId }];
	},
	createIdlePeriodAmendment: toContract('CONTRACT_IDLE_PERIOD_CREATED', (_call, answer) => ({
		idlePeriodId: idIn(answer, 'id'),
	})),
	updateIdlePeriod: toIdlePeriod('CONTRACT_IDLE_PERIOD_UPDATED'),
	withdrawIdlePeriod: toIdlePeriod('CONTRACT_IDLE_PERIOD_CANCELLED'),
	purchaseAdditionalModuleContract: toContract(
		'CONTRACT_ADDITIONAL_MODULE_CREATED',
		(_call, answer) => ({ moduleContractId: idIn(answer, 'id') }),
	),
	createModuleContractCancelationAmendment: toModule('CONTRACT_ADDITIONAL_MODULE_CANCELLED'),
	withdrawAdditionalModuleContractCancelation: toModule('CONTRACT_ADDITIONAL_MODULE_UPDATED'),
	createExport: answered('TAX_ADVISOR_EXPORT_CREATED', 'exportId'),
};

// An entry for an operation that was renamed in the contract would never be used.
for (const operationId of Object.keys(happenings)) operationById(operationId);

/**
 * Tells the world what an operation that has succeeded made happen.
 * @throws when an event has a type that the catalogue does not know
 */
export function announce(call: Call, answer: unknown): void {
	const told = happenings[call.operation.operationId]?.(call, answer) ?? [];
	for (const { studio = call.studio, ...event } of told) {
		if (eventTypeOf(event.type) === undefined) throw new Error(`No event type ${event.type}`);
		call.world.events.emit(studio, event);
	}
}
