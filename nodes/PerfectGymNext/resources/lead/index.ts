import type { Resource } from '../resource';
import { leadChecks } from './checks';
import { leadFields } from './fields';
import { leadOperations } from './operations';

/** Leads, which are people who may become members. */
export const lead: Resource = {
	name: 'Lead',
	value: 'lead',
	operations: leadOperations,
	fields: leadFields,
	checks: leadChecks,
};
