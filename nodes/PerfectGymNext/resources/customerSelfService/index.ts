import { fromListOrById } from '../../fields/modes';
import type { Resource } from '../resource';
import { customerSelfServiceFields } from './fields';
import { customerSelfServiceOperations } from './operations';

/** Data that customers maintain themselves. A studio can require approval of changes. */
export const customerSelfService: Resource = {
	name: 'Customer Self-Service',
	value: 'customerSelfService',
	operations: customerSelfServiceOperations,
	ids: [
		{
			displayName: 'Change Request',
			name: 'amendmentId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			description: 'The change that is waiting for approval. Choose from the list, or enter an ID.',
			modes: fromListOrById('searchAmendments', { example: '1210656710' }),
		},
	],
	fields: customerSelfServiceFields,
};
