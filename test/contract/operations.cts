/** The operations of the node. */

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { PerfectGymNext } from '../../nodes/PerfectGymNext/PerfectGymNext.node.ts';

const node = new PerfectGymNext();

/** The resource of the custom request, which is not an operation of the API. */
export const CUSTOM_RESOURCE = 'apiRequest';

/** All operations of the node: the options of each `operation` parameter. */
export const allOperations: Array<INodePropertyOptions & { resource: string }> =
	node.description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap((parameter) =>
			(parameter.options as INodePropertyOptions[]).map((option) => ({
				...option,
				resource: parameter.displayOptions?.show?.resource?.[0] as string,
			})),
		);

/** The node's operations that are operations of the API. */
export const nodeOperations = allOperations.filter(({ resource }) => resource !== CUSTOM_RESOURCE);

/** @returns the node's parameters, including those in collections */
export function* allParameters(
	parameters: INodeProperties[] = node.description.properties,
): Generator<INodeProperties> {
	for (const parameter of parameters) {
		yield parameter;
		for (const option of parameter.options ?? []) {
			if ('type' in option) yield* allParameters([option]);
			if ('values' in option) yield* allParameters(option.values);
		}
	}
}
