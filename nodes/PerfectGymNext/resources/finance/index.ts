import { byId } from '../../fields/modes';
import type { Resource } from '../resource';
import { financeChecks } from './checks';
import { financeFields } from './fields';
import { financeOperations } from './operations';

/** Operations for collection agencies and tax advisors. */
export const finance: Resource = {
	name: 'Finance',
	value: 'finance',
	operations: financeOperations,
	ids: [
		{
			displayName: 'Debt Collection Run',
			name: 'debtCollectionRunId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'id', value: '' },
			description:
				'ID of the run in which debts were handed over; the event of a new debt collection run brings it',
			modes: byId({ example: '1210000001', digitsOnly: 'The ID of a run' }),
		},
		{
			displayName: 'Export',
			name: 'exportId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'id', value: '' },
			description:
				'ID that the creation of the export gave; the export can be had once the event of its creation has come',
			modes: byId({ example: '1210000001', digitsOnly: 'The ID of an export' }),
		},
	],
	fields: financeFields,
	checks: financeChecks,
};
