export { customerChecks } from './checks';
export { customerFields } from './fields';
export { customerOperations } from './operations';
