/** The two ways in which n8n calls the node: for a workflow with all items, for a tool with one. */

import type {
	IExecuteFunctions,
	IExecutePaginationFunctions,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { RequestError, UserInputError } from './errors';
import { execute } from './execute';
import { failedItem, toNodeError } from './nodeErrors';
import type { Operation, Operations } from './operations';
import { shown } from './serialize';
import { toldToModel } from './tool';
import type { InputItem, NodeRun } from './types';

/** n8n passes the records of a tool as arguments of one call, which has room for about 125,000. */
const MAX_RECORDS_OF_TOOL = 100_000;

/**
 * n8n's hook for declarative nodes. n8n calls it once, with all items; without it, n8n's engine
 * evaluates every parameter of the node four times per item.
 *
 * @returns a function for each operation of each resource
 */
export function customOperationsOf(
	operations: Operations,
): NonNullable<INodeType['customOperations']> {
	const byResource = new Map<string, Operation[]>();
	for (const operation of operations.all()) {
		for (const resource of new Set(operation.resources)) {
			byResource.set(resource, [...(byResource.get(resource) ?? []), operation]);
		}
	}
	return withoutPrototype(
		[...byResource].map(([resource, ofResource]) => [
			resource,
			withoutPrototype(
				ofResource.map((operation) => [
					operation.id,
					async function (this: IExecuteFunctions) {
						const run = runInWorkflow(this);
						return [toldToModel(run.node, await execute(run, operation, operations))];
					},
				]),
			),
		]),
	);
}

/**
 * What n8n's declarative engine calls for each item: the node is a tool then, or the workflow names
 * an operation that does not exist.
 *
 * @returns the function for `requestOperations.pagination`
 */
export function toolRequestOf(
	operations: Operations,
): (this: IExecutePaginationFunctions) => Promise<INodeExecutionData[]> {
	return async function () {
		const run = runAsTool(this);
		try {
			const operation = chosenOperation(run, operations);
			const output = await execute(run, operation, operations);
			if (output.length > MAX_RECORDS_OF_TOOL) throw tooManyRecords();
			return toldToModel(run.node, output);
		} catch (error) {
			const [{ index }] = run.items;
			const failure = toNodeError(run.node, error, index);
			if (!run.continueOnFail) throw failure;
			return [failedItem(run.node, failure, index)];
		}
	};
}

function runInWorkflow(context: IExecuteFunctions): NodeRun {
	const items = inputOf(context).map((data, index): InputItem => ({ index, data }));
	return {
		context,
		node: context.getNode(),
		timeZone: context.getTimezone(),
		continueOnFail: context.continueOnFail(),
		items,
		evaluate: (path, item, fallback) => context.getNodeParameter(path, item, fallback, RAW),
		getCredentials: async (type, item) => await context.getCredentials(type, item),
		getFile: (field, item) => context.helpers.assertBinaryData(item, field),
	};
}

/** An agent of version 3 or later runs a tool as a node; its input is not the main one then. */
function inputOf(context: IExecuteFunctions): INodeExecutionData[] {
	const main = context.getInputData();
	return main.length > 0 ? main : context.getInputData(0, NodeConnectionTypes.AiTool);
}

function runAsTool(context: IExecutePaginationFunctions): NodeRun {
	return {
		context,
		node: context.getNode(),
		timeZone: context.getTimezone(),
		continueOnFail: context.continueOnFail(),
		items: [{ index: context.getItemIndex(), data: context.getInputData() as INodeExecutionData }],
		evaluate: (path, _item, fallback) => context.getNodeParameter(path, fallback, RAW),
		getCredentials: async (type) => await context.getCredentials(type),
		getFile: (field) => context.helpers.assertBinaryData(field),
	};
}

/** Our own checks follow, with better messages than n8n's. */
const RAW = { skipValidation: true };

function chosenOperation({ node }: NodeRun, operations: Operations): Operation {
	const { resource, operation: id } = node.parameters;
	const operation = operations.find(resource, id);
	if (operation) return operation;
	for (const [title, value] of [
		['Resource', resource],
		['Operation', id],
	]) {
		if (typeof value !== 'string' || !value.startsWith('=')) continue;
		throw new UserInputError(
			`"${title}" is the expression ${shown(value)}, but it must be chosen from the list`,
			'Use a separate node for each operation, and a Switch node to choose between them.',
		);
	}
	throw new UserInputError(
		`The resource "${shown(resource)}" has no operation "${shown(id)}"`,
		'Choose the operation from the list.',
	);
}

function tooManyRecords(): RequestError {
	return new RequestError(
		`The list has more than ${MAX_RECORDS_OF_TOOL.toLocaleString('en')} records, which is more than a tool can return`,
		'Turn off "Return All" and set a "Limit", or narrow the list with filters.',
	);
}

/** Names such as `constructor` must not find anything. */
function withoutPrototype<T>(entries: Array<[string, T]>): Record<string, T> {
	return Object.assign(Object.create(null) as Record<string, T>, Object.fromEntries(entries));
}
