/** All parameters of the node, and the operations that the transport makes of them. */

import type { INodeProperties } from 'n8n-workflow';

import { authenticationParameters, chosenStudioParameters } from './parameters/authentication';
import { bodyParameters } from './parameters/body';
import { downloadParameters, uploadParameters } from './parameters/files';
import { identifierParameters } from './parameters/identifier';
import { notices } from './parameters/notices';
import { optionsParameters } from './parameters/options';
import { outputParameters } from './parameters/output';
import { pagingParameters } from './parameters/paging';
import { ids, resources } from './resources';
import { contract, records } from './resources/contract';
import { simplified } from './resources/simplified';
import { Operations } from './transport/operations';

const fields = [...resources.flatMap((resource) => resource.fields ?? []), ...uploadParameters];
const extras = fields.filter(({ type, required }) => type === 'collection' && !required);

/**
 * In the order in which the editor shows them: required parameters, what many operations have in
 * common, the collections of what can be added, and JSON in place of all fields.
 */
export const properties: INodeProperties[] = [
	...authenticationParameters,
	...chosenStudioParameters,
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ name, value }) => ({ name, value })),
		default: 'customer',
		// Always shown, so that n8n's declarative engine calls our pagination function for every tool.
		routing: { send: { paginate: true } },
	},
	...resources.map(({ operations }) => operations),
	...notices,
	...ids,
	...identifierParameters,
	...pagingParameters,
	...fields.filter((field) => !extras.includes(field)),
	...downloadParameters,
	...outputParameters,
	...extras,
	...bodyParameters,
	...optionsParameters,
];

const actions = resources.flatMap((resource) =>
	resource.operations.options.map(({ value, action }) => [value, action]),
);

/** What the node shows under its name: the action, as the list of actions has it. */
export const subtitle = `={{ (${JSON.stringify(Object.fromEntries(actions))})[$parameter["operation"]] }}`;

/** All operations of the node, in the form that the transport needs. */
export const operations = new Operations(
	properties,
	contract,
	records,
	simplified,
	Object.assign({}, ...resources.map(({ checks }) => checks)),
);
