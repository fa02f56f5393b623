import type { Call, Handler, Handlers } from '../call.cts';
import { operationById } from '../contract.cts';
import { accessHandlers } from './access.cts';
import { appointmentHandlers } from './appointments.cts';
import { checkinHandlers } from './checkins.cts';
import { classHandlers } from './classes.cts';
import { customerHandlers } from './customers.cts';
import { deskHandlers } from './desk.cts';
import { announce } from './events.cts';
import { fileHandlers } from './files.cts';
import { financeHandlers } from './finance.cts';
import { idlePeriodHandlers } from './idlePeriods.cts';
import { leadHandlers } from './leads.cts';
import { membershipHandlers } from './memberships.cts';
import { anyHandler } from './other.cts';
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

// A handler for an operation that was renamed in the contract would never be called.
for (const operationId of handlers.keys()) operationById(operationId);

/** @throws 404 when the customer or the contract that the path names is not in the studio */
function refuseStrangers({ operation, studio, path }: Call): void {
	if (operation.path.startsWith('/v1/cross-studio/')) return;
	if (typeof path.customerId === 'number') studio.customer(path.customerId);
	if (typeof path.contractId === 'number') studio.contract(path.contractId);
}

/**
 * Carries an operation out, tells the world what happened, and gives the JSON of the answer,
 * undefined for an empty body.
 * @throws ApiError 400, 404 or 409
 */
export function handle(call: Call): unknown {
	refuseStrangers(call);
	const answer = (handlers.get(call.operation.operationId) ?? anyHandler)(call);
	announce(call, answer);
	return answer;
}
