import type { INodeProperties } from 'n8n-workflow';

/** Which offer. */
export const membershipParameters: INodeProperties[] = [];
