import type { Check } from '../../transport/declarations';

export { customerSelfServiceFields } from './fields';
export { customerSelfServiceOperations } from './operations';

/** The declarations of the fields say all there is to check. */
export const customerSelfServiceChecks: Readonly<Record<string, Check>> = {};
