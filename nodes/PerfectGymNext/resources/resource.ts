/** What a resource declares. */

import type { INodeProperties } from 'n8n-workflow';

import type { Check, OperationParameter } from '../transport/operations';

/** One resource of the node: what a person can choose, and the fields that only it has. */
export interface Resource {
	/** The name in the list of resources. */
	name: string;
	/** The value that saved workflows hold. */
	value: string;
	/** The choice of the operation. Each option says where its request goes. */
	operations: OperationParameter;
	/**
	 * The IDs in the paths and queries of operations, such as `{customerId}`. Each is declared by one
	 * resource, without conditions: every operation that names it shows it, before its fields.
	 */
	ids?: INodeProperties[];
	/**
	 * The fields that the resource declares. The editor shows them in this order, and optional
	 * collections at the end.
	 */
	fields?: INodeProperties[];
	/** What must hold between the values of an operation, by operation. The API checks the rest. */
	checks?: Readonly<Record<string, Check>>;
}
