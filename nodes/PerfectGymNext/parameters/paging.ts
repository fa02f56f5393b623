import type { INodeProperties } from 'n8n-workflow';

import { chunkedOperations } from '../resources';

/** Return All and Limit, for every list that the API returns in chunks. */
export const pagingParameters: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
		displayOptions: {
			show: { operation: chunkedOperations },
		},
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: {
			show: {
				operation: chunkedOperations,
				returnAll: [false],
			},
		},
	},
];
