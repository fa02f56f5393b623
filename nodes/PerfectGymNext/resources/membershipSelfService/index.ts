import { fromListOrById } from '../../fields/modes';
import type { Resource } from '../resource';
import { membershipSelfServiceChecks } from './checks';
import { membershipSelfServiceFields } from './fields';
import { membershipSelfServiceOperations } from './operations';

/** Operations with which members manage their contracts: idle periods, modules, cancellations. */
export const membershipSelfService: Resource = {
	name: 'Membership Self-Service',
	value: 'membershipSelfService',
	operations: membershipSelfServiceOperations,
	ids: [
		{
			displayName: 'Contract',
			name: 'contractId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			description: "The list searches by the customer's name",
			modes: fromListOrById('searchContracts', {
				example: '1210656710',
				digitsOnly: 'A contract ID',
			}),
		},
		{
			displayName: 'Idle Period',
			name: 'idlePeriodId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			modes: fromListOrById('searchIdlePeriods', { example: '1210000001' }),
		},
		{
			displayName: 'Additional Module Contract',
			name: 'additionalModuleContractId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			description:
				"The module that was added to the contract. The list searches by the customer's name. The ID is that of the module's own contract.",
			modes: fromListOrById('searchModuleContracts', { example: '1210000001', searchFirst: true }),
		},
	],
	fields: membershipSelfServiceFields,
	checks: membershipSelfServiceChecks,
};
