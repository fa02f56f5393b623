export { leadChecks } from './checks';
export { leadFields } from './fields';
export { leadOperations } from './operations';
