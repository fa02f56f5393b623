import type { INodeProperties } from 'n8n-workflow';

/** Which class, slot, appointment or booking. */
export const bookingParameters: INodeProperties[] = [];
