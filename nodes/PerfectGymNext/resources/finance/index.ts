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
				'The ID of the run that handed over the debts. The event Finance Debt Collection Run Created contains it.',
			modes: byId({ example: '1210000001', digitsOnly: 'The ID of a run' }),
		},
		{
			displayName: 'Export',
			name: 'exportId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'id', value: '' },
			description:
				'The ID from Create Tax Advisor Export. You can get the export after the event Finance Tax Advisor Export Created.',
			modes: byId({ example: '1210000001', digitsOnly: 'The ID of an export' }),
		},
	],
	fields: financeFields,
	checks: financeChecks,
};
