/** Declares every type of event that PerfectGym Next sends. */

import type { INodePropertyOptions } from 'n8n-workflow';

/** How to read the entity of an event. */
export interface EntityRead {
	/** The API's operation. The event's IDs fill its path. */
	operation: string;
	/** The IDs of the event by their names in the path, where these differ. */
	ids?: Readonly<Record<string, string>>;
	/** The query parameter that takes the event's ID. */
	query?: string;
	/** Picks one record of a list: the one in which this property equals this ID of the event. */
	pick?: { property: string; id: string };
}

/** A type of event, which is also an option of the trigger's "Trigger On". */
export interface EventType extends INodePropertyOptions {
	/** The type as PerfectGym Next sends it. */
	value: string;
	/** The name for users. It begins with the word by which the list groups the types. */
	name: string;
	/** When PerfectGym Next sends it. */
	description: string;
	/** The name of the ID in `entityId`. The API documents none for one type. */
	id?: string;
	/** IDs from the event's content that the item also contains. */
	contentIds?: readonly string[];
	/** The request for "Include Details". Missing when the entity can no longer be read. */
	entity?: EntityRead;
}

const customer: EntityRead = { operation: 'getCustomerById' };
const contract: EntityRead = {
	operation: 'getCustomersContracts',
	pick: { property: 'id', id: 'contractId' },
};
const moduleContract: EntityRead = {
	operation: 'getAdditionalModuleContract',
	ids: { additionalModuleContractId: 'moduleContractId' },
};
const idlePeriod: EntityRead = { operation: 'getIdlePeriodById' };
const appointmentBooking: EntityRead = { operation: 'getAppointmentBooking' };
const classBooking: EntityRead = { operation: 'getClassBookingById' };
const classSlot: EntityRead = { operation: 'getClassSlotById' };
const employee: EntityRead = { operation: 'getEmployee' };
const studio: EntityRead = { operation: 'getStudioInformation' };

/** All documented types, sorted by name. */
export const eventTypes: readonly EventType[] = [
	{
		name: 'Appointment Booking Canceled',
		value: 'APPOINTMENT_BOOKING_CANCELLED',
		description: 'When an appointment is canceled',
		id: 'bookingId',
		entity: appointmentBooking,
	},
	{
		name: 'Appointment Booking Created',
		value: 'APPOINTMENT_BOOKING_CREATED',
		description: 'When an appointment is booked',
		id: 'bookingId',
		entity: appointmentBooking,
	},
	{
		name: 'Appointment Booking Updated',
		value: 'APPOINTMENT_BOOKING_UPDATED',
		description: "When an appointment's time, trainer, room or device changes",
		id: 'bookingId',
		entity: appointmentBooking,
	},
	{
		name: 'Class Booking Canceled',
		value: 'CLASS_BOOKING_CANCELLED',
		description: 'When the booking of a class slot is canceled',
		id: 'bookingId',
		entity: classBooking,
	},
	{
		name: 'Class Booking Created',
		value: 'CLASS_BOOKING_CREATED',
		description: 'When a class slot is booked',
		id: 'bookingId',
		entity: classBooking,
	},
	{
		name: 'Class Booking Updated',
		value: 'CLASS_BOOKING_UPDATED',
		description: 'When a class booking changes, for example from the waiting list to a place',
		id: 'bookingId',
		entity: classBooking,
	},
	{
		name: 'Class Slot Canceled',
		value: 'CLASS_SLOT_CANCELLED',
		description: 'When a class slot is canceled',
		id: 'classSlotId',
		contentIds: ['classId'],
		entity: classSlot,
	},
	{
		name: 'Class Slot Updated',
		value: 'CLASS_SLOT_UPDATED',
		description: "When a class slot's time, trainer or room changes",
		id: 'classSlotId',
		contentIds: ['classId'],
		entity: classSlot,
	},
	{
		name: 'Contract Additional Module Canceled',
		value: 'CONTRACT_ADDITIONAL_MODULE_CANCELLED',
		description: "When a contract's additional module is canceled",
		id: 'customerId',
		contentIds: ['contractId', 'moduleContractId'],
		entity: moduleContract,
	},
	{
		name: 'Contract Additional Module Created',
		value: 'CONTRACT_ADDITIONAL_MODULE_CREATED',
		description: 'When an additional module is added to a contract',
		id: 'customerId',
		contentIds: ['contractId', 'moduleContractId'],
		entity: moduleContract,
	},
	{
		name: 'Contract Additional Module Deleted',
		value: 'CONTRACT_ADDITIONAL_MODULE_DELETED',
		description: 'When an additional module is removed from a contract',
		id: 'customerId',
		contentIds: ['contractId', 'moduleContractId'],
		entity: moduleContract,
	},
	{
		name: 'Contract Additional Module Updated',
		value: 'CONTRACT_ADDITIONAL_MODULE_UPDATED',
		description: "When a contract's additional module changes",
		id: 'customerId',
		contentIds: ['contractId', 'moduleContractId'],
		entity: moduleContract,
	},
	{
		name: 'Contract Canceled',
		value: 'CONTRACT_CANCELLED',
		description: 'When a contract is canceled',
		id: 'customerId',
		contentIds: ['contractId'],
		entity: contract,
	},
	{
		name: 'Contract Created',
		value: 'CONTRACT_CREATED',
		description: 'When a main contract is created',
		id: 'customerId',
		contentIds: ['contractId'],
		entity: contract,
	},
	{
		name: 'Contract Idle Period Canceled',
		value: 'CONTRACT_IDLE_PERIOD_CANCELLED',
		description: "When a contract's idle period is removed",
		id: 'customerId',
		contentIds: ['contractId', 'idlePeriodId'],
		entity: idlePeriod,
	},
	{
		name: 'Contract Idle Period Created',
		value: 'CONTRACT_IDLE_PERIOD_CREATED',
		description: 'When a contract gets an idle period',
		id: 'customerId',
		contentIds: ['contractId', 'idlePeriodId'],
		entity: idlePeriod,
	},
	{
		name: 'Contract Idle Period Updated',
		value: 'CONTRACT_IDLE_PERIOD_UPDATED',
		description: "When a contract's idle period changes",
		id: 'customerId',
		contentIds: ['contractId', 'idlePeriodId'],
		entity: idlePeriod,
	},
	{
		name: 'Contract Updated',
		value: 'CONTRACT_UPDATED',
		description: 'When a contract changes',
		id: 'customerId',
		contentIds: ['contractId'],
		entity: contract,
	},
	{
		name: 'Customer Access Disabled',
		value: 'CUSTOMER_ACCESS_DISABLED',
		description: 'When the studio loses access to a customer. The customer can no longer be read.',
		id: 'customerId',
	},
	{
		name: 'Customer Access Medium Created',
		value: 'CUSTOMER_ACCESS_MEDIUM_CREATED',
		description: 'When a customer gets a card, PIN, barcode or wallet pass',
		id: 'customerId',
		entity: customer,
	},
	{
		name: 'Customer Access Medium Deleted',
		value: 'CUSTOMER_ACCESS_MEDIUM_DELETED',
		description: "When a customer's card, PIN, barcode or wallet pass is removed",
		id: 'customerId',
		entity: customer,
	},
	{
		name: 'Customer Access Medium Updated',
		value: 'CUSTOMER_ACCESS_MEDIUM_UPDATED',
		description: "When a customer's card, PIN, barcode or wallet pass changes",
		id: 'customerId',
		entity: customer,
	},
	{
		name: 'Customer Access Restriction Created',
		value: 'CUSTOMER_ACCESS_RESTRICTION_CREATED',
		description: "When a customer's access is blocked",
		id: 'customerId',
		entity: customer,
	},
	{
		name: 'Customer Access Restriction Deleted',
		value: 'CUSTOMER_ACCESS_RESTRICTION_DELETED',
		description: "When a customer's access is unblocked",
		id: 'customerId',
		entity: customer,
	},
	{
		name: 'Customer Aggregator Member Created',
		value: 'AGGREGATOR_MEMBER_CREATED',
		description: "When an aggregator's member becomes a customer",
		id: 'customerId',
		contentIds: ['aggregatorId'],
		entity: customer,
	},
	{
		name: 'Customer Check-in Studios Updated',
		value: 'CUSTOMER_CHECKIN_STUDIOS_UPDATED',
		description: 'When the studios change where a customer may check in',
		id: 'customerId',
		contentIds: ['contractId'],
		entity: customer,
	},
	{
		name: 'Customer Checked In',
		value: 'CUSTOMER_CHECKIN',
		description: 'When a customer checks in at a studio in person',
		id: 'customerId',
		entity: customer,
	},
	{
		name: 'Customer Checked Out',
		value: 'CUSTOMER_CHECKOUT',
		description: 'When a customer checks out of a studio in person',
		id: 'customerId',
		entity: customer,
	},
	{
		name: 'Customer Communication Preferences Updated',
		value: 'CUSTOMER_COMMUNICATION_PREFERENCES_UPDATED',
		description: "When a customer's communication preferences change",
		id: 'customerId',
		entity: { operation: 'getCommunicationPreferences' },
	},
	{
		name: 'Customer Created',
		value: 'CUSTOMER_CREATED',
		description: 'When a customer is created',
		id: 'customerId',
		entity: customer,
	},
	{
		name: 'Customer Deleted',
		value: 'CUSTOMER_DELETED',
		description: 'When a customer is deleted',
		id: 'customerId',
	},
	{
		name: 'Customer Home Studio Updated',
		value: 'CUSTOMER_HOME_STUDIO_UPDATED',
		description: 'When a customer moves to another studio',
		id: 'customerId',
		contentIds: ['sourceStudioId', 'targetStudioId'],
		entity: customer,
	},
	{
		name: 'Customer Updated',
		value: 'CUSTOMER_UPDATED',
		description: "When a customer's data changes",
		id: 'customerId',
		entity: customer,
	},
	{
		name: 'Customers Checked Out Automatically',
		value: 'AUTOMATIC_CUSTOMER_CHECKOUT',
		description: 'When customers who did not check out are checked out automatically',
		id: 'studioId',
		entity: studio,
	},
	{
		name: 'Device Created',
		value: 'DEVICE_CREATED',
		description: 'When a device is created',
		id: 'deviceId',
		entity: {
			operation: 'getDevices',
			pick: { property: 'id', id: 'deviceId' },
		},
	},
	{
		name: 'Employee Created',
		value: 'EMPLOYEE_CREATED',
		description: 'When an employee is created',
		id: 'employeeId',
		entity: employee,
	},
	{
		name: 'Employee Deleted',
		value: 'EMPLOYEE_DELETED',
		description: 'When an employee is deleted',
		id: 'employeeId',
	},
	{
		name: 'Employee Updated',
		value: 'EMPLOYEE_UPDATED',
		description: "When an employee's data changes",
		id: 'employeeId',
		entity: employee,
	},
	{
		name: 'Finance Debt Collection Case Updated',
		value: 'FINANCE_DEBT_COLLECTION_CASE_UPDATED',
		description: 'When a debt collection case changes',
		id: 'caseAdjustmentRequestId',
		contentIds: ['agencyCollectionCaseId', 'collectionCaseId'],
		entity: { operation: 'getDebtCollectionCases', query: 'caseAdjustmentRequestId' },
	},
	{
		name: 'Finance Debt Collection Configuration Updated',
		value: 'FINANCE_DEBT_COLLECTION_CONFIGURATION_UPDATED',
		description: 'When the debt collection settings change',
		entity: { operation: 'getDebtCollectionConfiguration' },
	},
	{
		name: 'Finance Debt Collection Run Created',
		value: 'FINANCE_DEBT_COLLECTION_RUN_CREATED',
		description: 'When debts are handed over to an agency',
		id: 'debtCollectionRunId',
		entity: { operation: 'getTransferDetails' },
	},
	{
		name: 'Finance Tax Advisor Export Created',
		value: 'TAX_ADVISOR_EXPORT_CREATED',
		description: 'When an export for the tax advisor is ready',
		id: 'exportId',
		entity: { operation: 'getExport' },
	},
	{
		name: 'Studio Additional Information Fields Updated',
		value: 'ADDITIONAL_INFORMATION_FIELDS_UPDATED',
		description: "When the studio's additional information fields change",
		id: 'studioId',
		entity: { operation: 'getAdditionalInformationFields' },
	},
	{
		name: 'Studio Opening Hours Updated',
		value: 'STUDIO_OPENING_HOURS_UPDATED',
		description: "When the studio's opening hours change",
		id: 'studioId',
		entity: studio,
	},
];

const TYPE_NAME = /^[A-Z][A-Z0-9_]{0,99}$/;

/** @returns whether a text can be the name of a type, also of one that is newer than this version */
export function isTypeName(value: string): boolean {
	return TYPE_NAME.test(value);
}

const byValue = new Map(eventTypes.map((type) => [type.value, type]));

/** @returns the declaration of a type, or undefined for a type that is newer than this version */
export function eventTypeOf(value: string): EventType | undefined {
	return byValue.get(value);
}
