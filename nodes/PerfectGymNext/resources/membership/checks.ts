import type { Check } from '../../transport/operations';

/** No operation needs checks across its values. */
export const membershipChecks: Readonly<Record<string, Check>> = {};
