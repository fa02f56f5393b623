import type { INode } from 'n8n-workflow';
import { node } from '../n8n/fixture.cts';
import { FIRST_ID } from './apiProcess.cts';

/** Returns nodes that output an item with an ID for each of the first customers. */
export function idNodes(count: number): INode[] {
	const id = Array.from({ length: count }, (_, index) => FIRST_ID + index);
	return [
		node('Ids', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ id }),
			options: {},
		}),
		node('Items', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'id', options: {} }),
	];
}
