/** The operations of the node. */

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { operations } from '../../nodes/PerfectGymNext/properties';
import { PerfectGymNext } from '../../nodes/PerfectGymNext/PerfectGymNext.node.ts';
import { contractOf, type ContractOperation } from './contract.cts';

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

/** The node's operations that send what the contract describes, in one request or in several. */
export const describedOperations = allOperations.filter(
	({ resource }) => resource !== CUSTOM_RESOURCE,
);

/** The node's operations that are operations of the API. */
export const nodeOperations = describedOperations.filter(
	({ value }) => !operations.get(String(value)).plan.merge,
);

/** @returns what the contract says of the request that an operation sends */
export function contractOfOperation(id: string): ContractOperation | undefined {
	return contractOf.get(operations.get(id).plan.merge?.replaces ?? id);
}

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
