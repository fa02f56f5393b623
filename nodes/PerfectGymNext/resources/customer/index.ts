import { fromListOrById } from '../../fields/modes';
import type { Resource } from '../resource';
import { customerChecks } from './checks';
import { customerFields } from './fields';
import { customerOperations } from './operations';

/** Customers (members and prospects) and their data. */
export const customer: Resource = {
	name: 'Customer',
	value: 'customer',
	operations: customerOperations,
	ids: [
		{
			displayName: 'Customer',
			name: 'customerId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			description: 'The list searches by name, email or customer number',
			modes: fromListOrById('searchCustomers', {
				example: '1210656710',
				digitsOnly: 'A customer ID',
			}),
		},
		{
			displayName: 'Access Medium',
			name: 'accessMediumId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			modes: fromListOrById('searchAccessMediums', { example: '1234567890' }),
		},
		{
			displayName: 'Benefit',
			name: 'benefitKey',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchBenefits', searchable: true },
				},
				{
					displayName: 'By Key',
					name: 'id',
					type: 'string',
					placeholder: 'e.g. DRINKS',
				},
			],
		},
		{
			displayName: 'Document',
			name: 'documentId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			modes: fromListOrById('searchDocuments', { example: '1234567890' }),
		},
	],
	fields: customerFields,
	checks: customerChecks,
};
