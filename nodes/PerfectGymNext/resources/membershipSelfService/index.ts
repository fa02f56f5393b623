import { fromListOrById } from '../../fields/modes';
import type { Resource } from '../resource';
import { membershipSelfServiceChecks } from './checks';
import { membershipSelfServiceFields } from './fields';
import { membershipSelfServiceOperations } from './operations';

/** Operations with which members manage their contracts: idle periods, modules, cancelations. */
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
			description:
				'The contract, from a list that is searched by the name of the customer, or by ID',
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
			description: 'The idle period of the contract, from a list or by ID',
			modes: fromListOrById('searchIdlePeriods', { example: '1210000001' }),
		},
		{
			displayName: 'Additional Module Contract',
			name: 'additionalModuleContractId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			description:
				'The module that was added to the contract, from a list that searches by the name of the customer, or by the ID of its own contract',
			modes: fromListOrById('searchModuleContracts', { example: '1210000001', searchFirst: true }),
		},
	],
	fields: membershipSelfServiceFields,
	checks: membershipSelfServiceChecks,
};
