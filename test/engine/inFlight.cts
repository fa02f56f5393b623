/** Counts the requests that n8n is sending, so that the simulated clock can stand still meanwhile. */

import type { ExecuteContext } from 'n8n-core';

let inFlight = 0;

/** @returns the number of requests without an answer, of all watched contexts */
export function countRequests(): number {
	return inFlight;
}

/** Counts the requests of a context, until each is answered or fails. */
export function watchRequests(context: ExecuteContext): void {
	const { helpers } = context;
	const send = helpers.httpRequest.bind(helpers);
	const sendSigned = helpers.httpRequestWithAuthentication.bind(context);
	helpers.httpRequest = async (request) => await counted(send(request));
	helpers.httpRequestWithAuthentication = async (...request) =>
		await counted(sendSigned(...request));
}

async function counted(request: Promise<unknown>): Promise<unknown> {
	inFlight++;
	try {
		return await request;
	} finally {
		inFlight--;
	}
}
