import type { Check } from '../../transport/declarations';

/** What must hold between the values of an operation: nothing that the API does not say better. */
export const membershipChecks: Readonly<Record<string, Check>> = {};
