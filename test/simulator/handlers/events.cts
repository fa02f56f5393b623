import { eventTypeOf } from '../../../nodes/PerfectGymNext/trigger/events.ts';
import type { Call } from '../call.cts';
import { operationById } from '../contract.cts';
import { numberIn } from '../json.cts';
import type { Studio, StudioEvent } from '../state.cts';

/** An event, and its studio when that is not the studio of the request. */
type OperationEvent = StudioEvent & { studio?: Studio };
type EventBuilder = (call: Call, answer: unknown) => OperationEvent[];

function aboutCustomer(type: string, ...contentIds: string[]): EventBuilder {
	return (call) => {
		const content = Object.fromEntries(contentIds.map((name) => [name, call.id(name)]));
		return [{ type, entityId: call.id('customerId'), ...(contentIds.length > 0 && { content }) }];
	};
}

function aboutNewRecord(type: string, name: string): EventBuilder {
	return (_call, answer) => [{ type, entityId: numberIn(answer, name) }];
}

function aboutBooking(type: string): EventBuilder {
	return (call) => [{ type, entityId: call.id('bookingId') }];
}

/** An event about the contract in the path, for the customer who owns it. */
function aboutContract(
	type: string,
	content: (call: Call, answer: unknown) => object,
): EventBuilder {
	return (call, answer) => {
		const contractId = call.id('contractId');
		const entityId = call.studio.ownerOf(contractId);
		return [{ type, entityId, content: { contractId, ...content(call, answer) } }];
	};
}

function aboutIdlePeriod(type: string): EventBuilder {
	return aboutContract(type, (call) => ({ idlePeriodId: call.id('idlePeriodId') }));
}

function aboutModule(type: string): EventBuilder {
	return aboutContract(type, (call) => ({
		moduleContractId: call.id('additionalModuleContractId'),
	}));
}

/** The event for the customer's newest contract. */
function newContract({ studio }: Call, customerId: number): OperationEvent {
	const contractId = studio.contractsOf(customerId).at(-1)?.id;
	return { type: 'CONTRACT_CREATED', entityId: customerId, content: { contractId } };
}

function contractCanceled(
	{ studio }: Call,
	customerId: number,
	contractId: number,
): OperationEvent[] {
	const isOwner = studio.contractsOf(customerId).some(({ id }) => id === contractId);
	return isOwner
		? [{ type: 'CONTRACT_CANCELLED', entityId: customerId, content: { contractId } }]
		: [];
}

/** Builds the events of each operation that succeeded, by operationId. */
const eventBuilders: Readonly<Record<string, EventBuilder>> = {
	createCustomer: aboutNewRecord('CUSTOMER_CREATED', 'customerId'),
	createLead: aboutNewRecord('CUSTOMER_CREATED', 'customerId'),
	createLeadCustomer: aboutNewRecord('CUSTOMER_CREATED', 'leadCustomerId'),
	signupMembership(call, answer) {
		const entityId = numberIn(answer, 'customerId');
		return [{ type: 'CUSTOMER_CREATED', entityId }, newContract(call, entityId)];
	},
	addMembership: (call) => [newContract(call, call.id('customerId'))],
	switchMembership(call) {
		const { sourceContractId } = call.input<{ sourceContractId: number }>();
		const customerId = call.id('customerId');
		return [...contractCanceled(call, customerId, sourceContractId), newContract(call, customerId)];
	},
	createContractCancelationAmendment(call) {
		return contractCanceled(
			call,
			call.id('customerId'),
			call.input<{ contractId: number }>().contractId,
		);
	},
	withdrawContractCancelation: aboutCustomer('CONTRACT_UPDATED', 'contractId'),
	leaveFamilyContract: aboutContract('CONTRACT_UPDATED', () => ({})),
	setAdditionalInformationFieldAssignments: aboutCustomer('CUSTOMER_UPDATED'),
	updateImage: aboutCustomer('CUSTOMER_UPDATED'),
	anonymiseCustomer: aboutCustomer('CUSTOMER_UPDATED'),
	updateCommunicationPreferences: aboutCustomer('CUSTOMER_COMMUNICATION_PREFERENCES_UPDATED'),
	switchStudio(call) {
		const entityId = call.id('customerId');
		// A switch in the future does not change anything yet.
		if (call.studio.hasCustomer(entityId)) return [];
		const studio = call.world.studioOfCustomer(entityId);
		const content = {
			sourceStudioId: call.studio.place.studioId,
			targetStudioId: studio.place.studioId,
		};
		// The new studio sends the event, because only its key can read the customer.
		return [{ type: 'CUSTOMER_HOME_STUDIO_UPDATED', entityId, content, studio }];
	},
	addAccessMediums: aboutCustomer('CUSTOMER_ACCESS_MEDIUM_CREATED'),
	addAccessMedium: aboutCustomer('CUSTOMER_ACCESS_MEDIUM_CREATED'),
	updateAccessMediums: aboutCustomer('CUSTOMER_ACCESS_MEDIUM_UPDATED'),
	deleteAccessMediums: aboutCustomer('CUSTOMER_ACCESS_MEDIUM_DELETED'),
	setAccessRestriction: aboutCustomer('CUSTOMER_ACCESS_RESTRICTION_CREATED'),
	deleteAccessRestriction: aboutCustomer('CUSTOMER_ACCESS_RESTRICTION_DELETED'),
	checkin: aboutCustomer('CUSTOMER_CHECKIN'),
	checkout: aboutCustomer('CUSTOMER_CHECKOUT'),
	bookClassSlot: aboutNewRecord('CLASS_BOOKING_CREATED', 'bookingId'),
	bookClassSlotForTrialOffers: aboutNewRecord('CLASS_BOOKING_CREATED', 'bookingId'),
	cancelClassSlotById: aboutBooking('CLASS_BOOKING_CANCELLED'),
	bookAppointmentBooking: aboutNewRecord('APPOINTMENT_BOOKING_CREATED', 'bookingId'),
	bookAppointmentForTrialOffer: aboutNewRecord('APPOINTMENT_BOOKING_CREATED', 'bookingId'),
	deleteAppointmentBooking: aboutBooking('APPOINTMENT_BOOKING_CANCELLED'),
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
	createIdlePeriodAmendment: aboutContract('CONTRACT_IDLE_PERIOD_CREATED', (_call, answer) => ({
		idlePeriodId: numberIn(answer, 'id'),
	})),
	updateIdlePeriod: aboutIdlePeriod('CONTRACT_IDLE_PERIOD_UPDATED'),
	withdrawIdlePeriod: aboutIdlePeriod('CONTRACT_IDLE_PERIOD_CANCELLED'),
	purchaseAdditionalModuleContract: aboutContract(
		'CONTRACT_ADDITIONAL_MODULE_CREATED',
		(_call, answer) => ({ moduleContractId: numberIn(answer, 'id') }),
	),
	createModuleContractCancelationAmendment: aboutModule('CONTRACT_ADDITIONAL_MODULE_CANCELLED'),
	withdrawAdditionalModuleContractCancelation: aboutModule('CONTRACT_ADDITIONAL_MODULE_UPDATED'),
	createExport: aboutNewRecord('TAX_ADVISOR_EXPORT_CREATED', 'exportId'),
};

// Fails for an operation that is not in the contract, e.g. after a rename.
for (const operationId of Object.keys(eventBuilders)) operationById(operationId);

/**
 * Emits the events of an operation that succeeded.
 * @throws when the type of an event is not in the catalog
 */
export function emitEvents(call: Call, answer: unknown): void {
	const events = eventBuilders[call.operation.operationId]?.(call, answer) ?? [];
	for (const { studio = call.studio, ...event } of events) {
		if (eventTypeOf(event.type) === undefined) throw new Error(`No event type ${event.type}`);
		call.world.events.emit(studio, event);
	}
}
