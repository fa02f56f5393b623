/** Sends one request and returns the body of a success. */

import { errorIn } from './nodeErrors';
import { requestWithRetry } from './requestWithRetry';
import type { Studio } from './studio';
import type { ApiContext, ApiRequest, WaitLimits } from './types';

/**
 * @returns the body of the answer: parsed JSON, or an empty text
 * @throws {ApiError} for an answer that is not a success, and as {@link requestWithRetry}
 */
export async function request(
	context: ApiContext,
	studio: Studio,
	apiRequest: ApiRequest,
	limits: WaitLimits,
): Promise<unknown> {
	const answer = await requestWithRetry(context, studio, apiRequest, limits);
	const error = errorIn(answer, apiRequest, studio);
	if (error) throw error;
	return answer.body;
}
