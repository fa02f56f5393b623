/** Keeps an event whose run failed while the node's On Error lets it continue. */

import type {
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { errorDetails } from '../transport/nodeErrors';

/**
 * @returns the item with the reason as `error` and what is known of the failed request as `details`.
 *   With On Error > Continue (using error output), `error` holds all: `message`, `details` and `event`.
 */
export function failedItem(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	error: NodeApiError | NodeOperationError,
): INodeExecutionData {
	const { message } = error;
	const details = errorDetails(error);
	// Up to 2.34, n8n moves an item to the error output only if it has no field but `error`
	// (n8n-core, handleNodeErrorOutput). With an `error` beside `json`, it would replace `json`.
	return context.getNode().onError === 'continueErrorOutput'
		? { ...item, json: { error: { message, details, event: item.json } } }
		: { ...item, json: { ...item.json, error: message, details } };
}
