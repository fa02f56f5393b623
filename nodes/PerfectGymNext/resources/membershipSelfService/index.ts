export { membershipSelfServiceChecks } from './checks';
export { membershipSelfServiceFields } from './fields';
export { membershipSelfServiceOperations } from './operations';
