import type { Check } from '../../transport/operations';

export { customerSelfServiceFields } from './fields';
export { customerSelfServiceOperations } from './operations';

/** No operation needs checks across its values. */
export const customerSelfServiceChecks: Readonly<Record<string, Check>> = {};
