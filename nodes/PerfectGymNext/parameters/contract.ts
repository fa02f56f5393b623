import type { INodeProperties } from 'n8n-workflow';

/** Which idle period or additional module of a contract. */
export const contractParameters: INodeProperties[] = [];
