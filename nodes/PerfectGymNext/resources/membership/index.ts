export { membershipChecks } from './checks';
export { membershipFields } from './fields';
export { membershipOperations } from './operations';
