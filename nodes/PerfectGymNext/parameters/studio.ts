import type { INodeProperties } from 'n8n-workflow';

/** Which device, employee, export or debt-collection run. */
export const studioParameters: INodeProperties[] = [];
