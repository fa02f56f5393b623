import { fromListOrById } from '../../fields/modes';
import type { Resource } from '../resource';
import { membershipChecks } from './checks';
import { membershipFields } from './fields';
import { membershipOperations } from './operations';

/** Memberships and membership offers. */
export const membership: Resource = {
	name: 'Membership',
	value: 'membership',
	operations: membershipOperations,
	ids: [
		{
			displayName: 'Membership Offer',
			name: 'membershipOfferId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			modes: fromListOrById('searchMembershipOffers', { example: '1234567890' }),
		},
		{
			displayName: 'Configuration',
			name: 'configId',
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			modes: fromListOrById('searchConfigurations', { example: '1210000001' }),
		},
	],
	fields: membershipFields,
	checks: membershipChecks,
};
