/** What differs when the node is a tool of an AI agent. */

import type { INode, INodeExecutionData } from 'n8n-workflow';

/** @returns whether n8n uses the node as a tool; n8n derives a type with this name for it */
export function isTool({ type }: INode): boolean {
	return type.endsWith('Tool');
}

/**
 * @returns the output, or an item that says that it is empty: agents since version 3 give the model
 *   an empty text for no items, which looks like a failure
 */
export function toldToModel(node: INode, output: INodeExecutionData[]): INodeExecutionData[] {
	if (output.length > 0 || !isTool(node)) return output;
	return [{ json: { message: 'Nothing was found' }, pairedItem: { item: 0 } }];
}
