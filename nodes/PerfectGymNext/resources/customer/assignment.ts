import type { INodeProperties } from 'n8n-workflow';

import { fromListOrById } from '../../fields/modes';
/** The fields of one value of additional information. */
export const assignmentFields: INodeProperties[] = [
	{
		displayName: 'Field',
		name: 'additionalInformationFieldId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The field, from the list of the studio or by ID',
		modes: fromListOrById('searchAdditionalInformationFields', { example: '1234567890' }),
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		required: true,
		default: '',
		description:
			'Text, a whole number, a date such as 2026-12-31, true or false, or the ID of a list item',
	},
];
