import type { Call, Handler, Handlers } from '../call.cts';
import { operationById } from '../contract.cts';
import { accessHandlers } from './access.cts';
import { appointmentHandlers } from './appointments.cts';
import { checkinHandlers } from './checkins.cts';
import { classHandlers } from './classes.cts';
import { customerHandlers } from './customers.cts';
import { deskHandlers } from './desk.cts';
import { emitEvents } from './events.cts';
import { fileHandlers } from './files.cts';
import { financeHandlers } from './finance.cts';
import { idlePeriodHandlers } from './idlePeriods.cts';
import { leadHandlers } from './leads.cts';
import { membershipHandlers } from './memberships.cts';
import { sampleHandler } from './other.cts';
import { selfServiceHandlers } from './selfService.cts';
import { studioHandlers } from './studio.cts';

const handlers = new Map<string, Handler>(
	[
		accessHandlers,
		appointmentHandlers,
		checkinHandlers,
		classHandlers,
		customerHandlers,
		deskHandlers,
		fileHandlers,
		financeHandlers,
		idlePeriodHandlers,
		leadHandlers,
		membershipHandlers,
		selfServiceHandlers,
		studioHandlers,
	].flatMap((group: Handlers) => Object.entries(group)),
);

// Fails for an operation that is not in the contract, e.g. after a rename.
for (const operationId of handlers.keys()) operationById(operationId);

/** @throws ApiError 404 when the customer or contract in the path does not belong to the studio */
function checkOwnership({ operation, studio, path }: Call): void {
	if (operation.path.startsWith('/v1/cross-studio/')) return;
	if (typeof path.customerId === 'number') studio.customer(path.customerId);
	if (typeof path.contractId === 'number') studio.contract(path.contractId);
}

/**
 * Runs an operation and emits its events. Returns the JSON of the answer, undefined for an empty
 * body.
 * @throws ApiError 400, 404 or 409
 */
export function handle(call: Call): unknown {
	checkOwnership(call);
	const answer = (handlers.get(call.operation.operationId) ?? sampleHandler)(call);
	emitEvents(call, answer);
	return answer;
}
