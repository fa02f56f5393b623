import type { INodeProperties } from 'n8n-workflow';

/** Which thread or amendment of a customer. */
export const communicationParameters: INodeProperties[] = [];
